/** @file A made-up class, graded in child processes: everybody gets what is theirs, and the grader stays small. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { loadExercises } from "../../scripts/grading/exercises.ts"
import { nodeHost } from "../../scripts/grading/host.ts"
import { type Sample, sampleClass } from "../../scripts/grading/sample-class.ts"
import type { ClassFile } from "../../src/notebook/class-files.ts"
import { type Graded, gradeClass } from "../../src/notebook/grade-class.ts"

const size = { learners: 10, exercises: 10, endless: 1, seed: 3 }
const samples: Sample[] = []
let graded: Graded
let reads = 0
let growth = Number.POSITIVE_INFINITY

const fileOf = ({ name, text }: Sample): ClassFile => ({
  name,
  bytes: text.length,
  read: async () => {
    reads++
    return text
  },
})

beforeAll(async () => {
  for await (const sample of sampleClass(await loadExercises(), size)) samples.push(sample)
  let before = 0
  const tell = (done: number, of: number): void => {
    if (done === Math.floor(of / 3)) before = process.memoryUsage.rss()
  }
  const host = await nodeHost({ tell })
  // A broken file among them, as there always is one.
  const broken: ClassFile = { name: "broken.json", bytes: 1, read: async () => "{" }
  graded = await gradeClass([...samples.map(fileOf), broken], host)
  growth = process.memoryUsage.rss() - before
}, 300_000)
afterAll(() => {
  samples.length = 0
})

describe("a class", () => {
  it("is the same whenever it is made from the same seed", async () => {
    const again: Sample[] = []
    for await (const sample of sampleClass(await loadExercises(), size)) again.push(sample)
    expect(again).toEqual(samples)
  })

  it("has a row for each learner and exercise", () => {
    const whole = samples.filter(({ isDamaged }) => !isDamaged)
    expect(graded.rows.filter(({ exercise }) => exercise)).toHaveLength(whole.length * size.exercises)
    expect(graded.isPart).toBe(false)
  })

  it("gets what each answer deserves, whoever is graded beside it", () => {
    let compared = 0
    for (const { name, meant, isDamaged } of samples)
      for (const [exercise, intent] of isDamaged ? [] : meant) {
        const row = graded.rows.find((one) => one.file === name && one.exercise === exercise)!
        const expected =
          intent === "right" || intent === "unusual" ? /^correct$/ : /^(wrong|partial|threw|invalid|timeout)$/
        expect(row.verdict, `${name} ${exercise} (${intent}): ${row.message}`).toMatch(expected)
        compared++
      }
    expect(compared).toBeGreaterThan(80)
  })

  it("has one answer that never ends, which costs its own limit and nothing else", () => {
    expect(graded.rows.filter(({ verdict }) => verdict === "timeout")).toHaveLength(1)
    expect(graded.rows.filter(({ verdict }) => verdict === "grader-error")).toEqual([])
  })

  it("leaves the grader as small as it was after a third of it", () => {
    expect(growth).toBeLessThan(80 * 2 ** 20)
  })

  it("has its files read one after the other, when their turn comes", () => {
    // Once to see who has handed in, once to grade.
    expect(reads).toBe(2 * samples.length - samples.filter(({ isDamaged }) => isDamaged).length)
  })
})
