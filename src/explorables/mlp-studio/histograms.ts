/** @file How weights, activations and gradients of each layer are spread, and which units are dead. Draws nothing. */
import { count } from "../lib/number.ts"
import { CURVES } from "./net.ts"
import type { Weights } from "./pass.ts"
import type { Shape } from "./shape.ts"
import type { State } from "./state.ts"

export interface Spread {
  /** The largest in size: the bins go as far to both sides of 0. */
  most: number
  mean: number
  deviation: number
  bins: number[]
}
export const BINS = 12

export function spreadOf(values: ArrayLike<number>): Spread {
  const all = Array.from(values)
  const most = all.reduce((far, v) => Math.max(far, Math.abs(v)), 0)
  const mean = all.reduce((sum, v) => sum + v, 0) / (all.length || 1)
  const square = all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (all.length || 1)
  const bins = Array.from({ length: BINS }, () => 0)
  for (const v of all) {
    const bin = most === 0 ? BINS / 2 : Math.floor(((v + most) / (2 * most)) * BINS)
    bins[Math.min(BINS - 1, bin)]!++
  }
  return { most, mean, deviation: Math.sqrt(square), bins }
}

/** What the unit gets, at the place `row` of these activations. */
function score({ w, b, inputs }: Weights, unit: number, from: Float64Array, row: number): number {
  let z = b[unit]!
  for (let j = 0; j < inputs; j++) z += w[unit * inputs + j]! * from[row * inputs + j]!
  return z
}

/** ∂L/∂w of the mean loss of the training points, by layer in the order of the weights; biases are left out. */
export function gradients({ shape, weights, train: h, run, problem, muted }: State): Float64Array[] {
  const points = run.data.train
  const all = weights.map(({ w }) => new Float64Array(w.length))
  const last = h.at(-1)!
  let upstream = Float64Array.from(
    points,
    ({ label }, i) => problem.loss(last[i]!, label).slope / points.length,
  )
  for (let l = shape.layers.length - 1; l >= 0; l--) {
    const { units, kind } = shape.layers[l]!
    const { w, inputs } = weights[l]!
    const below = new Float64Array(points.length * inputs)
    for (let row = 0; row < points.length; row++)
      for (let u = 0; u < units; u++) {
        if (muted?.layer === l && muted.unit === u) continue
        const delta = upstream[row * units + u]! * CURVES[kind].slope(score(weights[l]!, u, h[l]!, row))
        for (let j = 0; j < inputs; j++) {
          all[l]![u * inputs + j]! += delta * h[l]![row * inputs + j]!
          below[row * inputs + j]! += delta * w[u * inputs + j]!
        }
      }
    upstream = below
  }
  return all
}

export interface LayerSpread {
  name: string
  weights: Spread
  /** Of the training points. */
  activations: Spread
  gradients: Spread
}

export function spreads(state: State): LayerSpread[] {
  const slopes = gradients(state)
  return state.shape.layers.map((_, l) => ({
    name: l === state.shape.layers.length - 1 ? "output" : `layer ${l + 1}`,
    weights: spreadOf(state.weights[l]!.w),
    activations: spreadOf(state.train[l + 1]!),
    gradients: spreadOf(slopes[l]!),
  }))
}

/** A slope below which hardly anything comes through; a leaky unit keeps its 0.01. */
const DEAD = 0.005

/** Hidden units whose slope is almost 0 at every training point, by layer: nothing below them learns through them. */
export function deadUnits(
  shape: Shape,
  weights: readonly Weights[],
  train: readonly Float64Array[],
): number[][] {
  return shape.layers.slice(0, -1).map(({ units, kind }, l) => {
    const rows = train[l + 1]!.length / units
    const isDead = (unit: number): boolean => {
      for (let row = 0; row < rows; row++)
        if (CURVES[kind].slope(score(weights[l]!, unit, train[l]!, row)) > DEAD) return false
      return rows > 0
    }
    return Array.from({ length: units }, (_, u) => u).filter(isDead)
  })
}

const LIST = new Intl.ListFormat("en")

/** "2 units are dead: unit 3 of layer 1 and …"; empty if none is. */
export function deadWords({ shape, weights, train }: State): string {
  const dead = deadUnits(shape, weights, train).flatMap((units, l) =>
    units.map((u) => `unit ${u + 1} of layer ${l + 1}`),
  )
  if (dead.length === 0) return ""
  const shown = dead.length > 5 ? [...dead.slice(0, 4), `${dead.length - 4} more`] : dead
  const one = dead.length === 1
  return `${count(dead.length, "unit")} ${one ? "is" : "are"} dead: ${LIST.format(shown)}; at no training point ${one ? "does it" : "do they"} let a gradient through.`
}
