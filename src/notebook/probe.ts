/**
 * @file The data that cross the border between a learner's answer and the judge: probe jobs in, raw values out.
 * No verdict is ever formed on the worker's side.
 */

/** A value as plain data. Numbers keep NaN, infinities and -0; tensors keep shape and dtype. */
export type Raw =
  | { t: "number"; v: number }
  | { t: "string"; v: string }
  | { t: "boolean"; v: boolean }
  | { t: "null" | "undefined" }
  | { t: "tensor"; shape: number[]; dtype: string; v: Float64Array }
  /** A typed array or an array of numbers is a list of numbers; anything else keeps its nesting. */
  | { t: "list"; v: Raw[] }
  | { t: "record"; v: Record<string, Raw> }
  | { t: "function" }
  | { t: "other"; v: string }

/** One call of the learner's function. */
export interface Call {
  args: Raw[]
  /** Differentiate the (weighted sum of the) result by these arguments, and return those gradients too. */
  gradients?: number[]
}

export interface ProbeJob {
  id: number
  /** TypeScript of the answer; it must declare `entry`. */
  source: string
  /** Code that runs before it, in the same scope (data, helper functions); never the learner's. */
  given: string
  entry: string
  calls: Call[]
  /** Tensors among the arguments are made with this dtype. */
  dtype: "float32" | "float64"
  /** Seed of the generator that the answer sees as the default. */
  seed: number
}

export interface CallResult {
  value: Raw
  /** Arguments after the call, to see whether they were changed. */
  argsAfter: Raw[]
  gradients?: Raw[]
  error?: AnswerError
}

export interface AnswerError {
  name: string
  message: string
  line?: number
  column?: number
}

export interface ProbeResult {
  id: number
  /** Syntax error, missing entry point, or an exception while the answer's top level ran. */
  error?: AnswerError & { stage: "syntax" | "load" }
  calls: CallResult[]
  /** What the answer printed, capped. */
  console: string[]
}
