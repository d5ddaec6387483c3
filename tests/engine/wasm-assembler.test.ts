/** @file The assembler: modules that run, numbers as the format wants them. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  block,
  br,
  brIf,
  type Code,
  f32,
  f32x4,
  f64,
  i32,
  i32x4,
  i64,
  if_,
  ifValue,
  loopForever,
  Module,
  select,
  v128,
} from "../../engine/backend/wasm/assembler.ts"
import type { ValueType } from "../../engine/backend/wasm/opcodes.ts"

const space = new WebAssembly.Memory({ initial: 4 })

function instantiate(module: Module, imports: Record<string, WebAssembly.ImportValue> = {}) {
  const env = { memory: space, ...imports }
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), {
    env,
    Math: { sin: Math.sin },
  })
  return instance.exports as Record<string, (...args: (number | bigint)[]) => number & bigint>
}

/** A module with one exported function, made by `body` from the parameters. */
function run(params: ValueType[], result: ValueType, body: (...args: Code[]) => Code) {
  const module = new Module()
  module.memory()
  const f = module.function("f", params, [result], { export: true })
  f.emit(body(...f.params))
  return instantiate(module).f
}

describe("the assembler", () => {
  it("adds two numbers", () => {
    const add = run(["i32", "i32"], "i32", (a, b) => i32.add(a, b))
    expect(add(2, 40)).toBe(42)
  })

  it("encodes every constant so that it comes back", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.double(),
        (i, big, x) => {
          expect(run([], "i32", () => i32.const(i))()).toBe(i)
          expect(run([], "i64", () => i64.const(big))()).toBe(big)
          expect(run([], "f64", () => f64.const(x))()).toBe(x)
          expect(run([], "f32", () => f32.const(x))()).toBe(Math.fround(x))
        },
      ),
      { numRuns: 300 },
    )
  })

  it("counts with a loop, which does not run when there is nothing to do", () => {
    const module = new Module()
    const f = module.function("f", ["i32", "i32"], ["i32"], { export: true })
    const [from, to] = f.params
    const i = f.local("i32")
    const sum = f.local("i32")
    f.emit(
      f.loop(i, from, to, 3, () => [sum.set(i32.add(sum, i))]),
      sum,
    )
    const { f: loop } = instantiate(module)
    expect(loop(0, 10)).toBe(0 + 3 + 6 + 9)
    expect(loop(-3, 1)).toBe(-3)
    expect(loop(5, 5)).toBe(0)
  })

  it("sums an array four numbers at a time and writes to memory", () => {
    const module = new Module()
    module.memory()
    const f = module.function("f", ["i32", "i32"], ["f32"], { export: true })
    const [from, to] = f.params
    const p = f.local("i32")
    const sum = f.local("v128")
    const lane = (i: number) => f32x4.extractLane(sum, i)
    f.emit(
      f.loop(p, from, to, 16, () => [sum.set(f32x4.add(sum, v128.load(p)))]),
      v128.store(to, sum, 16),
      f32.add(f32.add(lane(0), lane(1)), f32.add(lane(2), lane(3))),
    )
    const values = new Float32Array(space.buffer, 64, 100)
    values.forEach((_, i) => {
      values[i] = i
    })
    expect(instantiate(module).f(64, 464)).toBe(4950)
    const kept = new Float32Array(space.buffer, 464 + 16, 4)
    expect([...kept]).toEqual([1200, 1225, 1250, 1275])
  })

  it("numbers locals of mixed types and more than 127 of them", () => {
    const module = new Module()
    const f = module.function("f", ["i32"], ["f64"], { export: true })
    const locals = Array.from({ length: 300 }, (_, i) => f.local(i % 7 === 0 ? "f64" : i % 2 ? "i32" : "f32"))
    const doubles = locals.filter((local) => local.type === "f64")
    f.emit(...doubles.map((local, i) => local.set(f64.const(i))))
    f.emit((doubles as Code[]).reduce((a, b) => f64.add(a, b)))
    expect(instantiate(module).f(0)).toBe((doubles.length * (doubles.length - 1)) / 2)
  })

  it("calls its own functions and imported ones, in whatever order they were asked for", () => {
    const module = new Module()
    const twice = module.function("twice", ["f64"], ["f64"])
    twice.emit(f64.add(twice.param(0), twice.param(0)))
    const f = module.function("f", ["f64"], ["f64"], { export: true })
    const tell = module.importFunction("tell", ["f64"], [])
    const sin = module.importFunction("sin", ["f64"], ["f64"], "Math")
    expect(module.importFunction("sin", ["f64"], ["f64"], "Math")).toBe(sin)
    f.emit(tell.call(f64.const(7)), twice.call(sin.call(f.param(0))))
    const told: number[] = []
    expect(instantiate(module, { tell: (x: number) => told.push(x) }).f(0.5)).toBe(2 * Math.sin(0.5))
    expect(told).toEqual([7])
  })

  it("branches and selects", () => {
    const sign = run(["f64"], "i32", (x) =>
      ifValue(
        "i32",
        f64.lt(x, f64.const(0)),
        i32.const(-1),
        select(i32.const(1), i32.const(0), f64.gt(x, f64.const(0))),
      ),
    )
    expect([-3, 0, 8].map((x) => sign(x))).toEqual([-1, 0, 1])
    const module = new Module()
    const absolute = module.function("absolute", ["i32"], ["i32"], { export: true })
    const [y] = absolute.params
    absolute.emit(if_(i32.ltS(y, 0), y.set(i32.sub(0, y))), y)
    expect([-3, 4].map((value) => instantiate(module).absolute(value))).toEqual([3, 4])
    const log2 = module.function("log2", ["i32"], ["i32"], { export: true })
    const [x] = log2.params
    const n = log2.local("i32")
    log2.emit(
      block(
        loopForever(
          x.set(i32.shrU(x, i32.const(1))),
          brIf(1, i32.eq(x, 0)),
          n.set(i32.add(n, i32.const(1))),
          br(0),
        ),
      ),
      n,
    )
    expect([1, 2, 1000, -1].map((value) => instantiate(module).log2(value))).toEqual([0, 1, 9, 31])
  })

  it("moves bytes, lanes and bits", () => {
    const bytes = new Uint8Array(space.buffer)
    bytes.set([1, 2, 3, 250], 1000)
    expect(run(["i32"], "i32", (p) => i32.load(p, 1000))(0)).toBe(0xfa030201 | 0)
    expect(run(["i32"], "i32", (p) => i32.shrU(i32.load(p), 24))(1000)).toBe(250)
    const pick = (lanes: number[], lane: number) =>
      run([], "i32", () =>
        i32x4.extractLane(
          i32x4.shuffle(i32x4.const(10, 11, 12, 13), i32x4.const(14, 15, 16, -17), lanes),
          lane,
        ),
      )()
    expect([0, 1, 2, 3].map((lane) => pick([7, 0, 4, 3], lane))).toEqual([-17, 10, 14, 13])
    expect(
      run([], "f32", () => f32x4.extractLane(f32x4.replaceLane(f32x4.const(1), 2, f32.const(5)), 2))(),
    ).toBe(5)
    run(["i32"], "i32", (p) => [v128.store32Lane(p, i32x4.const(1, 2, 3, 4), 2, 8), i32.const(0)])(2000)
    expect(new Int32Array(space.buffer, 2000, 3)[2]).toBe(3)
    expect(
      run(["i32"], "i32", (p) => i32x4.extractLane(v128.load32Lane(p, i32x4.const(9), 3, 8), 3))(2000),
    ).toBe(3)
  })

  it("multiplies and adds with the relaxed instruction and without it", () => {
    for (const relaxed of [undefined, false]) {
      const module = new Module({ relaxed })
      const f = module.function("f", ["f32"], ["f32"], { export: true })
      const x = f32x4.splat(f.param(0))
      f.emit(f32x4.extractLane(module.nmadd(x, x, module.madd(x, x, f32x4.const(2))), 1))
      expect(instantiate(module).f(3)).toBe(2)
    }
  })

  it("assembles a training step's worth of code in well under a millisecond", () => {
    const build = () => {
      const module = new Module()
      module.memory()
      for (let k = 0; k < 20; k++) {
        const f = module.function(`k${k}`, ["i32", "i32", "i32"], [])
        const [a, b, end] = f.params
        const p = f.local("i32")
        const sum = f.local("v128")
        f.emit(
          f.loop(p, i32.const(0), end, 16, () =>
            Array.from({ length: 20 }, (_, i) =>
              sum.set(module.madd(v128.load(i32.add(a, p), 16 * i), f32x4.const(i / 3), sum)),
            ),
          ),
          v128.store(b, sum),
        )
      }
      return module.bytes()
    }
    for (let i = 0; i < 300; i++) build()
    const times = Array.from({ length: 20 }, () => {
      const start = performance.now()
      build()
      return performance.now() - start
    }).sort((a, b) => a - b)
    const bytes = build()
    expect(WebAssembly.validate(bytes)).toBe(true)
    expect(bytes.length).toBeGreaterThan(14_000)
    console.log(`${bytes.length} bytes in ${(1000 * times[10]).toFixed(0)} µs`)
    expect(times[0]).toBeLessThan(1)
  })
})
