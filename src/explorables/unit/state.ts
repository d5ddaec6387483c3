/** @file The book's running network, 2–3–3, as six units computed one after the other. Draws and words nothing. */
import { type Tensor, tensor } from "../../../engine/index.ts"

export interface Layer {
  /** A row for each unit, a column for each input. */
  W: readonly (readonly number[])[]
  b: readonly number[]
}

export const LAYERS: readonly [Layer, Layer] = [
  {
    W: [
      [0.5, -0.3],
      [-0.2, 0.8],
      [0.1, 0.4],
    ],
    b: [0.1, -0.1, 0.2],
  },
  {
    W: [
      [0.3, -0.6, 0.2],
      [-0.4, 0.1, 0.5],
      [0.7, 0.2, -0.3],
    ],
    b: [0, 0.1, -0.1],
  },
]
/** Three hidden units and three scores. */
export const UNITS = 6

export const FUNCTIONS = {
  relu: { name: "ReLU", apply: (z: Tensor) => z.relu() },
  tanh: { name: "tanh", apply: (z: Tensor) => z.tanh() },
} as const
export type G = keyof typeof FUNCTIONS

export type Notation = "book" | "keras" | "theta"

export interface Settings {
  x1: number
  x2: number
  g: string
  notation: string
}

/** One unit with all that goes into it. */
export interface Unit {
  layer: 0 | 1
  index: number
  inputs: number[]
  weights: readonly number[]
  products: number[]
  bias: number
  z: number
  h: number
}

export interface State {
  g: G
  notation: Notation
  units: Unit[]
  /** How many of them have been computed. */
  done: number
}

const list = (t: Tensor): number[] => t.tolist() as number[]

export function model({ x1, x2, g, notation }: Settings, _seed: number, done: number): State {
  const units: Unit[] = []
  let h = tensor([x1, x2], { dtype: "float64" })
  for (const [k, { W, b }] of LAYERS.entries()) {
    const weights = tensor(
      W.map((row) => [...row]),
      { dtype: "float64" },
    )
    const z = weights.matmul(h).add(tensor([...b], { dtype: "float64" }))
    const out = k === 0 ? FUNCTIONS[g as G].apply(z) : z
    const products = weights.mul(h).tolist() as number[][]
    const [inputs, zs, hs] = [list(h), list(z), list(out)]
    for (const [index, row] of W.entries())
      units.push({
        layer: k as 0 | 1,
        index,
        inputs,
        weights: row,
        products: products[index]!,
        bias: b[index]!,
        z: zs[index]!,
        h: hs[index]!,
      })
    h = out
  }
  return { g: g as G, notation: notation as Notation, units, done }
}

/** The unit computed last; nothing before the first. */
export function current({ units, done }: State): Unit | undefined {
  return units[done - 1]
}
