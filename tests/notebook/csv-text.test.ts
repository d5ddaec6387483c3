/** @file Rows as CSV text, and the order of their values. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { compareValues, csvText, seriesRows, shownValue } from "../../src/notebook/csv-text.ts"
import { grouped, numberText } from "../../src/notebook/number-text.ts"

describe("CSV", () => {
  it("quotes what needs it, doubles quotes, leaves out what is nothing", () => {
    expect(
      csvText(
        ["a", "b, c"],
        [
          [1.5, 'say "x"'],
          [null, "two\nlines"],
          [true, Number.NaN],
        ],
      ),
    ).toBe('a,"b, c"\r\n1.5,"say ""x"""\r\n,"two\nlines"\r\ntrue,NaN\r\n')
  })

  it("has the points of all series by x, with gaps where a series has none", () => {
    const { columns, rows } = seriesRows("step", [
      { name: "loss", x: [0, 1, 2], y: [3, 2, 1] },
      { name: "test", x: [2, 0], y: [5, 9] },
    ])
    expect(csvText(columns, rows)).toBe("step,loss,test\r\n0,3,9\r\n1,2,\r\n2,1,5\r\n")
  })
})

describe("a number that a table shows", () => {
  it("is read back as the number, whatever its sign and size", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const read = shownValue(grouped(numberText(value, 6)))
        expect(typeof read).toBe("number")
        if (Number.isFinite(value))
          expect(Math.abs(Number(read) - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value))
        else expect(read).toBe(value)
      }),
    )
    expect(shownValue("NaN")).toBeNaN()
    expect(shownValue("−1,260,000")).toBe(-1260000)
    expect(shownValue("1,2")).toBe("1,2")
    expect(shownValue("3 cats")).toBe("3 cats")
    expect(shownValue("")).toBe(null)
  })
})

describe("the order of values", () => {
  it("puts numbers by size before text, and what is no value last", () => {
    const list = ["b10", Number.NaN, 2, null, -3, "b9", "a", Infinity]
    expect(list.toSorted(compareValues)).toEqual([-3, 2, Infinity, "a", "b9", "b10", Number.NaN, null])
  })

  it("is an order", () => {
    const value = fc.oneof(fc.double(), fc.string(), fc.constant(null), fc.boolean())
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(Math.sign(compareValues(a, b))).toBe(0 - Math.sign(compareValues(b, a)))
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0)
          expect(compareValues(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
