/** @file Grades as the terminal shows them: an aligned table. Knows nothing of how they came about. */
import { type Row, whose } from "../../src/notebook/class-row.ts"

const COLUMNS: [name: string, text: (row: Row) => string][] = [
  ["learner", whose],
  ["exercise", ({ exercise }) => exercise],
  ["verdict", ({ verdict }) => verdict],
  ["score", ({ exercise, score }) => (exercise ? score.toFixed(2) : "")],
  ["note", ({ note }) => note],
  ["claimed", ({ claimed }) => claimed],
  ["attempts", ({ attempts }) => (attempts > 0 ? String(attempts) : "")],
  ["changed", ({ changed }) => (changed ? "yes" : "")],
]
const WIDEST = 48

/** Cut off where a name is longer than any column should be. */
const cut = (text: string): string => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text)

export function tableOf(rows: readonly Row[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...rows.map((row) => COLUMNS.map(([, text]) => cut(text(row)))),
  ]
  const widths = COLUMNS.map((_, i) => lines.reduce((most, line) => Math.max(most, line[i].length), 0))
  const draw = (line: string[]): string =>
    line
      .map((text, i) => text.padEnd(widths[i]))
      .join("  ")
      .trimEnd()
  return [draw(lines[0]), draw(widths.map((width) => "─".repeat(width))), ...lines.slice(1).map(draw)].join(
    "\n",
  )
}
