/** @file Losses on numbers: squared, absolute and Huber's error. The mean is over all elements. */
import { checkNumber } from "../core/arguments.ts"
import { asTensor } from "../create.ts"
import { where } from "../join.ts"
import { abs, le, mul, square, sub } from "../ops/arithmetic.ts"
import type { Tensor, TensorLike } from "../tensor.ts"
import { checkSame, type LossOptions, reduced } from "./reduction.ts"

function pair(op: string, input: TensorLike, target: TensorLike): [Tensor, Tensor] {
  const x = asTensor(op, input)
  const y = asTensor(op, target, x.dtype)
  checkSame(op, x, y)
  return [x, y]
}

/**
 * Mean squared error: (x − y)². Shape: input and target alike → one number (mean over all elements). Range: [0, ∞).
 * Throws: ShapeError if the shapes differ. Gradient: 2 (x − y) / count.
 * @example
 * mse([2.5, 0, 2], [3, -0.5, 2])
 */
export function mse(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const [x, y] = pair("mse", input, target)
  return reduced("mse", square(sub(x, y)), options)
}

/**
 * Mean absolute error: |x − y|. Shape: input and target alike → one number (mean over all elements). Range: [0, ∞).
 * Throws: ShapeError if the shapes differ. Gradient: sign(x − y) / count, 0 where x = y.
 * @example
 * mae([2.5, 0, 2], [3, -0.5, 2])
 */
export function mae(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const [x, y] = pair("mae", input, target)
  return reduced("mae", abs(sub(x, y)), options)
}

/**
 * Huber's loss: ½ (x − y)² where |x − y| ≤ δ, else δ (|x − y| − ½ δ); δ is 1 by default.
 * Shape: input and target alike → one number (mean over all elements). Range: [0, ∞). Throws: ShapeError if the shapes
 * differ, ValueError unless δ > 0. Gradient: x − y, kept within ±δ, / count. Reference: Huber 1964.
 * @example
 * huber([0.5, 1, 10], [0, 0, 0], { reduction: "none" })
 */
export function huber(
  input: TensorLike,
  target: TensorLike,
  options: LossOptions & {
    /** δ: where the parabola becomes a line; 1 by default. */
    delta?: number
  } = {},
): Tensor {
  const { delta = 1 } = options
  checkNumber("huber", "delta", delta, 0, Number.POSITIVE_INFINITY, 0)
  const [x, y] = pair("huber", input, target)
  const error = sub(x, y)
  const size = abs(error)
  const losses = where(le(size, delta), mul(square(error), 0.5), mul(sub(size, delta / 2), delta))
  return reduced("huber", losses, options, ["reduction", "delta"])
}
