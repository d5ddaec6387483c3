/**
 * @file The closed union of work that a backend can do. A kernel is data: what to compute, never how. Inputs come
 * as arrays with a view, the output is a fresh row-major array. Knows nothing of tensors or backends.
 */
import type { Shape } from "../core/shape.ts"
import type { Expr } from "./expr.ts"

export type Reduction = "sum" | "prod" | "max" | "min" | "argmax" | "argmin"

export type Kernel =
  /** out[i] = expr(inputs[0][i], inputs[1][i], …); all views have the shape of the output. */
  | { readonly kind: "map"; readonly expr: Expr }
  /** Input [outer, length] → [outer]. Sums are blocked, pairwise or in double: never a plain float32 running sum. */
  | { readonly kind: "reduce"; readonly op: Reduction; readonly length: number }
  /** Input [outer, length] → the same shape, running sums along the last dimension. */
  | { readonly kind: "cumsum"; readonly length: number }
  /** Inputs [batch, m, k] and [batch, k, n] → [batch, m, n]. */
  | { readonly kind: "matmul"; readonly m: number; readonly k: number; readonly n: number }
  /** Inputs x [outer, size, inner] and index [outer, length, inner] → out[o, l, i] = x[o, index[o, l, i], i]. */
  | { readonly kind: "gather"; readonly size: number; readonly length: number; readonly inner: number }
  /** Inputs x, index, source, shaped as for gather → x plus source, added where index says. */
  | { readonly kind: "scatterAdd"; readonly size: number; readonly length: number; readonly inner: number }
  /** Input p goes to the box of `shape` that begins at begins[p]; the rest is `fill`. Boxes do not overlap. */
  | {
      readonly kind: "place"
      readonly shape: Shape
      readonly begins: readonly Shape[]
      readonly fill: number
    }
  /** Windows [planes, outHeight, outWidth, kernelHeight, kernelWidth], summed into planes of height × width. */
  | {
      readonly kind: "fold"
      readonly height: number
      readonly width: number
      readonly kernel: readonly [number, number]
      readonly stride: readonly [number, number]
    }
  /**
   * Inputs: four int32 scalars, the two words of a key and the low and high 32 bits of a position. Words of the
   * Philox stream of the key from that position on; one makes a uniform number in [0, 1), two a normal one.
   */
  | { readonly kind: "random"; readonly distribution: "uniform" | "normal" }
