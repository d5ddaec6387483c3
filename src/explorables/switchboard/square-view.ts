/** @file The square of the inputs with the cut of every unit, and the part in which the circuit fires. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point, Range } from "../lib/explorable.ts"
import { linear } from "../lib/scale.ts"
import { circle, classMark, clip, line, path, text, trace } from "../lib/svg.ts"
import { border, corners, cut, type HalfPlane } from "../perceptron/half-plane.ts"
import type { Dialect, State, Unit } from "./unit.ts"

export const WIDTH = 320
export const HEIGHT = 312
const PLANE: Range = [-0.6, 1.6]
const INSET: Inset = [10, 10, 40, 34]
const x = ticked(linear(PLANE, [INSET[3], WIDTH - INSET[1]]))
const y = ticked(linear(PLANE, [HEIGHT - INSET[2], INSET[0]]))
const at = ([p, q]: Point): Point => [x(p), y(q)]

function ticked(scale: ReturnType<typeof linear>) {
  return Object.assign(scale, { ticks: [0, 1] })
}

/** A veto is a weight that outweighs all the rest. */
const VETO = -4

/** Where the unit fires, for inputs between 0 and 1 too. */
function firing(dialect: Dialect, { w, theta }: Unit): HalfPlane {
  const [a, b] = dialect === "signed" ? w : w.map((wi) => (wi < 0 ? VETO : Math.sign(wi)))
  return { a: a!, b: b!, c: -theta }
}
const silent = ({ a, b, c }: HalfPlane): HalfPlane => ({ a: -a, b: -b, c: -c })

/** Convex parts that make up the region in which the circuit fires. */
function regions({ dialect, a, b, output }: State): Point[][] {
  const [ofA, ofB] = [firing(dialect, a), b && firing(dialect, b)]
  const whole = corners(PLANE, PLANE)
  // A unit without weights fires everywhere or nowhere; exactly on the line it fires too.
  const inside = (polygon: readonly Point[], plane: HalfPlane): Point[] =>
    plane.a === 0 && plane.b === 0 ? (plane.c >= 0 ? [...polygon] : []) : cut(polygon, plane)
  const outside = (polygon: readonly Point[], plane: HalfPlane): Point[] =>
    plane.a === 0 && plane.b === 0 ? (plane.c < 0 ? [...polygon] : []) : cut(polygon, silent(plane))
  if (!ofB) return [inside(whole, ofA)]
  if (output.says === "A and B") return [inside(inside(whole, ofA), ofB)]
  if (output.says === "A and not B") return [outside(inside(whole, ofA), ofB)]
  return [inside(whole, ofA), outside(inside(whole, ofB), ofA)]
}

function cutLine(dialect: Dialect, unit: Unit, name: string, dash?: string): string {
  const ends = border(firing(dialect, unit), PLANE, PLANE)?.map(at)
  if (!ends) return ""
  const [low, high] = ends.sort((p, q) => q[1] - p[1]) as [Point, Point]
  const label = name
    ? text(Math.min(WIDTH - 24, Math.max(INSET[3] + 6, high[0] + 6)), high[1] + 14, name, {
        class: "ex-note",
      })
    : ""
  return (
    line(...low, ...high, { stroke: "var(--ink)", "stroke-width": "2", "stroke-dasharray": dash }) + label
  )
}

export function drawSquare(state: State): string {
  const { dialect, a, b, rows, now } = state
  const tint = regions(state)
    .filter((polygon) => polygon.length > 2)
    .map((polygon) => path(`${trace(polygon.map(at))}Z`, { fill: "var(--class-1)", "fill-opacity": "0.13" }))
  const marks = rows.map((row) => {
    const [px, py] = at(row.x)
    const wrong = row.fires !== row.wanted
    const ring = row === now ? circle(px, py, 13, { fill: "none", stroke: "var(--handle)", ...RING }) : ""
    const side = row.x[0] === 1 ? 1 : -1
    const cross = wrong ? path(`M${px + 22 * side - 4} ${py - 22}l8 -8m-8 0l8 8`, CROSS) : ""
    const says = text(px + 22 * side, py + 5, row.fires ? "1" : "0", SAYS)
    return ring + classMark(px, py, row.wanted ? 1 : -1, 7) + says + cross
  })
  const inner = [
    ...tint,
    cutLine(dialect, a, b ? "A" : ""),
    b ? cutLine(dialect, b, "B", "7 4") : "",
    ...marks,
  ]
  const frame = { width: WIDTH, height: HEIGHT, inset: INSET, x, y, xName: "x₁" }
  return (
    axes(frame) + text(4, y(0.5) + 5, "x₂", { class: "ex-axis" }) + clip(WIDTH, HEIGHT, INSET, inner.join(""))
  )
}

const RING = { "stroke-width": "2" }
const SAYS = { "text-anchor": "middle", "font-weight": "600" }
const CROSS = { stroke: "var(--bad)", "stroke-width": "2" }
