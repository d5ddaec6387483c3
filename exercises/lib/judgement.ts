/** @file What a judge is given and what it says, before it becomes a report. */
import type { Report } from "./exercise.ts"
import type { ProbeResult } from "./outcome.ts"
import type { Raw } from "./raw.ts"

export type Outcome = ProbeResult | "timeout"

/** What ran: the answer, the reference, and (once the answer is known not to be plainly right) the known programs. */
export interface Outcomes {
  learner: Outcome
  reference: Outcome
  /** In the order of the exercise. */
  misconceptions?: Outcome[]
  alternates?: Outcome[]
}

export type Judgement = Pick<
  Report,
  "verdict" | "score" | "note" | "message" | "evidence" | "checks" | "shown"
>

export function graderError(why: string): Judgement {
  return {
    verdict: "grader-error",
    score: 0,
    note: "grader-error",
    message: `Something is wrong with this exercise, not with your answer. ${why} This attempt does not count.`,
    checks: [],
  }
}

/** The value of a job that asked for one; nothing where it has none. */
export function rawOf(outcome: Outcome | undefined): Raw | undefined {
  if (!outcome || outcome === "timeout" || outcome.error || outcome.calls[0]?.error) return undefined
  return outcome.calls[0]?.value
}
