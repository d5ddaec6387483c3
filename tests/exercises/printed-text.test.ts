/** @file Printed text as people type it: what counts as the same, how much of it is right, and what stays different. */
import { describe, expect, it } from "vitest"
import type { PredictExercise } from "../../exercises/lib/exercise.ts"
import { linesRight, partsOf, sameText } from "../../exercises/lib/printed-text.ts"
import { gradeHere } from "./in-process.ts"
import { texts } from "./texts.ts"

const printed = "step 1 loss 0.3333333\nstep 2 loss -2\ndone: true [1, 0]"

describe("printed text", () => {
  it.each([
    printed,
    printed.replaceAll("\n", "\r\n"),
    printed.replaceAll("\n", " "),
    "step 1: loss 0.333, step 2: loss −2, done true 1 0",
    "STEP 1 LOSS 1/3; step 2 loss -2.0; done: True (1,0)",
    "step 1 loss .3333\nstep 2 loss -2e0\n\ndone true [1 0]",
  ])("is the same as %j", (typed) => {
    expect(sameText(typed, printed)).toBe(true)
    expect(linesRight(typed, printed)).toBe(3)
  })

  it.each([
    ["", 0],
    ["0.333 -2 true", 0],
    ["step 1 loss 0.34\nstep 2 loss -2\ndone true 1 0", 0],
    ["step 1 loss 0.333\nstep 2 loss 2\ndone true 1 0", 1],
    ["step 1 loss 0.333\nstep 2 loss -2\ndone false 1 0", 2],
    ["step 1 loss 0.333\nstep 2 loss -2", 2],
    [`${printed} 0`, 3],
  ])("is not the same as %j, of which %d lines are right", (typed, lines) => {
    expect(sameText(typed, printed)).toBe(false)
    expect(linesRight(typed, printed)).toBe(lines)
  })

  it("keeps signs apart that mean something", () => {
    expect(sameText("a > b", "a < b")).toBe(false)
    expect(sameText("a = b", "a b")).toBe(false)
    expect(sameText("NaN", "Infinity")).toBe(false)
    expect(sameText("−Infinity", "-Infinity")).toBe(true)
    expect(partsOf("x1 = −2.5e−3;")).toEqual(["x1", "=", "-2.5e-3"])
  })
})

describe("a printed prediction that is not right", () => {
  const exercise: PredictExercise = {
    ...texts,
    kind: "predict",
    label: "printed",
    printed: true,
    solution: 'for (const i of [1, 2, 3]) console.log("step", i, "is", i * i)',
    misconceptions: [],
  }
  it.each([
    ["step 1 is 1\nstep 2 is 2\nstep 3 is 9", "wrong", "Line 2 of 3 is the first that is not right."],
    ["step 1 is 1\nstep 2 is 4", "wrong", "2 of 3 lines are right, and the rest is missing."],
    [
      "step 1 is 1 step 2 is 4 step 3 is 9 step 4 is 16",
      "wrong",
      "All 3 lines are right, and then you wrote more.",
    ],
    ["1 4 9", "invalid", "These are the ends of the lines. Write each line whole, as it is printed."],
  ])("%j hears where", async (text, verdict, message) => {
    expect(await gradeHere("p", exercise, { kind: "predict", text })).toMatchObject({ verdict, message })
  })
})
