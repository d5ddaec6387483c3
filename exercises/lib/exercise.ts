/** @file What an exercise is: its kinds, texts, probes, checks and misconceptions. Knows nothing of pages or of grading. */
import type { Generator, Tensor } from "../../engine/index.ts"

/** Markdown with TeX between dollars. Rendered at build; a number in it is computed, not typed. */
export type Markdown = string

export interface ExerciseTexts {
  title: string
  prompt: Markdown
  /** What the answer may rely on: reduction, logarithm, shapes, dtype, what happens at ties. Shown and quoted. */
  conventions?: string[]
  /** Opened one by one. From a nudge to nearly the answer. */
  hints: Markdown[]
  /** Shown beside the learner's answer with the solution. Says why, not only what. */
  explanation: Markdown
  difficulty: "warm-up" | "core" | "hard"
  minutes: number
  /** Raise when a verdict could change. */
  revision: number
}

/** A value that a learner's function may be called with or may return. */
export type Value = number | string | boolean | null | Tensor | Value[] | { [key: string]: Value }

export interface Probe {
  args: Value[]
  /** Why this input is here; used in messages, e.g. "logits near 1000". */
  note?: string
  /** Compare also the gradients of the result by these arguments (positions). */
  gradients?: number[]
}

/**
 * A wrong answer that is worth a note of its own: one piece of code with three uses. Its outputs are the
 * signature that recognises the mistake, it is a mutant that must fail with exactly this note, and it can stand
 * as a distractor.
 */
export interface Misconception {
  /** `topic.name`, stable: `ce.log-base`. */
  id: string
  says: Markdown
}

/** A law that the answer must obey on every probe, beyond being close to the reference. */
export interface Property {
  /** A sentence: "rows sum to 1". */
  says: string
  /** Raw values of one call: arguments, result. Returns what is wrong, or nothing. Runs outside the worker. */
  holds: (args: Value[], result: Value) => string | undefined
  /** Fresh inputs for this law; without it, the probes. */
  probes?: (random: Generator) => Probe[]
}

export interface FunctionExercise extends ExerciseTexts {
  /** `debug` is a function exercise whose starter has the bug of a misconception. */
  kind: "function" | "debug"
  /** Name of the function that the answer must declare. */
  entry: string
  /** Declarations above the answer, shown read-only: data and helpers that it may use. */
  given?: string
  starter: string
  /** The reference. It must be generic in the dtype: the judge runs it in float64. */
  solution: string
  probes: (random: Generator) => Probe[]
  properties?: Property[]
  misconceptions: (Misconception & { code: string })[]
  /** Also right: another algorithm or convention that the text leaves open; the note is shown. */
  alternates?: { id: string; code: string; says?: Markdown }[]
  tolerance?: { rtol: number; atol: number }
  /** Milliseconds for all probes together. */
  limit?: number
}

export interface NumberExercise extends ExerciseTexts {
  kind: "number"
  /** Label of the box, with the unit: "loss (nats)". */
  label: string
  /** Code whose `answer` is the value, computed with the engine at build and when judged. */
  solution: string
  tolerance?: { rtol: number; atol: number }
  /** `code` computes the wrong number as `answer`. */
  misconceptions: (Misconception & { code: string })[]
}

export interface ChoiceExercise extends ExerciseTexts {
  kind: "choice"
  /** `several`: any number of options can be right. */
  several?: boolean
  /** Stable ids; the order is shuffled by the reader's seed. `says` is the feedback for choosing it. */
  options: { id: string; text: Markdown; right: boolean; says: Markdown }[]
}

/** A grid of numbers to fill in, e.g. the trace of a learning rule. */
export interface TableExercise extends ExerciseTexts {
  kind: "table"
  columns: string[]
  /** Row headers. */
  rows: string[]
  /** Code whose `answer` is a number[][] of the cells to fill in. */
  solution: string
  /** Cells that are filled in already: "row,column". */
  filled?: [row: number, column: number][]
  tolerance?: { rtol: number; atol: number }
  /** `code` computes the wrong table as `answer`. */
  misconceptions: (Misconception & { code: string })[]
}

/** Say what a piece of code prints before it runs; the page runs it after the answer is given. */
export interface PredictExercise extends ExerciseTexts {
  kind: "predict"
  /** Shown read-only; its last expression is the answer (a number or a short text). */
  solution: string
  label: string
  tolerance?: { rtol: number; atol: number }
  /** `code`'s last expression is the wrong prediction. */
  misconceptions: (Misconception & { code: string })[]
}

export type Exercise = FunctionExercise | NumberExercise | ChoiceExercise | TableExercise | PredictExercise
export type Kind = Exercise["kind"]

/** One file of `exercises/NN-part/` default-exports one of these; the file's name is the id. */
export function defineExercise<E extends Exercise>(exercise: E): E {
  return exercise
}

/** What a learner hands in: text boxes as typed, options by id. */
export type Answer =
  | { kind: "function" | "debug"; source: string }
  | { kind: "number" | "predict"; text: string }
  | { kind: "choice"; chosen: string[] }
  | { kind: "table"; cells: string[][] }

export type Verdict =
  | "not-attempted"
  | "invalid"
  | "wrong"
  | "partial"
  | "correct"
  | "timeout"
  | "threw"
  /** Never counts against the learner. */
  | "grader-error"

export interface Report {
  exercise: string
  revision: number
  seed: number
  verdict: Verdict
  /** 0 to 1. */
  score: number
  /** `ok`, a misconception's id, or a generic note such as `generic.shape`. */
  note: string
  /** Plain text; shown as text, never as markup. */
  message: string
  /** The input, the expected and the given value of the first failing check, as text. */
  evidence?: { input?: string; expected?: string; got?: string; where?: string }
  checks: { name: string; passed: boolean }[]
  console: string[]
  ms: number
}
