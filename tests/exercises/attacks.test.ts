/** @file Answers that attack the grader, in the processes that `npm run grade` uses: none passes, none hangs. */
import { afterAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import type { FunctionExercise } from "../../exercises/lib/exercise.ts"
import { Children } from "../../scripts/grading/children.ts"
import { grade } from "../../src/notebook/grade.ts"
import { attacks } from "./corpus/attacks.ts"

/** Enough for what ends; the many that do not are waited for. */
const exercise: FunctionExercise = { ...softmax, limit: 1200 }
const children = new Children()
afterAll(() => children.close())

const submit = (source: string, asked = exercise) =>
  grade({ id: "softmax", exercise: asked, answer: { kind: "function", source }, seed: 3 }, children.run)

describe("the attacks", () => {
  it("are at least 60", () => {
    console.log(`${Object.keys(attacks).length} attacks`)
    expect(Object.keys(attacks).length).toBeGreaterThanOrEqual(60)
  })
})

describe("an answer that", () => {
  it.each(Object.entries(attacks))("%s does not pass", { timeout: 60_000 }, async (_, source) => {
    const report = await submit(source)
    expect(["wrong", "partial", "threw", "timeout", "invalid"], report.message).toContain(report.verdict)
    expect(report.score).toBeLessThan(1)
    expect(report.message.length).toBeLessThanOrEqual(300)
    expect(report.console.length).toBeLessThanOrEqual(101)
  })

  it("is right is graded as usual after all that", { timeout: 60_000 }, async () => {
    expect(await submit(softmax.solution, softmax)).toMatchObject({ verdict: "correct", score: 1 })
  })

  it.each([
    ["reads a file", "dynamic import callback was not specified"],
    ["reads the environment", "process is not defined"],
    ["fetches", "code on this page has no network"],
    ["opens a socket", "dynamic import callback was not specified"],
  ])("%s is told that it cannot", { timeout: 60_000 }, async (name, says) => {
    expect((await submit(attacks[name])).message).toContain(says)
  })
})
