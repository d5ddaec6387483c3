/** @file The nouns of a notebook: a cell, its options and its state. Knows neither how a cell runs nor how it looks. */

/** What the author wrote behind ```` ```ts cell ```` in a lesson. */
export interface CellOptions {
  /** Unique in the lesson; the key of saved edits, links and provenance. */
  id: string
  title?: string
  /** Set-up code, shown folded. */
  hidden?: boolean
  readonly?: boolean
  /** Shown as code, never run. */
  static?: boolean
  /** Expected to throw; the error is shown as the lesson's point. */
  error?: boolean
  /** Takes seconds: never re-run by itself. */
  slow?: boolean
  /** Made to be stepped through: the reader begins at the first state that it records. */
  steps?: boolean
}

export interface Cell extends CellOptions {
  /** TypeScript with top-level `await`. */
  source: string
  /** The text is the reader's, not the author's. */
  edited?: boolean
}

/**
 * The life of a cell in one worker. `idle`: not run in this worker (its output, if any, came with the book or
 * from an earlier worker). `stale`: it ran, but something it depends on has changed since.
 */
export type CellState = "idle" | "queued" | "running" | "ok" | "error" | "stale" | "stopped"
