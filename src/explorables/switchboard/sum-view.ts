/** @file The sums of the four inputs on a line, and the threshold that cuts the line in two. */
import type { Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear } from "../lib/scale.ts"
import { arrow, circle, classMark, line, rect, text } from "../lib/svg.ts"
import type { Answer, Row, State, Unit } from "./unit.ts"

export const WIDTH = 320
export const HEIGHT = 224
const x = linear([-4.4, 4.4], [30, WIDTH - 10], 9)
const LINE = { stroke: "var(--ink-3)", "stroke-width": "1" }
const MIDDLE = { class: "ex-tick", "text-anchor": "middle" }

/** One unit's line: the part where it fires is tinted, the inputs stand at their sums. */
function ruler(
  top: number,
  name: string,
  { theta }: Unit,
  rows: readonly Row[],
  now: Row,
  of: (row: Row) => Answer,
): string {
  const base = top + 44
  const limit = Math.min(WIDTH - 8, Math.max(x(-4.4), x(theta)))
  const heights = new Map<number, number>()
  const marks = rows.map((row) => {
    const { sum, vetoed } = of(row)
    const stacked = heights.get(sum) ?? 0
    heights.set(sum, stacked + 1)
    const [px, py]: Point = [x(sum), base - 8 - 15 * stacked]
    const ring = row === now ? circle(px, py, 9.5, { fill: "none", stroke: "var(--handle)", ...WIDE }) : ""
    const gone = vetoed ? line(px - 9, py, px + 9, py, { stroke: "var(--bad)", ...WIDE }) : ""
    return classMark(px, py, row.wanted ? 1 : -1, 5) + gone + ring
  })
  return (
    rect(limit, top - 8, WIDTH - 8 - limit, 52, { fill: "var(--class-1)", "fill-opacity": "0.13" }) +
    line(x(-4.4), base, WIDTH - 8, base, LINE) +
    [-4, -2, 0, 2, 4].map((tick) => text(x(tick), base + 15, format(tick), MIDDLE)).join("") +
    line(limit, top - 8, limit, base + 4, { stroke: "var(--param)", "stroke-width": "2.5" }) +
    text(2, base - 12, name, { "font-weight": "600" }) +
    marks.join("")
  )
}

/** How the sum of the input that is on comes about: one arrow a wire. */
function steps({ a, now, dialect }: State): string {
  if (dialect === "veto") {
    const { sum, vetoed } = now.a
    const says = vetoed ? "vetoed: silent, whatever the sum" : `${format(sum)} exciting, no veto`
    return text(30, 38, `(${now.x.join(", ")}): ${says}`, { class: "ex-note" })
  }
  let from = 0
  const arrows = a.w.map((wi, i) => {
    const to = from + (now.x[i] === 1 ? wi : 0)
    const drawn = arrow(x(from), 44 + 16 * i, x(to), 44 + 16 * i, wi < 0 ? "var(--neg)" : "var(--pos)", 3)
    from = to
    return drawn
  })
  const sum = a.w.map((wi, i) => `${format(wi, 4)}·${now.x[i]}`).join(" + ")
  return (
    text(30, 24, `(${now.x.join(", ")}): ${sum} = ${format(now.a.sum, 4)}`, { class: "ex-note" }) +
    arrows.join("")
  )
}

export function drawSums(state: State): string {
  const { a, b, output, rows, now } = state
  const line1 = (top: number, name: string) => ruler(top, name, a, rows, now, (row) => row.a)
  if (!b) return steps(state) + line1(108, "Σ") + label(limitOf(a), 188, `θ = ${format(a.theta, 4)}`)
  return (
    line1(18, "A") +
    ruler(92, "B", b, rows, now, (row) => row.b!) +
    ruler(166, "out", output, rows, now, (row) => row.out!)
  )
}

const limitOf = ({ theta }: Unit) => Math.min(WIDTH - 40, Math.max(60, x(theta)))
const label = (px: number, py: number, says: string) => text(px, py, says, { ...MIDDLE, class: "ex-axis" })
const WIDE = { "stroke-width": "2" }
