/**
 * @file The corpus by which the grader is measured: for every exercise answers that are right in an unusual way, answers
 * that are wrong, and the mutants of its reference. Says what each deserves; grades nothing.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { TYPED } from "../../../exercises/lib/close.ts"
import type { Answer, Exercise } from "../../../exercises/lib/exercise.ts"
import { givenBy } from "../../../exercises/lib/judge-typed.ts"
import { numbersOf } from "../../../exercises/lib/numbers.ts"
import { readResult } from "../../../exercises/lib/outcome.ts"
import type { Raw } from "../../../exercises/lib/raw.ts"
import { loadExercises } from "../../../scripts/grading/exercises.ts"
import { codeToRun, type Run, valueJob } from "../../../src/notebook/grade.ts"
import { spreadOf, typedAs, type Valued } from "../answers.ts"
import { isHandled } from "../kind-answers.ts"
import { type Mutant, mutantsOf } from "./mutate.ts"

/** Source, typed text, chosen options or cells; a whole answer where the kind has another form. */
export type Written = string | string[] | string[][] | Answer

/** One file of this folder default-exports one of these; the file's name is the exercise's id. */
export interface Corpus {
  /** Right, but not as the reference does it. By what is unusual. */
  right: Record<string, Written>
  /** Wrong, and written by hand. By what is wrong. */
  wrong?: Record<string, Written>
  /** Mutants of the reference that do what it does, by name, with the reason. */
  equivalent?: Record<string, string>
}

export interface Case {
  exercise: string
  name: string
  origin: "unusual" | "reference" | "alternate" | "misconception" | "by hand" | "mutant" | "equivalent"
  deserves: "correct" | "not correct"
  /** The note that it must get. */
  note?: string
  /** How the mutant came about. */
  mutation?: Mutant["kind"]
  answer: Answer
}

export interface Bench {
  cases: Case[]
  exercises: Map<string, Exercise>
  /** What is wrong with the corpus itself: a file without an exercise, an unknown mutant. */
  problems: string[]
}

/** `run` computes what the programs of typed answers give; some of them do not end. */
export async function loadBench(run: Run): Promise<Bench> {
  const exercises = await loadExercises()
  const problems: string[] = []
  const cases: Case[] = []
  for (const [id, exercise] of exercises) {
    const file = join(import.meta.dirname, `${id}.ts`)
    const corpus: Corpus | undefined = existsSync(file)
      ? ((await import(pathToFileURL(file).href)) as { default: Corpus }).default
      : undefined
    if (!corpus) problems.push(`${id} has no corpus`)
    cases.push(...(await casesOf(id, exercise, corpus ?? { right: {} }, problems, run)))
  }
  return { cases, exercises, problems }
}

async function casesOf(
  id: string,
  exercise: Exercise,
  corpus: Corpus,
  problems: string[],
  run: Run,
): Promise<Case[]> {
  const cases: Case[] = []
  const add = (origin: Case["origin"], name: string, answer: Answer, more: Partial<Case> = {}): void => {
    const deserves = ["unusual", "reference", "alternate", "equivalent"].includes(origin)
      ? "correct"
      : "not correct"
    cases.push({ exercise: id, name, origin, deserves, answer, ...more })
  }
  for (const [name, written] of Object.entries(corpus.right))
    add("unusual", name, answerOf(exercise, written))
  for (const [name, written] of Object.entries(corpus.wrong ?? {}))
    add("by hand", name, answerOf(exercise, written))
  if ("entry" in exercise) addPrograms(exercise, corpus.equivalent ?? {}, add, problems, id)
  else if (exercise.kind === "number" || exercise.kind === "table" || exercise.kind === "predict")
    await addValues(exercise, add, run)
  else
    for (const [name, answer] of Object.entries(await spreadOf(exercise)))
      if (!cases.some((what) => JSON.stringify(what.answer) === JSON.stringify(answer)))
        addSpread(exercise, name, answer, add)
  return cases
}

type Add = (origin: Case["origin"], name: string, answer: Answer, more?: Partial<Case>) => void
type Coded = Extract<Exercise, { entry: string }>

