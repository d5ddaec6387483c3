/** @file Rows as an aligned table, a summary and CSV. Knows nothing of how they came about. */
import type { Row } from "./rows.ts"

const COLUMNS = ["learner", "exercise", "verdict", "score", "note", "claimed", "attempts", "changed"] as const

const cell = (row: Row, column: keyof Row): string => {
  if (column === "score") return row.exercise ? row.score.toFixed(2) : ""
  if (column === "changed") return row.changed ? "yes" : ""
  if (column === "learner") return row.learner || row.id || row.file
  return String(row[column])
}

export function tableOf(rows: Row[]): string {
  const lines = [[...COLUMNS] as string[], ...rows.map((row) => COLUMNS.map((column) => cell(row, column)))]
  const widths = COLUMNS.map((_, i) => Math.max(...lines.map((line) => line[i].length)))
  const draw = (line: string[]) =>
    line
      .map((text, i) => text.padEnd(widths[i]))
      .join("  ")
      .trimEnd()
  return [draw(lines[0]), draw(widths.map((width) => "─".repeat(width))), ...lines.slice(1).map(draw)].join(
    "\n",
  )
}

/** How each exercise went, the hardest first, with the mistake that was made most. */
export function summaryOf(rows: Row[]): string {
  const graded = rows.filter((row) => row.exercise !== "")
  const lines: { share: number; text: string }[] = []
  for (const exercise of new Set(graded.map((row) => row.exercise))) {
    const mine = graded.filter((row) => row.exercise === exercise)
    const right = mine.filter((row) => row.verdict === "correct").length
    const notes = new Map<string, number>()
    for (const { note, verdict } of mine)
      if (verdict !== "correct") notes.set(note, (notes.get(note) ?? 0) + 1)
    const [most] = [...notes].sort((a, b) => b[1] - a[1])
    const mistake = most ? `; most frequent: ${most[0]} (${most[1]})` : ""
    lines.push({
      share: right / mine.length,
      text: `${exercise}: ${right} of ${mine.length} correct${mistake}`,
    })
  }
  const damaged = rows.filter((row) => row.verdict === "damaged")
  const ours = rows.filter((row) => row.verdict === "grader-error").length
  const differ = graded.filter((row) => row.claimed !== "" && row.claimed !== row.verdict).length
  return [
    ...lines.sort((a, b) => a.share - b.share).map((line) => line.text),
    ...damaged.map((row) => `damaged: ${row.file}: ${row.message}`),
    ...(differ > 0 ? [`${differ} verdicts are not what the file claimed.`] : []),
    ...(ours > 0 ? [`${ours} grader errors, which count against nobody.`] : []),
  ].join("\n")
}

/** RFC 4180, with a quote before what a spreadsheet would take for a formula. */
export function csvOf(rows: Row[]): string {
  const columns = ["file", "learner", "id", "exercise", "verdict", "score", "note", "message"] as const
  const more = ["claimed", "attempts", "hints", "changed", "at", "ms"] as const
  const all = [...columns, ...more] as const
  const quote = (value: unknown): string => {
    const text = typeof value === "number" ? String(Math.round(value * 1e4) / 1e4) : String(value)
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `${[all, ...rows.map((row) => all.map((column) => row[column]))].map((line) => line.map(quote).join(",")).join("\r\n")}\r\n`
}
