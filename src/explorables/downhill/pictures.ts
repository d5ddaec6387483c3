/** @file The four pictures of Downhill: the map, the loss, the errors, the ruler of step sizes. */
import { axes } from "../lib/axes.ts"
import { contour, sample } from "../lib/contour.ts"
import type { Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear, log } from "../lib/scale.ts"
import { arrow, circle, clip, line, path, rect, text, trace } from "../lib/svg.ts"
import { factor } from "./rates.ts"
import { DONE, MAP, type State, UPDATES } from "./run.ts"
import { directionName } from "./surface.ts"

export const INSET = [12, 14, 40, 30] as const
const sx = linear(MAP, [INSET[3], 320 - INSET[1]], 4)
const sy = linear(MAP, [320 - INSET[2], INSET[0]], 4)
const at = ([x, y]: Point): Point => [sx(x), sy(y)]

/** The map: contour lines, the two directions of curvature, the whole run, and the step that comes next. */
export function drawPlane({ params, surface, run, step }: State): string {
  const field = sample(surface.f, MAP, MAP, 40)
  const [low, high] = field.range
  const levels = [0.82, 0.65, 0.5, 0.36, 0.24, 0.14, 0.06].map((share) => low + (high - low) * share ** 2)
  const lines = levels.map((level) =>
    path(contour(field, level, sx, sy), { class: "ex-contour", fill: undefined }),
  )
  const directions = surface.curvature.vectors.map(([ux, uy], i) => {
    const [p, q] = surface.minimum
    const [from, to] = [at([p - 12 * ux, q - 12 * uy]), at([p + 12 * ux, q + 12 * uy])]
    // The name stands where the line leaves the map on the left or at the bottom.
    const out = Math.min((p + 3.5) / Math.abs(ux), (q + (uy > 0 ? 3.5 : -3.5)) / uy || 99)
    const [x, y] = at([p - out * ux, q - out * uy])
    const name = text(x + 6, y - 6, directionName(surface, i), { class: "ex-note ex-halo" })
    return line(from[0], from[1], to[0], to[1], { class: "ex-direction" }) + name
  })
  const seen = run.map(at).filter(([x, y]) => Math.abs(x) < 9000 && Math.abs(y) < 9000)
  const dots = seen
    .slice(0, 60)
    .map(([x, y], i) => circle(x, y, 2.6, { class: i <= step ? "ex-iterate" : "ex-iterate ex-later" }))
  const [x, y] = run[step]!
  const [gx, gy] = surface.gradient(x, y)
  const here = at([x, y])
  const push = at([x - params.lr * gx, y - params.lr * gy])
  const [mx, my] = at(surface.minimum)
  const cross = `M${mx - 5} ${my}h10M${mx} ${my - 5}v10`
  const inner = [
    ...lines,
    ...directions,
    path(trace(seen), { class: "ex-run ex-later" }),
    path(trace(seen.slice(0, step + 1)), { class: "ex-run" }),
    ...dots,
    path(cross, { stroke: "var(--ink)", "stroke-width": "1.5" }),
    arrow(here[0], here[1], push[0], push[1], "var(--grad)", 2.5),
    circle(here[0], here[1], 5.5, { class: "ex-here" }),
  ].join("")
  const frame = axes({ width: 320, height: 320, inset: INSET, x: sx, y: sy, xName: "x₁" })
  return frame + text(2, 26, "x₂", { class: "ex-axis" }) + clip(320, 320, INSET, inner)
}

/** f after each update, on a log axis. */
export function drawLoss({ values, step, arrives }: State): string {
  const inset = [34, 14, 40, 44] as const
  const top = Math.min(1e8, Math.max(100, ...values.filter(Number.isFinite)))
  const low = 1e-8
  const x = linear([0, UPDATES], [inset[3], 320 - inset[1]], 5)
  const y = log([low, 10 ** Math.ceil(Math.log10(top))], [190 - inset[2], inset[0]], 5)
  const points = values.map((v, i): Point => [x(i), y(Math.max(low, v))])
  const inner =
    line(inset[3], y(DONE), 320, y(DONE), { class: "ex-goal" }) +
    path(trace(points), { class: "ex-run ex-later" }) +
    path(trace(points.slice(0, step + 1)), { class: "ex-run" })
  const below =
    values[step]! <= 0 ? text(52, y(1e-3), "f is not above 0: it has no logarithm", { class: "ex-note" }) : ""
  const goal = arrives !== undefined && arrives <= UPDATES ? `under 10⁻⁶ at ${arrives}` : ""
  return (
    axes({ width: 320, height: 190, inset, x, y, xName: "update", yName: "f, log scale" }) +
    clip(320, 190, inset, inner) +
    circle(...points[step]!, 5.5, { class: "ex-here" }) +
    below +
    (goal ? text(312, y(DONE) - 6, goal, { class: "ex-note", "text-anchor": "end" }) : "")
  )
}

