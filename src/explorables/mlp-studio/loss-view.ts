/** @file The two losses, step by step up to the present one. Knows no network. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear } from "../lib/scale.ts"
import { circle, path, text, trace } from "../lib/svg.ts"
import { otherOf } from "./compare.ts"
import { WIDTH } from "./plane-views.ts"
import type { State } from "./state.ts"

export const LOSS_HEIGHT = 176
const INSET: Inset = [30, 12, 38, 40]
const ENDS = [20, 50, 100, 200, 500, 1000, 2000]
/** Points of a curve: as many as can be seen. */
const MOST = 30
/** Steps of the kept curve that fit into the picture. */
const LONGEST = ENDS.at(-1)! + 1

/** Steps up to one, so many that a curve through them is as good as through all. */
function sampled(to: number): number[] {
  return Array.from({ length: Math.min(to, MOST) + 1 }, (_, i) =>
    to <= MOST ? i : Math.round((i * to) / MOST),
  )
}

export function drawLoss({ run, step, settings, losses }: State): string {
  const a = otherOf(settings.a, step)?.run
  const to = Math.min(step, run.trainLosses.length - 1)
  const toA = Math.min(a?.trainLosses.length ?? 1, LONGEST) - 1
  const last = ENDS.find((end) => end >= Math.max(step, toA)) ?? ENDS.at(-1)!
  const curves = losses.held === undefined ? [run.trainLosses] : [run.heldLosses, run.trainLosses]
  const most = Math.max(
    ...curves.flatMap((curve) => sampled(to).map((t) => curve[t]!)),
    ...(a ? sampled(toA).map((t) => a.trainLosses[t]!) : []),
  )
  const [top, right, bottom, left] = INSET
  const x = linear([0, last], [left, WIDTH - right], 4)
  const y = linear([0, most || 1], [LOSS_HEIGHT - bottom, top], 3)
  const draw = (curve: readonly number[], look: Record<string, string>, end = to) =>
    path(trace(sampled(end).map((t): Point => [x(t), y(curve[t]!)])), { "stroke-width": "2", ...look })
  const { train, held } = losses
  return (
    axes({
      width: WIDTH,
      height: LOSS_HEIGHT,
      inset: INSET,
      x,
      y,
      xName: settings.grain === "batch" ? "update" : "epoch",
    }) +
    (held === undefined
      ? ""
      : draw(run.heldLosses, { stroke: "var(--ink-2)", "stroke-dasharray": "6 4" }) +
        circle(x(to), y(held), 3, { fill: "var(--ink-2)" })) +
    (a
      ? draw(a.trainLosses, { stroke: "var(--handle)" }, toA) +
        named("A", x(toA), y(a.trainLosses[toA]!), a.trainLosses[toA]! >= train, "var(--handle)") +
        named("B", x(to), y(train), a.trainLosses[toA]! < train, "var(--ink)")
      : "") +
    draw(run.trainLosses, { stroke: "var(--ink)" }) +
    circle(x(to), y(train), 4, { class: "ex-here" }) +
    text(
      4,
      14,
      `${a ? `A ${format(a.trainLosses[toA]!)} (violet), B` : "training"} ${format(train)} (solid)${held === undefined ? "" : `, held out ${format(held)} (dashed)`}`,
      { class: "ex-axis" },
    )
  )
}

/** The name of a curve above its end; the lower one of two stands further to the left. */
function named(name: string, x: number, y: number, upper: boolean, fill: string): string {
  const look = `fill:${fill};font-weight:600`
  const at = Math.max(y - 7, INSET[0] + 8)
  return text(x - (upper ? 4 : 20), at, name, { class: "ex-halo", "text-anchor": "end", style: look })
}
