/** @file The cloud with w, the length of w over time, its angle to the main axis, and the correlations, as pictures. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point, Range } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear, log } from "../lib/scale.ts"
import { arrow, circle, clip, line, path, rect, text, trace } from "../lib/svg.ts"
import { angleTo, STEPS, type State } from "./run.ts"

export const WIDTH = 320
export const CLOUD_HEIGHT = 332
export const TIME_HEIGHT = 168
export const MATRIX_HEIGHT = 108
export const PLANE: Range = [-4, 4]
export const INSET: Inset = [26, 12, 36, 30]
const TIME: Inset = [30, 14, 42, 46]

const x = linear(PLANE, [INSET[3], WIDTH - INSET[1]], 5)
const y = linear(PLANE, [CLOUD_HEIGHT - INSET[2], INSET[0]], 5)
const at = ([p, q]: Point): Point => [x(p), y(q)]

/** From the origin to w, or as far as the picture goes. */
function weightArrow(w: Point, length: number): string {
  const share = Math.min(1, (PLANE[1] * 0.97) / Math.max(Math.abs(w[0]), Math.abs(w[1]), 1e-12))
  const tip: Point = [w[0] * share, w[1] * share]
  const beyond =
    share < 1
      ? text(WIDTH - 16, INSET[0] + 14, `w is ${format(length)} long`, {
          class: "ex-note",
          "text-anchor": "end",
        })
      : ""
  return arrow(...at([0, 0]), ...at(tip), "var(--param)", 3) + beyond
}

export function drawCloud({ points, axes: own, path: walk, step, w, length, last }: State): string {
  const along = own.vectors.map(([a, b], i) => {
    const ends = [-6, 6].map((s) => at([s * a, s * b]))
    return line(...ends[0]!, ...ends[1]!, i === 0 ? MAIN : OTHER)
  })
  const radius = x(1) - x(0)
  const dots = points.map((p, i) =>
    circle(...at(p), i === last ? 4.5 : 2.5, { fill: i === last ? "var(--ink)" : "var(--ink-3)" }),
  )
  const trail = walk.slice(0, step + 1).filter((_, k) => k % 2 === step % 2)
  const inner = [
    circle(...at([0, 0]), radius, { fill: "none", stroke: "var(--ink-3)", "stroke-dasharray": "2 3" }),
    ...along,
    ...dots,
    path(trace(trail.map(at)), { stroke: "var(--grad)", "stroke-width": "1.5" }),
    weightArrow(w, length),
  ]
  const frame = { width: WIDTH, height: CLOUD_HEIGHT, inset: INSET, x, y, xName: "x₁", yName: "x₂" }
  return axes(frame) + clip(WIDTH, CLOUD_HEIGHT, INSET, inner.join(""))
}

const time = linear([0, STEPS], [TIME[3], WIDTH - TIME[1]], 4)

/** A curve over the whole run, dotted where it has not been reached yet. */
function course(values: readonly number[], step: number, y: (v: number) => number): string {
  const spots = values.map((v, k): Point => [time(k), y(v)])
  return (
    path(trace(spots.filter((_, k) => k % 3 === 0 || k === spots.length - 1)), {
      stroke: "var(--ink-3)",
      "stroke-dasharray": "2 3",
    }) +
    path(trace(spots.slice(0, step + 1)), { stroke: "var(--param)", "stroke-width": "2" }) +
    circle(...spots[step]!, 4.5, { fill: "var(--param)" })
  )
}

export function drawLength({ path: walk, step }: State): string {
  const lengths = walk.map((w) => Math.max(1e-30, Math.hypot(...w)))
  const low = Math.min(0.1, ...lengths)
  const high = Math.max(10, ...lengths)
  const scale = log([low / 1.3, high * 1.3], [TIME_HEIGHT - TIME[2], TIME[0]], 4)
  const frame = { width: WIDTH, height: TIME_HEIGHT, inset: TIME, x: time, y: scale }
  const one = line(TIME[3], scale(1), WIDTH - TIME[1], scale(1), {
    stroke: "var(--ink-2)",
    "stroke-dasharray": "6 4",
  })
  return (
    axes({ ...frame, xName: "examples seen", yName: "length of w (log scale)" }) +
    one +
    course(lengths, step, scale)
  )
}

export function drawAngle({ path: walk, step, axes: own }: State): string {
  const scale = Object.assign(linear([0, 90], [TIME_HEIGHT - TIME[2], TIME[0]]), { ticks: [0, 30, 60, 90] })
  const frame = { width: WIDTH, height: TIME_HEIGHT, inset: TIME, x: time, y: scale }
  const angles = walk.map((w) => angleTo(own.vectors[0], w))
  return (
    axes({ ...frame, xName: "examples seen", yName: "angle to the main axis (degrees)" }) +
    course(angles, step, scale)
  )
}

/** The matrix as four tinted cells, and what its axes say. */
export function drawMatrix({ c: [p, q, r], axes: own }: State): string {
  const most = Math.max(Math.abs(p), Math.abs(q), Math.abs(r), 1e-12)
  const cells = [p, q, q, r].map((value, i) => {
    const [left, top] = [26 + 62 * (i % 2), 24 + 38 * Math.floor(i / 2)]
    return (
      rect(left, top, 60, 36, {
        fill: value < 0 ? "var(--neg)" : "var(--pos)",
        "fill-opacity": String(Math.round(30 * (Math.abs(value) / most)) / 100),
      }) + text(left + 30, top + 23, format(value), { "text-anchor": "middle" })
    )
  })
  const heads = [
    text(56, 16, "x₁", MIDDLE),
    text(118, 16, "x₂", MIDDLE),
    text(12, 47, "x₁", MIDDLE),
    text(12, 85, "x₂", MIDDLE),
  ]
  const axis = ([a, b]: Point) => `(${format(a, 2)}, ${format(b, 2)})`
  const says = own.values.flatMap((value, i) => [
    text(164, 36 + 38 * i, `${i === 0 ? "main" : "other"} axis ${axis(own.vectors[i]!)}`, {
      class: "ex-note",
    }),
    text(164, 53 + 38 * i, `eigenvalue ${format(Math.max(0, value))}`, { class: "ex-note" }),
  ])
  return cells.join("") + heads.join("") + says.join("")
}

const MIDDLE = { class: "ex-axis", "text-anchor": "middle" }
const MAIN = { stroke: "var(--ink-2)", "stroke-width": "1.5", "stroke-dasharray": "6 4" }
const OTHER = { stroke: "var(--ink-3)", "stroke-width": "1", "stroke-dasharray": "2 4" }
