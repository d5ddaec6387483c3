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
   * At most 300 characters, to the learner: what was done, as a fact ("Your numbers are those of…"),
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
  /**
   * Simpler arguments to try in place of ones that break the law (`smallerTensors` makes some), the simplest first. A
   * report then shows the smallest input that was found.
   */
  shrink?: (args: Value[]) => Value[][]
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
  /**
   * The engine may be asked for at most so many times the work of the reference (operations that it computes, counted
   * over all probes, never timed). Only where the exercise is about the work. Tell the reader in the conventions.
   */
  work?: number
  /** Milliseconds for all probes together, 5000 unless told. */
  limit?: number
}

/**
 * Other numbers for other readers. Code and texts are written with one set of numbers: the code of the solution and of
 * every misconception has a line `const name = 3` for each name, and a text names it as `{{name}}` outside of
 * formulas. A reader keeps the same variant for ever; it is part of every attempt.
 */
export interface Varied {
  /** Other values for those names: `(random) => ({ c: random.integer(2, 10) })`. */
  variants?: (random: Generator) => Record<string, number>
}

export interface NumberExercise extends ExerciseTexts, Varied {
  kind: "number"
  /** Label of the box, with the unit: "loss (nats)". */
  label: string
  /** Code whose `answer` (or last expression) is the value, computed with the engine when judged, never typed. */
  solution: string
  /**
   * Default: 1e-6 + 0.5 % of the value, i.e. three significant digits suffice; a whole number where a whole one is right
   * has to be that number.
   */
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
export interface TableExercise extends ExerciseTexts, Varied {
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

/** Say what a piece of code gives before it runs; what it really gives is shown once an answer is checked. */
export interface PredictExercise extends ExerciseTexts, Varied {
  kind: "predict"
  /**
   * Shown read-only, and run when the answer is judged. Its last expression is the answer: a number, a short text,
   * true or false, a list of numbers, or a shape (`S.sum(1).shape`, typed as [2, 3] or 2 × 3).
   */
  solution: string
  label: string
  /**
   * What is to be predicted is not the last expression but what `console.log` prints, line by line. Words, numbers and
   * signs must agree in their order; line breaks, brackets, commas, colons, quotes and capitals do not count, and
   * numbers are near enough within the tolerance.
   */
  printed?: boolean
  tolerance?: { rtol: number; atol: number }
  /** `code`'s last expression (or what it prints) is the wrong prediction. */
  misconceptions: (Misconception & { code: string })[]
}

/** A line of code, or several that belong together, to be put in its place. */
export interface Block {
  id: string
  /** As it is to be read, with its indentation. */
  code: string
  /**
   * Ids of the blocks that must stand somewhere above it. Without it: the block before it in the list. Name only
   * what is needed, so that every order that works is right; `[]` for a block that may stand anywhere.
   */
  after?: string[]
}

/**
 * Blocks of code to be put in order, some of which do not belong. The reader sees them shuffled, the same way for
 * everybody. Credit is the longest part of the answer that is in order, less what does not belong.
 */
export interface ParsonsExercise extends ExerciseTexts {
  kind: "parsons"
  /** What the blocks make, as a noun phrase: "the training loop". */
  label: string
  /** In an order that is right. */
  blocks: Block[]
  /** Other requirements that make a right order too: each replaces `after` of the blocks that it names. */
  alternates?: Record<string, string[]>[]
  /**
   * Either a block that does not belong (`code`; it looks like the block `instead`), or an order (`order`: these
   * blocks stand in the answer from top to bottom in this way).
   */
  misconceptions: (Misconception & ({ code: string; instead: string } | { order: string[] }))[]
}

export interface Axis {
  /** With the unit: "loss (nats)". */
  label: string
  from: number
  to: number
  /** One press of an arrow key, in the units of the axis. */
  step: number
}

/** A curve, or one point, drawn by the reader before the book draws it. */
export interface SketchExercise extends ExerciseTexts {
  kind: "sketch"
  x: Axis
  y: Axis
  /** The places along x at which the reader sets a height, 5 to 7 of them; "point": one point, put anywhere. */
  at: number[] | "point"
  /** Code whose `answer` (or last expression) is the true curve as a list of [x, y], dense and from left to right; one [x, y] for a point. */
  truth: string
  /**
   * How far from the truth a height may be, as a share of the y axis (a point: of either axis, with fewer marks up to
   * three times that distance). Without it only `features` count.
   */
  tolerance?: number
  /** What must be true of the heights at `at`: "it never rises". A sentence in words; the truth must obey it. */
  features?: { says: string; holds: (heights: number[], at: number[]) => boolean }[]
  /** `code` gives the wrong curve, or the wrong point, in the form of `truth`. */
  misconceptions: (Misconception & { code: string })[]
}

/** One setting of a training: a number within its range, or one of some words. */
export type Knob =
  | { label: string; from: number; to: number; start: number; whole?: boolean }
  | { label: string; options: string[]; start: string }

/** By the knobs' names. */
export type Settings = Record<string, number | string>

/** Settings to be found under which a training reaches a goal. The answer is data; the book's own code is run. */
export interface TuneExercise extends ExerciseTexts {
  kind: "tune"
  knobs: Record<string, Knob>
  /**
   * Declares `function train(settings, seed)`, which returns the curve: one number a step. All chance must come from
   * `new Generator(seed)`. Shown to the reader. Keep all runs together well below a second.
   */
  train: string
  goal: {
    /** "the loss falls below 0.01 within 30 steps". */
    says: string
    reached: (curve: number[], settings: Settings) => boolean
    /** A height to be drawn across the curves, and the scale that they are drawn on. */
    line?: number
    log?: boolean
  }
  /** The runs: at least `need` of these seeds must reach the goal. */
  seeds: number[]
  need: number
  /**
   * Settings all over the region that counts as right, and how often a training there passes, measured with `of`
   * other choices of seeds each. A test measures again: nothing below `rate` is accepted.
   */
  region: { settings: Settings[]; rate: number; of: number }
  /** `when` recognises the mistake by settings and curves; `settings` is an example of it. */
  misconceptions: (Misconception & {
    settings: Settings
    when: (settings: Settings, curves: number[][]) => boolean
  })[]
  /** Milliseconds for all runs together, 5000 unless told. */
  limit?: number
}

export type Exercise =
  | FunctionExercise
  | NumberExercise
  | ChoiceExercise
  | TableExercise
  | PredictExercise
  | ParsonsExercise
  | SketchExercise
  | TuneExercise
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
  /** Ids of the blocks (and of misconceptions that are blocks), from top to bottom. */
  | { kind: "parsons"; order: string[] }
  /** Heights in the order of `at`, or the two coordinates of a point, as typed. */
  | { kind: "sketch"; values: string[] }
  /** As typed or chosen, by the knobs' names. */
  | { kind: "tune"; settings: Record<string, string> }

/** What the page shows once an answer has been judged, beside the verdict. */
export type Shown =
  /** What the code of a prediction really gives. */
  | { kind: "output"; text: string }
  /** The true curve of a sketch. */
  | { kind: "truth"; points: number[][] }
  /** The curves of a training, one for each seed. */
  | { kind: "runs"; curves: number[][]; reached: boolean[]; line?: number; log?: boolean }

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
  /** Of an exercise with variants. */
  variant?: number
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
  shown?: Shown
  console: string[]
  ms: number
}
