/** @file When values count as equal: the laws that keep NaN, emptiness and broadcasting from passing. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { tensor } from "../../engine/index.ts"
import { close, differ } from "../../exercises/lib/close.ts"
import { type Numbers, numbersOf } from "../../exercises/lib/numbers.ts"
import { decode, encode, readRaw } from "../../exercises/lib/raw.ts"

const list = (values: number[]): Numbers => ({ shape: [values.length], values: Float64Array.from(values) })
const some = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })
const strange = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)

describe("close", () => {
  it("holds for a value and itself, and within the tolerance of the largest value", () => {
    fc.assert(
      fc.property(some, fc.double({ min: -0.9, max: 0.9, noNaN: true }), (values, share) => {
        const most = Math.max(...values.map(Math.abs))
        const moved = values.map((v) => v + share * (1e-6 + 1e-4 * most))
        expect(close(list(moved), list(values))).toBe(true)
      }),
    )
  })

  it("fails as soon as one value is further away", () => {
    fc.assert(
      fc.property(some, fc.nat(), (values, at) => {
        const most = Math.max(...values.map(Math.abs))
        const moved = values.with(at % values.length, values[at % values.length] + 1.1 * (1e-6 + 1e-4 * most))
        expect(close(list(moved), list(values))).toBe(false)
      }),
    )
  })

  it("fails for any value that is not finite, on either side", () => {
    fc.assert(
      fc.property(some, fc.nat(), strange, (values, at, odd) => {
        const broken = values.with(at % values.length, odd)
        expect(close(list(broken), list(values))).toBe(false)
        expect(close(list(values), list(broken))).toBe(false)
        expect(close(list(broken), list(broken))).toBe(false)
      }),
    )
  })

  it("fails for empty values and for any other shape", () => {
    expect(close(list([]), list([]))).toBe(false)
    expect(close(list([]), list([1]))).toBe(false)
    expect(close({ shape: [], values: Float64Array.of(1) }, list([1, 1]))).toBe(false)
    expect(close({ shape: [1, 2], values: Float64Array.of(1, 2) }, list([1, 2]))).toBe(false)
  })
})

describe("differ", () => {
  const of = (a: unknown, b: unknown) => differ(encode(a), encode(b))

  it("takes array, typed array and tensor of one shape for the same data", () => {
    const forms = [[1, 2, 3], Float32Array.of(1, 2, 3), Int32Array.of(1, 2, 3), tensor([1, 2, 3])]
    for (const a of forms) for (const b of forms) expect(of(a, b)).toBeUndefined()
    expect(
      of(
        [tensor([1, 2]), [3, 4]],
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toBeUndefined() // prettier-ignore
    expect(of(tensor(2), 2)).toBeUndefined()
    expect(of(-0, 0)).toBeUndefined()
  })

  it("names the part and the place of the first difference", () => {
    expect(of({ dW: [[1, 2]], db: [3, 4] }, { dW: [[1, 2]], db: [3, 5] })).toMatchObject({
      kind: "value",
      path: ["db"],
      where: "index 1",
    })
    expect(of([[1, 2]], [[1], [2]])).toMatchObject({ kind: "shape" })
    expect(of({ a: 1 }, { a: 1, b: 2 })).toMatchObject({ kind: "missing", path: ["b"] })
    expect(of(undefined, 1)).toMatchObject({ kind: "missing" })
    expect(of("1", 1)).toMatchObject({ kind: "type" })
    expect(of([1, Number.NaN], [1, 2])).toMatchObject({ kind: "not-finite", where: "index 1" })
  })

  it("never passes what only pretends to be a number", () => {
    const pretenders = [
      { valueOf: () => 1 },
      new Number(1),
      [],
      [[]],
      () => 1,
      Promise.resolve(1),
      1n,
      null,
      true,
      new Map([[0, 1]]),
    ]
    for (const value of pretenders) expect(of(value, 1)).toBeDefined()
  })
})

describe("raw values", () => {
  it("come back as they went", () => {
    const nested = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.double(),
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          tie("value"),
          { maxKeys: 3 },
        ),
      ),
    })).value // prettier-ignore
    fc.assert(
      fc.property(nested, (value) => {
        expect(decode(encode(value), "float64")).toEqual(value)
        expect(readRaw(structuredClone(encode(value)))).toEqual(encode(value))
      }),
    )
  })

  it("keep the shape and dtype of integer tensors, and take the asked precision for the others", () => {
    const labels = encode(
      tensor(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        { dtype: "int32" },
      ),
    ) // prettier-ignore
    expect(decode(labels, "float64")).toMatchObject({ shape: [2, 3], dtype: "int32" })
    expect(decode(encode(tensor([0.5])), "float64")).toMatchObject({ dtype: "float64" })
    expect(decode(encode(tensor(0.5)), "float32")).toMatchObject({ shape: [] })
  })

  it("are bounded: cycles, depth, size, traps and getters end as `other`", () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    let deep: unknown = 1
    for (let i = 0; i < 1e4; i++) deep = [deep]
    const endless = new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 32 : 1) })
    const trap = {
      get a() {
        throw new Error("no")
      },
    }
    for (const value of [cycle, deep, endless, trap]) expect(JSON.stringify(encode(value))).toContain("other")
  })

  it("that are forged or damaged are refused", () => {
    const bad = [
      null,
      1,
      {},
      { t: "number", v: "1" },
      { t: "tensor", shape: [2], v: [1, 2] },
      { t: "list", v: 3 },
    ]
    for (const from of bad) expect(readRaw(from)).toMatchObject({ t: "other" })
    expect(readRaw({ t: "tensor", shape: [3], dtype: "float32", v: Float64Array.of(1) })).toMatchObject({
      t: "other",
    })
    expect(numbersOf(readRaw({ t: "list", v: [{ t: "number", v: {} }] }))).toBeUndefined()
  })
})
