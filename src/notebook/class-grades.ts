/** @file Grades of a class as files: CSV for a spreadsheet, JSON to compare with later. The same bytes in Node and page. */
import { GRADER, word } from "../../exercises/lib/submission.ts"
import type { Row } from "./class-row.ts"
import { type Standing, standings } from "./class-summary.ts"
import { csvText } from "./csv-text.ts"

export const GRADES_FORMAT = "descent-grades/1"

export interface Grades {
  format: typeof GRADES_FORMAT
  book: string
  grader: string
  notices: string[]
  exercises: Standing[]
  rows: Row[]
}

export function gradesOf(book: string, rows: Row[], notices: string[]): Grades {
  return { format: GRADES_FORMAT, book, grader: GRADER, notices, exercises: standings(rows), rows }
}

const COLUMNS = [
  ...(["file", "learner", "id", "exercise", "verdict", "score", "note", "message", "claimed"] as const),
  ...(["attempts", "hints", "changed", "revision", "graded", "at"] as const),
]

/** RFC 4180, with the mark by which Excel knows UTF-8, and a quote before what a spreadsheet would take for a formula. */
export function gradesCsv(rows: readonly Row[]): string {
  return `\ufeff${csvText(
    COLUMNS,
    rows.map((row) =>
      COLUMNS.map((column) => {
        const value = row[column]
        return typeof value === "string" ? defused(value) : value
      }),
    ),
  )}`
}

/** At the beginning, and after a semicolon, which separates fields where the comma is a decimal sign. */
function defused(text: string): string {
  return text.replace(/^(?=\s*[=+\-@＝＋－＠\t\r])/u, "'").replace(/;(?=\s*[=+\-@])/gu, ";'")
}

/** One row a line, so that two files can be compared by eye. */
export function gradesJson({ rows, exercises, ...head }: Grades): string {
  const lines = (list: readonly unknown[]): string =>
    list.map((item) => `\n    ${JSON.stringify(item)}`).join(",")
  const start = JSON.stringify(head, null, 2).replace(/\n\}$/, "")
  return `${start},\n  "exercises": [${lines(exercises)}\n  ],\n  "rows": [${lines(rows)}\n  ]\n}\n`
}

/** Throws: Error that says what is wrong with the file. */
export function readGrades(text: string): Grades {
  let from: Partial<Grades> | null
  try {
    from = JSON.parse(text.replace(/^\ufeff/, ""))
  } catch {
    // The parser's own message quotes pieces of the file and explains little.
    throw new Error("the file is not JSON")
  }
  if (typeof from !== "object" || from?.format !== GRADES_FORMAT)
    throw new Error(
      `the file holds no grades; it should come from an earlier grading, as JSON (${GRADES_FORMAT})`,
    )
  const rows: unknown = from.rows
  if (!Array.isArray(rows) || !rows.every(isRow)) throw new Error("the file’s rows are damaged")
  for (const row of rows) row.verdict = word(row.verdict) as Row["verdict"]
  return { ...gradesOf(String(from.book), rows, []), grader: String(from.grader) }
}

/** As far as rows are compared. */
function isRow(row: unknown): row is Row {
  const parts = new Map(typeof row === "object" && row !== null ? Object.entries(row) : [])
  return (
    ["file", "learner", "id", "exercise", "verdict", "answer"].every(
      (part) => typeof parts.get(part) === "string",
    ) && ["score", "graded", "seed"].every((part) => Number.isFinite(parts.get(part)))
  )
}
