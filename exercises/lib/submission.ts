/**
 * @file The submission file: what a learner hands in, and how a file that claims to be one is read. No verdict in it is
 * trusted. Touches no disk.
 */
import type { Answer, Verdict } from "./exercise.ts"

export const FORMAT = "descent-submission/1"
/** Raised when the grader itself may come to another verdict. */
export const GRADER = "1"

/** One press of Check, in the order in which they happened. */
export interface Attempt {
  exercise: string
  revision: number
  /** Draws the same inputs again. */
  seed: number
  /** Of an exercise with variants. */
  variant?: number
  answer: Answer
  /** What the learner's browser said. Advisory: grading runs the answer again. */
  report: { verdict: Verdict; score: number; note: string }
  hintsUsed: number
  /** ISO 8601. */
  at: string
}

export interface Submission {
  format: typeof FORMAT
  book: string
  grader: string
  engine: string
  /** As typed by the learner. */
  learner: { name: string; id: string }
  made: string
  attempts: Attempt[]
}

const MAX_ATTEMPTS = 5000
const MAX_SOURCE = 100_000

/** Reads a file's text. Throws: Error that says what is wrong with the file. */
export function readSubmission(text: string): Submission {
  let from: unknown
  try {
    from = JSON.parse(text)
  } catch {
    if (text.startsWith("PK\u0003\u0004"))
      throw new Error("it is a zip archive under another name; call it .zip")
    // The parser's own message quotes pieces of the file and explains little.
    throw new Error("the file is not JSON; it may have been cut off or edited")
  }
  const { format, book, grader, engine, learner, made, attempts } = fields(from, "the file")
  if (/^descent-submission\/\d+$/.test(String(format)) && format !== FORMAT)
    throw new Error(`a newer version of the book has saved it (${format}); grade it with that one`)
  if (format !== FORMAT)
    throw new Error(`its format is ${JSON.stringify(format)?.slice(0, 60)}, not ${FORMAT}`)
  if (!Array.isArray(attempts)) throw new Error("it has no list of attempts")
  if (attempts.length > MAX_ATTEMPTS) throw new Error(`it has more than ${MAX_ATTEMPTS} attempts`)
  const { name, id } = fields(learner ?? {}, "learner")
  return {
    format: FORMAT,
    book: word(book),
    grader: word(grader),
    engine: word(engine),
    learner: { name: word(name), id: word(id) },
    made: word(made),
    attempts: attempts.map((attempt, i) => readAttempt(attempt, `attempt ${i + 1}`)),
  }
}

function readAttempt(from: unknown, where: string): Attempt {
  const { exercise, revision, seed, variant, answer, report, hintsUsed, at } = fields(from, where)
  if (typeof exercise !== "string" || exercise === "") throw new Error(`${where} names no exercise`)
  if (!Number.isSafeInteger(seed) || Number(seed) < 0) throw new Error(`${where} has no seed`)
  const { verdict, score, note } = fields(report ?? {}, where)
  return {
    exercise: word(exercise),
    revision: Number(revision) || 0,
    seed: Number(seed),
    ...(Number.isSafeInteger(variant) && Number(variant) > 0 ? { variant: Number(variant) } : {}),
    answer: readAnswer(answer, where),
    report: { verdict: word(verdict) as Verdict, score: Number(score) || 0, note: word(note) },
    hintsUsed: Number(hintsUsed) || 0,
    at: word(at),
  }
}

export function readAnswer(from: unknown, where: string): Answer {
  const { kind, source, text, chosen, cells, order, values, settings } = fields(from, `${where}: the answer`)
  const damaged = new Error(`${where}: the answer is damaged`)
  const short = (value: unknown): string => {
    if (typeof value !== "string" || value.length > MAX_SOURCE) throw damaged
    return value
  }
  const list = (value: unknown): unknown[] => {
    if (!Array.isArray(value) || value.length > 1000) throw damaged
    return value
  }
  if (kind === "function" || kind === "debug") return { kind, source: short(source) }
  if (kind === "number" || kind === "predict") return { kind, text: short(text) }
  if (kind === "choice") return { kind, chosen: list(chosen).map(short) }
  if (kind === "table") return { kind, cells: list(cells).map((row) => list(row).map(short)) }
  if (kind === "parsons") return { kind, order: list(order).map(short) }
  if (kind === "sketch") return { kind, values: list(values).map(short) }
  if (kind === "tune") {
    const entries = Object.entries(fields(settings, `${where}: the answer`))
    return { kind, settings: Object.fromEntries(list(entries).map((entry) => list(entry).map(short))) }
  }
  throw damaged
}

function fields(from: unknown, what: string): Record<string, unknown> {
  if (typeof from !== "object" || from === null || Array.isArray(from)) throw new Error(`${what} is damaged`)
  return from as Record<string, unknown>
}

/** A short text without what a terminal would obey, or what would turn the text around it backwards. */
export function word(from: unknown): string {
  const text = typeof from === "number" ? String(from) : from
  if (typeof text !== "string") return ""
  return text.slice(0, 200).replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
}

/** The attempts that count: for each exercise the last one said to be correct, else the last one. */
export function finalAttempts(attempts: Attempt[]): { attempt: Attempt; count: number }[] {
  const finals = new Map<string, { attempt: Attempt; count: number }>()
  for (const attempt of attempts) {
    const before = finals.get(attempt.exercise)
    const keep = before && before.attempt.report.verdict === "correct" && attempt.report.verdict !== "correct"
    finals.set(attempt.exercise, {
      attempt: keep ? before.attempt : attempt,
      count: (before?.count ?? 0) + 1,
    })
  }
  return [...finals.values()]
}
