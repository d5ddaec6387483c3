/** @file Unit by unit against the worked example, plain arithmetic, its own notations, code and words. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { blocksOf } from "../../src/explorables/unit/matrix-view.ts"
import { LAYERS, model, type Settings, type State, UNITS } from "../../src/explorables/unit/state.ts"
import { rowsOf } from "../../src/explorables/unit/sum-view.ts"
import explorable from "../../src/explorables/unit-by-unit.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = defaults(explorable.controls) as Settings
const at = (more: Partial<Settings>, done = UNITS): State => model({ ...usual, ...more }, 0, done)
const tidy = (values: number[]) => values.map((v) => Number(v.toFixed(10)))
const outputs = (s: State, layer: 0 | 1) => tidy(s.units.filter((u) => u.layer === layer).map((u) => u.h))

describe("the running network", () => {
  it("has the hidden activations and scores of the worked example, for both examples", () => {
    const first = at({ x1: 1, x2: -2 })
    expect(tidy(first.units.slice(0, 3).map((u) => u.z))).toEqual([1.2, -1.9, -0.5])
    expect(outputs(first, 0)).toEqual([1.2, 0, 0])
    expect(outputs(first, 1)).toEqual([0.36, -0.38, 0.74])
    expect(outputs(at({ x1: 0.5, x2: 1 }), 1)).toEqual([-0.215, 0.465, -0.14])
  })

  it("has the scores of the worked example with tanh", () => {
    expect(outputs(at({ x1: 1, x2: -2, g: "tanh" }), 1)).toEqual([0.7314154255, -0.5601441672, 0.4309458805])
  })

  it("is for any input the sum of bias and products, unit by unit", () => {
    const value = fc.integer({ min: -30, max: 30 }).map((v) => v / 10)
    fc.assert(
      fc.property(value, value, fc.constantFrom("relu", "tanh"), (x1, x2, g) => {
        for (const { layer, index, inputs, z, h, products, bias } of at({ x1, x2, g }).units) {
          const { W, b } = LAYERS[layer]
          const want = W[index]!.reduce((sum, w, j) => sum + w * inputs[j]!, b[index]!)
          expect(z).toBeCloseTo(want, 12)
          expect(products.reduce((sum, p) => sum + p, bias)).toBeCloseTo(z, 12)
          expect(h).toBeCloseTo(layer === 1 ? z : g === "relu" ? Math.max(0, z) : Math.tanh(z), 12)
        }
      }),
    )
  })
})

describe("the sum", () => {
  it("begins each bar where the one before ended, and ends at z", () => {
    for (const unit of at({}).units) {
      const rows = rowsOf(unit, "ReLU")
      const parts = rows.filter((row) => !row.sum)
      for (let i = 1; i < parts.length; i++) expect(parts[i]!.from).toBe(parts[i - 1]!.to)
      expect(parts.at(-1)!.to).toBeCloseTo(unit.z, 12)
      expect(rows.at(-1)!.value).toBe(unit.h)
    }
  })
})

describe("the notations", () => {
  const shape = (notation: string, done: number) => {
    const weights = blocksOf(at({ notation }, done)).find(({ name }) => /^[WΘ]/.test(name))!
    return [weights.cells.length, weights.cells[0]!.length]
  }
  it("store 3 × 2 in this book, 2 × 3 in Keras, 3 × 3 with the bias inside", () => {
    expect([shape("book", 1), shape("keras", 1), shape("theta", 1)]).toEqual([
      [3, 2],
      [2, 3],
      [3, 3],
    ])
    expect(shape("theta", 4)).toEqual([3, 4])
  })

  it("mark a row of out × in and of Θ, and a column of in × out", () => {
    const marked = (notation: string) => {
      const { cells, marked } = blocksOf(at({ notation }, 2)).find(({ name }) => /^[WΘ]/.test(name))!
      return cells.map((row, r) => row.map((_, c) => marked(r, c)))
    }
    const [no, yes] = [false, true]
    expect(marked("book")).toEqual([
      [no, no],
      [yes, yes],
      [no, no],
    ])
    expect(marked("keras")).toEqual([
      [no, yes, no],
      [no, yes, no],
    ])
    expect(marked("theta")[1]).toEqual([yes, yes, yes])
  })

  it("show no result before its unit is computed", () => {
    const results = blocksOf(at({}, 2)).at(-1)!.cells.flat()
    expect(results).toEqual(["1.2", "−1.9", "?"])
  })
})

describe("the words", () => {
  it("tell the sum of the unit at hand and what it reads", () => {
    expect(explorable.describe(usual as never, at({}, 2))).toMatch(
      /^Hidden unit 2: bias −0\.1 and products −0\.2, −1\.6 add up to z = −1\.9\. ReLU makes 0 of it\. It reads row 2 of W/,
    )
    expect(explorable.describe(usual as never, at({ notation: "keras" }, 2))).toContain("column 2 of W")
  })
  it("name the largest score at the end", () => {
    expect(explorable.takeaway(usual as never, at({}))).toBe(
      "The scores are (0.36, −0.38, 0.74): score 3 is the largest.",
    )
  })
  it("count the open units for the prediction", () => {
    const answer = (x1: number, x2: number) =>
      explorable.predict!.answer(usual as never, at({ x1, x2 }, 3)).id
    expect([answer(-1, 1), answer(1, -2), answer(0.5, 1), answer(-1, -1)]).toEqual(["2", "1", "3", "0"])
  })
})

describe("the code of a state", () => {
  it.each([
    ["book", "relu"],
    ["keras", "tanh"],
    ["theta", "relu"],
  ])("gives the numbers on the screen in the notation %s with %s", (notation, g) => {
    const settings = { ...usual, notation, g, x1: 0.5, x2: 1 }
    let rows: { z: number; h: number; score: number }[] = []
    // `var` cannot be the name of a parameter, and the code does not use it.
    const { var: _variance, ...names } = engine
    const scope = { ...names, table: (r: typeof rows) => void (rows = r) }
    const body = stripTypes(explorable.code(settings as never, 0, 0))
    new Function(...Object.keys(scope), body)(...Object.values(scope))
    const { units } = model(settings, 0, UNITS)
    rows.forEach((row, i) => {
      expect([row.z, row.h, row.score].map((v) => v.toFixed(10))).toEqual(
        [units[i]!.z, units[i]!.h, units[i + 3]!.h].map((v) => v.toFixed(10)),
      )
    })
    expect(rows).toHaveLength(3)
  })
})
