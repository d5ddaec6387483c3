/** @file Histograms of each layer's weights, activations and gradients. Knows no training. */
import { format } from "../lib/number.ts"
import { line, rect, text } from "../lib/svg.ts"
import { deadWords, type Spread, spreads } from "./histograms.ts"
import { WIDTH } from "./plane-views.ts"
import type { State } from "./state.ts"

export const HISTOGRAM_HEIGHT = 300
const TOP = 24
const BOTTOM = 22
const LEFT = 50
const GAP = 14
const WIDE = (WIDTH - LEFT - 2 * GAP) / 3
const MIDDLE = { class: "ex-tick", "text-anchor": "middle" } as const
/** Columns, with the colour that each kind of number has in the book. */
const KINDS = [
  ["weights", "weights", "var(--param)"],
  ["activations", "activations", "var(--ink-2)"],
  ["gradients", "∂L/∂w", "var(--grad)"],
] as const

export function drawHistograms(state: State): string {
  const all = spreads(state)
  const pitch = Math.min(130, (HISTOGRAM_HEIGHT - TOP - BOTTOM) / all.length)
  const left = (k: number) => LEFT + k * (WIDE + GAP)
  const heads = KINDS.map(([, name], k) => text(left(k) + WIDE / 2, 14, name, MIDDLE))
  const rows = all.flatMap((layer, l) => [
    text(0, TOP + (l + 0.5) * pitch, layer.name, { class: "ex-tick" }),
    ...KINDS.map(([key, , colour], k) => histogram(layer[key], left(k), TOP + l * pitch, pitch - 20, colour)),
  ])
  const note = deadWords(state) ? "Dead units are named below the figure." : "No unit is dead."
  return heads.join("") + rows.join("") + text(0, TOP + all.length * pitch + 16, note, { class: "ex-tick" })
}

/** Bars about 0; below them how far they reach to both sides. */
function histogram({ bins, most }: Spread, x: number, y: number, height: number, colour: string): string {
  const tallest = Math.max(...bins)
  const wide = WIDE / bins.length
  const bars = bins.map((n, i) => {
    const tall = (n / tallest) * height
    return n > 0 ? rect(x + i * wide + 0.5, y + height - tall, wide - 1, tall, { fill: colour }) : ""
  })
  const base = y + height
  return (
    bars.join("") +
    line(x, base, x + WIDE, base, { class: "ex-base" }) +
    line(x + WIDE / 2, base, x + WIDE / 2, base + 3, { class: "ex-base" }) +
    text(x + WIDE / 2, base + 14, `±${format(most, 2)}`, MIDDLE)
  )
}
