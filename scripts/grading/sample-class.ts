/**
 * @file A class that has handed in, as a class does: right, wrong, unusual, broken and endless answers, and files that were
 * cut off. Made from the exercises themselves and a seed; the same seed makes the same class. Writes nothing.
 */
import { Generator } from "../../engine/index.ts"
import type { Answer, Exercise, FunctionExercise } from "../../exercises/lib/exercise.ts"
import type { Raw } from "../../exercises/lib/raw.ts"
import { type Attempt, FORMAT, GRADER, type Submission } from "../../exercises/lib/submission.ts"
import { valueJob } from "../../src/notebook/grade.ts"
import { runProbe } from "../../src/notebook/run-probe.ts"

/** What an answer was made to be: `right` and `unusual` ones are correct, the others are not. */
export type Meant = "right" | "unusual" | "wrong" | "broken" | "endless"

export interface ClassSize {
  learners: number
  exercises: number
  /** So many learners have one answer that never ends. */
  endless: number
  seed: number
}

export interface Sample {
  name: string
  text: string
  /** The file was cut off. */
  isDamaged: boolean
  learner: Submission["learner"]
  meant: Map<string, Meant>
}

type Told = [meant: Meant, answer: Answer]
type Source = Record<Meant, string[]>

const NAMES =
  "Ada Boole Church Dijkstra Erdős Frobenius Gödel Hopper Ibn-al-Haytham Jacobi Kovalevskaya Łukasiewicz".split(
    " ",
  )
const SHARES: [Meant, number][] = [
  ["right", 0.5],
  ["unusual", 0.15],
  ["wrong", 0.25],
  ["broken", 0.1],
]
const CUT_OFF = 0.01

/** The exercises that such a class was given: of every kind that answers can be made for, as evenly as there are any. */
export function chosenExercises(all: Map<string, Exercise>, count: number): [string, Exercise][] {
  const code = [...all].filter(([, exercise]) => "entry" in exercise)
  const typed = [...all].filter(([, { kind }]) => ["number", "predict", "table", "choice"].includes(kind))
  const half = Math.min(code.length, Math.ceil(count / 2))
  return [...code.slice(0, half), ...typed.slice(0, count - half)]
}

/** One file after the other, so that a large class is never held as a whole. */
export async function* sampleClass(all: Map<string, Exercise>, size: ClassSize): AsyncGenerator<Sample> {
  const exercises = chosenExercises(all, size.exercises)
  const typed = new Map<string, Told[]>()
  for (const [id, exercise] of exercises)
    if (!("entry" in exercise)) typed.set(id, await typedAnswers(exercise))
  const random = new Generator(size.seed)
  const pick = <T>(list: readonly T[]): T =>
    list[Math.min(list.length - 1, Math.floor(random.uniform(0, list.length)))]
  for (let n = 0; n < size.learners; n++) {
    const learner = { name: `${pick(NAMES)} ${n + 1}`, id: String(10_000 + n) }
    const isEndless =
      n % Math.max(1, Math.floor(size.learners / size.endless)) === 0 && n < size.learners && size.endless > 0
    const meant = new Map<string, Meant>()
    const attempts: Attempt[] = []
    for (const [id, exercise] of exercises) {
      const told: Told =
        "entry" in exercise
          ? codeAnswer(exercise, isEndless && meant.size === 0 ? "endless" : drawn(random), pick)
          : pick(typed.get(id)!)
      meant.set(id, told[0])
      attempts.push(attemptAt(id, exercise, told, Math.floor(random.uniform(0, 2 ** 31)), n))
    }
    const submission: Submission = {
      format: FORMAT,
      book: "sample",
      grader: GRADER,
      engine: "sample",
      learner,
      made: "2026-03-01T12:00:00Z",
      attempts,
    }
    const text = JSON.stringify(submission)
    const isDamaged = random.uniform(0, 1) < CUT_OFF
    yield {
      name: `learner-${n + 1}.json`,
      text: isDamaged ? text.slice(0, text.length / 2) : text,
      isDamaged,
      learner,
      meant,
    }
  }
}

function attemptAt(
  id: string,
  exercise: Exercise,
  [meant, answer]: Told,
  seed: number,
  minute: number,
): Attempt {
  const isRight = meant === "right" || meant === "unusual"
  return {
    exercise: id,
    revision: exercise.revision,
    seed,
    answer,
    report: { verdict: isRight ? "correct" : "wrong", score: isRight ? 1 : 0, note: "" },
    hintsUsed: 0,
    at: new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString(),
  }
}

function drawn(random: Generator): Meant {
  let left = random.uniform(0, 1)
  for (const [meant, share] of SHARES) {
    left -= share
    if (left < 0) return meant
  }
  return "right"
}

function codeAnswer(exercise: FunctionExercise, meant: Meant, pick: <T>(list: readonly T[]) => T): Told {
  const { entry, kind, solution, misconceptions } = exercise
  const sources: Source = {
    right: [`${solution}\n// mine`],
    unusual: [
      solution.replace(new RegExp(`^function ${entry}\\(`, "m"), `async function ${entry}(`),
      `\ufeff${solution.replaceAll("\n", "\r\n")}\r\n`,
      `// while (true) process.exit() TODO()\nconst unused = [1, 2, 3].map((x) => x ** 2)\n${solution}\nconsole.log("done")`,
    ],
    wrong: misconceptions.map(({ code }) => `${code}\n// mine`),
    broken: [
      `function ${entry}( {`,
      `function ${entry}() {\n  throw new RangeError("too far")\n}`,
      `function ${entry}() {}`,
      "const somethingElse = 1",
    ],
    endless: [`function ${entry}() {\n  while (true) {}\n}`],
  }
  const list = sources[meant].length > 0 ? sources[meant] : sources.broken
  return [meant, { kind, source: pick(list) }]
}

async function typedAnswers(exercise: Exclude<Exercise, FunctionExercise>): Promise<Told[]> {
  if (exercise.kind === "choice") {
    const right = exercise.options.filter((option) => option.right).map(({ id }) => id)
    const wrong = exercise.options.filter((option) => !option.right).map(({ id }) => id)
    return [
      ["right", { kind: "choice", chosen: right }],
      ...wrong.map((id): Told => ["wrong", { kind: "choice", chosen: [id] }]),
    ]
  }
  const answer = async (code: string): Promise<Answer> => {
    const { error, calls } = await runProbe(valueJob(code, 1))
    if (error) throw new Error(`an exercise's own program fails: ${error.message}\n${code}`)
    const texts = numbersIn(calls[0].value)
    if (exercise.kind !== "table")
      return { kind: exercise.kind as "number" | "predict", text: texts.join(", ") }
    const { rows, columns } = exercise
    return {
      kind: "table",
      cells: rows.map((_, i) => texts.slice(i * columns.length, (i + 1) * columns.length)),
    }
  }
  if (!("solution" in exercise)) return []
  const told: Told[] = [["right", await answer(exercise.solution)]]
  for (const { code } of exercise.misconceptions) told.push(["wrong", await answer(code)])
  return told
}

function numbersIn(value: Raw): string[] {
  if (value.t === "list") return value.v.flatMap(numbersIn)
  if (value.t === "tensor") return Array.from(value.v, String)
  return "v" in value ? [String(value.v)] : []
}
