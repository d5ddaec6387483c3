/** @file A unit without a teacher on a cloud of points: Hebb's rule, Oja's, and Hebb's turned round. Knows no pictures. */
import { Generator } from "../../../engine/index.ts"
import { type Eigen, eigen } from "../lib/eigen.ts"
import type { Point } from "../lib/explorable.ts"

export const POINTS = 40
export const STEPS = 240
/** A run is broken off where a number can no longer be trusted. */
const FAR = 1e60

export type Rule = "hebb" | "oja" | "anti"
export interface Settings {
  long: Point
  short: number
  start: Point
  rule: string
  eta: number
}

export interface State {
  rule: Rule
  eta: number
  points: readonly Point[]
  /** Mean products: [[c11, c12], [c12, c22]]. */
  c: readonly [c11: number, c12: number, c22: number]
  axes: Eigen
  /** w before any example, after the first, and so on to the end of the run. */
  path: readonly Point[]
  step: number
  w: Point
  length: number
  /** Degrees between w and the main axis, 0 to 90. */
  angle: number
  /** The example seen last. */
  last?: number
  /** Factor by which the length changes with one example, over the last round through the points. */
  growth: number
  /** η was too large, and the run was broken off. */
  burst: boolean
}

/** The points of the cloud: normal along and across the long axis. Shared with the code, draw by draw. */
export function cloud({ long, short }: Pick<Settings, "long" | "short">, seed: number): Point[] {
  const random = new Generator(seed)
  const [u, v] = direction(long)
  const size = Math.hypot(...long)
  return Array.from({ length: POINTS }, () => {
    const [along, across] = [size * random.normal(), short * random.normal()]
    return [along * u - across * v, along * v + across * u]
  })
}

export function direction([x, y]: Point): Point {
  const size = Math.hypot(x, y)
  return size === 0 ? [1, 0] : [x / size, y / size]
}

export function update(rule: Rule, eta: number, [w1, w2]: Point, [x1, x2]: Point): Point {
  const y = w1 * x1 + w2 * x2
  if (rule === "oja") return [w1 + eta * y * (x1 - y * w1), w2 + eta * y * (x2 - y * w2)]
  const sign = rule === "anti" ? -1 : 1
  return [w1 + sign * eta * y * x1, w2 + sign * eta * y * x2]
}

export const ruleOf = (name: string): Rule => (name === "oja" || name === "anti" ? name : "hebb")

function run({ rule, eta, start }: Settings, points: readonly Point[]): { path: Point[]; burst: boolean } {
  const path: Point[] = [start]
  for (let k = 0; k < STEPS; k++) {
    const w = update(ruleOf(rule), eta, path[k]!, points[k % POINTS]!)
    if (!(Math.hypot(...w) < FAR)) return { path, burst: true }
    path.push(w)
  }
  return { path, burst: false }
}

/** How many examples the run has. */
export function lastStep(settings: Settings, seed: number): number {
  return run(settings, cloud(settings, seed)).path.length - 1
}

export function model(settings: Settings, seed: number, step: number): State {
  const points = cloud(settings, seed)
  const mean = (f: (p: Point) => number) => points.reduce((sum, p) => sum + f(p), 0) / POINTS
  const c = [mean(([x]) => x * x), mean(([x, y]) => x * y), mean(([, y]) => y * y)] as const
  const { path, burst } = run(settings, points)
  const at = Math.min(step, path.length - 1)
  const w = path[at]!
  const length = Math.hypot(...w)
  const axes = eigen(...c)
  const [u] = axes.vectors
  const back = Math.max(0, at - POINTS)
  const before = Math.hypot(...path[back]!)
  return {
    rule: ruleOf(settings.rule),
    eta: settings.eta,
    points,
    c,
    axes,
    path,
    step: at,
    w,
    length,
    angle: angleTo(u, w),
    last: at === 0 ? undefined : (at - 1) % POINTS,
    growth: at === 0 || before === 0 ? 1 : (length / before) ** (1 / (at - back)),
    burst,
  }
}

/** Degrees between the lines through two vectors. */
export function angleTo(u: Point, w: Point): number {
  const cross = Math.abs(u[0] * w[1] - u[1] * w[0])
  const dot = Math.abs(u[0] * w[0] + u[1] * w[1])
  return cross === 0 && dot === 0 ? 0 : (Math.atan2(cross, dot) * 180) / Math.PI
}
