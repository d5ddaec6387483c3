/** @file How fast gradient descent is near a minimum, from its curvatures: factors, limit, best step, zones. */
import type { Eigen } from "../lib/eigen.ts"
import type { Point } from "../lib/explorable.ts"

/**
 * What one update makes of the error along a direction of curvature λ. Without momentum it is 1 − ηλ, sign and
 * all; with it the larger |r| of r² − (1 + β − ηλ) r + β = 0.
 */
export function factor(lambda: number, lr: number, beta: number): number {
  if (beta === 0) return 1 - lr * lambda
  const half = (1 + beta - lr * lambda) / 2
  const inside = half * half - beta
  return inside < 0 ? Math.sqrt(beta) : half < 0 ? half - Math.sqrt(inside) : half + Math.sqrt(inside)
}

/** The slower of the two directions: what one update makes of the whole error in the long run. */
export function rate({ values }: Eigen, lr: number, beta: number): number {
  return Math.max(...values.map((lambda) => Math.abs(factor(lambda, lr, beta))))
}

export interface Zones {
  /** Below it every run in the bowl arrives: 2(1 + β)/λmax. */
  limit: number
  /** Fastest constant step: 2(1 + β)/(λmax + λmin). */
  best: number
  /** Between these two a run needs at most a quarter more updates than with the best step. */
  good: Point
}

export function zones(curvature: Eigen, beta: number): Zones | undefined {
  const [steep, flat] = curvature.values
  if (flat <= 1e-9) return undefined
  const limit = (2 * (1 + beta)) / steep
  const best = (2 * (1 + beta)) / (steep + flat)
  const enough = rate(curvature, best, beta) ** 0.8
  const edge = (good: number, bad: number) => {
    for (let i = 0; i < 40; i++) {
      const middle = (good + bad) / 2
      if (rate(curvature, middle, beta) <= enough) good = middle
      else bad = middle
    }
    return good
  }
  return { limit, best, good: [edge(best, 0), edge(best, limit)] }
}
