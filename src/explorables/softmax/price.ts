/** @file The price of a probability: the curve −log p with the true class on it, and the same in nats to compare. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { linear } from "../lib/scale.ts"
import { circle, clip, line, path, text, trace } from "../lib/svg.ts"
import { number } from "./numerals.ts"
import { CLASSES, healthy, type State, UNITS } from "./state.ts"

export const WIDTH = 320
export const HEIGHT = 206
const INSET: Inset = [30, 16, 40, 30]
const HIGHEST = 7
const x = linear([0, 1], [INSET[3], WIDTH - INSET[1]])
const y = linear([0, HIGHEST], [HEIGHT - INSET[2], INSET[0]], 7)

/** The curve is steep at first: its points stand closer there. */
const GRID = Array.from({ length: 120 }, (_, i) => ((i + 1) / 120) ** 5)
const curve = (base: number) =>
  trace(GRID.map((p): Point => [x(p), y(Math.min(3 * HIGHEST, -Math.log(p) / Math.log(base)))]))

export function drawPrice(state: State): string {
  const { unit, truth, price, p } = state
  const { base, name, log } = UNITS[unit]
  const nats = unit === "nats" ? "" : path(curve(Math.E), { class: "ex-run ex-later" })
  const frame = axes({
    width: WIDTH,
    height: HEIGHT,
    inset: INSET,
    x,
    y,
    xName: `p of the true class, ${CLASSES[truth]}`,
    yName: `−${log} p${unit === "nats" ? "" : "; pale: −ln p"}`,
  })
  return (
    frame +
    clip(WIDTH, HEIGHT, INSET, nats + path(curve(base), { class: "ex-run" })) +
    (healthy(state) ? mark(p[truth]!, price, name) : lost(price))
  )
}

const GUIDE = { stroke: "var(--ink-3)", "stroke-dasharray": "3 3" }

/** The point, its way to both axes, and what it costs. Above the picture it waits at the edge. */
function mark(p: number, price: number, name: string): string {
  const above = price > HIGHEST
  const [px, py] = [x(p), y(Math.min(HIGHEST, price))]
  const words = `${above ? "↑ " : ""}${number(price, 4)} ${name}`
  const left = p < 0.6
  return (
    line(INSET[3], py, px, py, GUIDE) +
    line(px, py, px, y(0), GUIDE) +
    circle(px, py, 5.5, { class: "ex-here" }) +
    // Near an edge the words give way: down at the top, to the left at the right.
    text(left ? px + 12 : Math.min(px, WIDTH - 62), py + (left ? (price > 6 ? 5 : -6) : -12), words, {
      class: "ex-halo",
      "font-weight": "600",
      "text-anchor": left ? "start" : "middle",
    })
  )
}

function lost(price: number): string {
  return text(WIDTH / 2, y(HIGHEST / 2), `The loss is ${number(price)}`, {
    style: "fill:var(--bad)",
    "text-anchor": "middle",
  })
}
