/** @file The axes of a view: hair grid, baseline, tick labels, axis names. Knows no data. */
import type { Inset } from "./explorable.ts"
import type { Scale } from "./scale.ts"
import { line, text } from "./svg.ts"

interface Frame {
  width: number
  height: number
  inset: Inset
  x?: Scale
  y?: Scale
  /** Name with unit, written under the axis at its right end. */
  xName?: string
  /** Name with unit, written horizontally above the axis. */
  yName?: string
}

const LABEL = { class: "ex-tick" }

/** Grid lines, tick labels and names. Labels keep to 12 units and more by the class `ex-tick`. */
export function axes({
  width,
  height,
  inset: [top, right, bottom, left],
  x,
  y,
  xName,
  yName,
}: Frame): string {
  const base = height - bottom
  const end = width - right
  const parts: string[] = []
  for (const tick of y?.ticks ?? []) {
    const at = y!(tick)
    parts.push(line(left, at, end, at, { class: "ex-grid" }))
    parts.push(text(left - 6, at + 4, y!.label(tick), { ...LABEL, "text-anchor": "end" }))
  }
  for (const tick of x?.ticks ?? []) {
    const at = x!(tick)
    parts.push(line(at, base, at, base + 4, { class: "ex-base" }))
    parts.push(text(at, base + 17, x!.label(tick), { ...LABEL, "text-anchor": "middle" }))
  }
  if (x) parts.push(line(left, base, end, base, { class: "ex-base" }))
  if (xName) parts.push(text(end, base + 32, xName, { class: "ex-axis", "text-anchor": "end" }))
  if (yName) parts.push(text(4, Math.max(13, top - 15), yName, { class: "ex-axis" }))
  return parts.join("")
}
