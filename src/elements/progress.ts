/**
 * @file What a reader has done in each exercise, kept under the exercise's id: answer, attempts, hints, whether the
 * solution was looked at. Never keyed by content. Knows neither the page nor grading.
 */
import type { Answer, Report } from "../../exercises/lib/exercise.ts"
import type { Attempt } from "../../exercises/lib/submission.ts"
import { counts } from "../../exercises/lib/wording.ts"
import * as store from "./store.ts"

export type State = "to do" | "in progress" | "correct" | "not yet" | "revealed"

export interface Progress {
  answer?: Answer
  /** ISO 8601. */
  answeredAt?: string
  /** What the last reset threw away, until something else is answered. */
  undo?: Answer
  attempts: Attempt[]
  hintsUsed: number
  revealed: boolean
  /** Revision under which it was solved; absent while it is not. */
  solved?: number
}

const PREFIX = "exercise:"
const MAX_ATTEMPTS = 100

/** What is stored, mended where it is damaged. */
export function progressOf(id: string): Progress {
  const saved = store.get<Partial<Progress>>(PREFIX + id)
  const usable = typeof saved === "object" && saved !== null ? saved : {}
  return {
    ...usable,
    attempts: Array.isArray(usable.attempts) ? usable.attempts : [],
    hintsUsed: Number(usable.hintsUsed) || 0,
    revealed: usable.revealed === true,
  }
}

/** Changes what is stored now, which another tab may have written since it was read. Returns whether it will last. */
function change(id: string, update: (progress: Progress) => Partial<Progress>): boolean {
  const progress = progressOf(id)
  return store.set(PREFIX + id, { ...progress, ...update(progress) })
}

export function saveAnswer(id: string, answer: Answer): boolean {
  return change(id, () => ({ answer, answeredAt: new Date().toISOString(), undo: undefined }))
}

export function resetAnswer(id: string, thrownAway: Answer): void {
  change(id, () => ({ answer: undefined, undo: thrownAway }))
}

/** Logs a press of Check. A grader error or an answer that cannot be read costs no attempt. */
export function addAttempt(id: string, answer: Answer, report: Report): boolean {
  return change(id, ({ attempts, hintsUsed, solved }) => {
    if (report.verdict === "not-attempted") return {}
    if (!counts(report.verdict)) return { answer }
    const { revision, seed, variant, verdict, score, note } = report
    const attempt: Attempt = {
      exercise: id,
      revision,
      seed,
      ...(variant ? { variant } : {}),
      answer,
      report: { verdict, score, note },
      hintsUsed,
      at: new Date().toISOString(),
    }
    return {
      answer,
      attempts: [...attempts, attempt].slice(-MAX_ATTEMPTS),
      solved: verdict === "correct" ? revision : solved,
    }
  })
}

export function useHint(id: string, number: number): void {
  change(id, ({ hintsUsed }) => ({ hintsUsed: Math.max(hintsUsed, number) }))
}

export function reveal(id: string): void {
  change(id, () => ({ revealed: true }))
}

export function stateOf({ solved, attempts, revealed, answer }: Progress): State {
  if (solved !== undefined) return "correct"
  if (revealed) return "revealed"
  if (attempts.length > 0) return "not yet"
  return answer ? "in progress" : "to do"
}

/** Every attempt in this browser, oldest first. */
export function allAttempts(): Attempt[] {
  return store
    .keys(PREFIX)
    .flatMap((key) => progressOf(key.slice(PREFIX.length)).attempts)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
