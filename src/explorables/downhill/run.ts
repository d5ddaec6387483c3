/** @file The controls of Downhill and the state that they lead to: the whole run at once. Knows no pictures. */
import type { Params, Point } from "../lib/explorable.ts"
import { type Zones, zones } from "./rates.ts"
import { descend, type Surface, surfaceOf } from "./surface.ts"

export const MAP: Point = [-4, 4]
export const UPDATES = 150
/** A run has arrived when f is below. */
export const DONE = 1e-6

export const controls = {
  lr: { type: "slider", label: "Step size η", value: 0.1, min: 0.005, max: 0.5, step: 0.005 },
  beta: { type: "slider", label: "Momentum β", value: 0, min: 0, max: 0.95, step: 0.05 },
  surface: {
    type: "choice",
    label: "Surface",
    value: "bowl",
    options: [
      { value: "bowl", label: "bowl" },
      { value: "banana", label: "bent valley" },
    ],
  },
  a: {
    type: "slider",
    label: "Curve along x₁, a",
    value: 1,
    min: 0.5,
    max: 6,
    step: 0.1,
    when: ["surface", "bowl"],
  },
  b: { type: "slider", label: "Tilt b", value: 1, min: -3, max: 3, step: 0.1, when: ["surface", "bowl"] },
  c: {
    type: "slider",
    label: "Curve along x₂, c",
    value: 4,
    min: 0.5,
    max: 6,
    step: 0.1,
    when: ["surface", "bowl"],
  },
  start: { type: "handle", label: "Start", value: [3, 3], view: "plane", x: MAP, y: MAP, step: 0.1 },
} as const

export type DownhillParams = Params<typeof controls>

export interface State {
  params: DownhillParams
  surface: Surface
  run: Point[]
  values: number[]
  /** Signed error along the steep and the flat direction, as a multiple of the first. */
  errors: [number[], number[]]
  step: number
  zones: Zones | undefined
  /** First update with f under 10⁻⁶ of the minimum, if it comes within a thousand. */
  arrives: number | undefined
  kind: "slow" | "best" | "ringing" | "diverging" | "saddle"
}

export function model(params: DownhillParams, _seed: number, step: number): State {
  const surface = surfaceOf(params)
  const { curvature, minimum, f } = surface
  const far = descend(surface, params.start, params.lr, params.beta, 1000)
  const run = far.slice(0, UPDATES + 1)
  const found = far.findIndex(([x, y]) => f(x, y) < DONE)
  const arrives = found < 0 || zones(curvature, params.beta) === undefined ? undefined : found
  const along = (i: 0 | 1) => {
    const [ux, uy] = curvature.vectors[i]
    const all = run.map(([x, y]) => (x - minimum[0]) * ux + (y - minimum[1]) * uy)
    const first = Math.abs(all[0]!)
    return first < 1e-12 ? all.map(() => 0) : all.map((e) => e / first)
  }
  const z = zones(curvature, params.beta)
  const escaped = far.length <= 1000
  const kind = !z
    ? "saddle"
    : params.lr >= z.limit * (1 - 1e-12) || escaped
      ? "diverging"
      : params.lr < z.good[0]
        ? "slow"
        : params.lr > z.good[1]
          ? "ringing"
          : "best"
  return {
    params,
    surface,
    run,
    values: run.map(([x, y]) => f(x, y)),
    errors: [along(0), along(1)],
    step: Math.min(step, run.length - 1),
    zones: z,
    arrives,
    kind,
  }
}
