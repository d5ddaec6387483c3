/** @file Contour lines of a function of two variables by marching squares. Knows no colours. */
import type { Point } from "./explorable.ts"
import { trace } from "./svg.ts"

type Range = readonly [number, number]

/** A function on a grid of n² cells; its outermost ring of corners is infinite, so that every contour closes. */
export interface Field {
  n: number
  /** The ranges of the whole grid: two cells wider on each side than what was asked for. */
  x: Range
  y: Range
  values: Float64Array
  /** Lowest and highest value inside of the map. */
  range: Range
}

/** `cells` cells along each side of the map. What closes a contour lies outside of the map, to be clipped. */
export function sample(f: (x: number, y: number) => number, x: Range, y: Range, cells = 40): Field {
  const n = cells + 4
  const wider = ([a, b]: Range): Range => [a - (2 * (b - a)) / cells, b + (2 * (b - a)) / cells]
  const [wx, wy] = [wider(x), wider(y)]
  const values = new Float64Array((n + 1) * (n + 1)).fill(Number.POSITIVE_INFINITY)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let row = 1; row < n; row++) {
    for (let column = 1; column < n; column++) {
      const v = f(wx[0] + ((wx[1] - wx[0]) * column) / n, wy[0] + ((wy[1] - wy[0]) * row) / n)
      values[row * (n + 1) + column] = v
      if (row < 2 || row > n - 2 || column < 2 || column > n - 2) continue
      low = Math.min(low, v)
      high = Math.max(high, v)
    }
  }
  return { n, x: wx, y: wy, values, range: [low, high] }
}

/**
 * The `d` of the line on which the field equals `level`, in picture units by the two scales. Segments are joined
 * into polylines, so that it may be filled; they leave out points that lie nearer to the line than `tolerance` units.
 * (Lorensen and Cline 1987, in two dimensions; a saddle cell is split by its mean.)
 */
export function contour(
  field: Field,
  level: number,
  sx: (x: number) => number,
  sy: (y: number) => number,
  tolerance = 0,
): string {
  const { n, values } = field
  const w = n + 1
  const point = (edge: number): Point => {
    const corner = edge >> 1
    const across = edge % 2 === 0
    const other = corner + (across ? 1 : w)
    const a = values[corner]!
    const b = values[other]!
    const t = a === Number.POSITIVE_INFINITY ? 1 : (level - a) / (b - a)
    const column = (corner % w) + (across ? t : 0)
    const row = Math.floor(corner / w) + (across ? 0 : t)
    const x = field.x[0] + ((field.x[1] - field.x[0]) * column) / n
    const y = field.y[0] + ((field.y[1] - field.y[0]) * row) / n
    return [sx(x), sy(y)]
  }
  // An edge is named by its first corner: 2c is the one to the right of corner c, 2c + 1 the one above it.
  const links = new Map<number, number[]>()
  const end = (a: number, b: number) => {
    const ends = links.get(a)
    if (ends) ends.push(b)
    else links.set(a, [b])
  }
  const join = (a: number, b: number) => {
    end(a, b)
    end(b, a)
  }
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const c = row * w + column
      // Most cells lie on one side: nothing is made for them.
      const first = values[c]! > level
      if (
        values[c + 1]! > level === first &&
        values[c + w]! > level === first &&
        values[c + w + 1]! > level === first
      )
        continue
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
    const points = [point(start)]
    let at = take(start)
    for (; at !== undefined && at !== start; at = take(at)) points.push(point(at))
    d += trace(tolerance > 0 ? simplified(points, tolerance) : points) + (at === start ? "Z" : "")
  }
  // Open lines from one of their ends first; what is left are rings.
  for (const [edge, ends] of links) if (ends.length === 1) draw(edge)
  for (const [edge, ends] of links) if (ends.length > 0) draw(edge)
  return d
}

/** The points of a line that it needs to stay within `tolerance` of its course (Ramer 1972, Douglas and Peucker 1973). */
function simplified(points: readonly Point[], tolerance: number): readonly Point[] {
  const keep = new Uint8Array(points.length)
  keep[0] = keep[points.length - 1] = 1
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    const [[ax, ay], [bx, by]] = [points[from]!, points[to]!]
    const length = Math.hypot(bx - ax, by - ay)
    let [farthest, most] = [from, tolerance]
    for (let i = from + 1; i < to; i++) {
      const [x, y] = points[i]!
      const far =
        length > 1e-9
          ? Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
          : Math.hypot(x - ax, y - ay)
      if (far > most) [farthest, most] = [i, far]
    }
    if (farthest === from) continue
    keep[farthest] = 1
    spans.push([from, farthest], [farthest, to])
  }
  return points.filter((_, i) => keep[i])
}
