/** @file The kinds whose answers are put in order, drawn or tuned, and variants: what every such exercise must hold. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import type {
  Answer,
  Exercise,
  NumberExercise,
  PredictExercise,
  SketchExercise,
  TuneExercise,
} from "../../exercises/lib/exercise.ts"
import { numbersOf } from "../../exercises/lib/numbers.ts"
import { readAnswer } from "../../exercises/lib/submission.ts"
import { valuesOf, variantOf } from "../../exercises/lib/variant.ts"
import { notesOf, VARIANTS } from "../../exercises/lib/wording.ts"
import { loadExercises, ROOT } from "../../scripts/grading/exercises.ts"
import { grade, trainingJob } from "../../src/notebook/grade.ts"
import { runProbe } from "../../src/notebook/run-probe.ts"
import { spreadOf, typed, type Valued } from "./answers.ts"
import { gradeHere } from "./in-process.ts"
import { type Handled, handledAnswers, heightsOf, isHandled, tuned } from "./kind-answers.ts"
import { texts } from "./texts.ts"

const all = [...(await loadExercises())]
const handled = all.filter((entry): entry is [string, Handled] => isHandled(entry[1]))
const sketches = handled.filter((entry): entry is [string, SketchExercise] => entry[1].kind === "sketch")
const tunings = handled.filter((entry): entry is [string, TuneExercise] => entry[1].kind === "tune")
const varied = all.filter(
  (entry): entry is [string, Valued] => "variants" in entry[1] && entry[1].variants !== undefined,
)

describe.each(handled)("%s", (id, exercise) => {
  it("accepts what it holds to be right, and names every mistake that it knows", async () => {
    const answers = await handledAnswers(exercise)
    const known = exercise.misconceptions.map((m) => m.id)
    for (const [name, answer] of Object.entries(answers)) {
      const report = await gradeHere(id, exercise, answer)
      const about = `${name}: ${report.note}: ${report.message}`
      if (name === "right") expect(report, about).toMatchObject({ verdict: "correct", score: 1, note: "ok" })
      else if (name === "none") expect(report, about).toMatchObject({ verdict: "not-attempted", score: 0 })
      else {
        expect(known).toContain(name)
        expect(report.note, about).toBe(name)
        expect(["wrong", "partial"]).toContain(report.verdict)
        expect(report.score).toBeLessThan(1)
        expect(report.message.length).toBeLessThanOrEqual(300)
      }
    }
  })

  it("says the same under 200 seeds of what is right, and under 20 of what is not", async () => {
    const answers = Object.entries(await handledAnswers(exercise))
    for (const [name, answer] of answers) {
      const most = name === "right" ? 200 : 20
      const first = await gradeHere(id, exercise, answer, 0)
      for (const seed of exercise.kind === "tune" ? [1, 199] : Array.from({ length: most }, (_, i) => i)) {
        const { verdict, note, score } = await gradeHere(id, exercise, answer, seed)
        expect({ verdict, note, score }).toEqual({
          verdict: first.verdict,
          note: first.note,
          score: first.score,
        })
      }
    }
  })

  it("keeps its answers through a submission file", async () => {
    for (const answer of Object.values(await handledAnswers(exercise)))
      expect(readAnswer(JSON.parse(JSON.stringify(answer)), "here")).toEqual(answer)
  })
})

describe.each(sketches)("%s (sketch)", (_, exercise) => {
  it("has a truth that obeys its features and lies on its axes, and mistakes that nobody can take for it", async () => {
    const right = await heightsOf(exercise, exercise.truth)
    const { at, y, features = [], tolerance = 0 } = exercise
    if (at !== "point") {
      for (const { holds } of features) expect(holds(right, at)).toBe(true)
      for (const height of right) expect(height).toBeGreaterThanOrEqual(y.from)
      for (const height of right) expect(height).toBeLessThanOrEqual(y.to)
    }
    const most = tolerance * (y.to - y.from)
    for (const { id, code } of exercise.misconceptions) {
      const wrong = await heightsOf(exercise, code)
      const apart = Math.max(...wrong.map((h, i) => Math.abs(h - right[i])))
      expect(apart, id).toBeGreaterThan(2 * most)
    }
  })

  it("accepts a hand that shakes by nine tenths of the tolerance", async () => {
    const { at, y, tolerance, features = [] } = exercise
    if (at === "point" || tolerance === undefined) return
    const right = await heightsOf(exercise, exercise.truth)
    const most = 0.9 * tolerance * (y.to - y.from)
    const shaken = right.map((h, i) => h + most * Math.sin(7 * i + 1))
    const report = await gradeHere(
      "sketch",
      { ...exercise, features: [] },
      {
        kind: "sketch",
        values: shaken.map(String),
      },
    )
    expect(report.verdict).toBe("correct")
    expect(features.length + right.length).toBeGreaterThan(0)
  })
})

describe("a point", () => {
  const point: SketchExercise = {
    ...texts,
    kind: "sketch",
    x: { label: "x", from: 0, to: 10, step: 1 },
    y: { label: "y", from: 0, to: 100, step: 10 },
    at: "point",
    truth: "const answer = [5, 50]",
    tolerance: 0.1,
    misconceptions: [
      { id: "twice", says: "You went twice as far as it is.", code: "const answer = [7, 50]" },
    ],
  }
  it.each([
    ["5.9", "41", "correct", 1, "ok"],
    ["5", "62", "partial", 0.9, "generic.place"],
    ["5", "75", "partial", 0.25, "generic.place"],
    ["5", "85", "wrong", 0, "generic.place"],
    ["7.5", "50", "wrong", 0, "twice"],
    ["5", "", "invalid", 0, "incomplete"],
    ["5", "0,5", "invalid", 0, "invalid"],
  ])("at %s, %s is judged by its distance", async (x, y, verdict, score, note) => {
    const report = await gradeHere("point", point, { kind: "sketch", values: [x, y] })
    expect(report).toMatchObject({ verdict, score, note })
    if (verdict === "partial") expect(report.message).toBe("Near, but not near enough: your y is too high.")
  })
})

describe.each(tunings)("%s (tune)", (_, exercise) => {
  it("is passed all over its region as often as it says, whatever the seeds", async () => {
    const { region, seeds, need, goal } = exercise
    for (const settings of region.settings) {
      const fresh = Array.from({ length: region.of * seeds.length }, (_, i) => 5000 + i)
      const { error, calls } = await runProbe({ ...trainingJob(exercise, settings, fresh), limit: 60_000 })
      expect(error).toBeUndefined()
      const reached = calls.map(({ value }) =>
        goal.reached(Array.from(numbersOf(value)?.values ?? []), settings),
      )
      const passed = Array.from({ length: region.of }, (_, k) =>
        reached.slice(k * seeds.length, (k + 1) * seeds.length).filter(Boolean),
      ).filter((hits) => hits.length >= need).length
      expect(passed / region.of, JSON.stringify(settings)).toBeGreaterThanOrEqual(region.rate)
    }
  })

  it("accepts its whole region and not where it starts", async () => {
    for (const settings of exercise.region.settings)
      expect((await gradeHere("tune", exercise, tuned(settings))).verdict).toBe("correct")
    const starts = Object.fromEntries(
      Object.entries(exercise.knobs).map(([name, { start }]) => [name, start]),
    )
    expect((await gradeHere("tune", exercise, tuned(starts))).verdict).not.toBe("correct")
  })

  it("refuses settings out of range, and words, at no cost", async () => {
    const [name] = Object.keys(exercise.knobs)
    const start = Object.entries(exercise.knobs).map(([knob, { start }]) => [knob, String(start)])
    for (const bad of ["", "much", "1e9", "0,3"]) {
      const answer: Answer = { kind: "tune", settings: { ...Object.fromEntries(start), [name]: bad } }
      expect((await gradeHere("tune", exercise, answer)).verdict).toBe("invalid")
    }
  })
})

describe.each(varied)("%s (variants)", (id, exercise) => {
  const numbers = Array.from({ length: VARIANTS }, (_, i) => i)

  it("accepts in every variant its own value, and names every mistake", async () => {
    for (const variant of numbers) {
      const mine = variantOf(exercise, variant)
      const judge = async (code: string) =>
        grade({ id, exercise, answer: await typed(mine, code), seed: 3, variant }, runProbe)
      expect(await judge(mine.solution)).toMatchObject({ verdict: "correct" })
      for (const { id: note, code } of mine.misconceptions)
        expect(await judge(code), `variant ${variant}`).toMatchObject({ note })
    }
  })

  it("differs from one variant to another, in code and texts", () => {
    const drawn = numbers.map((number) => JSON.stringify(valuesOf(exercise, number)))
    expect(new Set(drawn).size).toBeGreaterThan(VARIANTS / 3)
    for (const number of numbers) expect(JSON.stringify(variantOf(exercise, number))).not.toContain("{{")
  })
})

describe("a prediction", () => {
  const predict = (solution: string, more: Partial<PredictExercise> = {}): PredictExercise => ({
    ...texts,
    kind: "predict",
    label: "value",
    solution,
    misconceptions: [],
    ...more,
  })
  const said = (exercise: PredictExercise, text: string) =>
    gradeHere("p", exercise, { kind: "predict", text })

  it.each(["[2, 3]", "2, 3", "(2, 3)", "2 × 3", "2x3", "2 3", "[2,3,]"])(
    "reads %s as a shape",
    async (text) => {
      const shape = predict("zeros([2, 3]).shape", { tolerance: { rtol: 0, atol: 0.25 } })
      expect((await said(shape, text)).verdict).toBe("correct")
    },
  )

  it("tells a shape that is too short from a wrong one, and shows what the code gives", async () => {
    const shape = predict("zeros([2, 3]).shape", { tolerance: { rtol: 0, atol: 0.25 } })
    expect(await said(shape, "[2]")).toMatchObject({ note: "generic.shape" })
    expect(await said(shape, "[3, 2]")).toMatchObject({
      verdict: "wrong",
      shown: { kind: "output", text: "[2, 3]" },
    })
  })

  it.each(["[5, 1]", "−3", '"relu"', "true", "0.333333", "[[1, −2], [3, 4]]"])(
    "reads a value as the page shows it: %s",
    async (shown) => {
      const code = shown.replaceAll("−", "-").replace("0.333333", "1 / 3")
      expect((await said(predict(code), shown)).verdict).toBe("correct")
    },
  )

  it("of what is printed reads the lines, however they are broken", async () => {
    const printed = predict('for (const i of [1, 2]) console.log("step", i)', {
      printed: true,
      misconceptions: [
        {
          id: "counts",
          says: "Counting begins at 1 here.",
          code: 'for (const i of [0, 1]) console.log("step", i)',
        },
      ],
    })
    expect((await said(printed, "step 1\nstep 2")).verdict).toBe("correct")
    expect((await said(printed, "step 1 step 2")).verdict).toBe("correct")
    expect(await said(printed, "step 0 step 1")).toMatchObject({ verdict: "wrong", note: "counts" })
    expect(await said(printed, " ")).toMatchObject({ verdict: "not-attempted" })
    expect((await said(printed, "step 1 step 2")).shown).toEqual({ kind: "output", text: "step 1\nstep 2" })
  })
})

describe("a number that is close", () => {
  const exercise = (solution: string): NumberExercise => ({
    ...texts,
    kind: "number",
    label: "n",
    prompt: "How many?",
    solution: `const answer = ${solution}`,
    misconceptions: [],
  })
  const noteOf = async (solution: string, text: string) =>
    (
      await grade(
        { id: "n", exercise: exercise(solution), answer: { kind: "number", text }, seed: 1 },
        runProbe,
      )
    ).note

  it("was rounded on the way, or miscounted where both are whole", async () => {
    expect(await noteOf("1000.25", "1005.5")).toBe("generic.rounding")
    expect(await noteOf("1000", "1005")).toBe("generic.value")
  })
})

describe("variants", () => {
  const number: NumberExercise = {
    ...texts,
    kind: "number",
    label: "v",
    prompt: "Twice {{n}}?",
    solution: "const n = 4\nconst answer = 2 * n",
    variants: (random) => ({ n: random.integer(10, 1000) }),
    misconceptions: [{ id: "m", says: "You squared {{n}}.", code: "const n = 4\nconst answer = n ** 2" }],
  }

  it("are drawn from their number alone; number 0 is the exercise as it is written", () => {
    expect(valuesOf(number, 0)).toEqual({ n: 4 })
    expect(variantOf(number, 0).prompt).toBe("Twice 4?")
    for (const i of [1, 2, 3]) expect(variantOf(number, i)).toEqual({ ...variantOf(number, i) })
    expect(valuesOf(number, 5)).toEqual(valuesOf(number, 5))
    expect(valuesOf(number, 5)).not.toEqual(valuesOf(number, 6))
  })

  it("reach code, texts and messages, and the report says which it was", async () => {
    const { n } = valuesOf(number, 3)!
    const report = await grade(
      { id: "v", exercise: number, answer: { kind: "number", text: String(n ** 2) }, seed: 1, variant: 3 },
      runProbe,
    )
    expect(report).toMatchObject({ note: "m", message: `You squared ${n}.`, variant: 3 })
    const right = await grade(
      { id: "v", exercise: number, answer: { kind: "number", text: String(2 * n) }, seed: 1, variant: 3 },
      runProbe,
    )
    expect(right.verdict).toBe("correct")
  })

  it("are our mistake where the code lacks a value's line", async () => {
    const broken = { ...number, solution: "const answer = 8" }
    const report = await grade(
      { id: "v", exercise: broken, answer: { kind: "number", text: "8" }, seed: 1, variant: 3 },
      runProbe,
    )
    expect(report.verdict).toBe("grader-error")
  })
})

describe("the worked exercises of CONTRIBUTING", async () => {
  const guide = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8")
  const part = guide.slice(guide.indexOf("## Add an exercise"), guide.indexOf("## Add an explorable"))
  const codes = [...part.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)
  const folder = mkdtempSync(join(tmpdir(), "descent-examples-"))
  afterAll(() => rmSync(folder, { recursive: true }))
  const examples = await Promise.all(
    codes.map(async (code, i) => {
      const file = join(folder, `example-${i}.ts`)
      const library = pathToFileURL(ROOT).href
      writeFileSync(
        file,
        code.replaceAll("../../", `${library}/`).replaceAll('"../lib/', `"${library}/exercises/lib/`),
      )
      return ((await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default: Exercise }).default
    }),
  )

  it("are a number, a function and blocks", () => {
    expect(examples.map(({ kind }) => kind)).toEqual(["number", "function", "parsons"])
  })

  it.each(examples.map((exercise) => [exercise.title, exercise] as const))(
    "%s: accepts what is right and names every mistake",
    async (_, exercise) => {
      const answers = await spreadOf(exercise)
      expect(await gradeHere("example", exercise, answers.right)).toMatchObject({ verdict: "correct" })
      for (const { id } of notesOf(exercise))
        expect(await gradeHere("example", exercise, answers[id])).toMatchObject({ note: id })
    },
  )
})
