/**
 * @file The grader is measured: unusual right answers pass, wrong ones and every mutant of a reference fail, each listed mistake
 * gets its own note, the words of a report say something, and no seed changes a verdict. FULL=1 takes all seeds on all.
 */
import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Generator } from "../../engine/index.ts"
import type { GraderReport } from "../../scripts/grader-report.ts"
import { type Bench, type Case, loadBench } from "./corpus/corpus.ts"
import { accepted, asDeserved, figuresOf, type Graded, gradeCase, hashOf, lint } from "./corpus/measure.ts"
import { Here, Thread } from "./corpus/thread.ts"

const SEEDS = process.env.FULL ? 200 : 2
/** Without FULL, so many answers are graded under further seeds. */
const SAMPLE = 120

const thread = new Thread()
let bench: Bench
const first: Graded[] = []
beforeAll(async () => {
  bench = await loadBench(thread.run)
  for (const what of bench.cases) first.push(await gradeCase(bench, thread, what, 7))
}, 300_000)
afterAll(() => thread.close())

const told = ({ what, seed, report }: Graded) => ({
  answer: `${what.exercise}, ${what.origin}: ${what.name}`,
  deserves: what.note ?? what.deserves,
  seed,
  got: `${report.verdict}, ${report.note}: ${report.message} ${JSON.stringify(report.evidence ?? {})}`,
})
const codeOf = ({ answer }: Case) => "source" in answer

describe("the corpus", () => {
  it("has a file for every exercise, and every equivalent mutant that it lists is one", () => {
    expect(bench.problems).toEqual([])
  })

  it("has at least 8 unusual right answers to every exercise in code, 150 in all, and 400 wrong answers", () => {
    const unusual = bench.cases.filter(({ origin }) => origin === "unusual")
    for (const [id, exercise] of bench.exercises)
      if ("entry" in exercise)
        expect(unusual.filter((what) => what.exercise === id).length, id).toBeGreaterThanOrEqual(8)
    const wrong = bench.cases.filter(({ deserves }) => deserves === "not correct")
    console.log(
      `${unusual.length} unusual right answers, ${wrong.length} wrong ones, ${bench.cases.length} in all`,
    )
    expect(unusual.length).toBeGreaterThanOrEqual(150)
    expect(wrong.length).toBeGreaterThanOrEqual(400)
  })

  it("holds no program twice among the answers to one exercise that are written by hand", () => {
    const seen = new Set<string>()
    for (const { exercise, origin, answer } of bench.cases) {
      if (origin !== "unusual" && origin !== "by hand") continue
      const key = `${exercise} ${JSON.stringify(answer)}`
      expect(seen.has(key), key).toBe(false)
      seen.add(key)
    }
  })
})

describe("the published figures", () => {
  const file = new URL("../../content/grader-report.json", import.meta.url)

  it("are of these exercises and these answers: else run npm run grader:report", () => {
    const report = JSON.parse(readFileSync(file, "utf8")) as GraderReport
    const measured = Object.entries(report.exercises).map(([id, { hash }]) => [id, hash])
    const now = [...bench.exercises.keys()].map((id) => [
      id,
      hashOf(
        id,
        bench.cases.filter((what) => what.exercise === id),
      ),
    ])
    expect(Object.fromEntries(measured)).toEqual(Object.fromEntries(now))
  })

  it("are without a false verdict, an error of the grader or a verdict that hangs on the seed", () => {
    const { overall, attacks, exercises } = JSON.parse(readFileSync(file, "utf8")) as GraderReport
    const { falseAccepts, falseRejects, graderErrors, flaky, notes } = overall
    expect([falseAccepts.n, falseRejects.n, graderErrors.n, flaky.n]).toEqual([0, 0, 0, 0])
    expect(notes.n / notes.of).toBeGreaterThanOrEqual(0.95)
    expect(attacks).toMatchObject({ accepted: 0, graderErrors: 0, rightAfterwards: true })
    for (const { seeds } of Object.values(exercises)) expect(seeds).toBeGreaterThanOrEqual(200)
  })
})

describe("the grader", () => {
  it("accepts every right answer and no wrong one, and names every listed mistake", () => {
    expect(first.filter((graded) => !asDeserved(graded)).map(told)).toEqual([])
    const { falseAccepts, falseRejects, notes, mutants, unexplained } = figuresOf(first, [])
    const line = Object.entries({ falseAccepts, falseRejects, notes, mutants, unexplained })
      .map(
        ([name, { n, of, low, high }]) =>
          `${name} ${n}/${of} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %)`,
      )
      .join(", ")
    console.log(line)
    expect(notes.n / notes.of).toBeGreaterThanOrEqual(0.95)
  })

  it("never fails itself", () => {
    expect(first.filter(({ report }) => report.verdict === "grader-error").map(told)).toEqual([])
  })

  it("says of every failure for which input, what was expected, what came and where, in at most 300 characters", () => {
    const bad = first.flatMap((graded) => {
      const fault = accepted(graded) ? undefined : lint(graded)
      return fault ? [{ fault, ...told(graded) }] : []
    })
    expect(bad).toEqual([])
  })

  it(`decides the same under ${SEEDS} further seeds`, { timeout: 3_600_000 }, async () => {
    const random = new Generator(20)
    const drawn = bench.cases
      .filter(codeOf)
      .filter((_what, _i, all) => process.env.FULL || random.uniform() < SAMPLE / all.length)
    const endless = new Set(
      first.filter(({ report }) => report.verdict === "timeout").map(({ what }) => what),
    )
    const here = new Here()
    const changed: unknown[] = []
    let n = 0
    for (let seed = 1000; seed < 1000 + SEEDS; seed++) {
      thread.forget()
      here.forget()
      for (const what of drawn) {
        // What never ends costs a thread each time; that it never ends does not hang on the input.
        if (endless.has(what) && seed > 1002) continue
        const now = await gradeCase(bench, endless.has(what) ? thread : here, what, seed)
        n++
        if (!asDeserved(now)) changed.push(told(now))
      }
    }
    console.log(`${n} gradings of ${drawn.length} answers under ${SEEDS} seeds`)
    expect(changed).toEqual([])
  })
})
