/** @file The plane of the points with one loss's line, and all four lines as small multiples. Knows no words but names. */
import { axes } from "../lib/axes.ts"
import type { Inset, LabelledPoint, Point } from "../lib/explorable.ts"
import { linear, type Scale } from "../lib/scale.ts"
import { circle, classMark, clip, element, line, rect, text } from "../lib/svg.ts"
import { type Line, LOSSES, type Loss } from "./fit.ts"
import { PLANE, type State } from "./state.ts"
import { degrees, NAMES } from "./tell.ts"

export const WIDTH = 320
export const HEIGHT = 332
export const INSET: Inset = [26, 12, 36, 30]
const x = linear(PLANE, [INSET[3], WIDTH - INSET[1]], 5)
const y = linear(PLANE, [HEIGHT - INSET[2], INSET[0]], 5)

const NOW = { stroke: "var(--ink)", "stroke-width": "2" }
const BEFORE = { stroke: "var(--ink-3)", "stroke-dasharray": "5 4" }
const BAND = { stroke: "var(--param)", "stroke-dasharray": "2 3", "stroke-width": "1.5" }

/** Where the score has this value, beyond the edges of the plane on both sides; nothing if it is the same everywhere. */
function level([w1, w2, b]: Line, value: number, sx: Scale, sy: Scale, look: Record<string, string>): string {
  const length = Math.hypot(w1, w2)
  if (length < 1e-9) return ""
  const [fx, fy] = [(w1 * (value - b)) / length ** 2, (w2 * (value - b)) / length ** 2]
  const far = 20
  const [dx, dy] = [(-w2 * far) / length, (w1 * far) / length]
  return line(sx(fx - dx), sy(fy - dy), sx(fx + dx), sy(fy + dy), look)
}

/** The line of the loss in focus, where its margin is 1, the line without the example, and all points. */
export function drawPlane({ points, by, loss, out }: State): string {
  const { line: w, without, margins } = by[loss]
  const example = points.at(-1)!
  const here: Point = [x(example.x), y(example.y)]
  const marks = points.slice(0, -1).map((p, i) => {
    const wrong = margins[i] <= 0 ? circle(x(p.x), y(p.y), 10, { fill: "none", stroke: "var(--bad)" }) : ""
    return wrong + classMark(x(p.x), y(p.y), p.label)
  })
  const inner = [
    ...(loss === "zero-one" ? [] : [level(w, 1, x, y, BAND), level(w, -1, x, y, BAND)]),
    out ? "" : level(without, 0, x, y, BEFORE),
    level(w, 0, x, y, NOW),
    ...marks,
    classMark(...here, example.label, 13, out ? { "fill-opacity": "0.35" } : {}),
  ]
  const frame = { width: WIDTH, height: HEIGHT, inset: INSET, x, y, xName: "x₁", yName: "x₂" }
  return axes(frame) + clip(WIDTH, HEIGHT, INSET, inner.join(""))
}

const SMALL = 152
const HEAD = 20
const GAP = WIDTH - 2 * SMALL
export const FOUR_HEIGHT = 2 * (SMALL + HEAD) + 6

/** Four small planes: the line now, the line without the example, and by how much it has turned. */
export function drawFour(state: State): string {
  return LOSSES.map((loss, i) =>
    small(state, loss, (i % 2) * (SMALL + GAP), i < 2 ? 0 : SMALL + HEAD + 4),
  ).join("")
}

function small({ points, by, loss: focus, out }: State, loss: Loss, left: number, top: number): string {
  const { line: w, without, turn, mistakes } = by[loss]
  const sx = linear(PLANE, [left, left + SMALL])
  const sy = linear(PLANE, [top + HEAD + SMALL, top + HEAD])
  const dot = (p: LabelledPoint, i: number) =>
    i < points.length - 1
      ? classMark(sx(p.x), sy(p.y), p.label, 2.5, { "stroke-width": "0.5" })
      : circle(sx(p.x), sy(p.y), 4, { fill: "var(--handle)", ...(out ? { "fill-opacity": "0.35" } : {}) })
  const inner = [out ? "" : level(without, 0, sx, sy, BEFORE), level(w, 0, sx, sy, NOW), ...points.map(dot)]
  const cut = element(
    "svg",
    {
      x: left,
      y: top + HEAD,
      width: SMALL,
      height: SMALL,
      viewBox: `${left} ${top + HEAD} ${SMALL} ${SMALL}`,
    },
    inner.join(""),
  )
  const edge = loss === focus ? { stroke: "var(--ink)", "stroke-width": "2" } : { stroke: "var(--hair)" }
  return (
    text(left + 2, top + 14, NAMES[loss], loss === focus ? { "font-weight": "600" } : {}) +
    text(left + SMALL - 2, top + 14, `${degrees(turn)}, ${mistakes} wrong`, {
      class: "ex-note",
      "text-anchor": "end",
    }) +
    cut +
    rect(left, top + HEAD, SMALL, SMALL, { fill: "none", ...edge })
  )
}
