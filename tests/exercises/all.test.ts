/** @file What every exercise file must hold: found by itself, so that a new exercise is tested without an edit here. */
import { beforeAll, describe, expect, it } from "vitest"
import { distance, GRADIENTS, TYPED, VALUES } from "../../exercises/lib/close.ts"
import type { Answer, Exercise, FunctionExercise } from "../../exercises/lib/exercise.ts"
import type { ProbeResult } from "../../exercises/lib/outcome.ts"
import { plain } from "../../exercises/lib/plain.ts"
import { planCalls } from "../../exercises/lib/plan.ts"
import { exerciseFiles, loadExercises } from "../../scripts/grading/exercises.ts"
import { runProbe } from "../../src/notebook/run-probe.ts"
import { givenIn, typed, type Valued } from "./answers.ts"
import { gradeHere } from "./in-process.ts"

const SEEDS = process.env.FULL ? 200 : 20
const MARGIN = 10

type Coded = FunctionExercise

const exercises = await loadExercises()
const all = [...exercises]
const coded = all.filter((entry): entry is [string, Coded] => "entry" in entry[1])
const valued = all.filter(
  (entry): entry is [string, Valued] => "solution" in entry[1] && !("entry" in entry[1]),
)

const source = ({ kind }: Coded, code: string): Answer => ({ kind, source: code })

async function run(
  exercise: Coded,
  code: string,
  seed: number,
  dtype: "float32" | "float64",
): Promise<ProbeResult> {
  const { calls } = planCalls(exercise, seed)
  const { entry, given = "" } = exercise
  return runProbe({ id: 1, from: "book", source: code, given, entry, calls, dtype, seed, limit: 5000 })
}

describe("the exercises", () => {
  it("are there, and no two share an id", () => {
    expect(exerciseFiles().size).toBeGreaterThan(0)
  })
})

describe.each(all)("%s", (_, exercise: Exercise) => {
  it("is worded: title, prompt, hints, explanation, a time and a revision", () => {
    for (const text of [exercise.title, exercise.prompt, exercise.explanation])
      expect(text.trim()).not.toBe("")
    // The page adds the star of the hard ones.
    expect(exercise.title).not.toContain("★")
    expect(exercise.hints.length).toBeGreaterThan(0)
    expect(exercise.minutes).toBeGreaterThan(0)
    expect(exercise.revision).toBeGreaterThan(0)
  })

  it("has notes of at most 300 characters that say more than “wrong”", () => {
    const notes =
      "misconceptions" in exercise ? exercise.misconceptions : "options" in exercise ? exercise.options : []
    expect(notes.length).toBeGreaterThan(0)
    expect(new Set(notes.map((note) => note.id)).size).toBe(notes.length)
    for (const { says } of notes) {
      expect(plain(says).length).toBeLessThanOrEqual(300)
      expect(plain(says).length).toBeGreaterThan(20)
      expect(plain(says)).not.toMatch(/[$\\]|test failed|is inaccurate/i)
    }
  })
})

