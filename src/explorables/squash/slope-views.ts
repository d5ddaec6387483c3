/** @file Two pictures of slopes: how they are spread over the units, and what their product leaves after each layer. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear, log } from "../lib/scale.ts"
import { clip, line, path, rect, text, trace } from "../lib/svg.ts"
import { FLAT, LAYERS, type State } from "./state.ts"

export const WIDTH = 320
export const SLOPES_HEIGHT = 148
export const DEPTH_HEIGHT = 250

const per = (share: number): string => `${format(100 * share, 2)} %`

const SLOPES: Inset = [30, 12, 40, 12]
const LOW = -0.2
const BIN = 0.05
const COUNT = 28

export function drawSlopes({ slope, share, flat, rms }: State): string {
  const x = linear([LOW, LOW + COUNT * BIN], [SLOPES[3], WIDTH - SLOPES[1]], 7)
  const bins = Array.from({ length: COUNT }, () => 0)
  for (const [i, s] of slope.entries()) {
    // A hair to the right, so that 0.05 itself is no longer flat.
    const k = Math.floor((s - LOW) / BIN + 1e-9)
    bins[Math.max(0, Math.min(COUNT - 1, k))] += share[i]!
  }
  const floor = SLOPES_HEIGHT - SLOPES[2]
  const most = Math.max(...bins)
  const drawn = bins.map((bin, k) => {
    const from = LOW + k * BIN
    const tall = (bin / most) * (floor - SLOPES[0] - 17)
    const dull = from >= -FLAT - 1e-9 && from < FLAT - 1e-9
    return tall < 0.3
      ? ""
      : rect(x(from) + 0.5, floor - tall, x(from + BIN) - x(from) - 1, tall, {
          fill: dull ? "var(--neg)" : "var(--seq-4)",
        })
  })
  const mark =
    line(x(rms), SLOPES[0], x(rms), floor, { stroke: "var(--grad)", "stroke-width": "2" }) +
    text(x(rms) + (rms > 0.7 ? -5 : 5), SLOPES[0] + 12, `r.m.s. ${format(rms)}`, {
      class: "ex-note ex-halo",
      "text-anchor": rms > 0.7 ? "end" : "start",
    })
  return (
    axes({
      width: WIDTH,
      height: SLOPES_HEIGHT,
      inset: SLOPES,
      x,
      xName: "slope g′(z)",
      yName: `share of the units; flat: ${per(flat)}`,
    }) +
    drawn.join("") +
    mark
  )
}

const DEPTH: Inset = [32, 14, 40, 46]
/** How far down the axis goes: the first that holds the whole of the typical fall, else the last. */
const FLOORS = [1e-4, 1e-8, 1e-16, 1e-28, 1e-48, 1e-80]

export function drawDepth({ paths, rms, layers }: State): string {
  const ends = [rms ** LAYERS, ...paths.map((path) => path.findLast((left) => left > 0)!)]
  const lowest = ends.reduce((a, b) => Math.min(a, b > 0 ? b : 1), 1)
  const bottom = FLOORS.find((floor) => floor < lowest) ?? FLOORS.at(-1)!
  const x = linear([0, LAYERS], [DEPTH[3], WIDTH - DEPTH[1]], 6)
  const y = log([bottom, 100], [DEPTH_HEIGHT - DEPTH[2], DEPTH[0]], 5)
  const at = (left: number, k: number): Point => [x(k), y(Math.max(left, bottom / 100))]
  const walked = paths.map((path) => {
    const dies = path.indexOf(0)
    const way = dies < 0 ? path : path.slice(0, dies)
    const points = way.map(at)
    const [ex, ey] = points.at(-1)!
    const cross = dies < 0 ? "" : `M${ex - 3} ${ey - 3}l6 6m0 -6l-6 6`
    return {
      now: points.slice(0, layers + 1),
      later: points.slice(layers),
      cross,
      dead: dies >= 0 && dies <= layers,
    }
  })
  const thin = { stroke: "var(--seq-5)", "stroke-width": "1" }
  const pale = { ...thin, "stroke-opacity": "0.3" }
  const crosses = walked.map(({ cross, dead }) => (dead ? cross : "")).join("")
  const mean = Array.from({ length: LAYERS + 1 }, (_, k) => at(rms ** k, k))
  return (
    axes({
      width: WIDTH,
      height: DEPTH_HEIGHT,
      inset: DEPTH,
      x,
      y,
      xName: "layers passed",
      yName: "what is left of a gradient of 1, log scale",
    }) +
    clip(
      WIDTH,
      DEPTH_HEIGHT,
      [DEPTH[0] - 4, DEPTH[1] - 6, DEPTH[2], DEPTH[3] - 4],
      path(walked.map(({ later }) => trace(later)).join(""), pale) +
        path(walked.map(({ now }) => trace(now)).join(""), thin) +
        (crosses ? path(crosses, { stroke: "var(--bad)", "stroke-width": "2" }) : "") +
        (rms > 0
          ? path(trace(mean), { stroke: "var(--grad)", "stroke-width": "2", "stroke-dasharray": "6 4" })
          : ""),
    ) +
    line(x(layers), DEPTH[0], x(layers), DEPTH_HEIGHT - DEPTH[2], {
      stroke: "var(--ink-2)",
      "stroke-dasharray": "2 3",
    })
  )
}
