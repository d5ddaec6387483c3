/** @file The number of mistakes so far, example by example, against the bound that no run can pass. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { count, format } from "../lib/number.ts"
import { linear } from "../lib/scale.ts"
import { circle, line, path, text, trace } from "../lib/svg.ts"
import type { State } from "./run.ts"

export const WIDTH = 320
export const HEIGHT = 180
const INSET: Inset = [30, 14, 42, 40]

export function drawCount({ visits, step, mistakes, bound }: State): string {
  let sum = 0
  const steps: Point[] = [[0, 0], ...visits.map((v, i): Point => [i + 1, (sum += v.mistake ? 1 : 0)])]
  const most = Math.max(4, sum)
  const shown = bound !== undefined && bound <= 5 * most
  const x = linear([0, Math.max(4, visits.length)], [INSET[3], WIDTH - INSET[1]], 5)
  const y = linear([0, shown ? Math.max(bound, most) * 1.08 : most * 1.3], [HEIGHT - INSET[2], INSET[0]], 4)
  const stairs = (upTo: number) =>
    trace(
      steps.slice(0, upTo + 1).flatMap(([i, n], k): Point[] => {
        const corner: Point[] = k === 0 ? [] : [[x(i), y(steps[k - 1][1])]]
        return [...corner, [x(i), y(n)]]
      }),
    )
  const limit =
    bound === undefined
      ? text(WIDTH - 14, INSET[0] + 12, "no line separates: no bound", END)
      : shown
        ? line(INSET[3], y(bound), WIDTH - INSET[1], y(bound), BOUND) +
          text(WIDTH - 14, y(bound) - 5, `bound ${format(Math.floor(bound + 1e-9), 6)}`, END)
        : text(WIDTH - 14, INSET[0] + 12, `bound ${format(Math.floor(bound + 1e-9), 6)}, far above ↑`, END)
  const frame = {
    width: WIDTH,
    height: HEIGHT,
    inset: INSET,
    x,
    y,
    xName: "examples seen",
    yName: "mistakes so far",
  }
  return (
    axes(frame) +
    path(stairs(visits.length), { stroke: "var(--ink-3)", "stroke-dasharray": "2 3" }) +
    path(stairs(step), { stroke: "var(--ink)", "stroke-width": "2" }) +
    circle(x(step), y(mistakes), 5, { fill: "var(--ink)" }) +
    limit
  )
}

/** "at most 51 mistakes": the bound as a whole number, since mistakes are counted. */
export function atMost(bound: number): string {
  return `at most ${count(Math.floor(bound + 1e-9), "mistake")}`
}

const END = { class: "ex-note", "text-anchor": "end" }
const BOUND = { stroke: "var(--bad)", "stroke-width": "1.5", "stroke-dasharray": "6 4" }
