/**
 * @file A probe job: what a worker is asked to do with an answer. Raw values come back (`ProbeResult`); no verdict is
 * ever formed on the worker's side.
 */
import type { Precision, Raw } from "../../exercises/lib/raw.ts"

export type { AnswerError, CallResult, ProbeResult } from "../../exercises/lib/outcome.ts"
export type { Raw } from "../../exercises/lib/raw.ts"

/** One call of the answer's function. */
export interface Call {
  args: Raw[]
  /** Differentiate the weighted sum of the result by these arguments (positions), and return those gradients too. */
  gradients?: number[]
}

export interface ProbeJob {
  id: number
  /** A learner's answer gets a fresh worker, ended afterwards; the book's own code may share one. */
  from: "learner" | "book"
  /** TypeScript of the answer. */
  source: string
  /** Code that runs before it, in the same scope (data, functions that it may use); never the learner's. */
  given: string
  /** The function to call. Without it the job asks for one value: that of `answer`, else of the last expression. */
  entry?: string
  /** Ops of the engine that `source` may not use. */
  without?: string[]
  calls: Call[]
  /** Count the operations that the engine computes for each call. */
  count?: boolean
  /** Floating-point tensors among the arguments are made with this dtype. */
  dtype: Precision
  /** Seed of the default generator, set before every call. */
  seed: number
  /** Milliseconds until whoever runs the job gives it up. */
  limit: number
}
