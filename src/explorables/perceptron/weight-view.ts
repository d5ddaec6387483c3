/** @file The plane of the weights at the present bias: every point is a half-plane, the solutions are a region. */
import { axes } from "../lib/axes.ts"
import type { Inset, LabelledPoint, Point, Range } from "../lib/explorable.ts"
import { linear, niceStep } from "../lib/scale.ts"
import { arrow, circle, clip, line, path, text, trace } from "../lib/svg.ts"
import { border, corners, cut, type HalfPlane } from "./half-plane.ts"
import type { State } from "./run.ts"

export const WIDTH = 320
export const HEIGHT = 332
const INSET: Inset = [26, 12, 36, 34]

/** The weights (w₁, w₂) that classify the point rightly, the bias being b. */
const right = ({ x, y, label }: LabelledPoint, b: number): HalfPlane => ({
  a: label * x,
  b: label * y,
  c: label * b,
})

/** The window reaches beyond every weight of the run, so that it stands still while the run is played. */
function windowOf({ reach }: State): Range {
  const half = niceStep(Math.max(1, reach) * 1.15)
  return [-half, half]
}

/** The (w₁, w₂) in the window that make no mistake at the present bias; empty if there are none. */
export function solutions(state: State): Point[] {
  const range = windowOf(state)
  return state.points.reduce<Point[]>((kept, p) => cut(kept, right(p, state.w[2])), corners(range, range))
}

export function drawWeights(state: State): string {
  const { points, w, last } = state
  const range = windowOf(state)
  const x = linear(range, [INSET[3], WIDTH - INSET[1]], 5)
  const y = linear(range, [HEIGHT - INSET[2], INSET[0]], 5)
  const at = ([p, q]: Point): Point => [x(p), y(q)]
  const area = (polygon: Point[], attributes: Record<string, string>) =>
    polygon.length > 2 ? path(`${trace(polygon.map(at))}Z`, attributes) : ""
  const shades = points.map((p) => {
    const { a, b, c } = right(p, w[2])
    const wrong = cut(corners(range, range), { a: -a, b: -b, c: -c })
    const whole = a === 0 && b === 0 && c <= 0 ? corners(range, range) : wrong
    return area(whole, { fill: "var(--ink)", "fill-opacity": String(Math.max(0.03, 0.36 / points.length)) })
  })
  const borders = points.map((p) => {
    const ends = border(right(p, w[2]), range, range)?.map(at)
    const look = last && points[last.index] === p ? SEEN : EDGE
    return ends
      ? line(...ends[0], ...ends[1], { ...look, stroke: p.label === 1 ? "var(--class-1)" : "var(--class-2)" })
      : ""
  })
  const region = solutions(state)
  const here = at([w[0], w[1]])
  const from = last && at([last.before[0], last.before[1]])
  const move =
    last?.mistake && from
      ? circle(...from, 4, { fill: "none", stroke: "var(--ink-2)", "stroke-width": "1.5" }) +
        arrow(...from, ...here, "var(--grad)", 2.5)
      : ""
  const none =
    region.length > 2 ? "" : text(WIDTH / 2, HEIGHT - INSET[2] - 10, "no solution at this bias", NOTE)
  const inner = [
    ...shades,
    area(region, { fill: "var(--param)", "fill-opacity": "0.35" }),
    ...borders,
    circle(...here, 5.5, { fill: "var(--param)", stroke: "var(--outline)", "stroke-width": "1.25" }),
    move,
    none,
  ]
  const frame = { width: WIDTH, height: HEIGHT, inset: INSET, x, y, xName: "w₁", yName: "w₂" }
  return axes(frame) + clip(WIDTH, HEIGHT, INSET, inner.join(""))
}

const EDGE = { "stroke-width": "1.25" }
const SEEN = { "stroke-width": "3" }
const NOTE = { class: "ex-note", "text-anchor": "middle" }
