/** @file The truth table with what is wanted, what comes, and whether they agree; and the stamp book of all functions. */
import { format } from "../lib/number.ts"
import { circle, line, rect, text } from "../lib/svg.ts"
import { FUNCTIONS, INPUTS, type State } from "./unit.ts"

export const WIDTH = 320
export const ROWS_HEIGHT = 152
export const STAMPS_HEIGHT = 288
const ROW = 26
const MIDDLE = { "text-anchor": "middle" }

export function drawRows(state: State): string {
  const { rows, now, b } = state
  const heads = b
    ? ["x₁", "x₂", "wanted", "A", "B", "output", ""]
    : ["x₁", "x₂", "wanted", "sum", "output", ""]
  const at = b ? [22, 58, 112, 162, 196, 246, 296] : [22, 64, 124, 184, 244, 296]
  const head = heads.map((name, i) => text(at[i]!, 18, name, { ...MIDDLE, class: "ex-axis" })).join("")
  const lines = rows.map((row, k) => {
    const y = 32 + k * ROW
    const good = row.fires === row.wanted
    const bit = (on: boolean) => (on ? "1" : "0")
    const inner = row.b
      ? [bit(row.a.fires), bit(row.b.fires)]
      : [row.a.vetoed ? "veto" : format(row.a.sum, 4)]
    const cells = [String(row.x[0]), String(row.x[1]), bit(row.wanted), ...inner, bit(row.fires)]
    const band = rect(4, y - 1, WIDTH - 8, ROW - 2, {
      fill: good ? "var(--good)" : "var(--bad)",
      "fill-opacity": "0.12",
      rx: 4,
      ...(row === now ? { stroke: "var(--handle)", "stroke-width": "2" } : {}),
    })
    const mark = text(at.at(-1)!, y + 17, good ? "✓" : "✗", {
      ...MIDDLE,
      style: `fill:var(--${good ? "good" : "bad"})`,
      "font-weight": "600",
    })
    return band + cells.map((cell, i) => text(at[i]!, y + 17, cell, MIDDLE)).join("") + mark
  })
  return head + line(4, 26, WIDTH - 4, 26, { class: "ex-base" }) + lines.join("")
}

/** Sixteen stamps, in the order of their answers; those that the search has found are printed. */
export function drawStamps({ found, code, target }: State): string {
  return [...FUNCTIONS]
    .map(([digits, name], k) => {
      const [left, top] = [4 + 79 * (k % 4), 4 + 71 * Math.floor(k / 4)]
      const has = found.has(digits)
      const own = digits === code
      const frame = rect(left, top, 74, 66, {
        fill: has ? "var(--sunken)" : "none",
        rx: 5,
        stroke: own ? "var(--handle)" : has ? "var(--ink-2)" : "var(--ink-3)",
        "stroke-width": own ? "3" : "1",
        ...(has || own ? {} : { "stroke-dasharray": "4 4" }),
      })
      const dots = INPUTS.map(([x1, x2], i) =>
        circle(left + 27 + 20 * x1, top + 32 - 20 * x2, 6, {
          fill: (has || own) && digits[i] === "1" ? "var(--class-1)" : "none",
          stroke: has || own ? "var(--outline)" : "var(--ink-3)",
          "stroke-width": "1.25",
        }),
      )
      const label = text(left + 37, top + 58, digits === target ? `▸ ${name}` : name, {
        ...MIDDLE,
        class: "ex-tick",
      })
      return frame + dots.join("") + label
    })
    .join("")
}
