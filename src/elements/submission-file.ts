/** @file The submission file of this browser's attempts, saved to the learner's disk. Knows no form and no verdict. */
import { FORMAT, GRADER, type Submission } from "../../exercises/lib/submission.ts"
import { version } from "../../package.json"
import { allAttempts } from "./attempts.ts"
import { saveFile } from "./save-file.ts"

/** Saves the file, if there is anything to hand in. Returns what was done, as a sentence. */
export function saveSubmission(learner: Submission["learner"]): string {
  const attempts = allAttempts()
  if (attempts.length === 0) return "There is nothing to hand in yet: check an answer first."
  const submission: Submission = {
    format: FORMAT,
    book: version,
    grader: GRADER,
    engine: version,
    learner,
    made: new Date().toISOString(),
    attempts,
  }
  const who = (learner.id || learner.name || "me").replace(/[^\p{L}\p{N}-]+/gu, "-")
  saveFile(`descent-${who}.json`, `${JSON.stringify(submission, null, 2)}\n`, "application/json")
  const exercises = new Set(attempts.map((attempt) => attempt.exercise)).size
  return `Saved a file with ${counted(attempts.length, "attempt")} at ${counted(exercises, "exercise")}.`
}

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`
