/** @file How good predictions are, counted. */
import { ShapeError, showShape } from "./core/errors.ts"
import { normalizeDim, sameShape } from "./core/shape.ts"
import { asTensor, tensor } from "./create.ts"
import { indices } from "./ops/indexing.ts"
import { reshape } from "./ops/movement.ts"
import { argmax } from "./ops/reduce.ts"
import type { Tensor, TensorLike } from "./tensor.ts"

/** Class numbers as they are; scores [N, C] by their largest entry. */
function classesOf(op: string, predictions: TensorLike, labels: Tensor): Tensor {
  const p = asTensor(predictions)
  const classes = p.ndim === labels.ndim + 1 ? argmax(p, normalizeDim(op, -1, p.ndim, p.shape)) : p
  if (!sameShape(classes.shape, labels.shape))
    throw new ShapeError(
      `${op}: predictions ${showShape(p.shape)} do not match labels ${showShape(labels.shape)}; ` +
        "give one class number, or one row of scores, for each label.",
    )
  return classes
}

/** Share of predictions that equal their label, 0 … 1; NaN of none. Predictions: class numbers [N], or scores [N, C]. */
export function accuracy(predictions: TensorLike, labels: TensorLike): number {
  const y = asTensor(labels)
  const want = y.data()
  const got = classesOf("accuracy", predictions, y).data()
  let right = 0
  for (let i = 0; i < want.length; i++) if (got[i] === want[i]) right++
  return right / want.length
}

/**
 * Counts by true class (rows) and predicted class (columns), as int32 [C, C]. Without `classes`, one more than the
 * largest number met. Throws: ValueError on a class outside 0 … C − 1.
 */
export function confusionMatrix(predictions: TensorLike, labels: TensorLike, classes?: number): Tensor {
  const y = asTensor(labels)
  const p = classesOf("confusionMatrix", predictions, y)
  const count = classes ?? Math.max(-1, ...y.data(), ...p.data()) + 1
  const rows = indices("confusionMatrix", y, count).data()
  const columns = indices("confusionMatrix", p, count).data()
  const out = new Int32Array(count * count)
  rows.forEach((row, i) => {
    out[row * count + columns[i]]++
  })
  return reshape(tensor(out), [count, count])
}
