/** @file The reader's own points as text, pasted or from a file: read leniently, and what was made of it. Knows no network. */
import type { LabelledPoint } from "../lib/explorable.ts"
import { count } from "../lib/number.ts"
import { divided, divisor, PLANE, type Reading } from "./sample.ts"

/** What stands in the field of own data at first. */
export const EXAMPLE =
  "x, y, class\n-2, 3, 1\n-1, 4, 1\n0, 3.5, 1\n1, 4, 1\n2, 3, 1\n-3, 1, -1\n-1, 0.5, -1\n0, -1, -1\n1, 0.5, -1\n3, 1, -1\n-4, 4, -1\n4, 4, -1"
/** The same for values. */
export const VALUED =
  "x, y, value\n-4, -4, -0.9\n-4, 0, -0.4\n-4, 4, 0.1\n0, -4, -0.4\n0, 0, 0.6\n0, 4, 0.3\n4, -4, 0.1\n4, 0, 0.3\n4, 4, 0.9"
const MOST_POINTS = 400

interface Row {
  x: number
  y: number
  name: string
}

/** Lines of `x, y, class`. Numbers above 0 are class +1; of words the first is. What is too large is scaled to fit. */
export function readPoints(text: string): Reading<LabelledPoint> {
  const { rows, says } = readRows(text, "class", () => true)
  if (rows.length < 2) return { ...readPoints(EXAMPLE), says }
  const words = rows.find(({ name }) => !Number.isFinite(Number(name)))?.name
  const label = (name: string): 1 | -1 =>
    words === undefined ? (Number(name) > 0 ? 1 : -1) : name === rows[0]!.name ? 1 : -1
  return { points: rows.map(({ x, y, name }) => ({ x, y, label: label(name) })), says }
}

/** Lines of `x, y, value`. Values that would hardly be seen, or burst the scale, come to −1 … 1. */
export function readValues(text: string): Reading {
  const { rows, says } = readRows(text, "value", (name) => name !== "" && Number.isFinite(Number(name)))
  if (rows.length < 2) return { ...readValues(VALUED), says }
  const labels = rows.map(({ name }) => Number(name))
  const by = divisor(labels)
  const points = rows.map(({ x, y }, i) => ({ x, y, label: labels[i]! / by }))
  return { points, says: `${says}${divided(by)}` }
}

/** Lines of two numbers and a third thing that `fits`, scaled to fit into the plane, and what was made of the text. */
function readRows(
  text: string,
  third: string,
  fits: (name: string) => boolean,
): { rows: Row[]; says: string } {
  const rows: Row[] = []
  let skipped = 0
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue
    const [x, y, name = ""] = line
      .trim()
      .split(/\s*[,;\t]\s*|\s+/)
      .map((part) => part.replace("−", "-"))
    const at = [Number(x), Number(y)]
    if (x !== "" && y !== undefined && at.every(Number.isFinite) && fits(name))
      rows.push({ x: at[0]!, y: at[1]!, name })
    else if (i > 0) skipped++
  }
  const kept = rows.slice(0, MOST_POINTS)
  if (kept.length < 2)
    return {
      rows: kept,
      says: `Fewer than two lines of “x, y, ${third}” were found: an example stands in.`,
    }
  const [fx, fy] = [fitting(kept.map(({ x }) => x)), fitting(kept.map(({ y }) => y))]
  const scaled = fx !== same || fy !== same ? " The points are scaled to fit into the picture." : ""
  const left = skipped > 0 ? ` ${count(skipped, "line")} could not be read.` : ""
  const over = rows.length > MOST_POINTS ? ` The first ${MOST_POINTS} are taken.` : ""
  return {
    rows: kept.map(({ x, y, name }) => ({ x: fx(x), y: fy(y), name })),
    says: `${count(kept.length, "point")} read.${left}${over}${scaled}`,
  }
}

const same = (v: number): number => v

/** Values outside of the plane, or all in a small part of it, come to −5 … 5. */
function fitting(values: readonly number[]): (v: number) => number {
  const low = Math.min(...values)
  const high = Math.max(...values)
  if ((low >= PLANE[0] && high <= PLANE[1] && high - low > 1) || high === low) return same
  return (v) => Number((((v - low) / (high - low)) * 10 - 5).toPrecision(4))
}
