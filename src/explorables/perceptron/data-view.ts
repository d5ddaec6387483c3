/** @file The plane of the points: the line, its normal vector, the side where the score is positive. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point, Range } from "../lib/explorable.ts"
import { linear } from "../lib/scale.ts"
import { arrow, circle, classMark, clip, line, path, trace } from "../lib/svg.ts"
import { border, corners, cut, type HalfPlane } from "./half-plane.ts"
import type { Vector } from "./margin.ts"
import { isMistake, type State } from "./run.ts"

export const WIDTH = 320
export const HEIGHT = 332
export const PLANE: Range = [-2.5, 2.5]
export const INSET: Inset = [26, 12, 36, 30]
const x = linear(PLANE, [INSET[3], WIDTH - INSET[1]], 5)
const y = linear(PLANE, [HEIGHT - INSET[2], INSET[0]], 5)
const at = ([p, q]: Point): Point => [x(p), y(q)]

/** Where the score is positive. */
const positive = ([a, b, c]: Vector): HalfPlane => ({ a, b, c })

function boundary(w: Vector, attributes: Record<string, string>): string {
  const ends = border(positive(w), PLANE, PLANE)?.map(at)
  return ends ? line(...ends[0], ...ends[1], attributes) : ""
}

/** One unit along (w₁, w₂), from the point of the line that is nearest to the middle of the picture. */
function normal([a, b, c]: Vector): string {
  const length = Math.hypot(a, b)
  if (length === 0) return ""
  const foot: Point = [(-a * c) / length ** 2, (-b * c) / length ** 2]
  const tip: Point = [foot[0] + (0.8 * a) / length, foot[1] + (0.8 * b) / length]
  return arrow(...at(foot), ...at(tip), "var(--param)", 2.5)
}

export function drawData({ points, w, last, next }: State): string {
  const side = cut(corners(PLANE, PLANE), positive(w)).map(at)
  const marks = points.map((p, i) => {
    const [px, py] = at([p.x, p.y])
    const wrong = isMistake(w, p) ? path(`M${px - 4} ${py - 14}l8 -8m-8 0l8 8`, CROSS) : ""
    const ring =
      i === next
        ? circle(px, py, 12, { fill: "none", stroke: "var(--ink-2)", "stroke-dasharray": "3 3" })
        : ""
    const seen = last && points[last.index] === p ? circle(px, py, 10, LAST) : ""
    return ring + seen + classMark(px, py, p.label) + wrong
  })
  const inner = [
    side.length > 2 ? path(`${trace(side)}Z`, { fill: "var(--class-1)", "fill-opacity": "0.1" }) : "",
    last?.mistake ? boundary(last.before, { stroke: "var(--ink-3)", "stroke-dasharray": "5 4" }) : "",
    boundary(w, { stroke: "var(--ink)", "stroke-width": "2" }),
    normal(w),
    ...marks,
  ]
  const frame = { width: WIDTH, height: HEIGHT, inset: INSET, x, y, xName: "x₁", yName: "x₂" }
  return axes(frame) + clip(WIDTH, HEIGHT, INSET, inner.join(""))
}

const CROSS = { stroke: "var(--bad)", "stroke-width": "2" }
const LAST = { fill: "none", stroke: "var(--ink)", "stroke-width": "1.5" }
