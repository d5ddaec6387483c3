/** @file Everything that the studio shows, as a pure function of settings, seed and step. Knows no picture and no words. */
import type { Settings } from "./controls.ts"
import { isNow, type Spot } from "./edits.ts"
import { type Example, example, forward, inputsOf, type Muted, type Weights, weightsOf } from "./pass.ts"
import type { Problem } from "./problem.ts"
import { type Run, runOf } from "./run.ts"
import { PLANE, type Sample } from "./sample.ts"
import { countOf, type Shape, shapeOf } from "./shape.ts"

/** Cells along each side of the plane on which fields are computed. */
export const CELLS = 48

const GRID = Array.from({ length: (CELLS + 1) ** 2 }, (_, i) => {
  const along = (k: number) => PLANE[0] + ((PLANE[1] - PLANE[0]) * k) / CELLS
  return { x: along(i % (CELLS + 1)), y: along(Math.floor(i / (CELLS + 1))) }
})

export interface State {
  settings: Settings
  seed: number
  step: number
  /** The step whose weights are shown: the last one that has numbers. */
  at: number
  /** The whole run as far as it was computed: for the curves. */
  run: Run
  shape: Shape
  problem: Problem
  weights: Weights[]
  losses: { train: number; held: number | undefined }
  /** The accuracy, or in a regression the error. */
  measure: { train: number; held: number | undefined }
  /** Activations of the training points and of those held out, by layer. */
  train: Float64Array[]
  held: Float64Array[]
  /** Activations over the plane, by layer, rows from the lower left: columns of `CELLS + 1`. */
  grid: Float64Array[]
  example: Example
  /** The unit looked into; the output is that of the last layer. */
  focus: Muted
  muted: Muted | undefined
  /** Is the unit taken out, and does nobody hear it? */
  isOut(unit: Muted): boolean
  /** The number of that unit that is chosen: one of its weights, or its bias. */
  picked: Spot
  /** What spans the space that is shown: a hidden layer from 1, or the inputs, 0; and two of its units, from 0. */
  space: { layer: number; across: number; up: number }
}

/** Which unit a number from 0 is: the output, then the hidden ones in order. Too large is the last. */
export function unitOf({ layers }: Shape, index: number): Muted {
  let rest = index
  for (let layer = 0; rest > 0 && layer < layers.length - 1; layer++) {
    const { units } = layers[layer]!
    if (rest <= units) return { layer, unit: rest - 1 }
    rest -= units
    if (layer === layers.length - 2) return { layer, unit: units - 1 }
  }
  return { layer: layers.length - 1, unit: 0 }
}

/** The number under which `unitOf` finds it. */
export function indexOf({ layers }: Shape, { layer, unit }: Muted): number {
  if (layer === layers.length - 1) return 0
  return layers.slice(0, layer).reduce((sum, { units }) => sum + units, 0) + unit + 1
}

/** The inputs of the network at all places of the plane; those of the latest shape are remembered. */
function gridOf(shape: Shape): Float64Array {
  const name = shape.features.join()
  if (placed.name !== name) placed = { name, inputs: inputsOf(shape, GRID) }
  return placed.inputs
}
let placed: { name: string; inputs: Float64Array } = { name: "", inputs: new Float64Array() }

/** The units of a layer that are not out. */
export const heardIn = ({ shape, isOut }: Pick<State, "shape" | "isOut">, layer: number): number =>
  Array.from({ length: shape.layers[layer]!.units }, (_, unit) => unit).filter(
    (unit) => !isOut({ layer, unit }),
  ).length

const LENGTHS = [2000, 1000, 500, 200]

/** Steps of a run: fewer where each takes long, so that the last is never further than about a second. */
export function stepsOf(settings: Settings): number {
  const points = Math.max(1, (settings.n * settings.share) / 100)
  const updates =
    settings.batch === "all" || settings.grain === "batch" ? 1 : Math.ceil(points / Number(settings.batch))
  const microseconds = 12 + 2 * updates + (points * countOf(shapeOf(settings))) / 1000
  return LENGTHS.find((steps) => steps * microseconds < 1e6) ?? 100
}

/** How good a run is after a step. */
export function measureOf({ shape, problem, thetas, data }: Run, step: number): State["measure"] {
  const weights = weightsOf(shape, thetas[step]!)
  const good = (points: readonly Sample[]) =>
    problem.measure(forward(shape, weights, inputsOf(shape, points), points.length).at(-1)!, points)
  return { train: good(data.train)!, held: good(data.held) }
}

export function model(settings: Settings, seed: number, step: number): State {
  const run = runOf(settings, seed, step)
  const at = Math.min(step, run.thetas.length - 1)
  const { shape, problem, data } = run
  const weights = weightsOf(shape, run.thetas[at]!)
  const focus = unitOf(shape, settings.focus)
  const isOutput = focus.layer === shape.layers.length - 1
  const muted = settings.mute && !isOutput ? focus : undefined
  const apply = (points: readonly { x: number; y: number }[]) =>
    forward(shape, weights, inputsOf(shape, points), points.length, muted)
  const train = apply(data.train)
  const held = apply(data.held)
  return {
    settings,
    seed,
    step,
    at,
    run,
    shape,
    problem,
    weights,
    losses: {
      train: run.trainLosses[at]!,
      held: data.held.length > 0 ? run.heldLosses[at]! : undefined,
    },
    measure: {
      train: problem.measure(train.at(-1)!, data.train)!,
      held: problem.measure(held.at(-1)!, data.held),
    },
    train,
    held,
    grid: forward(shape, weights, gridOf(shape), GRID.length, muted),
    example: example(shape, weights, nearest(data.train, settings.probe), problem, muted),
    focus,
    muted,
    isOut: ({ layer, unit }) => {
      if (run.edits.length === 0 || !isNow(run.edits, { layer, unit }, at).out) return false
      const { w, inputs } = weights[layer + 1]!
      return w.every((value, i) => value === 0 || i % inputs !== unit)
    },
    picked: { ...focus, input: Math.min(settings.into, weights[focus.layer]!.inputs) - 1 },
    space: spaceOf(shape, settings),
  }
}

function nearest(points: readonly Sample[], [x, y]: readonly [number, number]): Sample {
  const far = (p: Sample) => Math.hypot(p.x - x, p.y - y)
  return points.reduce((best, p) => (far(p) < far(best) ? p : best))
}

function spaceOf({ features, layers }: Shape, { layer, across, up }: Settings): State["space"] {
  const which = Math.min(layer, layers.length - 1)
  const units = which === 0 ? features.length : layers[which - 1]!.units
  const unit = (index: number) => Math.min(index, units) - 1
  return { layer: which, across: unit(across), up: unit(up) }
}
