/** @file Where a unit of the first layer is 0 in the plane: a line, which can be shifted and turned. Knows no picture. */
import type { Point } from "../lib/explorable.ts"
import type { Muted, Weights } from "./pass.ts"
import { PLANE } from "./sample.ts"
import type { Shape } from "./shape.ts"

/** w·x + b = 0, with w not 0. */
export interface Line {
  w: Point
  b: number
}

/** Undefined: the unit is not in the first layer, takes in more than x₁ and x₂, or has no weights. */
export function lineOf(shape: Shape, weights: readonly Weights[], { layer, unit }: Muted): Line | undefined {
  if (layer !== 0 || shape.features.some((f) => f > 1)) return undefined
  const { w, b, inputs } = weights[0]!
  const along = (feature: number) => {
    const j = shape.features.indexOf(feature)
    return j < 0 ? 0 : w[unit * inputs + j]!
  }
  const line: Line = { w: [along(0), along(1)], b: b[unit]! }
  return Math.hypot(...line.w) > 1e-9 ? line : undefined
}

/** The middle of the part that lies in the plane, the direction of the line, and half of the part's length. */
export function seen({ w: [u, v], b }: Line): { middle: Point; along: Point; half: number } | undefined {
  const length = Math.hypot(u, v)
  const foot: Point = [(-b * u) / length ** 2, (-b * v) / length ** 2]
  const along: Point = [-v / length, u / length]
  let [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const k of [0, 1] as const) {
    if (Math.abs(along[k]) < 1e-12) {
      if (foot[k] < PLANE[0] || foot[k] > PLANE[1]) return undefined
      continue
    }
    const ends = PLANE.map((end) => (end - foot[k]) / along[k]).sort((p, q) => p - q)
    from = Math.max(from, ends[0]!)
    to = Math.min(to, ends[1]!)
  }
  if (!(from < to)) return undefined
  const t = (from + to) / 2
  return { middle: [foot[0] + t * along[0], foot[1] + t * along[1]], along, half: (to - from) / 2 }
}

/** Where on the line it is taken hold of to be turned about its middle. */
export function turnPoint(line: Line): Point | undefined {
  const part = seen(line)
  if (!part) return undefined
  const far = Math.max(0.8, 0.6 * part.half)
  return [part.middle[0] + far * part.along[0], part.middle[1] + far * part.along[1]]
}

/** The same direction, through that point. */
export const shifted = ({ w }: Line, [x, y]: Point): Line => ({ w, b: -(w[0] * x + w[1] * y) })

/** As steep and about the same middle, with its far end towards that point. */
export function turned(line: Line, [x, y]: Point): Line {
  const part = seen(line)
  if (!part) return line
  const [dx, dy] = [x - part.middle[0], y - part.middle[1]]
  const far = Math.hypot(dx, dy)
  if (far < 0.1) return line
  const length = Math.hypot(...line.w)
  return shifted({ w: [(length * dy) / far, (-length * dx) / far], b: 0 }, part.middle)
}

/** "42° to the x₁ axis, 1.3 from the middle": in numbers. */
export function course({ w: [u, v], b }: Line): { degrees: number; offset: number } {
  const degrees = ((Math.atan2(u, -v) * 180) / Math.PI + 360) % 180
  return { degrees, offset: Math.abs(b) / Math.hypot(u, v) }
}
