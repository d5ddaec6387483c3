/** @file Numbers as people type and paste them. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readNumber } from "../../exercises/lib/number-text.ts"

const read: [string, number][] = [
  ["0.5", 0.5],
  [".333", 0.333],
  ["5.", 5],
  ["3.33e-1", 0.333],
  ["3.33E−1", 0.333],
  ["1/3", 1 / 3],
  ["-1/3", -1 / 3],
  ["1 / 4", 0.25],
  [" 42 ", 42],
  ["+2", 2],
  ["\u22122.5", -2.5],
  ["–2.5", -2.5],
  ["12\u2009345.5", 12345.5],
  ["12\u202f345", 12345],
  ["1 000 000", 1e6],
  ["2×10^-3", 2e-3],
  ["2·10⁻³", 2e-3],
  ["2*10^(4)", 2e4],
  ["10^-3", 1e-3],
  ["50%", 0.5],
  ["-0", -0],
  ["1e10", 1e10],
]

const refused = [
  "abc",
  "1e",
  "--1",
  "1..2",
  "1/2/3",
  "1/0",
  "NaN",
  "Infinity",
  "∞",
  "0x10",
  "1e999",
  "1 e10",
  "2 3",
  "{}",
  ".",
]

describe("a typed number", () => {
  it.each(read)("reads %s", (text, value) => {
    expect(readNumber(text)).toEqual({ ok: true, value })
  })

  it.each(refused)("refuses %s with a sentence", (text) => {
    const result = readNumber(text)
    expect(result).toMatchObject({ ok: false, blank: false })
    if (!result.ok) expect(result.says).toMatch(/^[“A-Z].*[.!?]$/)
  })

  it.each(["", " ", "\t\n", "\u2009", "\u00a0"])("never takes a blank for 0 (%j)", (text) => {
    expect(readNumber(text)).toMatchObject({ ok: false, blank: true })
  })

  it("asks what a comma means, and says how to write it", () => {
    const result = readNumber("0,5")
    expect(result).toMatchObject({ ok: false })
    if (!result.ok) expect(result.says).toContain("0.5")
    expect(readNumber("1,000,000")).toMatchObject({ ok: false })
  })

  it("reads whatever JavaScript prints for a finite number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber(String(value))).toEqual({ ok: true, value: Number(String(value)) })
      }),
    )
  })

  it("never throws and never gives a number that is not finite", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = readNumber(text)
        expect(result.ok ? Number.isFinite(result.value) : result.says.length > 0).toBe(true)
      }),
    )
  })
})
