/** @file How good predictions are, counted. */
import { checkCount } from "./core/arguments.ts"
import { ShapeError, showShape, ValueError } from "./core/errors.ts"
import { checkShape, normalizeDim, sameShape } from "./core/shape.ts"
import { asTensor, tensor } from "./create.ts"
import { indices, largest } from "./ops/indexing.ts"
import { reshape } from "./ops/movement.ts"
import { argmax } from "./ops/reduce.ts"
import type { Tensor, TensorLike } from "./tensor.ts"

/** Class numbers as they are; scores [N, C] by their largest entry. */
function classesOf(op: string, predictions: TensorLike, labels: Tensor): Tensor {
  const p = asTensor(op, predictions)
  const classes = p.ndim === labels.ndim + 1 ? argmax(p, normalizeDim(op, -1, p.ndim, p.shape)) : p
  if (!sameShape(classes.shape, labels.shape))
    throw new ShapeError(
      `${op}: predictions ${showShape(p.shape)} do not match labels ${showShape(labels.shape)}; ` +
        "give one class number, or one row of scores, for each label.",
    )
  return classes
}

/**
 * Share of predictions that equal their label: (number right) / N. Shape: predictions class numbers [N] or scores [N, C],
 * labels [N] → a plain number. Range: 0 … 1. Throws: ShapeError if they do not match, ValueError if there are none
 * or one is NaN.
 * @example
 * const scores = tensor([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7], [0.6, 0.4]])
 * accuracy(scores, [1, 0, 0, 0])
 */
export function accuracy(predictions: TensorLike, labels: TensorLike): number {
  const y = asTensor("accuracy", labels)
  const want = y.data()
  const got = classesOf("accuracy", predictions, y).data()
  if (want.length === 0)
    throw new ValueError(
      "accuracy: there are no labels, so there is no share of them; check that the data is not empty.",
    )
  const unknown = want.findIndex(Number.isNaN)
  if (unknown >= 0) throw new ValueError(`accuracy: label ${unknown} is NaN, no class; check the labels.`)
  let right = 0
  for (let i = 0; i < want.length; i++) if (got[i] === want[i]) right++
  return right / want.length
}

/**
 * Counts by true class (rows) and predicted class (columns). Without `classes`, C is one more than the largest number
 * met. Shape: predictions class numbers [N] or scores [N, C], labels [N] → [C, C], int32.
 * Throws: ShapeError if they do not match, ValueError on a class outside 0 … C − 1.
 * @example
 * confusionMatrix([0, 1, 1, 2, 2], [0, 1, 2, 2, 2])
 */
export function confusionMatrix(predictions: TensorLike, labels: TensorLike, classes?: number): Tensor {
  const y = asTensor("confusionMatrix", labels)
  const p = classesOf("confusionMatrix", predictions, y)
  if (classes !== undefined) checkCount("confusionMatrix", "the number of classes", classes)
  const count = classes ?? Math.max(largest(y.data()), largest(p.data())) + 1
  const rows = indices("confusionMatrix", y, count).data()
  const columns = indices("confusionMatrix", p, count).data()
  checkShape("confusionMatrix", [count, count], "int32")
  const out = new Int32Array(count * count)
  rows.forEach((row, i) => {
    out[row * count + columns[i]]++
  })
  return reshape(tensor(out), [count, count])
}
