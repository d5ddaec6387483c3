/** @file The bench's tables for the terminal. */
import type { Frames, GradingRow, Measurement, Row, Run } from "./results.ts"
import { digits, gigaflops, kilobytes, megabytes, percent, ratio, time } from "./units.ts"

/** What the ratios are taken to. */
const base = "ours-jit"

function columns(lines: readonly (readonly string[])[]): string {
  const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)))
  return lines
    .map((line) =>
      line
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
}

function cell(row: Row, measurement: Measurement | undefined): string {
  if (!measurement) return ""
  if (measurement.kind === "absent") return "–"
  if (measurement.kind === "failed") return "failed"
  const { ms, right, once } = measurement
  const amount = row.unit === "product" && row.flops ? gigaflops(row.flops, ms) : time(ms)
  return `${amount}${once ? " ¹" : ""}${right ? "" : " ✗"}`
}

function ratioCell(row: Row, peer: string): string {
  const [own, other] = [row.measured[base], row.measured[peer]]
  if (own?.kind !== "timed" || other?.kind !== "timed") return ""
  return `${ratio(other.ms / own.ms)}${other.right && own.right ? "" : " ✗"}`
}

function name(row: Row): string {
  return `${row.id} ${row.title}${row.unit === "product" ? ", GFLOP/s" : ""}`
}

function gradingLines({
  learners,
  exercises,
  answers,
  endless,
  failed,
  lanes,
  ms,
  early,
  late,
}: GradingRow): string {
  const seconds = ms / 1000
  const lines = [
    `A class of ${learners} with ${exercises} exercises, on ${lanes} cores: ${time(ms)}, ${digits(learners / seconds)} submissions and ${digits(answers / seconds)} answers a second.`,
    `Of ${answers} answers ${endless} never end, and the grader failed on ${failed}.`,
  ]
  if (early && late)
    lines.push(`The grading process had ${megabytes(early)} early on and ${megabytes(late)} at the end.`)
  return lines.join("\n")
}

function frameCells({ ms, usual, worst, late, felt, longTasks, frames }: Frames): string[] {
  return [...[ms, usual, worst].map(time), percent(late), percent(felt), String(longTasks), String(frames)]
}

/** Everything that a run has measured, as text. */
export function tables(run: Run): string {
  const {
    peers,
    rows,
    cold,
    bundles,
    ceilings,
    notebooks = [],
    recoveries = [],
    explorables = [],
    grading,
  } = run
  const head = ["", ...peers.map(({ id, software }) => (software ? `${id} ²` : id))]
  const parts: string[] = []
  if (rows.length > 0) {
    parts.push(
      columns([
        head,
        ...rows.map((row) => [name(row), ...peers.map(({ id }) => cell(row, row.measured[id]))]),
      ]),
    )
  }
  if (rows.some((row) => row.measured[base]?.kind === "timed")) {
    parts.push(
      `Times as long as ${base}; below 1 is faster:\n${columns([head, ...rows.map((row) => [name(row), ...peers.map(({ id }) => ratioCell(row, id))])])}`,
    )
  }
  if (ceilings)
    parts.push(
      `Ceilings of a core: ${ceilings.gigaflops.toFixed(1)} GFLOP/s, copies ${ceilings.gigabytes.toFixed(1)} GB/s.`,
    )
  if (cold.length > 0)
    parts.push(
      columns([
        ["Cold start", "first step", "bytes", "files"],
        ...cold.map(({ id, ms, bytes, files }) => [id, time(ms), kilobytes(bytes), String(files)]),
      ]),
    )
  if (notebooks.length > 0) {
    parts.push(
      columns([
        ["A cell", "first run", "again", "after Stop", "editor", "next editor"],
        ...notebooks.map(({ id, cold, warm, recovery, editor, editorAgain }) => [
          id,
          ...[cold, warm, recovery, editor, editorAgain].map((wait) => (wait ? time(wait.ms) : "")),
        ]),
      ]),
      columns([
        ["Sent for", "bytes", "files"],
        ...notebooks.flatMap(({ id, stages }) =>
          stages.map(({ title, bytes, files }) => [`${id}: ${title}`, kilobytes(bytes), String(files)]),
        ),
      ]),
    )
  }
  if (recoveries.length > 0)
    parts.push(
      columns([
        ["After", "median", "worst", "aim", "times"],
        ...recoveries.map(({ title, ms, worst, aim, times }) => [
          title,
          ...[ms, worst, aim].map(time),
          String(times),
        ]),
      ]),
    )
  if (explorables.length > 0)
    parts.push(
      columns([
        ["Explorable", "", "median", "95 %", "worst", "over 16.7 ms", "over 50 ms", "long tasks", "frames"],
        ...explorables.flatMap((row) =>
          (["played", "dragged"] as const).flatMap((how) => {
            const frames = row[how]
            return frames ? [[row.name, how, ...frameCells(frames)]] : []
          }),
        ),
      ]),
    )
  if (grading) parts.push(gradingLines(grading))
  if (bundles.length > 0)
    parts.push(
      columns([
        ["Bundle, gzip", "bytes", "budget"],
        ...bundles.map(({ title, bytes, budget }) => [
          title,
          kilobytes(bytes),
          budget ? kilobytes(budget) : "",
        ]),
      ]),
    )
  const notes = notesOf(run)
  if (notes.length > 0) parts.push(notes.join("\n"))
  return parts.join("\n\n")
}

function notesOf({ peers, rows }: Run): string[] {
  const all = rows.flatMap((row) => Object.entries(row.measured).map(([peer, m]) => ({ row, peer, m })))
  const notes: string[] = []
  if (all.some(({ m }) => m.kind === "timed" && m.once))
    notes.push("¹ so slow that it was timed once in a round")
  if (peers.some(({ software }) => software)) notes.push("² on a GPU that the CPU emulates: no GPU's time")
  if (all.some(({ m }) => m.kind === "timed" && !m.right))
    notes.push("✗ its answer is not that of plain loops")
  for (const { row, peer, m } of all)
    if (m.kind !== "timed" && m.why)
      notes.push(`${m.kind === "absent" ? "–" : "failed"} ${row.id} ${peer}: ${m.why}`)
  return notes
}
