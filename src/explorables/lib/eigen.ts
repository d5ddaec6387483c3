/** @file Eigenvalues and eigenvectors of a symmetric 2×2 matrix, in closed form. Knows no tensors, no pictures. */
import type { Point } from "./explorable.ts"

export interface Eigen {
  /** Falling: the largest first. */
  values: readonly [number, number]
  /** Unit vectors, each with a first component that is not negative. */
  vectors: readonly [Point, Point]
}

/** Of [[p, q], [q, r]]: λ = (p + r)/2 ± √(((p − r)/2)² + q²). */
export function eigen(p: number, q: number, r: number): Eigen {
  const mean = (p + r) / 2
  const half = (p - r) / 2
  const radius = Math.hypot(half, q)
  const angle = radius === 0 ? 0 : Math.atan2(q, half) / 2
  const u = upright([Math.cos(angle), Math.sin(angle)])
  return { values: [mean + radius, mean - radius], vectors: [u, upright([-u[1], u[0]])] }
}

function upright([x, y]: Point): Point {
  return x < 0 || (x === 0 && y < 0) ? [-x, -y] : [x, y]
}
