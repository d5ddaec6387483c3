/** @file All mixtures of three classes as a triangle: the path of the temperature and the way to the truth. */
import type { Point } from "../lib/explorable.ts"
import { arrow, circle, path, text, trace } from "../lib/svg.ts"
import { CLASSES, healthy, type State } from "./state.ts"

export const WIDTH = 320
export const HEIGHT = 226
/** Where each class is certain: cat at the left, car at the right, frog at the top. */
const CORNERS: readonly Point[] = [
  [48, 204],
  [272, 204],
  [160, 20],
]
const NAMES = [
  { x: 48, y: 222, "text-anchor": "middle" },
  { x: 272, y: 222, "text-anchor": "middle" },
  { x: 172, y: 22, "text-anchor": "start" },
] as const

const at = (p: readonly number[]): Point => [
  CORNERS.reduce((sum, [x], k) => sum + x * p[k]!, 0),
  CORNERS.reduce((sum, [, y], k) => sum + y * p[k]!, 0),
]

export function drawTriangle(state: State): string {
  const { p, truth, path: walk } = state
  const [cx, cy] = at([1 / 3, 1 / 3, 1 / 3])
  const names = NAMES.map(({ x, y, ...look }, k) =>
    text(x, y, `${k === truth ? "✓ " : ""}${CLASSES[k]}`, {
      ...look,
      ...(k === truth ? { "font-weight": "600" } : {}),
    }),
  )
  const field =
    path(`${trace(CORNERS)}Z`, { class: "ex-base", fill: "var(--sunken)" }) +
    path(trace(walk.map(at)), { stroke: "var(--seq-5)", "stroke-width": "2.5" }) +
    path(`M${cx - 4} ${cy}h8M${cx} ${cy - 4}v8`, { stroke: "var(--ink-2)", "stroke-width": "1.5" }) +
    text(cx, cy - 9, "hot", { class: "ex-note ex-halo", "text-anchor": "middle" }) +
    names.join("")
  if (!healthy(state)) return field + text(4, 16, "no point: p is NaN", { style: "fill:var(--bad)" })
  const [x, y] = at(p)
  const [gx, gy] = CORNERS[truth]!
  return field + arrow(x, y, gx, gy, "var(--grad)", 2.5) + circle(x, y, 5.5, { class: "ex-here" })
}
