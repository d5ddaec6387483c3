/** @file The price lists over the margin with every point on one of them, and the price tags side by side. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear } from "../lib/scale.ts"
import { circle, classMark, clip, line, path, rect, text, trace } from "../lib/svg.ts"
import { LOSSES, type Loss, PRICE } from "./fit.ts"
import type { State } from "./state.ts"
import { NAMES } from "./tell.ts"

export const WIDTH = 320
export const HEIGHT = 214
const INSET: Inset = [30, 12, 40, 30]
const [LOW, HIGH] = [-4, 6]
const TOP = 6
const x = linear([LOW, HIGH], [INSET[3], WIDTH - INSET[1]], 5)
const y = linear([0, TOP], [HEIGHT - INSET[2], INSET[0]], 3)
const within = (v: number, low: number, high: number) => Math.min(high, Math.max(low, v))

const CURVES: Readonly<Record<Loss, string>> = Object.fromEntries(
  LOSSES.map((loss) => {
    const corners = loss === "zero-one" ? [LOW, 0, 1e-9, HIGH] : loss === "hinge" ? [LOW, 1, HIGH] : undefined
    const grid = corners ?? Array.from({ length: 41 }, (_, i) => LOW + ((HIGH - LOW) * i) / 40)
    return [loss, trace(grid.map((m): Point => [x(m), y(PRICE[loss](m))]))]
  }),
) as Record<Loss, string>

/** Every point at its margin on the curve of the loss in focus. What lies beyond the picture waits at its edge. */
export function drawPrices({ points, by, loss }: State): string {
  const { margins } = by[loss]
  const others = LOSSES.filter((name) => name !== loss).map((name) =>
    path(CURVES[name], { class: "ex-run ex-later" }),
  )
  const marks = points.map((p, i) => {
    const m = margins[i]
    const place: Point = [x(within(m, LOW, HIGH)), y(within(PRICE[loss](m), 0, TOP))]
    return i < points.length - 1
      ? classMark(...place, p.label, 4)
      : circle(...place, 7.5, { fill: "var(--handle)", stroke: "var(--surface)", "stroke-width": "1.5" })
  })
  const frame = axes({
    width: WIDTH,
    height: HEIGHT,
    inset: INSET,
    x,
    y,
    xName: "margin under this loss",
    yName: `price: ${NAMES[loss]}; pale: the others`,
  })
  return (
    frame +
    line(x(0), INSET[0], x(0), HEIGHT - INSET[2], { class: "ex-base" }) +
    clip(WIDTH, HEIGHT, INSET, others.join("") + path(CURVES[loss], { class: "ex-run" })) +
    marks.join("")
  )
}

export const TAGS_HEIGHT = 120
const BASE = TAGS_HEIGHT - 24

/** One column a point, as high as what it pays; the example stands last. */
export function drawTags({ points, by, loss, out }: State): string {
  const { prices } = by[loss]
  const top = Math.max(1, ...prices)
  const step = (WIDTH - 8) / points.length
  const columns = prices.map((price, i) => {
    const height = ((BASE - 22) * price) / top
    const left = 4 + i * step
    const own = i === points.length - 1
    const fill = own ? "var(--handle)" : points[i].label === 1 ? "var(--class-1)" : "var(--class-2)"
    const bar =
      height > 0
        ? rect(left + 3, BASE - height, step - 6, height, {
            fill,
            ...(own && out ? { "fill-opacity": "0.35" } : {}),
          })
        : ""
    const worth = price >= 0.2 * top || own
    const tag = worth
      ? text(left + step / 2, BASE - height - 5, format(price, 2), {
          class: "ex-note",
          "text-anchor": "middle",
          "font-size": "12",
        })
      : ""
    return bar + tag + classMark(left + step / 2, BASE + 13, points[i].label, 4)
  })
  return columns.join("") + line(4, BASE, WIDTH - 4, BASE, { class: "ex-base" })
}