function addPrograms(
  exercise: Coded,
  equivalent: Record<string, string>,
  add: Add,
  problems: string[],
  id: string,
): void {
  const { kind, solution, misconceptions, alternates = [] } = exercise
  // A comment, so that no program of the book is taken for the starter of a debugging task.
  const program = (code: string): Answer => ({ kind, source: `${code}\n// mine` })
  add("reference", "the reference", program(solution))
  for (const { id, code } of alternates) add("alternate", id, program(code), { note: undefined })
  for (const { id, code } of misconceptions) add("misconception", id, program(code), { note: id })
  const mutants = mutantsOf(solution)
  for (const { name, kind: mutation, source } of mutants)
    add(name in equivalent ? "equivalent" : "mutant", name, program(source), { mutation })
  for (const name of Object.keys(equivalent))
    if (!mutants.some((mutant) => mutant.name === name)) problems.push(`${id}: no mutant is called “${name}”`)
}

async function addValues(exercise: Valued, add: Add, run: Run): Promise<void> {
  const right = await valueIn(exercise, exercise.solution, run)
  if (!right) throw new Error(`no value: ${exercise.solution}`)
  add("reference", "the reference", typedAs(exercise, right))
  for (const { id, code } of exercise.misconceptions) {
    const wrong = await valueIn(exercise, code, run)
    if (!wrong) throw new Error(`no value: ${code}`)
    add("misconception", id, typedAs(exercise, wrong), { note: id })
  }
  const numbers = numbersOf(right)
  if (!numbers) return
  const { rtol, atol } = exercise.tolerance ?? TYPED
  const near = (v: number, i: number) =>
    Math.abs(v - numbers.values[i]) <= 2 * (atol + rtol * Math.abs(numbers.values[i]))
  const seen = new Set<string>()
  for (const { name, kind: mutation, source } of mutantsOf(exercise.solution)) {
    // A loop that counts the wrong way does not end, and has no value.
    if (/\+\+ →/.test(name)) continue
    const value = await valueIn(exercise, source, run)
    const values = value && numbersOf(value)?.values
    if (!values || values.length !== numbers.values.length || !values.every(Number.isFinite)) continue
    // A mutant whose value is the right one is a right answer: nobody can see how it was computed.
    if (values.every(near) || seen.has(values.join())) continue
    seen.add(values.join())
    add("mutant", name, typedAs(exercise, value), { mutation })
  }
}

/** Nothing where the program throws or does not end: nobody could type that. */
async function valueIn(exercise: Valued, source: string, run: Run): Promise<Raw | undefined> {
  const result = readResult(await run(valueJob(codeToRun(exercise, source), 1)), 1)
  return result && !result.error && !result.calls[0].error ? givenBy(exercise, result) : undefined
}

function addSpread(exercise: Exercise, name: string, answer: Answer, add: Add): void {
  if (name === "right") add("reference", name, answer)
  else if (!["none", "gone", "unreadable", "incomplete", "syntax", "starter"].includes(name)) {
    const known = "options" in exercise && exercise.options.some((o) => name === `only ${o.id}` && !o.right)
    const right = "options" in exercise && isRight(exercise, answer)
    if (right) return
    if (isHandled(exercise)) add("misconception", name, answer, { note: name })
    else
      add(
        known ? "misconception" : "by hand",
        name,
        answer,
        known ? { note: name.slice("only ".length) } : {},
      )
  }
}

function isRight(exercise: Extract<Exercise, { kind: "choice" }>, answer: Answer): boolean {
  if (answer.kind !== "choice") return false
  const rights = exercise.options.filter((option) => option.right).map((option) => option.id)
  return rights.length === answer.chosen.length && rights.every((id) => answer.chosen.includes(id))
}

function answerOf({ kind }: Exercise, written: Written): Answer {
  if (typeof written === "object" && !Array.isArray(written)) return written
  if (kind === "function" || kind === "debug") return { kind, source: String(written) }
  if (kind === "table") return { kind, cells: written as string[][] }
  if (kind === "choice") return { kind, chosen: written as string[] }
  return { kind, text: String(written) } as Answer
}
