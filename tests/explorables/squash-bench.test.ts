/** @file The squash bench against closed forms, the lesson's numbers, its own code and its words. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as engine from "../../engine/index.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { FUNCTIONS, type Kind } from "../../src/explorables/squash/functions.ts"
import { LAYERS, middle, model, open, PATHS, type Settings } from "../../src/explorables/squash/state.ts"
import bench from "../../src/explorables/squash-bench.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = defaults(bench.controls) as Settings
const at = (more: Partial<Settings>, step = 20, seed = 0) => model({ ...usual, ...more }, seed, step)
const says = (more: Partial<Settings>, step = 20) => bench.takeaway({ ...usual, ...more }, at(more, step))

/** g and its slope in plain numbers. */
const logistic = (z: number) => 1 / (1 + Math.exp(-z))
const formulas: Partial<Record<Kind, [g: (z: number) => number, slope: (z: number) => number]>> = {
  sigmoid: [logistic, (z) => logistic(z) * (1 - logistic(z))],
  tanh: [Math.tanh, (z) => 1 - Math.tanh(z) ** 2],
  relu: [(z) => Math.max(0, z), (z) => (z > 0 ? 1 : 0)],
  leaky: [(z) => (z > 0 ? z : 0.2 * z), (z) => (z > 0 ? 1 : 0.2)],
  elu: [(z) => (z > 0 ? z : Math.expm1(z)), (z) => (z > 0 ? 1 : Math.exp(z))],
  silu: [(z) => z * logistic(z), (z) => logistic(z) * (1 + z * (1 - logistic(z)))],
  step: [(z) => (z > 0 ? 1 : 0), () => 0],
  linear: [(z) => z, () => 1],
}

const setting = fc.record({
  g: fc.constantFrom<string>(...Object.keys(formulas)),
  mean: fc.integer({ min: -60, max: 60 }).map((n) => n / 10),
  width: fc.integer({ min: 1, max: 40 }).map((n) => n / 10),
})

