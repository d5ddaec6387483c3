/** @file The network as a drawing: inputs, units and constants, with the lines that lead into the unit at hand. */
import type { Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { circle, line, rect, text } from "../lib/svg.ts"
import { short } from "./numerals.ts"
import { current, type State } from "./state.ts"

export const WIDTH = 320
export const HEIGHT = 284
const COLUMNS = [46, 160, 274] as const
const R = 21
const TOP = 64
const GAP = 66
const BIAS_Y = 20

/** Inputs stand between the lines of the units. */
const place = (column: 0 | 1 | 2, index: number): Point => [
  COLUMNS[column],
  TOP + 24 + (column === 0 ? index + 0.5 : index) * GAP,
]

const MIDDLE = { "text-anchor": "middle" } as const
const NAMES = ["x₁", "x₂"]
const SUB = ["₁", "₂", "₃"]

export function drawNetwork(state: State): string {
  const unit = current(state)
  const lines: string[] = []
  const labels: string[] = []
  for (const [k, { layer, index, weights, bias }] of state.units.entries()) {
    const own = k === state.done - 1
    const [x, y] = place(layer === 0 ? 1 : 2, index)
    const look = own
      ? { stroke: "var(--param)", "stroke-width": "2.5" }
      : { stroke: "var(--hair)", "stroke-width": "1" }
    const from: Point[] = [[COLUMNS[layer], BIAS_Y + 9], ...weights.map((_, j) => place(layer, j))]
    for (const [j, [fx, fy]] of from.entries()) {
      const part = line(fx, fy, x, y, look)
      if (own) {
        lines.push(part)
        // The weights stand apart, each near the beginning of its line.
        const at = 0.36
        labels.push(
          text(fx + (x - fx) * at, fy + (y - fy) * at + 4, format(j === 0 ? bias : weights[j - 1]!), {
            ...MIDDLE,
            class: "ex-note ex-halo",
            // Wide enough that no line shows above a decimal point.
            style: "stroke-width: 8px; stroke-linejoin: round",
          }),
        )
      } else lines.unshift(part)
    }
  }
  const ones = [0, 1].map(
    (column) =>
      rect(COLUMNS[column]! - 12, BIAS_Y - 12, 24, 22, { fill: "var(--sunken)", stroke: "var(--ink-2)" }) +
      text(COLUMNS[column]!, BIAS_Y + 4, "1", MIDDLE),
  )
  const node = (column: 0 | 1 | 2, index: number, name: string, value: string, mark: boolean) => {
    const [x, y] = place(column, index)
    return (
      circle(x, y, R, {
        fill: "var(--surface)",
        stroke: mark ? "var(--handle)" : "var(--ink-2)",
        "stroke-width": mark ? "3" : "1.25",
      }) +
      text(x, y + 5, value, MIDDLE) +
      text(x, y + R + 15, name, { ...MIDDLE, class: "ex-tick" })
    )
  }
  const inputs = state.units[0]!.inputs.map((v, j) => node(0, j, NAMES[j]!, format(v), false))
  const units = state.units.map((u, k) =>
    node(
      u.layer === 0 ? 1 : 2,
      u.index,
      `${u.layer === 0 ? "h" : "s"}${SUB[u.index]}`,
      k < state.done ? short(u.h) : "?",
      u === unit,
    ),
  )
  return [...lines, ...ones, ...inputs, ...units, ...labels].join("")
}
