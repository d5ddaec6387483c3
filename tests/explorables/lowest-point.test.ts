/** @file The lowest point: score and hints at the stationary points of the curve, and the code beside it. */
import { expect, test } from "vitest"
import type { Params } from "../../src/explorables/lib/explorable.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import explorable from "../../src/explorables/lowest-point.ts"
import { stripTypes } from "../../src/notebook/strip-types.ts"

const usual = defaults(explorable.controls)
const standing = (x: number, fog = "all") => {
  const settings: Params<typeof explorable.controls> = { ...usual, at: [x, 3], fog }
  const state = explorable.model(settings, 0, 0)
  return {
    state,
    says: explorable.takeaway(settings, state),
    describes: explorable.describe(settings, state),
  }
}

test("S06: x = −1.3008 has the largest score, 100, and the score is the height error", () => {
  const best = standing(-1.3008)
  expect(best.state.score).toBe(100)
  expect(best.state.error).toBeLessThan(1e-6)
  expect(best.describes).toContain("This is the lowest point")
  for (let x = -2; x <= 2; x += 0.01) {
    const { error, score, height } = standing(x).state
    expect(error).toBeCloseTo(height + 3.513905, 6)
    if (Math.abs(x + 1.3008) > 0.08) expect(score).toBeLessThan(100)
    // The top, 0.0841352, is worth nothing.
    expect(score).toBe(Math.round(Math.max(0, 100 - (100 * error) / (0.0841352 + 3.513905))))
  }
})

test("S06: the local minimum at 1.1309 gets the hint “local” and a smaller score", () => {
  const { state, describes } = standing(1.1309)
  expect(describes).toContain("local minimum")
  expect(state.slope).toBeCloseTo(0, 3)
  expect(state.error).toBeCloseTo(3.513905 - 1.0702302, 6)
  expect(state.score).toBe(32)
  expect(standing(0.1699).describes).toContain("this is a top")
})

test("in the fog neither score nor lowest point is told", () => {
  for (const x of [-1.3008, 1.1309, 0.17]) {
    const { says, describes } = standing(x, "feet")
    expect(`${says} ${describes}`).not.toMatch(/points|score of|This is the lowest|local minimum/)
  }
})

test("downhill from the right ends in the local valley, from the left at the lowest point", () => {
  const { predict } = explorable
  const from = (x: number) => {
    const settings = { ...usual, at: [x, 3] as const }
    return predict?.answer(settings, explorable.model(settings, 0, 0)).id
  }
  expect([from(1.9), from(0.2), from(0.1), from(-1.9)]).toEqual(["local", "local", "lowest", "lowest"])
})

test("the code gives the lowest point and the error that the picture shows", () => {
  const program = stripTypes(explorable.code({ ...usual, at: [0.5, 0] }, 0, 0)).replace(
    /result$/,
    "return result",
  )
  const result = new Function(program)() as { lowest: number; error: number }
  expect(result.lowest).toBeCloseTo(-1.3008, 4)
  expect(result.error).toBeCloseTo(standing(0.5).state.error, 6)
})
