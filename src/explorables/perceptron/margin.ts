/** @file The widest margin of a few labelled points, exactly, and with it Novikoff's bound. Knows no perceptron. */
import type { LabelledPoint } from "../lib/explorable.ts"

/** (w₁, w₂, b), or an input (x₁, x₂, 1). */
export type Vector = readonly [number, number, number]

export interface Margin {
  /** max over unit vectors u of min y·uᵀx, the bias counted as a weight. */
  gamma: number
  /** The unit vector that attains it. */
  u: Vector
}

export const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
/** a + s·b. */
export const add = (a: Vector, b: Vector, s = 1): Vector => [
  a[0] + s * b[0],
  a[1] + s * b[1],
  a[2] + s * b[2],
]
export const input = ({ x, y }: LabelledPoint): Vector => [x, y, 1]

/** R², the largest squared length of an input. */
export function longest(points: readonly LabelledPoint[]): number {
  return Math.max(0, ...points.map((p) => dot(input(p), input(p))))
}

/**
 * Nothing if no line separates the points. Otherwise the unit vector lies along the point of the convex hull of
 * all y·x that is nearest to the origin (the dual of the hard-margin problem). In three dimensions that point is
 * a mixture of at most three of them, so that trying all singles, pairs and triples is exact.
 */
export function widestMargin(points: readonly LabelledPoint[]): Margin | undefined {
  const signed = points.map((p) => add([0, 0, 0], input(p), p.label))
  const dust = 1e-9 * Math.max(1, longest(points))
  for (const p of nearestCandidates(signed)) {
    const square = dot(p, p)
    if (square > dust && signed.every((v) => dot(v, p) >= square - dust)) {
      const gamma = Math.sqrt(square)
      return { gamma, u: add([0, 0, 0], p, 1 / gamma) }
    }
  }
  return undefined
}

/** The nearest points to the origin of all vertices, edges and triangles, where they lie inside. */
function* nearestCandidates(v: readonly Vector[]): Generator<Vector> {
  for (let i = 0; i < v.length; i++) {
    yield v[i]
    for (let j = i + 1; j < v.length; j++) {
      const edge = add(v[j], v[i], -1)
      const along = -dot(v[i], edge) / dot(edge, edge)
      if (along >= 0 && along <= 1) yield add(v[i], edge, along)
      for (let k = j + 1; k < v.length; k++) {
        const inside = nearestInTriangle(v[i], edge, add(v[k], v[i], -1))
        if (inside) yield inside
      }
    }
  }
}

/** The nearest point of the triangle a, a + e, a + f to the origin, if it lies inside and the triangle has an area. */
function nearestInTriangle(a: Vector, e: Vector, f: Vector): Vector | undefined {
  const [ee, ef, ff, ae, af] = [dot(e, e), dot(e, f), dot(f, f), dot(a, e), dot(a, f)]
  const determinant = ee * ff - ef * ef
  if (!(determinant > 1e-12 * ee * ff)) return undefined
  const s = (ef * af - ff * ae) / determinant
  const t = (ef * ae - ee * af) / determinant
  return s >= 0 && t >= 0 && s + t <= 1 ? add(add(a, e, s), f, t) : undefined
}
