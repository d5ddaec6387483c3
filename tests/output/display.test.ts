/** @file What values look like as outputs: right for each kind, bounded and harmless for hostile ones. */
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { tensor } from "../../engine/index.ts"
import { brief, display, errorOutput } from "../../src/notebook/display.ts"
import type { ValueNode } from "../../src/notebook/output.ts"
import { Plot } from "../../src/notebook/plot-record.ts"

type Loose = Record<string, (...args: unknown[]) => unknown>
const plot = Plot as unknown as Loose

function nodes(node: ValueNode): number {
  return 1 + ("entries" in node ? node.entries.reduce((sum, [, part]) => sum + nodes(part), 0) : 0)
}

function hostile(): unknown[] {
  const throwing = () => {
    throw new Error("trap")
  }
  const traps = { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing }
  const cycle: Record<string, unknown> = { name: "cycle" }
  cycle.self = cycle
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  let deep: unknown = 1
  for (let i = 0; i < 20_000; i++) deep = { deep }
  const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, { i }]))
  const liar = Object.create(Map.prototype)
  const named = {
    get [Symbol.toStringTag]() {
      return throwing()
    },
  }
  const error = new Error("x")
  Object.defineProperty(error, "message", { get: throwing })
  return [
    new Proxy({}, traps),
    new Proxy([], traps),
    new Proxy(() => 1, traps),
    revoked.proxy,
    cycle,
    deep,
    wide,
    liar,
    named,
    error,
    new Array(2 ** 32 - 1),
    new Array(3),
    new Float64Array(1_000_000),
    new Map([[cycle, cycle]]),
    new Set([throwing]),
    {
      get a() {
        return throwing()
      },
    },
    Object.create(null),
    10n ** 5000n,
    Symbol("s"),
    -0,
    Number.NaN,
    new Date(Number.NaN),
    new WeakMap(),
    Promise.resolve(1),
    new DataView(new ArrayBuffer(2)),
    { constructor: 3 },
    { toString: 1, valueOf: 2, toJSON: throwing },
    "x".repeat(3_000_000),
    class A {},
    globalThis,
    [{ a: 1 }, new Proxy({}, traps)],
    [
      {
        get a() {
          return throwing()
        },
      },
    ],
    Array.from({ length: 100_000 }, () => ({ a: 1 })),
  ]
}

describe("display", () => {
  test("hostile values never throw, stay bounded and can be cloned", () => {
    for (const value of hostile()) {
      const output = display(value)
      expect(structuredClone(output)).toEqual(output)
      if (output.kind === "value") expect(nodes(output.value)).toBeLessThan(5000)
      expect(typeof brief(value)).toBe("string")
      expect(errorOutput(value).kind).toBe("error")
    }
  })

  test("any value whatever can be shown, sent and shown again", () => {
    const anything = fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withDate: true,
      withNullPrototype: true,
      withSparseArray: true,
      withObjectString: true,
    })
    fc.assert(
      fc.property(anything, (value) => void structuredClone(display(value))),
      { numRuns: 500 },
    )
  })

  test("calls no getter of the value", () => {
    let calls = 0
    display({
      get a() {
        return ++calls
      },
    })
    display([
      {
        get a() {
          return ++calls
        },
      },
    ])
    expect(calls).toBe(0)
  })

  test("a string is text, −0 and NaN keep their name", () => {
    expect(display("a\nb")).toEqual({ kind: "text", text: "a\nb" })
    expect(display(-0)).toEqual({ kind: "value", value: { type: "primitive", of: "number", text: "-0" } })
    expect(display(Number.NaN)).toMatchObject({ value: { text: "NaN" } })
  })

  test("a tensor shows its first 4096 values and statistics over all finite ones", () => {
    const values = Array.from({ length: 5000 }, (_, i) => i)
    values[4999] = Number.POSITIVE_INFINITY
    values[4998] = Number.NaN
    const output = display(tensor(values))
    expect(output).toMatchObject({
      kind: "tensor",
      shape: [5000],
      dtype: "float32",
      size: 5000,
      min: 0,
      max: 4997,
      nonFinite: 2,
    })
    expect(output.kind === "tensor" && output.values.length).toBe(4096)
  })

  test("records are a table over the union of their columns, cut at 200 rows; nested ones are not", () => {
    expect(
      display([
        { a: 1, b: "x" },
        { a: tensor([2]), c: true },
      ]),
    ).toEqual({
      kind: "table",
      columns: ["a", "b", "c"],
      rows: [
        [1, "x", null],
        [2, null, true],
      ],
      total: 2,
    })
    const long = display(Array.from({ length: 1000 }, (_, i) => ({ i })))
    expect(long.kind === "table" && [long.rows.length, long.total]).toEqual([200, 1000])
    expect(display([{ a: { b: 1 } }]).kind).toBe("value")
  })

  test("an error shows its name and message", () => {
    expect(display(new RangeError("too far"))).toEqual({
      kind: "error",
      name: "RangeError",
      message: "too far",
    })
  })

  test("a mark or a plot is a figure with words and numbers beside it", () => {
    const rows = [
      { x: 1, y: 2 },
      { x: 3, y: -4 },
    ]
    const output = display(plot.dot(rows, { x: "x", y: "y" }))
    expect(output).toMatchObject({
      kind: "figure",
      alt: "Figure with points; 2 data, x from 1 to 3, y from −4 to 2.",
      data: {
        columns: ["x", "y"],
        rows: [
          [1, 2],
          [3, -4],
        ],
      },
    })
    expect(display(plot.plot({ title: "Mine", marks: [plot.dot(rows)] }))).toMatchObject({ alt: "Mine" })
  })
})
