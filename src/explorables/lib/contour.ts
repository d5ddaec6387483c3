/** @file Contour lines of a function of two variables by marching squares. Knows no colours. */
import { place } from "./svg.ts"

type Range = readonly [number, number]

/** The function on a grid of (n + 1)² corners, rows from the top of `y`. */
export interface Field {
  n: number
  x: Range
  y: Range
  values: Float64Array
}

export function sample(f: (x: number, y: number) => number, x: Range, y: Range, n = 40): Field {
  const values = new Float64Array((n + 1) * (n + 1))
  for (let row = 0; row <= n; row++) {
    const v = y[0] + ((y[1] - y[0]) * row) / n
    for (let column = 0; column <= n; column++) {
      values[row * (n + 1) + column] = f(x[0] + ((x[1] - x[0]) * column) / n, v)
    }
  }
  return { n, x, y, values }
}

/**
 * The `d` of the line on which the field equals `level`, in picture units by the two scales. Segments are joined
 * into polylines. (Lorensen and Cline 1987, in two dimensions; a saddle cell is split by its mean.)
 */
export function contour(
  field: Field,
  level: number,
  sx: (x: number) => number,
  sy: (y: number) => number,
): string {
  const { n, values } = field
  const w = n + 1
  const point = (edge: number): string => {
    const corner = edge >> 1
    const across = edge % 2 === 0
    const other = corner + (across ? 1 : w)
    const a = values[corner]!
    const t = (level - a) / (values[other]! - a)
    const column = (corner % w) + (across ? t : 0)
    const row = Math.floor(corner / w) + (across ? 0 : t)
    const x = field.x[0] + ((field.x[1] - field.x[0]) * column) / n
    const y = field.y[0] + ((field.y[1] - field.y[0]) * row) / n
    return `${place(sx(x))} ${place(sy(y))}`
  }
  // An edge is named by its first corner: 2c is the one to the right of corner c, 2c + 1 the one above it.
  const links = new Map<number, number[]>()
  const join = (a: number, b: number) => {
    links.set(a, [...(links.get(a) ?? []), b])
    links.set(b, [...(links.get(b) ?? []), a])
  }
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const c = row * w + column
      const corners = [values[c]!, values[c + 1]!, values[c + w + 1]!, values[c + w]!]
      const above = corners.map((v) => v > level)
      const edges = [2 * c, 2 * (c + 1) + 1, 2 * (c + w), 2 * c + 1]
      const cut = edges.filter((_, i) => above[i] !== above[(i + 1) % 4])
      if (cut.length === 2) join(cut[0]!, cut[1]!)
      if (cut.length === 4) {
        const middle = corners.reduce((sum, v) => sum + v, 0) / 4 > level
        if (middle === above[0]) {
          join(edges[0]!, edges[1]!)
          join(edges[2]!, edges[3]!)
        } else {
          join(edges[3]!, edges[0]!)
          join(edges[1]!, edges[2]!)
        }
      }
    }
  }
  const take = (from: number): number | undefined => {
    const next = links.get(from)?.pop()
    if (next === undefined) return undefined
    const back = links.get(next)!
    back.splice(back.indexOf(from), 1)
    return next
  }
  let d = ""
  const draw = (start: number) => {
    d += `M${point(start)}`
    let at = take(start)
    while (at !== undefined) {
      d += at === start ? "Z" : `L${point(at)}`
      at = at === start ? undefined : take(at)
    }
  }
  // Open lines from one of their ends first; what is left are rings.
  for (const [edge, ends] of links) if (ends.length === 1) draw(edge)
  for (const [edge, ends] of links) if (ends.length > 0) draw(edge)
  return d
}
