/** @file Losses on numbers: squared, absolute and Huber's error. The mean is over all elements. */
import { asTensor } from "../create.ts"
import { where } from "../join.ts"
import { abs, le, mul, square, sub } from "../ops/arithmetic.ts"
import type { Tensor, TensorLike } from "../tensor.ts"
import { checkSame, type LossOptions, reduced } from "./reduction.ts"

function pair(op: string, input: TensorLike, target: TensorLike): [Tensor, Tensor] {
  const x = asTensor(input)
  const y = asTensor(target, x.dtype)
  checkSame(op, x, y)
  return [x, y]
}

/** Mean squared error: (x − y)², mean over all elements. Shape: input and target alike. Throws: ShapeError if not. */
export function mse(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const [x, y] = pair("mse", input, target)
  return reduced("mse", square(sub(x, y)), options)
}

/** Mean absolute error: |x − y|, mean over all elements. Shape: input and target alike. Throws: ShapeError if not. */
export function mae(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const [x, y] = pair("mae", input, target)
  return reduced("mae", abs(sub(x, y)), options)
}

/**
 * Huber's loss: ½ (x − y)² where |x − y| ≤ δ, else δ (|x − y| − ½ δ); δ is 1 by default. Mean over all elements.
 * Reference: Huber 1964.
 */
export function huber(
  input: TensorLike,
  target: TensorLike,
  { delta = 1, ...options }: LossOptions & { delta?: number } = {},
): Tensor {
  const [x, y] = pair("huber", input, target)
  const error = sub(x, y)
  const size = abs(error)
  const losses = where(le(size, delta), mul(square(error), 0.5), mul(sub(size, delta / 2), delta))
  return reduced("huber", losses, options)
}
