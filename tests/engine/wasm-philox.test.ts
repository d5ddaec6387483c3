/** @file Random numbers in WebAssembly against the generator's own arithmetic, for any place in any stream. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Module } from "../../engine/backend/wasm/assembler.ts"
import { philoxFunction } from "../../engine/backend/wasm/philox.ts"
import { keyOf, normalOf, uniformOf, words } from "../../engine/core/random.ts"

const space = new WebAssembly.Memory({ initial: 8 })
const OUT = new Float32Array(space.buffer)

function compile(relaxed?: boolean) {
  const module = new Module({ relaxed })
  module.memory()
  for (const distribution of ["uniform", "normal"] as const) {
    const inner = philoxFunction(module, distribution)
    const f = module.function(distribution, ["i32", "i32", "i32", "i32", "i32", "i32"], [], { export: true })
    f.emit(inner.call(...f.params))
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), {
    env: { memory: space },
  })
  const fill = exports as Record<"uniform" | "normal", (...args: number[]) => void>
  return (distribution: "uniform" | "normal", seed: number, start: number, count: number) => {
    OUT.fill(7, 0, count + 32)
    fill[distribution](64, count, ...keyOf(seed), start % 2 ** 32, Math.floor(start / 2 ** 32))
    expect([...OUT.subarray(0, 16), ...OUT.subarray(16 + count, 32 + count)].every((x) => x === 7)).toBe(true)
    return OUT.slice(16, 16 + count)
  }
}

const places = [
  fc.maxSafeNat(),
  fc.oneof(
    fc.nat(40),
    fc.nat(80).map((n) => 2 ** 32 - 40 + n),
    fc.nat(2 ** 52),
    fc.nat(80).map((n) => 2 ** 34 - 40 + n),
  ),
  fc.nat(100),
] as const

describe("Philox in WebAssembly", () => {
  const draw = compile()

  it("draws the uniform numbers of the stream, exactly, from any word on, and writes no element more", () => {
    fc.assert(
      fc.property(...places, (seed, start, count) => {
        const want = Float32Array.from(words(keyOf(seed), start, count), uniformOf)
        expect(draw("uniform", seed, start, count)).toEqual(want)
      }),
      { numRuns: 500 },
    )
  })

  it("draws the same normal numbers on machines with relaxed SIMD and without, to the last bit", () => {
    const plain = compile(false)
    fc.assert(
      fc.property(...places, (seed, start, count) => {
        expect(draw("normal", seed, start, count)).toEqual(plain("normal", seed, start, count))
      }),
      { numRuns: 200 },
    )
    expect(draw("normal", 3, 0, 50_000)).toEqual(plain("normal", 3, 0, 50_000))
  })

  it("draws its normal numbers within a few ulp", () => {
    let worst = 0
    fc.assert(
      fc.property(...places, (seed, start, count) => {
        const stream = words(keyOf(seed), start, 2 * count)
        draw("normal", seed, start, count).forEach((x, i) => {
          const exact = normalOf(stream[2 * i], stream[2 * i + 1])
          const error = Math.abs(x - exact) / 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 23)
          worst = Math.max(worst, error)
        })
      }),
      { numRuns: 500 },
    )
    for (let part = 0; part < 20; part++) {
      const count = 50_000
      const stream = words(keyOf(part), part, 2 * count)
      draw("normal", part, part, count).forEach((x, i) => {
        const exact = normalOf(stream[2 * i], stream[2 * i + 1])
        worst = Math.max(worst, Math.abs(x - exact) / 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 23))
      })
    }
    console.log(`normal numbers: at most ${worst.toFixed(2)} ulp`)
    expect(worst).toBeLessThan(5)
  })
})
