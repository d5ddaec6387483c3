/** @file Half-planes cut out of a rectangle, as polygons. Knows no scales, no weights. */
import type { Point, Range } from "../lib/explorable.ts"

/** Where a·x + b·y + c > 0. */
export interface HalfPlane {
  a: number
  b: number
  c: number
}

export function corners([left, right]: Range, [low, high]: Range): Point[] {
  return [
    [left, low],
    [right, low],
    [right, high],
    [left, high],
  ]
}

/** The part of a convex polygon inside a half-plane (Sutherland and Hodgman 1974); empty if there is none. */
export function cut(polygon: readonly Point[], { a, b, c }: HalfPlane): Point[] {
  const side = ([x, y]: Point) => a * x + b * y + c
  return polygon.flatMap((from, i) => {
    const to = polygon[(i + 1) % polygon.length]
    const [s, t] = [side(from), side(to)]
    const kept: Point[] = s > 0 ? [from] : []
    if (s > 0 !== t > 0) {
      const share = s / (s - t)
      kept.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])])
    }
    return kept
  })
}

/** The two ends of the line a·x + b·y + c = 0 in a rectangle, or nothing where it passes outside. */
export function border(plane: HalfPlane, x: Range, y: Range): [Point, Point] | undefined {
  const box = corners(x, y)
  const ends = box.flatMap((from, i): Point[] => {
    const to = box[(i + 1) % 4]
    const s = plane.a * from[0] + plane.b * from[1] + plane.c
    const t = plane.a * to[0] + plane.b * to[1] + plane.c
    if (s > 0 === t > 0) return []
    const share = s / (s - t)
    return [[from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]]
  })
  return ends.length === 2 ? [ends[0], ends[1]] : undefined
}
