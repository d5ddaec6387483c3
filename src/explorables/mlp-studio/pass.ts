/** @file A network of the studio applied to points: forward for many at once, forward and back for one. Knows no training. */
import { FEATURES } from "./data.ts"
import { CURVES } from "./net.ts"
import type { Problem } from "./problem.ts"
import type { Sample } from "./sample.ts"
import { fanIns, type Shape } from "./shape.ts"

/** A layer's weights [units, inputs] and biases, as views of the flat parameters. */
export interface Weights {
  w: Float32Array
  b: Float32Array
  inputs: number
}

export function weightsOf(shape: Shape, theta: Float32Array): Weights[] {
  const into = fanIns(shape)
  let at = 0
  return shape.layers.map(({ units }, l) => {
    const inputs = into[l]!
    const w = theta.subarray(at, at + units * inputs)
    const b = theta.subarray(at + units * inputs, at + units * (inputs + 1))
    at += units * (inputs + 1)
    return { w, b, inputs }
  })
}

/** A unit that is silenced: its layer from 0 and its place in it. */
export interface Muted {
  layer: number
  unit: number
}

export const inputsOf = (shape: Shape, points: readonly { x: number; y: number }[]): Float64Array =>
  Float64Array.from(points.flatMap(({ x, y }) => shape.features.map((f) => FEATURES[f]!.of(x, y))))

/** Activations by layer, the inputs first, the scores last; rows of points. */
export function forward(
  shape: Shape,
  weights: readonly Weights[],
  inputs: Float64Array,
  rows: number,
  muted?: Muted,
): Float64Array[] {
  const all = [inputs]
  shape.layers.forEach(({ units, kind }, l) => {
    const { w, b, inputs: n } = weights[l]!
    const { g } = CURVES[kind]
    const from = all[l]!
    const to = new Float64Array(rows * units)
    for (let row = 0; row < rows; row++)
      for (let u = 0; u < units; u++) {
        let z = b[u]!
        for (let j = 0; j < n; j++) z += w[u * n + j]! * from[row * n + j]!
        to[row * units + u] = g(z)
      }
    if (muted?.layer === l) for (let row = 0; row < rows; row++) to[row * units + muted.unit] = 0
    all.push(to)
  })
  return all
}

export function meanLoss(
  shape: Shape,
  weights: readonly Weights[],
  points: readonly Sample[],
  problem: Problem,
): number {
  const scores = forward(shape, weights, inputsOf(shape, points), points.length).at(-1)!
  return points.reduce((sum, { label }, i) => sum + problem.loss(scores[i]!, label).loss, 0) / points.length
}

/** One example: what each unit gets, gives, and gets back. By layer with weights. */
export interface Example {
  point: Sample
  /** Activations, the inputs first. */
  h: Float64Array[]
  z: Float64Array[]
  /** ∂L/∂h of the units, and δ = ∂L/∂z. Of the score both are the same. */
  upstream: Float64Array[]
  delta: Float64Array[]
  loss: number
}

export function example(
  shape: Shape,
  weights: readonly Weights[],
  point: Sample,
  problem: Problem,
  muted?: Muted,
): Example {
  const h = forward(shape, weights, inputsOf(shape, [point]), 1, muted)
  const z = shape.layers.map(({ units }, l) => {
    const { w, b, inputs } = weights[l]!
    return Float64Array.from({ length: units }, (_, u) =>
      h[l]!.reduce((sum, v, j) => sum + w[u * inputs + j]! * v, b[u]!),
    )
  })
  const s = z.at(-1)![0]!
  const { loss, slope } = problem.loss(s, point.label)
  const upstream = shape.layers.map(({ units }) => new Float64Array(units))
  const delta = shape.layers.map(({ units }) => new Float64Array(units))
  for (let l = shape.layers.length - 1; l >= 0; l--) {
    const { units, kind } = shape.layers[l]!
    for (let u = 0; u < units; u++) {
      const up = l === shape.layers.length - 1 ? slope : above(weights[l + 1]!, delta[l + 1]!, u)
      const silent = muted?.layer === l && muted.unit === u
      upstream[l]![u] = up
      delta[l]![u] = silent ? 0 : up * CURVES[kind].slope(z[l]![u]!)
    }
  }
  return { point, h, z, upstream, delta, loss }
}

/** Σ δ w over the units above that use this one. */
function above({ w, inputs }: Weights, delta: Float64Array, unit: number): number {
  return delta.reduce((sum, d, k) => sum + d * w[k * inputs + unit]!, 0)
}
