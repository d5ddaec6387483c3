/**
 * @file What is kept of a reader's work on one exercise, as a value: its parts, whether they are sound, its state in a word.
 * Knows neither the store nor the page.
 */
import type { Answer } from "../../exercises/lib/exercise.ts"
import type { Attempt } from "../../exercises/lib/submission.ts"

/** "changed": solved, but under an earlier revision of the exercise, and not tried since. */
export type State = "to do" | "in progress" | "correct" | "changed" | "not yet" | "revealed"

export interface Progress {
  answer?: Answer
  /** ISO 8601. */
  answeredAt?: string
  /** What the last reset threw away, until something else is answered. */
  undo?: Answer
  attempts: Attempt[]
  hintsUsed: number
  revealed: boolean
  /** ISO 8601: when the solution was first looked at. */
  revealedAt?: string
  /** Revision under which it was solved; absent while it is not. */
  solved?: number
}

/** The sound parts of what was stored; all of it, where it is sound. */
export function asProgress(value: unknown): Progress {
  const { answer, answeredAt, undo, attempts, hintsUsed, revealed, solved, ...more } = isRecord(value)
    ? value
    : {}
  return {
    ...more,
    ...(isAnswer(answer) ? { answer } : {}),
    ...(typeof answeredAt === "string" ? { answeredAt } : {}),
    ...(isAnswer(undo) ? { undo } : {}),
    attempts: Array.isArray(attempts) ? attempts.filter(isAttempt) : [],
    hintsUsed: Number(hintsUsed) || 0,
    revealed: revealed === true,
    ...(typeof solved === "number" ? { solved } : {}),
  }
}

/** Whether nothing of what was stored is lost in {@link asProgress}. */
export function isSound(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { answer, undo, attempts, solved } = value
  return (
    [answer, undo].every((one) => one === undefined || isAnswer(one)) &&
    (attempts === undefined || (Array.isArray(attempts) && attempts.every(isAttempt))) &&
    (solved === undefined || typeof solved === "number")
  )
}

/** An answer is made of texts: one, lists of them, or texts by name. */
export function isAnswer(value: unknown): value is Answer {
  return (
    isRecord(value) &&
    typeof value.kind === "string" &&
    typeof (value.source ?? "") === "string" &&
    isTexts(value)
  )
}

function isTexts(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).every(isTexts)
  return typeof value === "string"
}

function isAttempt(value: unknown): value is Attempt {
  if (!isRecord(value)) return false
  const { exercise, seed, answer, report, at } = value
  return (
    typeof exercise === "string" &&
    Number(seed) >= 0 &&
    isAnswer(answer) &&
    isRecord(report) &&
    typeof at === "string"
  )
}

/** `revision`: the exercise's own; without it, the one under which it was solved. */
export function stateOf({ solved, attempts, revealed, answer }: Progress, revision = solved ?? 0): State {
  if (solved !== undefined && solved >= revision) return "correct"
  if (solved !== undefined && (attempts.at(-1)?.revision ?? 0) < revision) return "changed"
  if (revealed) return "revealed"
  if (attempts.length > 0) return "not yet"
  return answer ? "in progress" : "to do"
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
