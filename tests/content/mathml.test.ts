/** @file Formulas are valid MathML: scripts and fractions have as many children as they have places. */
import katex from "katex"
import { describe, expect, it } from "vitest"
import { validMathml } from "../../src/notebook/mathml.ts"

const PLACES: Record<string, number> = { msubsup: 3, munderover: 3 }
for (const name of ["msub", "msup", "munder", "mover", "mfrac", "mroot"]) PLACES[name] = 2

/** Elements with another number of children than they have places for. */
function misfits(html: string): string[] {
  const open: { name: string; children: number }[] = [{ name: "", children: 0 }]
  const found: string[] = []
  for (const [, close, name] of html.matchAll(/<(\/?)([a-z]+)[^>]*>/g))
    if (close) {
      const { children } = open.pop() ?? { children: 0 }
      if (name in PLACES && children !== PLACES[name]) found.push(name)
    } else {
      const parent = open.at(-1)
      if (parent) parent.children++
      open.push({ name, children: 0 })
    }
  return found
}

const mathml = (tex: string) => katex.renderToString(tex, { output: "mathml" })

describe("a formula", () => {
  it.each([
    "\\mu_{\\max}",
    "x_{\\max}^{\\min}",
    "\\frac{\\max}{\\operatorname{ReLU}}",
    "\\sqrt[\\max]{x}",
    "\\hat{\\max}",
    "\\max_i \\log^2 x_{\\log p}",
    "\\frac{x_{\\min}}{\\overline{\\max}}",
  ])("with a name for a value is valid: %s", (tex) => {
    expect(misfits(validMathml(mathml(tex)))).toEqual([])
  })

  it("keeps the sign of a function before its argument", () => {
    for (const tex of ["\\max x", "y_{\\log p}", "\\max_i x"])
      expect(validMathml(mathml(tex))).toBe(mathml(tex))
  })

  it("is one that KaTeX alone would not make valid", () => {
    expect(misfits(mathml("\\mu_{\\max}"))).toEqual(["msub"])
  })
})
