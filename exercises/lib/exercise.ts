/** @file What an exercise is: its kinds, texts, probes, checks and misconceptions. Knows nothing of pages or of grading. */
import type { Generator, Tensor } from "../../engine/index.ts"

/** Markdown with TeX between dollars. Rendered at build; a number in it is computed, not typed. */
export type Markdown = string

export interface ExerciseTexts {
  title: string
  prompt: Markdown
  /** What the answer may rely on: reduction, logarithm, shapes, dtype, what happens at ties. Shown and quoted. */
  conventions?: Markdown[]
  /** Opened one by one. From a nudge to nearly the answer. */
  hints: Markdown[]
  /** Shown beside the learner's answer with the solution. Says why, not only what. */
  explanation: Markdown
  difficulty: "warm-up" | "core" | "hard"
  minutes: number
  /** Raise when a verdict could change. */
  revision: number
}

/**
 * A value that a learner's function may be called with or may return. An array, a typed array and a tensor of the
 * same shape are the same data to the judge; a bare number equals a tensor of shape []. Nothing is ever broadcast.
 */
export type Value = number | string | boolean | null | Tensor | Value[] | { [key: string]: Value }

/**
 * One call of the learner's function, and of the reference. Choose probes to tell wrong answers apart, not to look
 * natural: sizes that all differ and exceed 1 (a transpose cannot hide), more than one sample, a learning rate other
 * than 1, values of both signs, values exactly on a threshold, large and tiny magnitudes, at least three steps of
 * an optimizer. Keep values 0.1 away from a kink when gradients are compared. The tests measure whether every
 * misconception is ten tolerances away from the reference on some probe.
 *
 * Draw numbers with `random.normal()`, `random.uniform(low, high)`, `random.integer(low, high)`, tensors with
 * `randn([4, 3], { generator: random })`.
 */
export interface Probe {
  /** Fresh copies reach every call. Floating-point tensors become float32 for the learner, float64 for the reference. */
  args: Value[]
  /** Why this input is here, as a noun phrase: "logits near 1000". It names the check that the learner reads. */
  note?: string
  /**
   * Compare also the gradients of a weighted sum of the result by these arguments (positions of tensors). The
   * result must be one tensor.
   */
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
  /**
   * At most 300 characters, to the learner: what was done, as a fact ("Your numbers are exactly what you get if…"),
   * and what to look at. It is shown only if the answer agrees with `code` on every probe. Rendered at build; a
   * report holds it as plain text, so keep formulas short.
   */
  says: Markdown
}

/** A law that the answer must obey on every probe, beyond being close to the reference. */
export interface Property {
  /** A sentence: "rows sum to 1". */
  says: string
  /**
   * One call, its result having the reference's shape and form. Returns what is wrong, in words with numbers, or nothing.
   * Runs outside the worker, on copies; floating-point tensors arrive as float64. Write `!(x <= bound)`, since NaN
   * passes `x > bound`.
   */
  holds: (args: Value[], result: Value) => string | undefined
  /** Fresh inputs for this law; without it, the probes. */
  probes?: (random: Generator) => Probe[]
}

export interface FunctionExercise extends ExerciseTexts {
  /** `debug` is a function exercise whose starter has the bug of a misconception. */
  kind: "function" | "debug"
  /** Name of the function that the answer must declare. */
  entry: string
  /** Declarations above the answer, shown read-only: data and functions that it may use. */
  given?: string
  /** What the reader starts from. `TODO()` stands for what is missing; reaching it counts as not attempted. */
  starter: string
  /**
   * The reference. It must be generic in the dtype: the judge runs it in float64 (its tensors arrive so), the
   * tests also in float32 as if a learner had written it. May be `async`.
   */
  solution: string
  probes: (random: Generator) => Probe[]
  /**
   * Ops of the engine that the answer may not use, neither by name nor as a method: what it is asked to build. Stated
   * among the conventions by itself; using one costs no attempt. The answer's own functions may have the name.
   */
  without?: string[]
  properties?: Property[]
  misconceptions: (Misconception & { code: string })[]
  /** Also right: another convention that the text leaves open; the verdict is correct, `says` is shown. */
  alternates?: { id: string; code: string; says?: Markdown }[]
  /**
   * Default: |got − want| ≤ 1e-6 + 1e-4 · max|want|, over each value that is returned. Ask for less only with a
   * measured reason.
   */
  tolerance?: { rtol: number; atol: number }
  /** Changing an argument fails the answer; otherwise a right answer that does so is right, and told. */
  pure?: boolean
  /** Milliseconds for all probes together, 5000 unless told. */
  limit?: number
}

export interface NumberExercise extends ExerciseTexts {
  kind: "number"
  /** Label of the box, with the unit: "loss (nats)". */
  label: string
  /** Code whose `answer` (or last expression) is the value, computed with the engine when judged, never typed. */
  solution: string
  /** Default: 1e-6 + 0.5 % of the value, i.e. three significant digits suffice. */
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
  /** Code whose `answer` (or last expression) is a number[][] or a tensor: every cell, the filled ones too. */
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
  /** Shown read-only; its last expression is the answer: a number, a short text, true or false, or a list of numbers. */
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
