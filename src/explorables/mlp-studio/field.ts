/** @file A function of the plane as bands of colour with smooth borders, from orange over pale to blue. Knows no network. */
import { contour, type Field } from "../lib/contour.ts"
import type { Inset } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { clip, path, rect, text } from "../lib/svg.ts"
import { PLANE } from "./sample.ts"
import { CELLS } from "./state.ts"

/** Where a field lies in a picture. */
export interface Box {
  x: number
  y: number
  size: number
}

interface Bands {
  levels: readonly number[]
  /** One more than there are levels, from the lowest. */
  colours: readonly number[]
}

/** Of values from −1 to 1. */
const VALUES: Bands = { levels: [-0.75, -0.45, -0.15, 0.15, 0.45, 0.75], colours: [1, 2, 4, 5, 6, 8, 9] }
const FINE: Bands = { levels: [-0.75, -0.25, 0.25, 0.75], colours: [3, 4, 5, 6, 7] }
const COARSE: Bands = { levels: [-0.3, 0.3], colours: [3, 5, 7] }
const CUT: Bands = { levels: [0], colours: [3, 7] }
export type Look = "fine" | "values" | "coarse" | "cut"
const LOOKS: Readonly<Record<Look, Bands>> = { fine: FINE, values: VALUES, coarse: COARSE, cut: CUT }

/** Units by which a border may leave its course: too little to be seen. */
const TOLERANCE = 1

/** The band of a value, as a colour of the book. */
export function bandOf(value: number, look: Look): string {
  const { levels, colours } = LOOKS[look]
  const at = levels.findIndex((level) => value <= level)
  return `var(--div-${colours[at < 0 ? levels.length : at]})`
}

/** What the bands of values mean: a strip from the lowest to the highest, with its ends and its middle in numbers. */
export function drawScale(x: number, y: number): string {
  const { colours } = VALUES
  const each = 14
  const wide = each * colours.length
  const ends = [-1, 0, 1].map((v) =>
    text(x + ((v + 1) / 2) * wide, y - 4, format(v), { class: "ex-tick", "text-anchor": "middle" }),
  )
  return (
    rect(x - 10, y - 18, wide + 20, 30, { fill: "var(--surface)", "fill-opacity": "0.85", rx: "3" }) +
    colours.map((c, i) => rect(x + i * each, y, each, 8, { fill: `var(--div-${c})` })).join("") +
    rect(x, y, wide, 8, { fill: "none", stroke: "var(--ink-2)" }) +
    ends.join("")
  )
}

/** Values on the grid of the plane as a field that ends beyond its edge, every `every`th of them. */
function fieldOf(value: (i: number) => number, every: number): Field {
  const cells = CELLS / every
  const n = cells + 4
  const values = new Float64Array((n + 1) * (n + 1)).fill(Number.POSITIVE_INFINITY)
  const inside = (k: number) => Math.max(0, Math.min(cells, k - 2)) * every
  for (let row = 1; row < n; row++)
    for (let column = 1; column < n; column++)
      values[row * (n + 1) + column] = value(inside(row) * (CELLS + 1) + inside(column))
  const margin = (2 * (PLANE[1] - PLANE[0])) / cells
  const wide = [PLANE[0] - margin, PLANE[1] + margin] as const
  return { n, x: wide, y: wide, values, range: [-1, 1] }
}

/**
 * The field of `value` (by place on the grid, about −1 … 1) in a square of a picture. `border`: the line where it is 0,
 * which remains where colours are taken away.
 */
export function drawField(
  value: (i: number) => number,
  look: Look,
  box: Box,
  picture: { width: number; height: number },
  border: boolean,
): string {
  const { x, y, size } = box
  const field = fieldOf(value, look === "coarse" ? 3 : 1)
  const along = (v: number) => (v - PLANE[0]) / (PLANE[1] - PLANE[0])
  // The line of 0 must not be seen along the edge: it is cut off there. Bands of colour are pushed in, in fewer bytes.
  const within = (share: number) => (border ? share : Math.max(0, Math.min(1, share)))
  const sx = (v: number) => x + within(along(v)) * size
  const sy = (v: number) => y + within(1 - along(v)) * size
  const { levels, colours } = LOOKS[look]
  const inner = [rect(x, y, size, size, { fill: `var(--div-${colours.at(-1)})` })]
  for (let k = levels.length - 1; k >= 0; k--) {
    const d = contour(field, levels[k]!, sx, sy, TOLERANCE)
    if (d) inner.push(path(d, { fill: `var(--div-${colours[k]})`, "fill-rule": "evenodd" }))
  }
  if (!border) return inner.join("")
  const zero = contour(field, 0, sx, sy, TOLERANCE)
  if (zero) inner.push(path(zero, { stroke: "var(--ink)", "stroke-width": "1.5" }))
  const inset: Inset = [y, picture.width - x - size, picture.height - y - size, x]
  return clip(picture.width, picture.height, inset, inner.join(""))
}
