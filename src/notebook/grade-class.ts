/**
 * @file Grades what a class has handed in: a row for each learner and exercise, in as many lanes as the host has. Knows
 * neither files nor processes nor pages.
 */
import type { Exercise } from "../../exercises/lib/exercise.ts"
import type { Attempt } from "../../exercises/lib/submission.ts"
import { type ClassFile, callRoll, finalsIn, type HandedIn, ofOtherBooks } from "./class-files.ts"
import { attemptRow, fileRow, gradedRow, type Row } from "./class-row.ts"
import { grade, type Run } from "./grade.ts"

/** Where answers run: one at a time. */
export interface Lane {
  run: Run
  close: () => void
}

export interface ClassHost {
  /** Rejects if the exercise cannot be loaded. */
  exercise: (id: string) => Promise<Exercise | undefined>
  /** The book's own version. */
  book: string
  lanes: number
  openLane: () => Lane
  /** Hears of each answer as it is graded. */
  tell?: (done: number, of: number, row: Row | undefined) => void
  isStopped?: () => boolean
}

export interface Graded {
  /** In the order of the files' names, and of the exercises in each. */
  rows: Row[]
  notices: string[]
  /** It was stopped before it was through. */
  isPart: boolean
}

interface Item {
  row: Row
  attempt?: Attempt
}

export async function gradeClass(files: readonly ClassFile[], host: ClassHost): Promise<Graded> {
  const { tell = () => {}, isStopped = () => false } = host
  const roll = await callRoll(files, isStopped)
  const of = roll.handedIn.reduce((sum, { exercises }) => sum + exercises, 0)
  const rows: Row[] = []
  let done = 0
  tell(done, of, undefined)
  const items = itemsOf(roll.handedIn)
  const work = async (): Promise<void> => {
    const lane = host.openLane()
    try {
      for (let next = await items.next(); !next.done && !isStopped(); next = await items.next()) {
        const { place, item } = next.value
        const row = await gradeItem(item, host, lane)
        if (isStopped()) return
        rows[place] = row
        tell(++done, of, row)
      }
    } finally {
      lane.close()
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(host.lanes, of)) }, work))
  const all = [...rows.filter(Boolean), ...roll.rows].sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : 0,
  )
  const notices = [...roll.notices, ...ofOtherBooks(roll.handedIn, host.book)]
  return { rows: all, notices, isPart: isStopped() }
}

/** Reads a file when its turn has come, so that the answers of one file at a time are held. */
async function* itemsOf(handedIn: readonly HandedIn[]): AsyncGenerator<{ place: number; item: Item }> {
  let place = 0
  for (const { file, name } of handedIn) {
    try {
      const { submission, finals } = await finalsIn(file)
      for (const { attempt, count } of finals)
        yield { place: place++, item: { row: attemptRow(name, submission.learner, attempt, count), attempt } }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      yield { place: place++, item: { row: fileRow(name, "damaged", `it has changed meanwhile: ${why}`) } }
    }
  }
}

async function gradeItem({ row, attempt }: Item, host: ClassHost, lane: Lane): Promise<Row> {
  if (!attempt) return row
  const { exercise: id, answer, seed, variant } = attempt
  const exercise = await host.exercise(id)
  if (!exercise) return row
  return gradedRow(row, exercise, await grade({ id, exercise, answer, seed, variant }, lane.run))
}
