/** @file What differs between two gradings of a class, and why. Pure; reads no file. */
import type { Grades } from "./class-grades.ts"
import { type Row, whose } from "./class-row.ts"

export interface Change {
  who: string
  exercise: string
  before: string
  after: string
  /** The score went down. */
  isLower: boolean
  because: string
}

export interface Comparison {
  changes: Change[]
  /** Answers that only the new grades have, and that only the old ones had. */
  added: number
  gone: number
}

/** One learner and exercise in both; a learner is known by number, else by name, else by file. */
const keyOf = (row: Row): string =>
  JSON.stringify([row.id || row.learner || row.file, row.id ? row.learner : "", row.exercise])

const outcome = ({ verdict, score }: Row): string => (verdict === "partial" ? `partial, ${score}` : verdict)

export function compareGrades(before: Grades, after: Grades): Comparison {
  const isAnswer = ({ exercise }: Row): boolean => exercise !== ""
  const old = new Map(before.rows.filter(isAnswer).map((row) => [keyOf(row), row]))
  const now = after.rows.filter(isAnswer)
  const changes: Change[] = []
  let added = 0
  for (const row of now) {
    const then = old.get(keyOf(row))
    if (!then) added++
    else if (outcome(then) !== outcome(row))
      changes.push({
        who: whose(row),
        exercise: row.exercise,
        before: outcome(then),
        after: outcome(row),
        isLower: row.score < then.score,
        because: reason(then, row, before.grader !== after.grader),
      })
  }
  const keys = new Set(now.map(keyOf))
  return { changes, added, gone: [...old.keys()].filter((key) => !keys.has(key)).length }
}

function reason(then: Row, now: Row, isOtherGrader: boolean): string {
  const reasons = [
    ...(then.graded === now.graded ? [] : [`the exercise changed (revision ${then.graded} → ${now.graded})`]),
    ...(then.answer === now.answer ? [] : ["another answer was handed in"]),
    ...(then.answer === now.answer && then.seed !== now.seed ? ["it was handed in with other inputs"] : []),
    ...(isOtherGrader ? ["the grader changed"] : []),
  ]
  if (reasons.length > 0) return reasons.join("; ")
  if (then.verdict === "timeout" || now.verdict === "timeout")
    return "nothing changed but the time that it took"
  return "neither exercise nor answer nor grader changed: please report it"
}

export function comparisonInWords({ changes, added, gone }: Comparison): string[] {
  const lower = changes.filter(({ isLower }) => isLower).length
  const count = (n: number, one: string, many: string): string => (n === 1 ? `one ${one}` : `${n} ${many}`)
  const answers = (n: number): string => (n === 1 ? "One answer is" : `${n} answers are`)
  return [
    ...changes.map(
      ({ who, exercise, before, after, because }) => `${who}, ${exercise}: ${before} → ${after}: ${because}`,
    ),
    changes.length === 0
      ? "No verdict is other than before."
      : `Compared with the earlier grades, ${count(changes.length, "verdict is", "verdicts are")} other than before, ${lower} of them lower.`,
    ...(added > 0 ? [`${answers(added)} new.`] : []),
    ...(gone > 0 ? [`${answers(gone)} no longer there.`] : []),
  ]
}
