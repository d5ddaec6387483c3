/** @file Re-grades submissions: one row for each learner and exercise, as many lanes as cores. Prints nothing. */
import { readFile, stat } from "node:fs/promises"
import { basename } from "node:path"
import type { Exercise, Verdict } from "../../exercises/lib/exercise.ts"
import {
  type Attempt,
  finalAttempts,
  readSubmission,
  type Submission,
} from "../../exercises/lib/submission.ts"
import { grade } from "../../src/notebook/grade.ts"
import { Children } from "./children.ts"

export interface Row {
  file: string
  learner: string
  id: string
  exercise: string
  /** `damaged`: the file cannot be read. `unknown`: the book has no such exercise. */
  verdict: Verdict | "damaged" | "unknown"
  score: number
  note: string
  message: string
  /** What the learner's browser had said. */
  claimed: string
  attempts: number
  hints: number
  /** Answered under another revision of the exercise. */
  changed: boolean
  at: string
  ms: number
}

const MAX_BYTES = 5 * 2 ** 20

const blank: Omit<Row, "file" | "verdict" | "message"> = {
  learner: "",
  id: "",
  exercise: "",
  score: 0,
  note: "",
  claimed: "",
  attempts: 0,
  hints: 0,
  changed: false,
  at: "",
  ms: 0,
}

interface Item {
  file: string
  submission: Submission
  attempt: Attempt
  count: number
}

/** Rows in the order of the files and of the exercises in each; `tell` hears of each as it is done. */
export async function gradeFiles(
  files: string[],
  exercises: Map<string, Exercise>,
  lanes: number,
  tell: (done: number, of: number) => void = () => {},
): Promise<Row[]> {
  const rows: (Row | Item)[] = []
  for (const file of files) rows.push(...(await itemsOf(file)))
  const open = rows.map((row, place) => ({ row, place })).filter(({ row }) => "submission" in row)
  let next = 0
  let done = 0
  const lane = async (): Promise<void> => {
    const children = new Children()
    try {
      for (let mine = next++; mine < open.length; mine = next++) {
        const { row, place } = open[mine]
        rows[place] = await gradeItem(row as Item, exercises, children)
        tell(++done, open.length)
      }
    } finally {
      children.close()
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, open.length) }, lane))
  return rows as Row[]
}

async function itemsOf(path: string): Promise<(Row | Item)[]> {
  const file = basename(path)
  try {
    const { size } = await stat(path)
    if (size > MAX_BYTES) throw new Error(`the file is larger than ${MAX_BYTES / 2 ** 20} MB`)
    const submission = readSubmission(await readFile(path, "utf8"))
    const finals = finalAttempts(submission.attempts)
    if (finals.length === 0) throw new Error("it holds no attempt")
    return finals.map(({ attempt, count }) => ({ file, submission, attempt, count }))
  } catch (error) {
    return [{ ...blank, file, verdict: "damaged", note: "damaged", message: (error as Error).message }]
  }
}

async function gradeItem(item: Item, exercises: Map<string, Exercise>, children: Children): Promise<Row> {
  const { file, submission, attempt, count } = item
  const base: Row = {
    ...blank,
    file,
    learner: submission.learner.name,
    id: submission.learner.id,
    exercise: attempt.exercise,
    verdict: "unknown",
    message: "the book has no exercise of this id",
    claimed: attempt.report.verdict,
    attempts: count,
    hints: attempt.hintsUsed,
    at: attempt.at,
  }
  const exercise = exercises.get(attempt.exercise)
  if (!exercise) return base
  const { exercise: id, answer, seed } = attempt
  const { verdict, score, note, message, ms } = await grade({ id, exercise, answer, seed }, children.run)
  return { ...base, verdict, score, note, message, ms, changed: attempt.revision !== exercise.revision }
}
