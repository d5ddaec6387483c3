/** @file One line of a class's grades: a learner and an exercise, or a file that gave none. Knows no table and no judge. */
import type { Exercise, Report, Verdict } from "../../exercises/lib/exercise.ts"
import type { Attempt, Submission } from "../../exercises/lib/submission.ts"
import { crc32 } from "./crc32.ts"

/**
 * `damaged`: the file cannot be read. `superseded`: a newer file of the same learner counts. `unknown`: the book has no
 * such exercise.
 */
export type RowVerdict = Verdict | "damaged" | "superseded" | "unknown"

export interface Row {
  file: string
  learner: string
  id: string
  /** Empty for a file that gave nothing to grade. */
  exercise: string
  verdict: RowVerdict
  /** 0 to 1, four digits. */
  score: number
  note: string
  message: string
  /** What the learner's browser had said. */
  claimed: string
  attempts: number
  hints: number
  /** Answered under another revision of the exercise. */
  changed: boolean
  /** The revision that was answered, and the one that was graded. */
  revision: number
  graded: number
  at: string
  seed: number
  /** CRC-32 of the answer and the variant that it answers: tells whether it is the same as in other grades. */
  answer: string
}

/** The row of a file from which no answer was taken. */
export function fileRow(
  file: string,
  verdict: "damaged" | "superseded",
  message: string,
  learner: Submission["learner"] = { name: "", id: "" },
): Row {
  return {
    file,
    learner: learner.name,
    id: learner.id,
    exercise: "",
    verdict,
    score: 0,
    note: verdict,
    message,
    claimed: "",
    attempts: 0,
    hints: 0,
    changed: false,
    revision: 0,
    graded: 0,
    at: "",
    seed: 0,
    answer: "",
  }
}

/** The row of one attempt, before anybody has graded it: as if the book had no such exercise. */
export function attemptRow(
  file: string,
  learner: Submission["learner"],
  attempt: Attempt,
  count: number,
): Row {
  const { exercise, revision, seed, report, hintsUsed, at } = attempt
  return {
    ...fileRow(file, "damaged", "", learner),
    exercise,
    verdict: "unknown",
    note: "unknown",
    message: "the book has no exercise of this id",
    claimed: report.verdict,
    attempts: count,
    hints: hintsUsed,
    revision,
    at,
    seed,
    answer: fingerprint(attempt),
  }
}

export function gradedRow(row: Row, { revision }: Exercise, report: Report): Row {
  const { verdict, note, message } = report
  const score = Math.round(report.score * 1e4) / 1e4
  return { ...row, verdict, score, note, message, graded: revision, changed: row.revision !== revision }
}

function fingerprint({ answer, variant = 0 }: Attempt): string {
  return crc32(new TextEncoder().encode(JSON.stringify([answer, variant])))
    .toString(16)
    .padStart(8, "0")
}

/** Whose row it is, as people call them. */
export function whose({ learner, id, file }: Row): string {
  return learner && id ? `${learner} (${id})` : learner || id || file
}
