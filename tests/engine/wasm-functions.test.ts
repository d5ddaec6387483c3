/** @file The vector functions against double precision: the bounds that their docstrings state, and special values. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Code, type Func, f32x4, i32, Module, v128 } from "../../engine/backend/wasm/assembler.ts"
import { inlineFunction, type VectorFunction, vectorFunction } from "../../engine/backend/wasm/functions.ts"
import { erf } from "../../engine/core/erf.ts"
import { tensor } from "../../engine/index.ts"

const COUNT = 1 << 18
const space = new WebAssembly.Memory({ initial: 64 })
const X = new Float32Array(space.buffer, 0, COUNT)
const Y = new Float32Array(space.buffer, 4 * COUNT, COUNT)
const OUT = new Float32Array(space.buffer, 8 * COUNT, COUNT)

/** A loop OUT[i] = body(X[i], Y[i]) over the first `count` elements. */
function loopOf(relaxed: boolean | undefined, body: (f: Func, x: Code, y: Code) => Code) {
  const module = new Module({ relaxed })
  module.memory()
  const f = module.function("f", ["i32"], [], { export: true })
  const i = f.local("i32")
  f.emit(
    f.loop(i, i32.const(0), f.param(0), 16, () => [
      v128.store(i, body(f, v128.load(i), v128.load(i, 4 * COUNT)), 8 * COUNT),
    ]),
  )
  const compiled = new WebAssembly.Module(module.bytes())
  const { exports } = new WebAssembly.Instance(compiled, {
    env: { memory: space },
    Math: { sin: Math.sin, cos: Math.cos },
  })
  const run = exports.f as (bytes: number) => void
  return (count = COUNT) => run(16 * Math.ceil(count / 4))
}

const reference: Record<VectorFunction, (x: number, y: number) => number> = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  erf,
  sin: Math.sin,
  cos: Math.cos,
  pow: Math.pow,
}

const bound: Record<VectorFunction, number> = {
  exp: 1.25,
  expm1: 2,
  log: 1,
  log1p: 2,
  tanh: 3,
  erf: 2.25,
  sin: 2,
  cos: 2,
  pow: 1,
}

const names = Object.keys(reference) as VectorFunction[]

/** How far a float32 number lies from the exact value, in units of the last place of the exact value. */
function ulps(actual: number, exact: number): number {
  const rounded = Math.fround(exact)
  if (Object.is(actual, rounded)) return 0
  if (Number.isNaN(actual) || Number.isNaN(rounded) || actual === rounded) return Infinity
  // ∞ counts as 2¹²⁸, the number that would follow the largest one.
  const finite = (x: number) => Math.max(-(2 ** 128), Math.min(2 ** 128, x))
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(finite(exact)))))
  return Math.abs(finite(actual) - finite(exact)) / 2 ** (Math.min(exponent, 127) - 23)
}

const bits = new Int32Array(1)
const number = new Float32Array(bits.buffer)

/** The float32 number with these bits. */
function fromBits(pattern: number): number {
  bits[0] = pattern
  return number[0]
}

/** The numbers 1, 2, … spread evenly over all 2³² patterns by the golden section. */
const pattern = (i: number) => Math.imul(i, 0x9e3779b9)

const special = [
  ...[
    Number.NaN,
    Infinity,
    0,
    1e-45,
    1e-40,
    2 ** -126,
    1e-10,
    0.1,
    0.5,
    0.9999999,
    1,
    1.0000001,
    2,
    3,
    9,
    88.72283,
  ],
  ...[88.72284, 87.33654, 103.97, 104, 1e5, 1048576, 16777216, 1e10, 3.4028234663852886e38],
].flatMap((x) => [x, -x])

/** Fills X and Y: part 0 all patterns, part 1 numbers of common size, part 2 (for pow) bases and large exponents. */
function fill(part: number): void {
  for (let i = 0; i < COUNT; i++) {
    const u = (pattern(i) >>> 0) / 2 ** 32
    const v = (pattern(i * 7919 + 1) >>> 0) / 2 ** 32
    X[i] = part === 0 ? fromBits(pattern(i)) : part === 1 ? (u - 0.5) * 2 ** (18 * v - 10) : 4 * u
    Y[i] = part === 0 ? Math.round((v - 0.5) * 40) / 2 : part === 1 ? (v - 0.5) * 8 : (v - 0.5) * 200
  }
}

