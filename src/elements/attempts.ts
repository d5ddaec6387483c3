/** @file Presses of Check, kept with the exercise: logged, bounded, listed. Knows neither the page nor grading. */
import type { Answer, Report } from "../../exercises/lib/exercise.ts"
import type { Attempt } from "../../exercises/lib/submission.ts"
import { counts } from "../../exercises/lib/wording.ts"
import { change, progressOf, touched } from "./progress.ts"

const MOST_ATTEMPTS = 100

/** Logs a press of Check. A grader error or an answer that cannot be read costs no attempt. */
export function addAttempt(id: string, answer: Answer, report: Report): boolean {
  return change(id, ({ answer: kept, undo, attempts, hintsUsed, solved }) => {
    if (report.verdict === "not-attempted") return {}
    // Whoever typed on while the answer was checked finds that text again.
    const latest = kept ?? (undo ? undefined : answer)
    if (!counts(report.verdict)) return { answer: latest }
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
      answer: latest,
      attempts: boundedAttempts([...attempts, attempt]),
      solved: verdict === "correct" ? Math.max(revision, solved ?? 0) : solved,
    }
  })
}

/** As many as are kept: the oldest go first, but never the last one that was right. */
export function boundedAttempts(attempts: Attempt[]): Attempt[] {
  const tooMany = attempts.length - MOST_ATTEMPTS
  const right = attempts.findLastIndex(({ report }) => report.verdict === "correct")
  return tooMany <= 0
    ? attempts
    : attempts.filter((_, i) => i === right || i >= tooMany + Number(right < tooMany && right >= 0))
}

/** Every attempt in this browser, oldest first. */
export function allAttempts(): Attempt[] {
  return touched()
    .flatMap((id) => progressOf(id).attempts)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
