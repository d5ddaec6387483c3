/** @file Six optimizers on one landscape: controls, surfaces, and the whole of each run. Knows no pictures. */
import { Generator } from "../../../engine/index.ts"
import type { Params, Point, Range } from "../lib/explorable.ts"
import { METHODS, type Memory, type Method, update } from "./rules.ts"

/** Steps of a run. */
export const STEPS = 120
/** Standard deviation of the noise along each axis. */
export const NOISE = 2
/** A run that goes beyond is lost and stands still. */
const LOST = 1e4

export const X: Range = [-4, 4]
export const Y: Range = [-2.5, 2.5]

export const SURFACES = ["ravine", "bend", "saddle"] as const
export type SurfaceName = (typeof SURFACES)[number]

export const controls = {
  surface: {
    type: "choice",
    label: "Landscape",
    value: "ravine",
    options: [
      { value: "ravine", label: "ravine" },
      { value: "bend", label: "bent valley" },
      { value: "saddle", label: "saddle" },
    ],
  },
  focus: {
    type: "choice",
    label: "Look into",
    value: "momentum",
    options: [
      { value: "sgd", label: "1 SGD" },
      { value: "momentum", label: "2 momentum" },
      { value: "nesterov", label: "3 Nesterov" },
      { value: "rmsprop", label: "4 RMSProp" },
      { value: "adam", label: "5 Adam" },
      { value: "adamw", label: "6 AdamW" },
    ],
  },
  lr: {
    type: "slider",
    label: "η of SGD, momentum, Nesterov",
    value: 0.03,
    min: 0.001,
    max: 0.5,
    step: 0.05,
    scale: "log",
  },
  scaled: {
    type: "slider",
    label: "η of RMSProp, Adam, AdamW",
    value: 0.1,
    min: 0.001,
    max: 1,
    step: 0.05,
    scale: "log",
  },
  rho: { type: "slider", label: "Memory of gradients, ρ and β₁", value: 0.9, min: 0, max: 0.99, step: 0.01 },
  beta: { type: "slider", label: "Memory of squares, β₂", value: 0.9, min: 0.5, max: 0.999, step: 0.001 },
  noise: { type: "toggle", label: "Noise in the gradient", value: false },
  start: { type: "handle", label: "Start", value: [-3.4, 1.2], view: "map", x: X, y: Y, step: 0.1 },
} as const

export type RelayParams = Params<typeof controls>

export interface Surface {
  f(x: number, y: number): number
  gradient(x: number, y: number): Point
}

/** The ravine ½(x² + 20y²), the bent valley of Rosenbrock (1960, milder), and ½y² + ¼x⁴ − ½x² with its pits at ±1. */
export const surfaces: Readonly<Record<SurfaceName, Surface>> = {
  ravine: {
    f: (x, y) => 0.5 * (x * x + 20 * y * y),
    gradient: (x, y) => [x, 20 * y],
  },
  bend: {
    f: (x, y) => 0.5 * (1 - x) ** 2 + 2 * (y - (x * x) / 4) ** 2,
    gradient: (x, y) => [x - 1 - 2 * x * (y - (x * x) / 4), 4 * (y - (x * x) / 4)],
  },
  saddle: {
    f: (x, y) => 2 * y * y + 0.25 * x ** 4 - 0.5 * x * x + 0.25,
    gradient: (x, y) => [x ** 3 - x, 4 * y],
  },
}

/** One moment of one run. */
export interface Moment {
  at: Point
  f: number
  /** What is remembered along each axis. */
  memory: readonly [Memory, Memory]
  /** The gradient that led here, and the move that it made; zeros at the start. */
  gradient: Point
  move: Point
}

export interface State {
  params: RelayParams
  step: number
  surface: Surface
  focus: Method
  runs: Readonly<Record<Method, Moment[]>>
  /** Methods from the lowest to the highest at this step. */
  ranking: Method[]
}

/** η of a method: those that divide by the size of the gradient have one of their own. */
export const rateOf = (method: Method, { lr, scaled }: RelayParams): number =>
  method === "sgd" || method === "momentum" || method === "nesterov" ? lr : scaled

function follow(method: Method, params: RelayParams, surface: Surface, kicks: readonly Point[]): Moment[] {
  const settings = { lr: rateOf(method, params), rho: params.rho, beta: params.beta }
  const none = { first: 0, second: 0 }
  const run: Moment[] = [
    { at: params.start, f: surface.f(...params.start), memory: [none, none], gradient: [0, 0], move: [0, 0] },
  ]
  for (let t = 1; t <= STEPS; t++) {
    const before = run[t - 1]!
    const [x, y] = before.at
    if (Math.hypot(x, y) > LOST) {
      run.push(before)
      continue
    }
    const slope = surface.gradient(x, y)
    const kick = kicks[t - 1]!
    const gradient: Point = [slope[0] + kick[0], slope[1] + kick[1]]
    const along = update(method, settings, before.memory[0], gradient[0], x, t)
    const across = update(method, settings, before.memory[1], gradient[1], y, t)
    const at: Point = [x + along.move, y + across.move]
    run.push({
      at,
      f: surface.f(...at),
      memory: [along.memory, across.memory],
      gradient,
      move: [along.move, across.move],
    })
  }
  return run
}

export function model(params: RelayParams, seed: number, step: number): State {
  const surface = surfaces[params.surface as SurfaceName]
  const random = new Generator(seed)
  // The same kicks for all: nobody is luckier than another.
  const size = params.noise ? NOISE : 0
  const kicks = Array.from({ length: STEPS }, (): Point => [size * random.normal(), size * random.normal()])
  const runs = Object.fromEntries(
    METHODS.map((method) => [method, follow(method, params, surface, kicks)]),
  ) as Record<Method, Moment[]>
  const t = Math.min(step, STEPS)
  const ranking = [...METHODS].sort((a, b) => runs[a][t]!.f - runs[b][t]!.f)
  return { params, step: t, surface, focus: params.focus as Method, runs, ranking }
}