describe("for every function and every bell", () => {
  it("values and slopes are those of the formulas", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const s = at(given)
        const [g, slope] = formulas[given.g as Kind]!
        for (const [i, z] of s.z.entries()) {
          if (Math.abs(z) < 1e-12) continue
          expect(s.h[i]).toBeCloseTo(g(z), 10)
          expect(s.slope[i]).toBeCloseTo(slope(z), 10)
        }
      }),
      { numRuns: 40 },
    )
  })

  it("shares sum to 1, dead units are flat, and no mean is above the steepest slope", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { share, flat, dead, rms, typical, slope } = at(given)
        expect(share.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
        expect(dead).toBeLessThanOrEqual(flat + 1e-12)
        expect(typical).toBeLessThanOrEqual(rms + 1e-12)
        expect(rms).toBeLessThanOrEqual(Math.max(...slope.map(Math.abs)) + 1e-12)
      }),
      { numRuns: 40 },
    )
  })

  it("a path never gains where no slope is above 1, and what is 0 stays 0", () => {
    fc.assert(
      fc.property(setting, fc.nat(1000), (given, seed) => {
        if (given.g === "silu") return
        const { paths } = at(given, 20, seed)
        expect(paths.length).toBe(PATHS)
        for (const path of paths) {
          expect(path.length).toBe(LAYERS + 1)
          for (let k = 1; k < path.length; k++) expect(path[k]).toBeLessThanOrEqual(path[k - 1]! + 1e-12)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe("what the lesson claims", () => {
  it("20 sigmoid layers leave less than 0.25 to the 20 on every path, and tanh leaves more", () => {
    const sigmoid = at({ g: "sigmoid" })
    for (const path of sigmoid.paths) expect(path[20]).toBeLessThanOrEqual(0.25 ** 20)
    expect(sigmoid.rms ** 20).toBeLessThan(0.25 ** 20)
    expect(middle(at({ g: "tanh" }), 20)).toBeGreaterThan(1e5 * middle(sigmoid, 20))
  })

  it("half of the ReLU units are closed around 0, and an open path keeps its whole gradient", () => {
    const relu = at({ g: "relu" })
    expect(relu.dead).toBeCloseTo(0.5, 10)
    expect(relu.rms).toBeCloseTo(Math.SQRT1_2, 10)
    expect(new Set(relu.paths.flat())).toEqual(new Set([0, 1]))
  })

  it("a ReLU bell pushed far to the left is all dead, a leaky one never is", () => {
    expect(at({ g: "relu", mean: -6 }).dead).toBeCloseTo(1, 10)
    expect(open(at({ g: "relu", mean: -6 }), 20)).toBe(0)
    expect(at({ g: "leaky", mean: -6 }).dead).toBe(0)
    expect(open(at({ g: "leaky", mean: -6 }), LAYERS)).toBe(PATHS)
  })

  it("a sigmoid that is pushed aside is flatter: σ′(5) = 0.006648", () => {
    expect(at({ g: "sigmoid", z: 5 }).unit.slope).toBeCloseTo(0.006648, 6)
    expect(at({ g: "sigmoid", mean: 4 }).flat).toBeGreaterThan(0.8)
  })

  it("a step passes nothing on, no function passes everything on", () => {
    expect(at({ g: "step" }).rms).toBe(0)
    expect(at({ g: "linear" }).typical).toBeCloseTo(1, 12)
  })
})

describe("the words", () => {
  it("begin with the flat units and say what is left", () => {
    expect(bench.describe({ ...usual }, at({}))).toMatch(
      /^2\.9 % of the tanh units have a slope under 0\.05\. After 20 layers the middle one of 9 paths has /,
    )
  })

  it("name the case: shrinking, closed, flat, unbent, not begun", () => {
    expect(says({ g: "sigmoid" })).toMatch(/^After 20 layers of sigmoid units a typical path has .* left\.$/)
    expect(says({ g: "relu" })).toMatch(
      /^50 % of the units are closed: of 9 paths through 20 layers \d (is|are)/,
    )
    expect(says({ g: "relu", mean: -6, width: 0.5 })).toMatch(/^Every unit is closed/)
    expect(says({ g: "step" })).toContain("flat wherever you stand")
    expect(says({ g: "linear" })).toContain("nothing has been bent")
    expect(says({ g: "sigmoid" }, 0)).toContain("Before the first layer")
  })

  it("answer the prediction by the typical slope", () => {
    const answer = (g: string) => bench.predict!.answer(usual, at({ g }))
    expect(answer("sigmoid").id).toBe("nothing")
    expect(answer("linear").id).toBe("half")
  })
})

describe("chance", () => {
  it("is that of the seed: the same seed, the same paths; another one, others", () => {
    expect(at({}, 20, 5).paths).toEqual(at({}, 20, 5).paths)
    expect(at({}, 20, 5).paths).not.toEqual(at({}, 20, 6).paths)
  })
})

describe("the code of a state", () => {
  it.each(Object.keys(FUNCTIONS))("gives the numbers on the screen for %s", (g) => {
    const settings = { ...usual, g, mean: 0.5, width: 1.5, alpha: 0.1 }
    const state = model(settings, 0, 10)
    let row: Record<string, number> = {}
    // `var` cannot be the name of a parameter, and the code does not use it.
    const { var: _variance, ...names } = engine
    const scope: Record<string, unknown> = { ...names, table: ([first]: [typeof row]) => void (row = first) }
    const body = stripTypes(bench.code(settings as never, 0, 10))
    new Function(...Object.keys(scope), body)(...Object.values(scope))
    expect(row["flat units"]).toBeCloseTo(state.flat, 10)
    expect(row["dead units"]).toBeCloseTo(state.dead, 10)
    expect(row["typical path"]).toBeCloseTo(state.typical ** 10, 10)
    expect(row["root mean square"]).toBeCloseTo(state.rms ** 10, 10)
  })
})
