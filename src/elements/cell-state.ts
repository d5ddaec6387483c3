/** @file The state of a cell in a reader's words. Knows no DOM. */
import type { CellState } from "../notebook/cell.ts"

export interface CellFacts {
  state: CellState
  because?: string
  ms?: number
  /** Milliseconds since the run began. */
  elapsed: number
  /** Where the outputs on screen come from. */
  shown: "book" | "you" | "nothing"
  /** The run has shown nothing: they are those of an earlier one. */
  older?: boolean
  /** The text has changed since the outputs on screen were computed. */
  changed: boolean
}

/** 12 ms, 1.2 s, 3 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(1, Math.round(ms))} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1000)} s`
}

/** How long a run took, behind what is said of it. */
export function took(ms?: number): string {
  return ms === undefined ? "" : ` in ${duration(ms)}`
}

export function stateInWords(facts: CellFacts): string {
  const { state, because, ms, elapsed, shown, older, changed } = facts
  if (state === "queued") return "waiting to run"
  if (state === "running") return elapsed < 500 ? "running" : `running ${duration(elapsed)}`
  if (state === "stopped" && changed) return "stopped before your last edit: run it again"
  if (state === "stopped") return older ? "stopped; what is shown is from before" : "stopped"
  if (state === "error") return changed ? "error before your last edit: run it again" : `error${took(ms)}`
  if (changed) return shown === "nothing" ? "your edit, not run yet" : "out of date: the code was edited"
  if (state === "stale") return `out of date${because ? `: ${because}` : ""}`
  if (state === "ok") return `computed by you${took(ms)}`
  return shown === "book" ? "from the book" : shown === "you" ? "computed by you" : "not run yet"
}
