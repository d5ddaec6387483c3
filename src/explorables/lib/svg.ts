/** @file SVG elements as text: escaping, attributes, shapes. Knows no data, no scales, no DOM. */
import type { Inset } from "./explorable.ts"

export type Attributes = Record<string, string | number | undefined>

/** Text made safe inside elements and double-quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!)
}

/** A coordinate with one decimal: enough for a screen, small in the page. Beyond the picture it is clamped. */
export function place(x: number): string {
  const clamped = Number.isNaN(x) ? 0 : Math.max(-9999, Math.min(9999, x))
  return String(Math.round(clamped * 10) / 10 || 0)
}

/** `<name …>inner</name>`; absent attributes are left out, numbers are rounded to a tenth. */
export function element(name: string, attributes: Attributes, inner = ""): string {
  let text = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined)
      text += ` ${key}="${typeof value === "number" ? place(value) : escapeText(value)}"`
  }
  return inner === "" ? `${text}/>` : `${text}>${inner}</${name}>`
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string {
  return element("line", { x1, y1, x2, y2, ...attributes })
}

export function rect(x: number, y: number, width: number, height: number, attributes: Attributes): string {
  return element("rect", {
    x,
    y,
    width: Math.max(0, width),
    height: Math.max(0, height),
    ...attributes,
  })
}

export function circle(cx: number, cy: number, r: number, attributes: Attributes): string {
  return element("circle", { cx, cy, r, ...attributes })
}

/** Escaped text; 13 units unless told, at least 12. */
export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeText(words))
}

/** The `d` of a broken line through the points. */
export function trace(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${place(x)} ${place(y)}`).join("")
}

export function path(d: string, attributes: Attributes): string {
  return element("path", { d, fill: "none", ...attributes })
}

/** A shaft with a filled head at its end; nothing where it would be shorter than a unit. */
export function arrow(x1: number, y1: number, x2: number, y2: number, colour: string, width = 2): string {
  const length = Math.hypot(x2 - x1, y2 - y1)
  if (!(length > 1)) return ""
  const head = Math.min(9, length * 0.6)
  const ux = (x2 - x1) / length
  const uy = (y2 - y1) / length
  const bx = x2 - ux * head
  const by = y2 - uy * head
  const wing = head * 0.45
  const tip = `M${place(x2)} ${place(y2)}L${place(bx - uy * wing)} ${place(by + ux * wing)}L${place(bx + uy * wing)} ${place(by - ux * wing)}Z`
  return (
    line(x1, y1, bx, by, { stroke: colour, "stroke-width": width }) +
    element("path", { d: tip, fill: colour })
  )
}

/** What is drawn inside is cut at the plotting area of the view. A nested <svg> needs no id to clip by. */
export function clip(width: number, height: number, inset: Inset, inner: string): string {
  const [top, right, bottom, left] = inset
  const w = width - left - right
  const h = height - top - bottom
  return element("svg", { x: left, y: top, width: w, height: h, viewBox: `${left} ${top} ${w} ${h}` }, inner)
}

/** Class +1 is a blue disc, class −1 an orange triangle, both outlined: sign never rests on colour alone. */
export function classMark(x: number, y: number, label: 1 | -1, r = 6, attributes: Attributes = {}): string {
  const look = { stroke: "var(--outline)", "stroke-width": "1.25", ...attributes }
  if (label === 1) return circle(x, y, r, { fill: "var(--class-1)", ...look })
  const a = r * 1.25
  const d = `M${place(x)} ${place(y - a)}L${place(x + a)} ${place(y + a * 0.8)}L${place(x - a)} ${place(y + a * 0.8)}Z`
  return element("path", { d, fill: "var(--class-2)", ...look })
}
