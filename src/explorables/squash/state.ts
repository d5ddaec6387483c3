/**
 * @file A bell of pre-activations under an activation function: values, slopes by automatic differentiation, and what
 * the product of slopes leaves of a gradient, layer after layer. Draws and words nothing.
 */
import { Generator, grad, linspace, randn, type Tensor, tensor } from "../../../engine/index.ts"
import { type Activation, FUNCTIONS, type Kind } from "./functions.ts"

/** The most layers that a gradient goes through. */
export const LAYERS = 30
/** An odd number, so that one path is the middle one. */
export const PATHS = 9
/** A slope below this counts as flat. */
export const FLAT = 0.05
/** Half the width of the picture, and where the bell is cut off, in standard deviations. */
export const REACH = 8
const DEVIATIONS = 4
/** An even number, so that no place lies on the corner of a hinge. */
export const PLACES = 400

export interface Settings {
  g: string
  alpha: number
  mean: number
  width: number
  z: number
}

export interface State {
  kind: Kind
  mean: number
  width: number
  /** Places all over the bell, with the share of the units at each; their activations and slopes. */
  z: number[]
  share: number[]
  h: number[]
  slope: number[]
  /** One unit, and the curve. */
  unit: { z: number; h: number; slope: number }
  curve: (readonly [z: number, h: number])[]
  /** Shares of the units whose slope is nearly, or exactly, 0. */
  flat: number
  dead: number
  /** Of one layer: root mean square and geometric mean of the slope (0 if any is 0). */
  rms: number
  typical: number
  /** What is left of a gradient of 1 after 0, 1, … layers, on single paths from unit to unit. */
  paths: number[][]
  /** How many layers have been passed. */
  layers: number
}

const list = (t: Tensor): number[] => t.tolist() as number[]
const weighted = (values: readonly number[], share: readonly number[]): number =>
  values.reduce((sum, v, i) => sum + v * share[i]!, 0)

export function model(settings: Settings, seed: number, step: number): State {
  const kind = settings.g as Kind
  const { apply }: Activation = FUNCTIONS[kind]
  const { alpha, mean, width } = settings
  const g = (z: Tensor): Tensor => apply(z, alpha)
  const slopes = grad((z: Tensor) => g(z).sum())
  const bell = linspace(-DEVIATIONS, DEVIATIONS, PLACES, { dtype: "float64" })
  const density = bell.square().div(-2).exp()
  const share = list(density.div(density.sum()))
  const z = bell.mul(width).add(mean)
  const slope = list(slopes(z))
  const at = tensor([settings.z], { dtype: "float64" })
  const along = linspace(-REACH, REACH, 65, { dtype: "float64" })
  const heights = list(g(along))
  const met = randn([PATHS, LAYERS], { generator: new Generator(seed), dtype: "float64" })
  const factors = slopes(met.mul(width).add(mean)).tolist() as number[][]
  return {
    kind,
    mean,
    width,
    z: list(z),
    share,
    h: list(g(z)),
    slope,
    unit: { z: settings.z, h: list(g(at))[0]!, slope: list(slopes(at))[0]! },
    curve: list(along).map((v, i) => [v, heights[i]!] as const),
    flat: weighted(
      slope.map((s) => Number(Math.abs(s) < FLAT)),
      share,
    ),
    dead: weighted(
      slope.map((s) => Number(s === 0)),
      share,
    ),
    rms: Math.sqrt(
      weighted(
        slope.map((s) => s * s),
        share,
      ),
    ),
    typical: slope.includes(0)
      ? 0
      : Math.exp(
          weighted(
            slope.map((s) => Math.log(Math.abs(s))),
            share,
          ),
        ),
    paths: factors.map((row) => {
      let left = 1
      return [1, ...row.map((s) => (left *= Math.abs(s)))]
    }),
    layers: step,
  }
}

/** How many paths still have a gradient after so many layers. */
export function open({ paths }: State, layers: number): number {
  return paths.filter((path) => path[layers]! > 0).length
}

/** What is left on the middle one of the paths. */
export function middle({ paths }: State, layers: number): number {
  return paths.map((path) => path[layers]!).toSorted((a, b) => a - b)[(PATHS - 1) / 2]!
}
