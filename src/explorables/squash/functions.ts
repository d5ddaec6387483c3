/** @file The functions on the bench: how the engine computes each, how a cell writes it, how high it is drawn. */
import { maximum, type Tensor } from "../../../engine/index.ts"
import type { Range } from "../lib/explorable.ts"

export interface Activation {
  name: string
  /** In the middle of a sentence. */
  noun: string
  apply(z: Tensor, alpha: number): Tensor
  /** The same as an expression of `z`. */
  code(alpha: number): string
  /** Lowest and highest value in the picture. */
  range: Range
}

const UNIT: Range = [-0.25, 1.25]
const SQUASH: Range = [-1.3, 1.3]
const HINGE: Range = [-2, 8]

export const FUNCTIONS = {
  sigmoid: {
    name: "sigmoid",
    noun: "sigmoid",
    apply: (z) => z.sigmoid(),
    code: () => "z.sigmoid()",
    range: UNIT,
  },
  tanh: { name: "tanh", noun: "tanh", apply: (z) => z.tanh(), code: () => "z.tanh()", range: SQUASH },
  relu: { name: "ReLU", noun: "ReLU", apply: (z) => z.relu(), code: () => "z.relu()", range: HINGE },
  leaky: {
    name: "leaky ReLU",
    noun: "leaky ReLU",
    apply: (z, alpha) => maximum(z.mul(alpha), z),
    code: (alpha) => `maximum(z.mul(${alpha}), z)`,
    range: HINGE,
  },
  elu: { name: "ELU", noun: "ELU", apply: (z) => z.elu(), code: () => "z.elu()", range: HINGE },
  gelu: { name: "GELU", noun: "GELU", apply: (z) => z.gelu(), code: () => "z.gelu()", range: HINGE },
  silu: { name: "SiLU", noun: "SiLU", apply: (z) => z.silu(), code: () => "z.silu()", range: HINGE },
  step: {
    name: "step",
    noun: "step",
    apply: (z) => z.sign().add(1).div(2),
    code: () => "z.sign().add(1).div(2)",
    range: UNIT,
  },
  linear: { name: "none", noun: "linear", apply: (z) => z.mul(1), code: () => "z.mul(1)", range: [-8, 8] },
} as const satisfies Record<string, Activation>

export type Kind = keyof typeof FUNCTIONS
