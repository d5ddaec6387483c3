/**
 * @file Grades one answer: draws fresh inputs, has the answer and the book's own programs run elsewhere, and lets the
 * judge compare. The same function in the page and in Node; knows neither which it is in nor how code is run.
 */
import { attempted } from "../../exercises/lib/attempted.ts"
import type {
  Answer,
  Exercise,
  FunctionExercise,
  Report,
  Settings,
  TuneExercise,
} from "../../exercises/lib/exercise.ts"
import { judgeFunction } from "../../exercises/lib/judge-function.ts"
import { judgeParsons } from "../../exercises/lib/judge-parsons.ts"
import { judgeSketch } from "../../exercises/lib/judge-sketch.ts"
import { judgeTune, readSettings } from "../../exercises/lib/judge-tune.ts"
import { judgeChoice, judgeNumber, judgeTable } from "../../exercises/lib/judge-typed.ts"
import { graderError, type Judgement, type Outcome } from "../../exercises/lib/judgement.ts"
import { readResult } from "../../exercises/lib/outcome.ts"
import { type Plan, planCalls } from "../../exercises/lib/plan.ts"
import { encode } from "../../exercises/lib/raw.ts"
import { variantOf } from "../../exercises/lib/variant.ts"
import type { ProbeJob } from "./probe.ts"
import { type Ask, onSmallestCall } from "./smallest-call.ts"

export interface Task {
  /** The exercise's id, which is its file's name. */
  id: string
  exercise: Exercise
  answer: Answer
  /** A whole number ≥ 0: fresh for every attempt, stored with it, so that the attempt can be judged again. */
  seed: number
  /** Of an exercise with variants; 0 is the exercise as it is written. */
  variant?: number
}

/**
 * Runs a job where its code reaches nothing, and answers with what the worker sent (nothing of it is trusted here),
 * or with "timeout" after `job.limit`. A job `from: "learner"` must get a worker that ran nothing else and is ended
 * afterwards. Rejects only where the place to run cannot be had.
 */
export type Run = (job: ProbeJob) => Promise<unknown>

const LIMIT = 5000

/** The verdict on one answer. Never rejects: what fails on our side is a `grader-error`. */
export async function grade(task: Task, run: Run): Promise<Report> {
  const { id, seed, variant = 0 } = task
  const start = performance.now()
  const console: string[] = []
  let judgement: Judgement
  try {
    const exercise = variantOf(task.exercise, variant)
    judgement = await judge({ ...task, exercise }, run, console)
  } catch (error) {
    judgement = graderError(
      error instanceof Error ? error.message.slice(0, 160) : "It stopped while grading.",
    )
  }
  return {
    exercise: id,
    revision: task.exercise.revision,
    seed,
    ...(variant ? { variant } : {}),
    ...judgement,
    console,
    ms: performance.now() - start,
  }
}

async function judge({ exercise, answer, seed }: Task, run: Run, console: string[]): Promise<Judgement> {
  if (answer.kind !== exercise.kind)
    return refused("invalid", "kind", "This answer belongs to another exercise.")
  if (!attempted(exercise, answer))
    return refused("not-attempted", "empty", "Nothing to check yet: the answer is still as it was.")
  if (exercise.kind === "choice" && answer.kind === "choice") return judgeChoice(exercise, answer)
  if ("entry" in exercise && "source" in answer) return judgeCode(exercise, answer.source, seed, run, console)

  if (exercise.kind === "parsons" && answer.kind === "parsons") return judgeParsons(exercise, answer)
  if (exercise.kind === "tune" && answer.kind === "tune") {
    const read = readSettings(exercise, answer)
    if ("says" in read) return refused("invalid", "invalid", read.says)
    const job = trainingJob(exercise, read.settings)
    return judgeTune(exercise, read.settings, outcomeOf(await run(job), exercise.seeds.length))
  }

  const value = async (source: string): Promise<Outcome> =>
    outcomeOf(
      await run(valueJob("printed" in exercise && exercise.printed ? `${source}\n;0` : source, seed)),
      1,
    )
  const decide = (reference: Outcome, misconceptions?: Outcome[]): Judgement => {
    if (exercise.kind === "table" && answer.kind === "table")
      return judgeTable(exercise, answer, { reference, misconceptions })
    if (exercise.kind === "sketch" && answer.kind === "sketch")
      return judgeSketch(exercise, answer, { reference, misconceptions })
    if ((exercise.kind === "number" || exercise.kind === "predict") && "text" in answer)
      return judgeNumber(exercise, answer, { reference, misconceptions })
    return graderError("No judge knows this kind of exercise.")
  }
  const source =
    exercise.kind === "sketch" ? exercise.truth : "solution" in exercise ? exercise.solution : undefined
  if (source === undefined || !("misconceptions" in exercise)) return graderError("It has no solution.")
  const reference = await value(source)
  const first = decide(reference)
  if (first.verdict !== "wrong" && first.verdict !== "partial") return first
  const codes = exercise.misconceptions.flatMap((mistake) => ("code" in mistake ? [mistake.code] : []))
  return decide(reference, await inOrder(codes, value))
}

