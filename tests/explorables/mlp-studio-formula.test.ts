/** @file MLP studio: the reader of conditions on x and y. Its oracle is the language itself, which the page never asks. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Formula, readFormula } from "../../src/explorables/mlp-studio/formula.ts"

const read = (text: string): Formula => {
  const formula = readFormula(text)
  if (!("of" in formula)) throw new Error(`${text}: ${formula.says} at ${formula.at}`)
  return formula
}
const coordinate = fc.double({ min: -6, max: 6, noNaN: true })

/** A number as the reader writes it, and as the language does. */
const { number: anyNumber } = fc.letrec<{ number: [string, string] }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<[string, string]>(
      ["x", "x"],
      ["y", "y"],
      ["x₁", "x"],
      ["pi", "Math.PI"],
      ["r", "Math.hypot(x, y)"],
    ),
    fc.nat(40).map((n): [string, string] => [String(n / 4), String(n / 4)]),
    fc
      .tuple(tie("number"), fc.constantFrom("+", "-", "*", "/"), tie("number"))
      .map(([[a, p], sign, [b, q]]): [string, string] => [`(${a}) ${sign} (${b})`, `(${p}) ${sign} (${q})`]),
    tie("number").map(([a, p]): [string, string] => [`(${a})^2`, `((${p}) ** 2)`]),
    tie("number").map(([a, p]): [string, string] => [`-(${a})`, `(-(${p}))`]),
    tie("number").map(([a, p]): [string, string] => [`sin(${a})`, `Math.sin(${p})`]),
    fc
      .tuple(tie("number"), tie("number"))
      .map(([[a, p], [b, q]]): [string, string] => [`max(${a}, ${b})`, `Math.max(${p}, ${q})`]),
    fc
      .tuple(fc.nat(9), tie("number"))
      .map(([n, [a, p]]): [string, string] => [`${n}(${a})`, `(${n} * (${p}))`]),
  ),
}))
const comparison = fc
  .tuple(anyNumber, fc.constantFrom("<", ">", "<=", ">="), anyNumber)
  .map(([[a, p], sign, [b, q]]): [string, string] => [`${a} ${sign} ${b}`, `((${p}) ${sign} (${q}))`])
const condition = fc.oneof(
  comparison,
  fc
    .tuple(comparison, fc.constantFrom(["and", "&&"], ["or", "||"]), comparison)
    .map(([[a, p], [word, sign], [b, q]]): [string, string] => [`${a} ${word} ${b}`, `(${p} ${sign} ${q})`]),
  comparison.map(([a, p]): [string, string] => [`not (${a})`, `!${p}`]),
)

describe("a condition", () => {
  it("is what the language makes of it, and so is the code that it becomes", () => {
    fc.assert(
      fc.property(condition, coordinate, coordinate, ([typed, meant], x, y) => {
        const { of, code } = read(typed)
        const says = (text: string): boolean => new Function("x", "y", `return ${text}`)(x, y)
        expect(of(x, y)).toBe(says(meant))
        expect(says(code)).toBe(says(meant))
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ["label = sin(3x) > y", "Math.sin(3 * x) > y"],
    ["x y > 0 and r < 4", "((x * y) > 0) && (Math.hypot(x, y) < 4)"],
    ["2 sin(x) − y", "((2 * Math.sin(x)) - y) > 0"],
    ["-x^2 < y", "(-(x ** 2)) < y"],
    ["2^3^x > 1", "(2 ** (3 ** x)) > 1"],
    ["1 < r ≤ 3", "1 < Math.hypot(x, y) && Math.hypot(x, y) <= 3"],
    ["(x > 0) or not (y > 0)", "(x > 0) || !(y > 0)"],
    ["8/2x > y", "((8 / 2) * x) > y"],
  ])("%s is read as one would write it by hand", (typed, code) => {
    const says = (text: string, x: number, y: number): boolean =>
      new Function("x", "y", `return ${text}`)(x, y)
    for (const [x, y] of [
      [1, 2],
      [-1.5, 0.3],
      [0.2, -3],
      [4, 4],
    ])
      expect(read(typed).of(x, y)).toBe(says(code, x, y))
  })

  it.each([
    ["", 0, "missing at the end"],
    ["sin(3x) >", 9, "missing at the end"],
    ["sin(3x > y", 3, "never closed"],
    ["x > y)", 5, "closes nothing"],
    ["sin x > y", 4, "needs brackets"],
    ["wave(x) > y", 0, "no “wave”"],
    ["xy > 0", 0, "no “xy”"],
    ["x > 0 and y", 6, "joins comparisons"],
    ["(x > 0) + 1", 8, "number is needed"],
    ["max(x) > 1", 0, "two numbers"],
    ["x > 1 # y", 6, "does not fit"],
    ["constructor > 1", 0, "no “constructor”"],
    [`${"(".repeat(60)}x`, 41, "too deep"],
  ])("%s is turned down at its place, with the reason", (typed, at, says) => {
    const fault = readFormula(typed)
    expect(fault).toMatchObject({ at })
    expect("says" in fault && fault.says).toContain(says)
  })

  it("never fails otherwise, whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(fc.constantFrom(..."xy()+-*/^<>= 12.sincoand"), { maxLength: 30 })
            .map((all) => all.join("")),
        ),
        (typed) => {
          const formula = readFormula(typed)
          if ("of" in formula) expect(typeof formula.of(1, 2)).toBe("boolean")
          else expect(formula.at).toBeLessThanOrEqual(typed.length)
        },
      ),
      { numRuns: 500 },
    )
  })
})
