/** @file Fifteen points, one of which the reader moves, and the four lines with it and without it. Draws and words nothing. */
import type { LabelledPoint, Point, Range } from "../lib/explorable.ts"
import { type Example, fitLine, type Line, LOSSES, type Loss, margin, PRICE } from "./fit.ts"

export const PLANE: Range = [-5, 5]

const at = (label: 1 | -1, places: readonly Point[]): LabelledPoint[] =>
  places.map(([x, y]) => ({ x, y, label }))

/** The points that stay where they are. */
export const OTHERS: readonly LabelledPoint[] = [
  ...at(1, [
    [0.7, 1.6],
    [1.5, 1.1],
    [0.6, 0.6],
    [2.2, 0.2],
    [1.1, -0.4],
    [0.3, -1.3],
    [1.9, -1.5],
  ]),
  ...at(-1, [
    [-1.3, 1.7],
    [-0.5, 0.9],
    [-1.8, 0.5],
    [-0.7, -0.1],
    [-2.1, -0.6],
    [-0.8, -1.3],
    [-1.6, -1.8],
  ]),
]

export interface Settings {
  example: Point
  label: string
  loss: string
  weight: number
  out: boolean
}

/** One loss's line, and what it charges. */
export interface Fitted {
  line: Line
  /** The line of the same points without the example. */
  without: Line
  /** From the line without the example to the one with it, in degrees, anticlockwise. */
  turn: number
  /** Of all points, the example last. */
  margins: number[]
  /** What each point costs, times its weight. */
  prices: number[]
  /** The part of the whole price that the example pays; undefined where nothing is charged. */
  share: number | undefined
  mistakes: number
}

export interface State {
  points: readonly LabelledPoint[]
  /** The same without the example if it is left out. */
  out: boolean
  weight: number
  loss: Loss
  by: Readonly<Record<Loss, Fitted>>
}

export function model({ example: [x, y], label, loss, weight, out }: Settings): State {
  const points = [...OTHERS, { x, y, label: label === "+1" ? 1 : -1 } as LabelledPoint]
  const all = points.map((p): Example => ({ ...p, weight: p.label === 1 ? 1 : weight }))
  const others = all.slice(0, -1)
  const by = Object.fromEntries(
    LOSSES.map((name) => {
      const without = fitLine(name, others)
      const line = out ? without : fitLine(name, all)
      const margins = all.map((e) => margin(line, e))
      const prices = all.map((e, i) => e.weight * PRICE[name](margins[i]))
      const total = prices.reduce((a, b) => a + b, 0)
      const mistakes = margins.filter((m) => m <= 0).length
      const share = total > 1e-9 ? prices.at(-1)! / total : undefined
      return [name, { line, without, turn: turned(without, line), margins, prices, share, mistakes }]
    }),
  ) as Record<Loss, Fitted>
  return { points, out, weight, loss: loss as Loss, by }
}

/** Degrees from one line's normal to the other's, from −180 to 180, anticlockwise. */
function turned([a1, a2]: Line, [b1, b2]: Line): number {
  const angle = (Math.atan2(a1 * b2 - a2 * b1, a1 * b1 + a2 * b2) * 180) / Math.PI
  return Math.abs(angle) < 0.05 ? 0 : angle
}
