/** @file One example through one unit, in numbers: what comes in, what goes out, and what is sent back. Knows no training. */
import { format } from "../lib/number.ts"
import { element, line, rect, text } from "../lib/svg.ts"
import { nameOf, subscript } from "./names.ts"
import { WIDTH } from "./plane-views.ts"
import type { State } from "./state.ts"

export const NUMBERS_HEIGHT = 250
const ROWS = 5
const END = { "text-anchor": "end" } as const
const COLUMNS = [86, 158, 232, 316] as const

const FORMULAS: Readonly<Record<string, string>> = {
  tanh: "tanh z",
  relu: "max(0, z)",
  sigmoid: "σ(z)",
  leaky: "max(0.01 z, z)",
  elu: "z, or eᶻ − 1 below 0",
  linear: "z",
}

/** The unit's inputs, by name, weight, product, and the gradient of the example's loss by the weight. */
export function terms({ shape, weights, example, focus: { layer, unit } }: State) {
  const { w, inputs } = weights[layer]!
  const delta = example.delta[layer]![unit]!
  return Array.from({ length: inputs }, (_, j) => {
    const value = example.h[layer]![j]!
    const weight = w[unit * inputs + j]!
    const name = layer === 0 ? nameOf(shape, { layer: -1, unit: j }) : `h${subscript(j + 1)}`
    return { j, name, value, weight, product: value * weight, gradient: delta * value }
  })
}

export function drawNumbers(state: State): string {
  const { shape, weights, example, focus, problem, muted } = state
  const { layer, unit } = focus
  const isOutput = layer === shape.layers.length - 1
  const z = example.z[layer]![unit]!
  const h = example.h[layer + 1]![unit]!
  const up = example.upstream[layer]![unit]!
  const delta = example.delta[layer]![unit]!
  const bias = weights[layer]!.b[unit]!
  const all = terms(state)
  const { input } = state.picked
  // The chosen one is among those that are shown.
  const last = Math.max(ROWS - 2, input)
  const shown = all.length > ROWS ? [...all.slice(0, ROWS - 2), all[last]!] : all
  const rest =
    all.reduce((sum, { product }) => sum + product, 0) - shown.reduce((sum, t) => sum + t.product, 0)
  const row = (y: number, cells: readonly string[], name: string, j?: number) => {
    const inner =
      text(4, y, name) + cells.map((cell, k) => (cell ? text(COLUMNS[k]!, y, cell, END) : "")).join("")
    if (j === undefined) return inner
    const look =
      j === input
        ? { fill: "var(--tint-predict)", stroke: "var(--handle)" }
        : { fill: "none", "pointer-events": "all" }
    const back = rect(0.5, y - 13, 238, 17, look)
    return element("g", { "data-set": "into", "data-value": String(j + 1) }, back + inner)
  }
  const grad = (y: number, value: number) =>
    text(COLUMNS[3], y, format(value), { ...END, style: "fill:var(--grad)" })
  const { x, y: py, label } = example.point
  const title = `${nameOf(shape, focus)[0]!.toUpperCase()}${nameOf(shape, focus).slice(1)} for the ringed point (${format(x)}, ${format(py)})`
  const parts = [
    text(4, 14, title, { class: "ex-axis" }),
    ["value", "× weight", "= product", "∂L/∂w"]
      .map((head, k) => text(COLUMNS[k]!, 37, head, { ...END, class: "ex-tick" }))
      .join(""),
    line(4, 43, 316, 43, { class: "ex-grid" }),
  ]
  let y = 60
  for (const { name, value, weight, product, gradient, j } of shown) {
    parts.push(row(y, [format(value), format(weight), format(product)], name, j), grad(y, gradient))
    y += 18
  }
  if (all.length > shown.length) {
    parts.push(row(y, ["", "", format(rest)], `and ${all.length - shown.length} more`))
    y += 18
  }
  parts.push(row(y, ["1", format(bias), format(bias)], "bias", -1), grad(y, delta))
  parts.push(line(4, y + 6, 316, y + 6, { class: "ex-grid" }))
  y += 24
  const { kind } = shape.layers[layer]!
  const s = isOutput ? "s" : "z"
  parts.push(element("g", {}, text(4, y, `${s} = ${format(z)}`)))
  if (isOutput) {
    const says = problem.reading(z)
    if (says) parts.push(text(110, y, says))
    parts.push(text(4, y + 20, `${problem.target(label)}, loss L = ${format(example.loss)}`))
    parts.push(
      text(4, y + 42, `back: ∂L/∂s = ${problem.slope} = ${format(delta)}`, { style: "fill:var(--grad)" }),
    )
  } else {
    parts.push(text(110, y, muted ? "muted: h = 0" : `h = ${FORMULAS[kind]} = ${format(h)}`))
    parts.push(
      text(4, y + 22, `back: ∂L/∂h = ${format(up)}, times g′(z) = ${format(up === 0 ? 0 : delta / up)}`, {
        style: "fill:var(--grad)",
      }),
    )
    parts.push(text(4, y + 42, `δ = ∂L/∂z = ${format(delta)}`, { style: "fill:var(--grad)" }))
  }
  return rect(0, 0, WIDTH, 0.1, { fill: "none" }) + parts.join("")
}
