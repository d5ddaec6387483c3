/** @file Which verdicts count as an attempt. Apart from the words for them, which a page needs only later. */
import type { Verdict } from "./exercise.ts"

/** Verdicts that count as an attempt; the others cost nothing. */
export function counts(verdict: Verdict): boolean {
  return verdict !== "invalid" && verdict !== "not-attempted" && verdict !== "grader-error"
}
