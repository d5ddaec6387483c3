/** @file The plot of a sketch: axes, the reader's heights, the true curve, as SVG text. Knows no answer and no judge. */

import { axes } from "./axes.ts"
import type { Point, View } from "./explorable.ts"
import { linear, type Scale } from "./scale.ts"
import { circle, path, trace } from "./svg.ts"

interface Axis {
  label: string
  from: number
  to: number
  step: number
}

/** What the page knows of a sketch: its axes, and the places along x where a height is set ("point": anywhere). */
export interface SketchPlot {
  x: Axis
  y: Axis
  at: number[] | "point"
}

const [width, height] = [320, 240]
const inset = [30, 12, 40, 40] as const

/** The plot as a view, so that the book's handles can be laid over it. */
export function sketchView(plot: SketchPlot): View<unknown> {
  const [x, y] = scalesOf(plot)
  return {
    title: `${plot.y.label} by ${plot.x.label}`,
    width,
    height,
    scale: { x: [plot.x.from, plot.x.to], y: [plot.y.from, plot.y.to], inset },
    draw: () => axes({ width, height, inset, x, y, xName: plot.x.label, yName: plot.y.label }),
  }
}

function scalesOf({ x, y }: SketchPlot): [Scale, Scale] {
  const [top, right, bottom, left] = inset
  return [linear([x.from, x.to], [left, width - right]), linear([y.from, y.to], [height - bottom, top])]
}

/** The points that the reader has set so far, joined from left to right. */
export function drawMine(plot: SketchPlot, points: readonly Point[]): string {
  const [x, y] = scalesOf(plot)
  const spots = points.map(([px, py]): [number, number] => [x(px), y(py)])
  const line = spots.length > 1 ? path(trace(spots), { stroke: "var(--handle)", "stroke-width": "2" }) : ""
  const dots = spots.map(([cx, cy]) => circle(cx, cy, 5, { fill: "var(--handle)", stroke: "var(--outline)" }))
  return line + dots.join("")
}

/** The true curve, dashed, or the true point as a ring: not told by colour alone. */
export function drawTruth(plot: SketchPlot, points: readonly Point[]): string {
  const [x, y] = scalesOf(plot)
  const spots = points.map(([px, py]): [number, number] => [x(px), y(py)])
  const look = { stroke: "var(--good)", "stroke-width": "2.5", "stroke-dasharray": "6 3" }
  if (spots.length === 1) return circle(spots[0][0], spots[0][1], 8, { fill: "none", ...look })
  return path(trace(spots), look)
}
