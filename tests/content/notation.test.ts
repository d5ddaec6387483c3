/** @file The notation page: the code beside each symbol runs, and gives the shape that stands there. */
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { inlineMarkdown } from "../../src/build/markdown.ts"
import { notation, parseNotation } from "../../src/build/notation.ts"
import { lessonPlace } from "../../src/build/term-places.ts"

const { file, sections } = notation()
const { Tensor, ones, randn, tensor } = engine
const sizes = { N: 4, D: 3, H: 5, C: 6 }
const { N, D, H, C } = sizes

/** What the code of every table may use; the bias of one unit is a number, that of a layer a vector. */
const scope = {
  ...Object.fromEntries(Object.entries(engine).filter(([name]) => name !== "var")),
  ...{ N, D, H, C, i: 1, j: 2, eta: 0.1, rho: 0.9, lambda: 0.01, T: 2 },
  ...{ x: randn([D]), w: randn([D]), z: tensor(0.5), t: tensor(1) },
  ...{ X: randn([N, D]), W: randn([H, D], { requiresGrad: true }), G: randn([H, D]), Z: randn([N, H]) },
  ...{ A: randn([N, H]), V: randn([C, H]), c: randn([C]), delta: randn([N, H]) },
  ...{ S: randn([N, C]), P: ones([N, C]), Y: ones([N, C]), y: tensor([0, 5, 2, 1], { dtype: "int32" }) },
  J: (weights: engine.Tensor) => weights.square().sum(),
}

function shapeOf(code: string, section: string): number[] | undefined {
  const names = { ...scope, b: section === "One unit" ? tensor(0.5) : randn([H]) }
  const value: unknown = new Function(...Object.keys(names), `return (${code})`)(...Object.values(names))
  if (value instanceof Tensor) return [...value.shape]
  return typeof value === "number" ? [] : undefined
}

/** "$N\times D$" → [4, 3]; a dash says nothing. */
function wanted(shape: string): number[] | undefined {
  if (shape === "–") return undefined
  if (shape === "number") return []
  return shape
    .replaceAll("$", "")
    .split("\\times")
    .map((name) => sizes[name.trim() as keyof typeof sizes])
}

const symbols = sections.filter(({ head }) => head.includes("In code"))
const rows = symbols.flatMap(({ title, rows }) => rows.map(({ cells, line }) => ({ title, cells, line })))

describe("the notation page", () => {
  it("has symbols, and a table of what other books do", () => {
    expect(rows.length).toBeGreaterThan(50)
    expect(sections.at(-1)?.head).toEqual(["Here", "Elsewhere", "How to tell"])
  })

  it("gives code that runs and has the shape that stands beside it", () => {
    const wrong = rows.flatMap(({ title, cells: [symbol, , shape, code] }) => {
      const [, source] = /^`(.+)`$/.exec(code) ?? []
      if (!source) return code === "–" ? [] : [`${symbol}: ${code}`]
      const [got, should] = [shapeOf(source, title), wanted(shape)]
      return JSON.stringify(got) === JSON.stringify(should)
        ? []
        : [`${symbol}: ${source} is ${got}, not ${should}`]
    })
    expect(wrong).toEqual([])
  })

  it("leads to places that exist", () => {
    for (const { cells, line } of rows) expect(lessonPlace(cells[4], file, line).number).toBeGreaterThan(0)
  })

  it("has formulas that can be set", async () => {
    for (const { rows } of sections)
      for (const { cells, line } of rows)
        for (const cell of cells) expect(await inlineMarkdown(cell, `${file}:${line}`)).not.toContain("$")
  })

  it("names the row that a bar has torn apart", () => {
    const torn = "<!-- one\ntwo -->\n\n## A\n\n| a | b |\n| --- | --- |\n| $|x|$ | c |"
    expect(() => parseNotation(torn, "n.md")).toThrow(/n\.md:8:1: the row has 4 cells, its table 2/)
  })
})
