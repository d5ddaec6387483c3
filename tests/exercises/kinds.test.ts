/** @file The kinds whose answers are put in order, drawn or tuned, and variants: what every such exercise must hold. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import type {
  Answer,
  Exercise,
  NumberExercise,
  ParsonsExercise,
  PredictExercise,
  SketchExercise,
  TuneExercise,
} from "../../exercises/lib/exercise.ts"
import { judgeParsons } from "../../exercises/lib/judge-parsons.ts"
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

const texts = {
  title: "t",
  prompt: "p",
  hints: ["h"],
  explanation: "e",
  difficulty: "core" as const,
  minutes: 1,
  revision: 1,
}

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

  it("says the same under 200 seeds", async () => {
    const answers = Object.values(await handledAnswers(exercise))
    for (const answer of answers) {
      const first = await gradeHere(id, exercise, answer, 0)
      for (const seed of exercise.kind === "tune" ? [1, 199] : Array.from({ length: 200 }, (_, i) => i)) {
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

describe("blocks to be put in order", () => {
  const block = (id: string, after?: string[]) => ({ id, code: `${id}()`, ...(after ? { after } : {}) })
  const exercise = (
    blocks: ParsonsExercise["blocks"],
    more: Partial<ParsonsExercise> = {},
  ): ParsonsExercise => ({
    ...texts,
    kind: "parsons",
    label: "it",
    blocks,
    misconceptions: [],
    ...more,
  })
  const judge = (of: ParsonsExercise, order: string[]) => judgeParsons(of, { kind: "parsons", order })
  const chain = exercise(["a", "b", "c", "d", "e"].map((id) => block(id)))

  it("give credit for the longest part that is in order", () => {
    expect(judge(chain, [..."abcde"]).verdict).toBe("correct")
    expect(judge(chain, [..."bacde"])).toMatchObject({
      verdict: "partial",
      score: 0.8,
      note: "generic.order",
    })
    expect(judge(chain, [..."eabcd"])).toMatchObject({ verdict: "partial", score: 0.8 })
    expect(judge(chain, [..."edcba"])).toMatchObject({ verdict: "wrong", score: 0 })
    expect(judge(chain, [..."a"])).toMatchObject({ verdict: "wrong", score: 0, note: "incomplete" })
    expect(judge(chain, [..."abd"])).toMatchObject({ verdict: "partial", score: 0.6, note: "incomplete" })
  })

  it("name the first block that stands too early, and cost no attempt where one is unknown", () => {
    const { message, evidence } = judge(chain, [..."acbde"])
    expect(message).toContain("Block 2, c(), stands too early")
    expect(evidence).toMatchObject({ where: "block 2", got: "c()" })
    expect(judge(chain, ["a", "gone"])).toMatchObject({ verdict: "invalid" })
    expect(judge(chain, ["a", "a"])).toMatchObject({ verdict: "invalid" })
  })

  it("may stand in every order that respects what each needs, and in no other", () => {
    // A diamond: b and c need a, d needs both; e is free.
    const diamond = exercise([
      block("a"),
      block("b", ["a"]),
      block("c", ["a"]),
      block("d", ["b", "c"]),
      block("e", []),
    ])
    const isRight = (order: string[]) => {
      const at = (id: string) => order.indexOf(id)
      return at("a") < at("b") && at("a") < at("c") && at("b") < at("d") && at("c") < at("d")
    }
    fc.assert(
      fc.property(fc.shuffledSubarray([..."abcde"], { minLength: 5 }), (order) => {
        expect(judge(diamond, order).verdict === "correct").toBe(isRight(order))
      }),
      { numRuns: 200 },
    )
  })

  it("are scored by the largest part in order, as trying all parts finds it", () => {
    const needs = { a: [], b: ["a"], c: ["a"], d: ["b"], e: ["c", "d"], f: [] } as Record<string, string[]>
    const six = exercise(Object.entries(needs).map(([id, after]) => block(id, after)))
    const above = (id: string): string[] => needs[id].flatMap((higher) => [higher, ...above(higher)])
    const fits = (part: string[]) =>
      part.every((id, i) => !part.slice(i + 1).some((below) => above(id).includes(below)))
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(needs), { minLength: 2 }), (order) => {
        const parts = Array.from({ length: 2 ** order.length }, (_, bits) =>
          order.filter((_, i) => (bits >> i) & 1),
        )
        const most = Math.max(...parts.filter(fits).map((part) => part.length))
        expect(judge(six, order).score).toBeCloseTo(most < 2 ? 0 : most / 6, 12)
      }),
      { numRuns: 200 },
    )
  })

  it("take one off for each block that does not belong, and say why it does not", () => {
    const trap = exercise(chain.blocks, {
      misconceptions: [{ id: "trap", says: "This one does nothing for you.", code: "x()", instead: "c" }],
    })
    expect(judge(trap, ["a", "b", "trap", "d", "e"])).toMatchObject({ note: "trap", score: 0.6 })
    expect(judge(trap, ["a", "b", "c", "trap", "d", "e"])).toMatchObject({ note: "trap", score: 0.8 })
  })

  it("have other right orders where the exercise says so", () => {
    const either = exercise(chain.blocks, { alternates: [{ c: ["a"], b: ["c"], d: ["b"] }] })
    expect(judge(either, [..."acbde"]).verdict).toBe("correct")
    expect(judge(either, [..."abcde"]).verdict).toBe("correct")
    expect(judge(either, [..."bacde"]).verdict).toBe("partial")
  })

  it("are our mistake where they need each other in a circle", () => {
    const circle = exercise([block("a", ["b"]), block("b", ["a"])])
    expect(judge(circle, ["a", "b"]).verdict).toBe("grader-error")
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
    "may be chosen among values as the page shows them: %s",
    async (shown) => {
      const code = shown.replaceAll("−", "-").replace("0.333333", "1 / 3")
      expect((await said(predict(code, { choose: true }), shown)).verdict).toBe("correct")
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
