/** @file The layer at hand as a matrix product in one of three notations; what the unit reads is marked. */
import { rect, text } from "../lib/svg.ts"
import { short } from "./numerals.ts"
import { current, LAYERS, type State } from "./state.ts"

export const WIDTH = 320
export const HEIGHT = 160
const W = 39
const H = 23
const TOP = 30

interface Block {
  name: string
  cells: readonly (readonly string[])[]
  /** Is the cell in this row and column read, or made, by the unit at hand? */
  marked: (row: number, column: number) => boolean
  /** Sign before the block. */
  sign?: string
}

const column = (values: readonly string[]): string[][] => values.map((v) => [v])

/** The blocks of one layer from left to right. */
export function blocksOf(state: State): Block[] {
  const unit = current(state) ?? state.units[0]!
  const { layer, index, inputs } = unit
  const from = layer * 3
  const made = [0, 1, 2].map((i) => (from + i < state.done ? short(state.units[from + i]!.z) : "?"))
  const { W: weights, b } = LAYERS[layer]
  const numbers = weights.map((row) => row.map(short))
  const input = inputs.map(short)
  const biases = b.map(short)
  const into = layer === 0 ? "x" : "h"
  const on = state.done > 0
  const inRow = (row: number) => on && row === index
  const inColumn = (_: number, col: number) => on && col === index
  const all = () => on
  if (state.notation === "keras")
    return [
      { name: into, cells: [input], marked: all },
      {
        name: "W (in × out)",
        cells: input.map((_, j) => numbers.map((row) => row[j]!)),
        marked: inColumn,
        sign: "·",
      },
    ]
  if (state.notation === "theta")
    return [
      { name: "Θ", cells: numbers.map((row, i) => [biases[i]!, ...row]), marked: inRow },
      { name: "a", cells: column(["1", ...input]), marked: all, sign: "·" },
      { name: "z", cells: column(made), marked: inRow, sign: "=" },
    ]
  return [
    { name: "W (out × in)", cells: numbers, marked: inRow },
    { name: into, cells: column(input), marked: all, sign: "·" },
    { name: "b", cells: column(biases), marked: inRow, sign: "+" },
    { name: "z", cells: column(made), marked: inRow, sign: "=" },
  ]
}

function drawBlock({ name, cells, marked }: Block, x: number, y: number): string {
  const drawn = cells.flatMap((row, r) =>
    row.map((cell, c) => {
      const own = marked(r, c)
      return (
        rect(x + c * W, y + r * H, W, H, {
          fill: own ? "var(--tint-predict)" : "var(--surface)",
          stroke: own ? "var(--handle)" : "var(--hair)",
        }) +
        text(x + c * W + W / 2, y + r * H + 16, cell, {
          "text-anchor": "middle",
          ...(own ? { "font-weight": "600" } : {}),
        })
      )
    }),
  )
  const width = cells[0]!.length * W
  return text(x + width / 2, y - 8, name, { class: "ex-tick", "text-anchor": "middle" }) + drawn.join("")
}

export function drawMatrix(state: State): string {
  let x = 2
  const parts: string[] = []
  for (const block of blocksOf(state)) {
    if (block.sign) {
      parts.push(text(x + 9, TOP + 28, block.sign, { "text-anchor": "middle" }))
      x += 18
    }
    parts.push(drawBlock(block, x, TOP))
    x += block.cells[0]!.length * W
  }
  if (state.notation === "keras") parts.push(kerasRest(state))
  return parts.join("")
}

/** In rows there is no room at the right: the bias and the result stand below the weights. */
function kerasRest(state: State): string {
  const { layer, index, inputs } = current(state) ?? state.units[0]!
  const x = 2 + inputs.length * W + 18
  const on = state.done > 0
  const marked = (_: number, c: number) => on && c === index
  const from = layer * 3
  const rows: [string, string[]][] = [
    ["+ b", LAYERS[layer].b.map(short)],
    ["= z", [0, 1, 2].map((i) => (from + i < state.done ? short(state.units[from + i]!.z) : "?"))],
  ]
  const top = TOP + inputs.length * H + 8
  return rows
    .map(
      ([name, cells], i) =>
        drawBlock({ name: "", cells: [cells], marked }, x, top + i * (H + 2)) +
        text(x - 8, top + i * (H + 2) + 16, name, { "text-anchor": "end" }),
    )
    .join("")
}
