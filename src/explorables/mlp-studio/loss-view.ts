/** @file The two losses, step by step up to the present one. Knows no network. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear } from "../lib/scale.ts"
import { circle, path, text, trace } from "../lib/svg.ts"
import { WIDTH } from "./plane-views.ts"
import type { State } from "./state.ts"

export const LOSS_HEIGHT = 176
const INSET: Inset = [30, 12, 38, 40]
const ENDS = [20, 50, 100, 200, 500, 1000, 2000]
/** Points of a curve: as many as can be seen. */
const MOST = 30

export function drawLoss({ run, step, settings, losses }: State): string {
  const last = ENDS.find((end) => end >= step) ?? ENDS.at(-1)!
  const to = Math.min(step, run.trainLosses.length - 1)
  const steps = Array.from({ length: Math.min(to, MOST) + 1 }, (_, i) =>
    to <= MOST ? i : Math.round((i * to) / MOST),
  )
  const curves = losses.held === undefined ? [run.trainLosses] : [run.heldLosses, run.trainLosses]
  const most = Math.max(...curves.flatMap((curve) => steps.map((t) => curve[t]!)))
  const [top, right, bottom, left] = INSET
  const x = linear([0, last], [left, WIDTH - right], 4)
  const y = linear([0, most || 1], [LOSS_HEIGHT - bottom, top], 3)
  const draw = (curve: readonly number[], look: Record<string, string>) =>
    path(trace(steps.map((t): Point => [x(t), y(curve[t]!)])), { "stroke-width": "2", ...look })
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
    draw(run.trainLosses, { stroke: "var(--ink)" }) +
    circle(x(to), y(train), 4, { class: "ex-here" }) +
    text(
      4,
      14,
      `training ${format(train)} (solid)${held === undefined ? "" : `, held out ${format(held)} (dashed)`}`,
      { class: "ex-axis" },
    )
  )
}