describe.each(coded)("%s (code)", (id, exercise) => {
  it(`accepts the reference under ${SEEDS} seeds, at a tenth of the tolerance`, async () => {
    const { rtol, atol } = exercise.tolerance ?? VALUES
    const strict = { ...exercise, tolerance: { rtol: rtol / 10, atol: atol / 10 } }
    for (let seed = 0; seed < SEEDS; seed++) {
      // A comment, so that the reference of a debugging task is never taken for its starter.
      const report = await gradeHere(id, strict, source(exercise, `${exercise.solution}\n// ${seed}`), seed)
      expect(report, `seed ${seed}: ${report.message} ${JSON.stringify(report.evidence)}`).toMatchObject({
        verdict: "correct",
        note: "ok",
        score: 1,
      })
    }
  })

  it("calls starter and empty answers not attempted, whatever their line ends", async () => {
    const { starter } = exercise
    for (const answer of ["", " \n\t", starter, `\ufeff${starter.replaceAll("\n", "\r\n")}\n`])
      expect(await gradeHere(id, exercise, source(exercise, answer))).toMatchObject({
        verdict: "not-attempted",
      })
  })

  it("calls a syntax error invalid, with its line", async () => {
    const report = await gradeHere(id, exercise, source(exercise, `// one\nfunction ${exercise.entry}( {`))
    expect(report.verdict).toBe("invalid")
    expect(report.message).toMatch(/line \d/)
  })

  it("calls an answer without the function invalid, and says which one is missing", async () => {
    const report = await gradeHere(id, exercise, source(exercise, "const somethingElse = 1"))
    expect(report.verdict).toBe("invalid")
    expect(report.message).toContain(exercise.entry)
  })

  it("calls an answer that throws threw, with the line in the answer", async () => {
    const report = await gradeHere(
      id,
      exercise,
      source(exercise, `function ${exercise.entry}() {\n  throw new RangeError("too far")\n}`),
    )
    expect(report).toMatchObject({ verdict: "threw", score: 0 })
    expect(report.message).toContain("RangeError: too far (line 2)")
  })

  it("tells every alternate that it is right", async () => {
    for (const { code } of exercise.alternates ?? [])
      expect(await gradeHere(id, exercise, source(exercise, code))).toMatchObject({
        verdict: "correct",
        score: 1,
      })
  })

  describe.each(exercise.misconceptions.map((m) => [m.id, m] as const))("knows %s", (name, { code }) => {
    it("by its own note, never as correct", async () => {
      for (const seed of [1, 2, 3]) {
        const report = await gradeHere(id, exercise, source(exercise, `${code}\n// mine`), seed)
        expect(["wrong", "partial"]).toContain(report.verdict)
        expect(report.note, `${report.message} ${JSON.stringify(report.evidence)}`).toBe(name)
        expect(report.checks.some((check) => !check.passed)).toBe(true)
      }
    })

    it(`is ${MARGIN} tolerances away from the reference on some probe`, async () => {
      for (const seed of [1, 2, 3]) {
        const wrong = await run(exercise, code, seed, "float32")
        const right = await run(exercise, exercise.solution, seed, "float64")
        const apart = right.calls.map((call, i) => {
          const mine = wrong.calls[i]
          if (mine.error) return Number.POSITIVE_INFINITY
          const gradients = (call.gradients ?? []).map((g, k) => distance(mine.gradients![k], g, GRADIENTS))
          return Math.max(distance(mine.value, call.value, exercise.tolerance ?? VALUES), ...gradients)
        })
        expect(Math.max(...apart)).toBeGreaterThanOrEqual(MARGIN)
      }
    })
  })
})

describe.each(valued)("%s (value)", (id, exercise) => {
  let right: Answer
  beforeAll(async () => {
    right = await typed(exercise, exercise.solution)
  })

  it("accepts its own value", async () => {
    expect(await gradeHere(id, exercise, right)).toMatchObject({ verdict: "correct", score: 1 })
  })

  it("calls an empty answer not attempted", async () => {
    const empty: Answer =
      exercise.kind === "table"
        ? { kind: "table", cells: exercise.rows.map(() => exercise.columns.map(() => " ")) }
        : { kind: exercise.kind, text: "  " }
    expect(await gradeHere(id, exercise, empty)).toMatchObject({ verdict: "not-attempted" })
  })

  it.each(exercise.misconceptions.map((m) => [m.id, m] as const))(
    "knows %s by its own note",
    async (name, { code }) => {
      const report = await gradeHere(id, exercise, await typed(exercise, code))
      expect(["wrong", "partial"]).toContain(report.verdict)
      expect(report.note).toBe(name)
      const apart = distance(
        await givenIn(exercise, code),
        await givenIn(exercise, exercise.solution),
        exercise.tolerance ?? TYPED,
      )
      expect(apart).toBeGreaterThanOrEqual(MARGIN)
    },
  )
})

const choices = all.filter(([, exercise]) => exercise.kind === "choice")

describe.each(choices)("%s (choice)", (id, exercise) => {
  const options = "options" in exercise ? exercise.options : []

  it("accepts the right options and nothing less", async () => {
    const rights = options.filter((option) => option.right).map((option) => option.id)
    expect(await gradeHere(id, exercise, { kind: "choice", chosen: rights })).toMatchObject({
      verdict: "correct",
    })
    expect(await gradeHere(id, exercise, { kind: "choice", chosen: [] })).toMatchObject({
      verdict: "not-attempted",
    })
    for (const { id: chosen } of options.filter((option) => !option.right)) {
      const report = await gradeHere(id, exercise, { kind: "choice", chosen: [chosen] })
      expect(report).toMatchObject({ verdict: "wrong", note: chosen })
    }
  })
})