/** The error along the flat and the steep direction, update by update; a changed side is a flipped stem. */
export function drawErrors({ surface, params, errors, step }: State): string {
  const left = 30
  const shown = 30
  const x = linear([0, shown], [left, 306], 6)
  const row = (i: 0 | 1, top: number): string => {
    const y = linear([-1.3, 1.3], [top + 84, top + 18], 2)
    const lambda = surface.curvature.values[i]
    const f = factor(lambda, params.lr, params.beta)
    const name = `${directionName(surface, i)}: λ = ${format(lambda)}, × ${format(f)} an update`
    const stems = errors[i].slice(0, shown + 1).map((e, t) => {
      const end = y(Math.max(-1.3, Math.min(1.3, e)))
      const look = `${e < 0 ? "ex-neg" : "ex-pos"}${t > step ? " ex-later" : ""}`
      return line(x(t), y(0), x(t), end, { class: `ex-stem ${look}` }) + circle(x(t), end, 3, { class: look })
    })
    return (
      text(4, top + 11, name, { class: "ex-axis" }) +
      text(left - 6, y(1) + 4, "1", { class: "ex-tick", "text-anchor": "end" }) +
      text(left - 6, y(0) + 4, "0", { class: "ex-tick", "text-anchor": "end" }) +
      text(left - 6, y(-1) + 4, "−1", { class: "ex-tick", "text-anchor": "end" }) +
      line(left, y(1), 310, y(1), { class: "ex-grid" }) +
      line(left, y(-1), 310, y(-1), { class: "ex-grid" }) +
      line(left, y(0), 310, y(0), { class: "ex-base" }) +
      stems.join("")
    )
  }
  const ticks = x.ticks.map((t) => text(x(t), 202, String(t), { class: "ex-tick", "text-anchor": "middle" }))
  return (
    row(1, 2) +
    row(0, 94) +
    ticks.join("") +
    text(306, 217, "update", { class: "ex-axis", "text-anchor": "end" })
  )
}

/** All step sizes on one ruler: where they are slow, best, ringing and diverging, and the one in use. */
export function drawRuler({ params, zones: z }: State): string {
  if (!z)
    return text(160, 50, "No step size is safe: there is no minimum.", {
      class: "ex-note",
      "text-anchor": "middle",
    })
  const end = Math.max(1.35 * z.limit, 1.06 * params.lr)
  const x = linear([0, end], [12, 308], 6)
  const zone = (from: number, to: number, name: string, row: number, fill: string) =>
    rect(x(from), 40, x(to) - x(from) - 1, 16, { fill: `var(--${fill})` }) +
    line((x(from) + x(to)) / 2, 16 + 14 * row, (x(from) + x(to)) / 2, 40, { class: "ex-grid" }) +
    text((x(from) + x(to)) / 2, 13 + 14 * row, name, { class: "ex-note", "text-anchor": "middle" })
  const needle = x(params.lr)
  return (
    zone(0, z.good[0], "slow", 1, "seq-2") +
    zone(z.good[0], z.good[1], "best", 0, "good") +
    zone(z.good[1], z.limit, "ringing", 1, "warn") +
    zone(z.limit, end, "diverging", 0, "bad") +
    x.ticks.map((t) => text(x(t), 75, x.label(t), { class: "ex-tick", "text-anchor": "middle" })).join("") +
    line(needle, 35, needle, 61, { stroke: "var(--handle)", "stroke-width": "3" }) +
    circle(needle, 35, 5, { fill: "var(--handle)" }) +
    text(308, 91, `limit 2${params.beta > 0 ? " (1 + β)" : ""} / steepest curvature = ${format(z.limit)}`, {
      class: "ex-axis",
      "text-anchor": "end",
    })
  )
}
