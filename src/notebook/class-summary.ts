/** @file How a class fared with each exercise, the hardest first, and the mistakes that were made most. Draws nothing. */
import type { Row } from "./class-row.ts"

export interface Mistake {
  note: string
  count: number
  /** What one of those who made it was told. */
  says: string
}

export interface Standing {
  exercise: string
  /** Answers that were graded; errors of the grader itself do not count. */
  answers: number
  correct: number
  /** Mean of the scores, four digits. */
  score: number
  /** The most frequent first. */
  mistakes: Mistake[]
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function standings(rows: readonly Row[]): Standing[] {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    if (row.exercise === "" || row.verdict === "unknown" || row.verdict === "grader-error") continue
    const mine = found.get(row.exercise)
    if (mine) mine.push(row)
    else found.set(row.exercise, [row])
  }
  return [...found]
    .map(([exercise, mine]) => {
      const correct = mine.filter(({ verdict }) => verdict === "correct").length
      const score = mine.reduce((sum, row) => sum + row.score, 0) / mine.length
      return {
        exercise,
        answers: mine.length,
        correct,
        score: Math.round(score * 1e4) / 1e4,
        mistakes: mistakesIn(mine),
      }
    })
    .sort((a, b) => a.correct / a.answers - b.correct / b.answers || byText(a.exercise, b.exercise))
}

function mistakesIn(rows: readonly Row[]): Mistake[] {
  const found = new Map<string, Mistake>()
  for (const { verdict, note, message } of rows) {
    if (verdict === "correct") continue
    const mistake = found.get(note) ?? { note, count: 0, says: message }
    mistake.count++
    found.set(note, mistake)
  }
  return [...found.values()].sort((a, b) => b.count - a.count || byText(a.note, b.note))
}

/** "softmax: 12 of 30 correct; most frequent: softmax.overflow (9)". */
export function standingInWords({ exercise, answers, correct, mistakes }: Standing): string {
  const [most] = mistakes
  const mistake = most ? `; most frequent: ${most.note} (${most.count})` : ""
  return `${exercise}: ${correct} of ${answers} correct${mistake}`
}

/** What the rows of a class say beside the exercises: damaged files, older ones, verdicts that differ from the claimed. */
export function remarksOn(rows: readonly Row[], notices: readonly string[]): string[] {
  const some = (count: number, one: string, many: string): string[] =>
    count === 0 ? [] : [count === 1 ? one : `${count} ${many}`]
  const differ = rows.filter(({ exercise, claimed, verdict }) => exercise && claimed && claimed !== verdict)
  const ours = rows.filter(({ verdict }) => verdict === "grader-error").length
  const changed = rows.filter((row) => row.changed && row.verdict !== "unknown").length
  return [
    ...rows
      .filter(({ verdict }) => verdict === "damaged")
      .map(({ file, message }) => `damaged: ${file}: ${message}`),
    ...rows
      .filter(({ verdict }) => verdict === "superseded")
      .map(({ file, message }) => `not counted: ${file}: ${message}`),
    ...notices,
    ...some(
      differ.length,
      "One verdict is not what its file claimed.",
      "verdicts are not what their files claimed.",
    ),
    ...some(
      changed,
      "One answer was given before its exercise changed.",
      "answers were given before their exercise changed.",
    ),
    ...some(
      ours,
      "One error of the grader, which counts against nobody.",
      "errors of the grader, which count against nobody.",
    ),
  ]
}
