/** @file The bowl and the bent valley, and gradient descent with momentum on them. Knows no rates, no pictures. */
import { type Eigen, eigen } from "../lib/eigen.ts"
import type { Point } from "../lib/explorable.ts"

/** Beyond this distance from the minimum a run counts as lost and is no longer followed. */
const LOST = 1e6

/** Which surface; a, b and c matter to the bowl alone. */
export interface Shape {
  surface: string
  a: number
  b: number
  c: number
}

export interface Surface {
  f(x: number, y: number): number
  gradient(x: number, y: number): Point
  minimum: Point
  /** Curvatures and their directions at the minimum. */
  curvature: Eigen
}

/** f = a x₁² + b x₁x₂ + c x₂², or the bent valley f = ½(1 − x₁)² + ¼(x₂ − x₁²)² (after Rosenbrock 1960, milder). */
export function surfaceOf({ surface, a, b, c }: Shape): Surface {
  if (surface === "bowl") {
    return {
      f: (x, y) => a * x * x + b * x * y + c * y * y,
      gradient: (x, y) => [2 * a * x + b * y, b * x + 2 * c * y],
      minimum: [0, 0],
      curvature: eigen(2 * a, b, 2 * c),
    }
  }
  return {
    f: (x, y) => 0.5 * (1 - x) ** 2 + 0.25 * (y - x * x) ** 2,
    gradient: (x, y) => [x - 1 - x * (y - x * x), 0.5 * (y - x * x)],
    minimum: [1, 1],
    curvature: eigen(3, -1, 0.5),
  }
}

/** v ← βv + ∇f(x), x ← x − ηv, from v = 0: up to `updates` of them, or until the point is lost. */
export function descend(s: Surface, start: Point, lr: number, beta: number, updates: number): Point[] {
  const run: Point[] = [start]
  let [x, y] = start
  let [vx, vy] = [0, 0]
  while (run.length <= updates && Math.hypot(x - s.minimum[0], y - s.minimum[1]) <= LOST) {
    const [gx, gy] = s.gradient(x, y)
    vx = beta * vx + gx
    vy = beta * vy + gy
    x -= lr * vx
    y -= lr * vy
    run.push([x, y])
  }
  return run
}

/** The second direction is flat, or falls away from a saddle. */
export function directionName({ curvature }: Surface, i: number): string {
  return i === 0 ? "steep" : curvature.values[1] < -1e-9 ? "falling" : "flat"
}