describe("the vector functions", () => {
  for (const relaxed of [undefined, false])
    it(`stay within their bounds over all of float32, ${relaxed === false ? "with mul + add" : "with relaxed madd"}`, () => {
      for (const name of names) {
        const run = loopOf(relaxed, (f, x, y) => inlineFunction(f, name, x, y))
        const exact = reference[name]
        let worst = 0
        let at = 0
        for (let part = 0; part < 3; part++) {
          fill(part)
          run()
          for (let i = 0; i < COUNT; i++) {
            const error = ulps(OUT[i], exact(X[i], Y[i]))
            if (error > worst) {
              worst = error
              at = X[i]
            }
          }
        }
        console.log(`${name.padEnd(6)} at most ${worst.toFixed(2)} ulp (at ${at})`)
        expect(worst, name).toBeLessThan(bound[name])
      }
    })

  it("make a sigmoid of 3 ulp at most, and 0 where it would be subnormal", () => {
    const exact = (x: number) => 1 / (1 + Math.exp(-x))
    let worst = 0
    let at = 0
    for (const part of [0, 1]) {
      fill(part)
      const given = X.slice()
      const got = tensor(given).sigmoid().data()
      for (let i = 0; i < COUNT; i++) {
        const y = exact(given[i])
        if (y < 2 ** -126) {
          expect(got[i], `sigmoid(${given[i]})`).toBe(0)
          continue
        }
        const error = ulps(got[i], y)
        if (error > worst) {
          worst = error
          at = given[i]
        }
      }
    }
    console.log(`sigmoid at most ${worst.toFixed(2)} ulp (at ${at})`)
    expect(worst).toBeLessThan(3)
  })

  it("know NaN, infinities, both zeros, subnormal numbers and the ends of every range", () => {
    for (const name of names) {
      const pairs = special.flatMap((x) => (name === "pow" ? special : [1]).map((y) => [x, y]))
      pairs.forEach(([x, y], i) => {
        X[i] = x
        Y[i] = y
      })
      loopOf(undefined, (f, x, y) => inlineFunction(f, name, x, y))(pairs.length)
      for (let i = 0; i < pairs.length; i++) {
        const error = ulps(OUT[i], reference[name](X[i], Y[i]))
        expect(error, `${name}(${X[i]}, ${Y[i]}) = ${OUT[i]}`).toBeLessThan(bound[name])
      }
    }
  })

  it("give the same inlined and called", () => {
    fill(1)
    for (const name of names) {
      loopOf(undefined, (f, x, y) => inlineFunction(f, name, x, y))()
      const inlined = OUT.slice()
      loopOf(undefined, (f, x, y) => {
        const call = vectorFunction(f.module, name)
        return name === "pow" ? call(x, y) : call(x)
      })()
      expect(OUT).toEqual(inlined)
    }
  })

  it("keep a NaN whatever its bits", () => {
    for (const payload of [0x7f800001, 0x7fc00002, 0x7fffffff, -1, -0x400000, -0x7fffff])
      for (const name of names) {
        new Int32Array(X.buffer, 0, 4).fill(payload)
        Y.fill(1.5, 0, 4)
        loopOf(undefined, (f, x, y) => inlineFunction(f, name, x, y))(4)
        expect([...OUT.slice(0, 4)], name).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
      }
  })

  it("never leave −1 … 1 where the function does not, and are odd where it is", () => {
    fill(0)
    for (const name of ["tanh", "erf", "sin", "cos"] as const) {
      const run = loopOf(undefined, (f, x) => inlineFunction(f, name, x))
      run()
      const positive = OUT.slice()
      expect(positive.some((y) => Math.abs(y) > 1)).toBe(false)
      if (name === "cos") continue
      for (let i = 0; i < COUNT; i++) X[i] = -X[i]
      run()
      expect(positive.every((y, i) => OUT[i] === -y || (Number.isNaN(y) && Number.isNaN(OUT[i])))).toBe(true)
    }
  })

  it("make a sigmoid that stays in 0 … 1 and is right to its ends", () => {
    const one = f32x4.const(1)
    const run = loopOf(undefined, (f, x) =>
      f32x4.div(one, f32x4.add(one, inlineFunction(f, "exp", f32x4.neg(x)))),
    )
    fc.assert(
      fc.property(fc.float({ min: -87, max: 100, noNaN: true }), (x) => {
        X[0] = x
        run(4)
        expect(ulps(OUT[0], 1 / (1 + Math.exp(-x)))).toBeLessThan(3)
      }),
    )
    X.set([-100, 100, -Infinity, Infinity])
    run(4)
    expect([...OUT.slice(0, 4)]).toEqual([0, 1, 0, 1])
  })
})
