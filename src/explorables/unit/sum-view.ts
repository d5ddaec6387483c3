/** @file The unit at hand as a sum: bias, then one product after the other, then z and what g makes of it. */
import type { Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear } from "../lib/scale.ts"
import { line, rect, text } from "../lib/svg.ts"
import { current, FUNCTIONS, type State, type Unit } from "./state.ts"

export const WIDTH = 320
const ROW = 25
export const HEIGHT = 6 * ROW + 22
const LEFT = 118
const RIGHT = 262

interface Row {
  name: string
  from: number
  to: number
  value: number
  sum?: true
}

/** The bars of the sum: each begins where the one before it ended. */
export function rowsOf({ layer, inputs, weights, products, bias, z, h }: Unit, g: string): Row[] {
  let at = 0
  const row = (name: string, value: number): Row => {
    const from = at
    at += value
    return { name, from, to: at, value }
  }
  return [
    row("bias", bias),
    ...products.map((p, j) => row(`${format(weights[j]!)} · ${around(inputs[j]!)}`, p)),
    { name: "z", from: 0, to: z, value: z, sum: true },
    { name: layer === 0 ? `h = ${g}(z)` : "s = z", from: 0, to: h, value: h, sum: true },
  ]
}

const around = (v: number): string => (v < 0 ? `(${format(v)})` : format(v))

export function drawSum(state: State): string {
  const unit = current(state)
  if (!unit) return text(WIDTH / 2, HEIGHT / 2, "no unit yet: take a step", { "text-anchor": "middle" })
  const rows = rowsOf(unit, FUNCTIONS[state.g].name)
  const ends = rows.flatMap(({ from, to }) => [from, to])
  const reach = Math.max(1, ...ends.map(Math.abs))
  const x = linear([-reach, reach], [LEFT, RIGHT], 4)
  const zero = line(x(0), 0, x(0), rows.length * ROW, { class: "ex-base" })
  const drawn = rows.map(({ name, from, to, value, sum }, i) => {
    const y = i * ROW + 4
    const [a, b]: Point = [x(Math.min(from, to)), x(Math.max(from, to))]
    return (
      text(LEFT - 10, y + 13, name, { "text-anchor": "end", ...(sum ? { "font-weight": "600" } : {}) }) +
      rect(a, y, Math.max(1, b - a), ROW - 8, {
        fill: value < 0 ? "var(--neg)" : "var(--pos)",
        ...(sum ? {} : { "fill-opacity": "0.6" }),
      }) +
      text(WIDTH - 2, y + 13, format(value), {
        "text-anchor": "end",
        ...(sum ? { "font-weight": "600" } : {}),
      })
    )
  })
  return zero + drawn.join("")
}
