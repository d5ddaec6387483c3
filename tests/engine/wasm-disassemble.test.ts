/** @file The disassembler: every instruction by its official name, numbers as they were meant, structure by indent. */
import { describe, expect, it } from "vitest"
import {
  type Code,
  f32,
  f32x4,
  f64,
  f64x2,
  i8x16,
  i32,
  i32x4,
  i64,
  i64x2,
  if_,
  Module,
  unreachable,
  v128,
} from "../../engine/backend/wasm/assembler.ts"
import { disassemble } from "../../engine/backend/wasm/disassemble.ts"
import { inlineFunction } from "../../engine/backend/wasm/functions.ts"
import { type Family, officialName, opcodesOf, type Run, scalar } from "../../engine/backend/wasm/opcodes.ts"
import { simd } from "../../engine/backend/wasm/opcodes-simd.ts"

/** What is printed for a function with this code, without its first and last line. */
function printed(...code: Code[]): string[] {
  const module = new Module()
  module.memory()
  module.function("f", [], []).emit(...code)
  const bytes = module.bytes()
  expect(WebAssembly.validate(bytes)).toBe(true)
  const lines = disassemble(bytes).split("\n")
  return lines.slice(2, -1).map((line) => line.slice(2))
}

/** Code after `unreachable` has whatever operands it asks for, so that each instruction can be tried on its own. */
const anywhere: Code = unreachable
const none: Code = []

describe("the disassembler", () => {
  it("prints every instruction of the tables by its official name, and the machine knows each of them", () => {
    let count = 0
    const byFamily = { i32, i64, f32, f64, v128, i8x16, i32x4, i64x2, f32x4, f64x2 }
    const families: Record<string, Family> = { ...scalar, ...simd }
    for (const [family, forms] of Object.entries(families)) {
      const builders = byFamily[family as keyof typeof byFamily] as unknown as Record<
        string,
        (...args: (Code | number)[]) => Code
      >
      const check = (run: Run | undefined, rest: string, ...args: (Code | number)[]) => {
        for (const [name] of opcodesOf(run)) {
          expect(printed(anywhere, builders[name](...args), anywhere)).toEqual([
            "unreachable",
            `${family}.${officialName(name)}${rest}`,
            "unreachable",
          ])
          count++
        }
      }
      check(forms.unary, "", none)
      check(forms.binary, "", none, none)
      check(forms.ternary, "", none, none, none)
      for (const [name] of opcodesOf(forms.shift)) {
        expect(printed(anywhere, builders[name](none, 3), anywhere).slice(1, -1)).toEqual([
          "i32.const 3",
          `${family}.${officialName(name)}`,
        ])
        count++
      }
      check(forms.load, " offset=300", none, 300)
      check(forms.store, " offset=16", none, none, 16)
      check(forms.loadLane, " offset=8 1", none, none, 1, 8)
      check(forms.storeLane, " 1", none, none, 1)
      check(forms.extract, " 1", none, 1)
      check(forms.replace, " 1", none, 1, none)
    }
    expect(count).toBeGreaterThan(120)
  })

  it.each([
    ["i32.trunc_sat_f64_s", i32.truncSatF64S],
    ["i64.extend_i32_u", i64.extendI32U],
    ["f32.demote_f64", f32.demoteF64],
    ["v128.any_true", v128.anyTrue],
    ["f32x4.convert_i32x4_s", f32x4.convertI32x4S],
    ["f32x4.demote_f64x2_zero", f32x4.demoteF64x2Zero],
    ["f64x2.promote_low_f32x4", f64x2.promoteLowF32x4],
  ])("spells %s as the specification does", (name, build) => {
    expect(printed(anywhere, build(none), anywhere)[1]).toBe(name)
  })

  it("prints numbers as they were written", () => {
    const lines = printed(
      anywhere,
      [i32.const(-5), i32.const(0x7fffffff), i64.const(-(2n ** 63n)), f32.const(0.1), f32.const(-Infinity)],
      [f64.const(0.1), f64.const(-0), f32x4.const(1, 0.3, -2, 1e-10), i32x4.const(1, 2, 3, -4)],
      i8x16.shuffle(none, none, [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 31, 30, 29, 28]),
      anywhere,
    )
    expect(lines.slice(1, -1)).toEqual([
      "i32.const -5",
      "i32.const 2147483647",
      "i64.const -9223372036854775808",
      "f32.const 0.1",
      "f32.const -inf",
      "f64.const 0.1",
      "f64.const -0",
      "v128.const f32x4 1 0.3 -2 1e-10",
      "v128.const i32x4 1 2 3 -4",
      "i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 31 30 29 28",
    ])
  })

  it("shows a module: memory, imports, exports, names, locals, and the structure by indentation", () => {
    const module = new Module({ relaxed: true })
    module.memory(1)
    const tell = module.importFunction("tell", ["i32"], [])
    const scale = module.function("scale", ["i32", "i32"], ["i32"], { export: true })
    const [p, end] = scale.params
    const i = scale.local("i32")
    const x = scale.local("v128")
    scale.emit(
      scale.loop(i, p, end, 16, () => [
        x.set(v128.load(i)),
        v128.store(i, module.madd(x, f32x4.const(2), x), 64),
      ]),
      if_(i32.eq(i, 0), tell.call(i), tell.call(i32.const(1))),
      i,
    )
    expect(disassemble(module.bytes())).toBe(
      `
(import "env" "memory" (memory 1))
(import "env" "tell" (func $tell (param i32)))
(func $scale (export "scale") (param i32 i32) (result i32)
  (local i32 v128)
  local.get 0
  local.set 2
  block
    local.get 2
    local.get 1
    i32.ge_s
    br_if 0
    loop
      local.get 2
      v128.load
      local.set 3
      local.get 2
      local.get 3
      v128.const f32x4 2 2 2 2
      local.get 3
      f32x4.relaxed_madd
      v128.store offset=64
      local.get 2
      i32.const 16
      i32.add
      local.tee 2
      local.get 1
      i32.lt_s
      br_if 0
    end
  end
  local.get 2
  i32.const 0
  i32.eq
  if
    local.get 2
    call $tell
  else
    i32.const 1
    call $tell
  end
  local.get 2
)`.trim(),
    )
  })

  it("reads whole functions, calls of shared ones included", () => {
    const module = new Module()
    const f = module.function("f", ["v128"], ["v128"], { export: true })
    f.emit(inlineFunction(f, "log", f.param(0)))
    const text = disassemble(module.bytes())
    expect(text).toContain("call $log_of_any")
    expect(text.match(/^\(func /gm)).toHaveLength(2)
    expect(
      text.split("\n").every((line) => line.startsWith("(") || line.startsWith("  ") || line === ")"),
    ).toBe(true)
  })

  it("says which instruction it does not know", () => {
    const module = new Module()
    module.function("f", [], []).emit([0x06])
    expect(() => disassemble(module.bytes())).toThrow("disassemble: unknown instruction 0x6 at byte")
  })
})
