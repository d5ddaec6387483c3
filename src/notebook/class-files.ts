/**
 * @file Which of the files that a class has handed in count: reads each, sets aside the damaged and the older ones, and says
 * so. Keeps no answer, so that a class of any size fits. Grades nothing, and knows not where the files lie.
 */
import {
  type Attempt,
  finalAttempts,
  readSubmission,
  type Submission,
  word,
} from "../../exercises/lib/submission.ts"
import { GRADES_FORMAT } from "./class-grades.ts"
import { fileRow, type Row } from "./class-row.ts"
import { textOfBytes } from "./class-text.ts"

export interface ClassFile {
  /** Path within the folder, with slashes. */
  name: string
  bytes: number
  read: () => Promise<string | Uint8Array<ArrayBuffer>>
}

/** A file that counts. */
export interface HandedIn {
  file: ClassFile
  name: string
  learner: Submission["learner"]
  made: number
  /** The version of the book that saved it. */
  book: string
  exercises: number
}

export interface Roll {
  handedIn: HandedIn[]
  /** Of the files that do not count. */
  rows: Row[]
  /** What whoever grades should look at, as sentences. */
  notices: string[]
}

export const MAX_BYTES = 5 * 2 ** 20

/** What a file of this name can be: a submission, many, something else that lies there, or what nobody put there. */
export function kindOf(name: string): "submission" | "archive" | "other" | "hidden" {
  const parts = name.split("/")
  if (parts.some((part) => part.startsWith(".") || part === "__MACOSX")) return "hidden"
  if (/\.zip$/i.test(name)) return "archive"
  return /\.json$/i.test(name) ? "submission" : "other"
}

/** What to say of files that another version of the book has saved. */
export function ofOtherBooks(handedIn: readonly HandedIn[], book: string): string[] {
  const count = new Map<string, number>()
  for (const file of handedIn) count.set(file.book, (count.get(file.book) ?? 0) + 1)
  count.delete(book)
  return [...count].map(
    ([other, n]) =>
      `${n} ${n === 1 ? "file was" : "files were"} saved with ${other ? `version ${other}` : "an unknown version"} of the book; this is ${book}. What was answered then is graded as the exercises are now.`,
  )
}

/** What to say of so many files that are none. */
export function leftOut(others: number): string[] {
  if (others === 0) return []
  return [
    `${others} ${others === 1 ? "file was" : "files were"} left out: only files that end in .json are submissions.`,
  ]
}

/** A file's name as it can be shown; the file itself is opened by what the system calls it. */
export const shownName = (file: ClassFile): string => word(file.name) || "a file without a name"

/** The final attempts of a file. Throws: Error that says what is wrong with it. */
export async function finalsIn(
  file: ClassFile,
): Promise<{ submission: Submission; finals: ReturnType<typeof finalAttempts> }> {
  if (file.bytes > MAX_BYTES) throw new Error(`the file is larger than ${MAX_BYTES / 2 ** 20} MB`)
  const submission = readSubmission(await textOf(file))
  const finals = finalAttempts(submission.attempts)
  if (finals.length === 0) throw new Error("it holds no attempt")
  return { submission, finals }
}

async function textOf(file: ClassFile): Promise<string> {
  const content = await file.read()
  return typeof content === "string" ? content : textOfBytes(content)
}

/** In the order of their names, whatever the order that they came in. */
export async function callRoll(
  files: readonly ClassFile[],
  isStopped: () => boolean = () => false,
): Promise<Roll> {
  const roll: Roll = { handedIn: [], rows: [], notices: [] }
  const inOrder = [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (const file of inOrder) {
    if (isStopped()) break
    const name = shownName(file)
    try {
      const { submission, finals } = await finalsIn(file)
      const made = Date.parse(submission.made)
      const { learner } = submission
      roll.handedIn.push({
        file,
        name,
        learner,
        made: Number.isNaN(made) ? 0 : made,
        book: submission.book,
        exercises: finals.length,
      })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      if (why.includes(GRADES_FORMAT))
        roll.notices.push(`${name} holds grades, not a submission; it was left out.`)
      else roll.rows.push(fileRow(name, "damaged", word(why)))
    }
  }
  for (const [, same] of groups(roll.handedIn, learnerKey)) await settle(same, roll)
  return roll
}

/** Files under one number or, without numbers, under one name. */
async function settle(same: HandedIn[], roll: Roll): Promise<void> {
  const persons = groups(same, ({ learner }) => plain(learner.name))
  if (persons.size > 1) {
    const names = same.map(({ learner, name }) => `${learner.name || "no name"} (${name})`)
    roll.notices.push(
      `The number ${same[0].learner.id} stands in files of different names, and all of them are graded: ${names.join(", ")}.`,
    )
  }
  for (const [, mine] of persons) {
    const newest = mine.reduce((a, b) => (b.made >= a.made ? b : a))
    for (const older of mine) if (older !== newest) await setAside(older, newest, roll)
  }
}

async function setAside(older: HandedIn, newest: HandedIn, roll: Roll): Promise<void> {
  const { name, learner } = older
  roll.handedIn.splice(roll.handedIn.indexOf(older), 1)
  roll.rows.push(
    fileRow(name, "superseded", `${newest.name} of the same learner is newer and counts`, learner),
  )
  const now = new Set((await attemptsIn(newest)).map(attemptKey))
  if (!(await attemptsIn(older)).every((attempt) => now.has(attemptKey(attempt))))
    roll.notices.push(
      `${newest.name} counts, and not ${name}, which has attempts that the newer one lacks: from another browser, or of another person?`,
    )
}

async function attemptsIn({ file }: HandedIn): Promise<Attempt[]> {
  try {
    return readSubmission(await textOf(file)).attempts
  } catch {
    // It could be read a moment ago; whoever grades it will say what happened.
    return []
  }
}

const attemptKey = ({ exercise, seed, at }: Attempt): string => `${exercise} ${seed} ${at}`

/** Names differ in spaces, capitals and composed letters when they are typed twice. */
const plain = (text: string): string => text.normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase()

function learnerKey({ learner, name }: HandedIn): string {
  if (plain(learner.id)) return `number ${plain(learner.id)}`
  return plain(learner.name) ? `name ${plain(learner.name)}` : `file ${name}`
}

function groups(files: readonly HandedIn[], keyOf: (file: HandedIn) => string): Map<string, HandedIn[]> {
  const found = new Map<string, HandedIn[]>()
  for (const file of files) found.set(keyOf(file), [...(found.get(keyOf(file)) ?? []), file])
  return found
}