async function judgeCode(
  exercise: FunctionExercise,
  source: string,
  seed: number,
  run: Run,
  console: string[],
): Promise<Judgement> {
  const plan = planCalls(exercise, seed)
  const outcome = async (job: ProbeJob): Promise<Outcome> => outcomeOf(await run(job), plan.calls.length)
  const [learner, reference] = await Promise.all([
    outcome({ ...functionJob(exercise, plan, source, seed), without: exercise.without }),
    outcome({ ...functionJob(exercise, plan, exercise.solution, seed), from: "book", dtype: "float64" }),
  ])
  if (learner !== "timeout") console.push(...learner.console)
  const first = judgeFunction(exercise, plan, { learner, reference })
  if (first.verdict !== "wrong" && first.verdict !== "partial" && first.verdict !== "threw") return first
  if (learner === "timeout" || learner.error) return first
  // Known mistakes run in the learner's precision: an overflow of float32 must be recognised as one.
  const known = ({ code }: { code: string }): Promise<Outcome> =>
    outcome({ ...functionJob(exercise, plan, code, seed), from: "book" })
  const judged = judgeFunction(exercise, plan, {
    learner,
    reference,
    misconceptions: await inOrder(exercise.misconceptions, known),
    alternates: await inOrder(exercise.alternates ?? [], known),
  })
  if (judged.note !== "generic.law" || reference === "timeout") return judged
  const ask: Ask = async (calls) => {
    const asked = async (job: ProbeJob): Promise<Outcome> => outcomeOf(await run(job), calls.length)
    const again = { ...plan, calls }
    const mine = await asked(functionJob(exercise, again, source, seed))
    const theirs = await asked({
      ...functionJob(exercise, again, exercise.solution, seed),
      from: "book",
      dtype: "float64",
    })
    if (mine === "timeout" || theirs === "timeout" || mine.error || theirs.error) return undefined
    return { learner: mine.calls, reference: theirs.calls }
  }
  const small = await onSmallestCall({ plan, learner: learner.calls, reference: reference.calls }, ask)
  if (!small) return judged
  return judgeFunction(exercise, small.plan, {
    learner: { ...learner, calls: small.learner },
    reference: { ...reference, calls: small.reference },
  })
}

function functionJob(exercise: FunctionExercise, plan: Plan, source: string, seed: number): ProbeJob {
  return {
    id: 1,
    from: "learner",
    source,
    given: exercise.given ?? "",
    entry: exercise.entry,
    calls: plan.calls,
    dtype: "float32",
    seed,
    limit: exercise.limit ?? LIMIT,
    ...(exercise.work === undefined ? {} : { count: true }),
  }
}

/** Asks for the curve of a training under each of an exercise's seeds, or of others. */
export function trainingJob(exercise: TuneExercise, settings: Settings, seeds = exercise.seeds): ProbeJob {
  return {
    id: 1,
    from: "book",
    source: exercise.train,
    given: "",
    entry: "train",
    calls: seeds.map((seed) => ({ args: [encode(settings), encode(seed)] })),
    dtype: "float32",
    seed: 0,
    limit: exercise.limit ?? LIMIT,
  }
}

/** A program that only prints still needs a value, for a job to end with. */
export function codeToRun(exercise: Exercise, source: string): string {
  return "printed" in exercise && exercise.printed ? `${source}\n;0` : source
}

/** Asks for the value of a piece of the book's code. */
export function valueJob(source: string, seed: number): ProbeJob {
  return { id: 1, from: "book", source, given: "", calls: [], dtype: "float32", seed, limit: LIMIT }
}

/** What came from where a job ran, read as nothing but data. */
export function outcomeOf(from: unknown, calls: number): Outcome {
  if (from === "timeout") return "timeout"
  return (
    readResult(from, calls) ?? {
      id: 0,
      calls: [],
      console: [],
      error: {
        stage: "load",
        name: "Error",
        message: "the code disturbed its own run; its results cannot be read",
      },
    }
  )
}

function refused(verdict: Judgement["verdict"], note: string, message: string): Judgement {
  return { verdict, score: 0, note, message, checks: [] }
}

/** One after the other: they share a worker. */
async function inOrder<T, R>(items: T[], f: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await f(item))
  return results
}
