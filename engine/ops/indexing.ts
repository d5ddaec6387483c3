/** @file Picking elements by index: gather ↔ scatterAdd, whole slices, one-hot rows. Checks every index. */
import { checkValues } from "../check.ts"
import { promote } from "../core/dtype.ts"
import { DTypeError, ShapeError, showShape, ValueError } from "../core/errors.ts"
import { checkShape, normalizeDim, sameShape, sizeOf } from "../core/shape.ts"
import { arange, asTensor, repeated } from "../create.ts"
import { cast, compute, defineOp, record } from "../op.ts"
import type { Tensor, TensorLike } from "../tensor.ts"
import { eq } from "./arithmetic.ts"
import { reshape, slice, unsqueeze } from "./movement.ts"
import { broadcastTo } from "./reduce.ts"
import type { Trials } from "./trial.ts"

/** @internal Whole numbers from 0 to size − 1, as int32. Throws: ValueError with the first that is not. */
export function indices(op: string, index: TensorLike, size: number): Tensor {
  const t = asTensor(op, index)
  if (t.dtype === "bool") throw new DTypeError(`${op}: indices are whole numbers, not bool; use int32.`)
  checkValues(t, (values) => {
    const wrong = values.findIndex((i) => !(Number.isInteger(i) && i >= 0 && i < size))
    if (wrong >= 0)
      throw new ValueError(
        `${op}: index ${values[wrong]} at position ${wrong} is not one of ` +
          (size > 0
            ? `0 … ${size - 1}; check the indices or labels.`
            : "nothing: that dimension has size 0."),
      )
  })
  return cast(t.detach(), "int32")
}

/** The numbers of a kernel for x and index that agree in all dimensions but `dim`. */
function frame(
  op: string,
  x: Tensor,
  dim: number,
  index: Tensor,
): { size: number; length: number; inner: number } {
  const { shape } = x.source.view
  const { shape: places } = index.source.view
  const at = normalizeDim(op, dim, shape.length, shape)
  const fits = places.length === shape.length && places.every((n, d) => d === at || n === shape[d])
  if (!fits)
    throw new ShapeError(
      `${op}: index ${showShape(index.shape)} must agree with ${showShape(x.shape)} in every dimension but ${dim}.`,
    )
  return { size: shape[at], length: places[at], inner: sizeOf(shape.slice(at + 1)) }
}

/** @internal `gather` with indices (int32) that are known to be inside x; `at` counts from the front. */
export function picked(whole: Tensor, at: number, picks: Tensor): Tensor {
  const { shape } = whole.source.view
  const { shape: places } = picks.source.view
  const smaller = places.length === shape.length && places.some((n, d) => d !== at && n < shape[d])
  const a = smaller
    ? slice(
        whole,
        [],
        shape.map((n, d) => (d === at ? n : Math.min(n, places[d]))),
      )
    : whole
  const kernel = { kind: "gather", ...frame("gather", a, at, picks) } as const
  const out = compute("gather", kernel, [a, picks], a.dtype, places)
  return record(
    "gather",
    out,
    [a],
    [(ct) => added(repeated(0, ct.dtype, a.source.view.shape), at, picks, ct)],
  )
}

/** `scatterAdd` with indices that are known to be inside a. */
function added(a: Tensor, at: number, picks: Tensor, b: Tensor): Tensor {
  const kernel = { kind: "scatterAdd", ...frame("scatterAdd", a, at, picks) } as const
  const dtype = promote(a.dtype, b.dtype)
  const out = compute(
    "scatterAdd",
    kernel,
    [cast(a, dtype), picks, cast(b, dtype)],
    dtype,
    a.source.view.shape,
  )
  return record("scatterAdd", out, [a, b], [(ct) => ct, (ct) => picked(ct, at, picks)])
}

/**
 * Elements picked along `dim`: y[i, j] = x[i, index[i, j]] for dim 1.
 * Shape: that of `index`, which may be smaller than x in the other dimensions.
 * Throws: ValueError if an index is outside x, ShapeError if the shapes do not agree.
 * Gradient: ct, added up where it was picked.
 * @example
 * const p = tensor([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]])
 * p.gather(1, [[1], [0]])
 */
export function gather(x: TensorLike, dim: number, index: TensorLike): Tensor {
  const whole = asTensor("gather", x)
  const at = normalizeDim("gather", dim, whole.ndim, whole.shape)
  return picked(whole, at, indices("gather", index, whole.shape[at]))
}

/**
 * x with `source` added at the indices along `dim`: y[i, index[i, j]] += source[i, j] for dim 1.
 * Shape: that of x; index and source have one shape and agree with x but in `dim`.
 * Throws: ValueError if an index is outside x, ShapeError if the shapes do not agree.
 * Gradient: ct to x, and ct gathered at the indices to source.
 * @example
 * const classes = [0, 1, 1, 3, 1]
 * zeros(4).scatterAdd(0, classes, ones(5))
 */
export function scatterAdd(x: TensorLike, dim: number, index: TensorLike, source: TensorLike): Tensor {
  const a = asTensor("scatterAdd", x)
  const b = asTensor("scatterAdd", source, a.dtype)
  const at = normalizeDim("scatterAdd", dim, a.ndim, a.shape)
  const picks = indices("scatterAdd", index, a.shape[at])
  if (!sameShape(picks.shape, b.shape))
    throw new ShapeError(
      `scatterAdd: index ${showShape(picks.shape)} and source ${showShape(b.shape)} must have the same shape.`,
    )
  return added(a, at, picks, b)
}

/**
 * Whole slices of x picked along `dim` by a list of indices, e.g. rows of a batch.
 * Shape: that of x with `dim` as long as the list. Throws: ValueError if an index is outside x.
 * Gradient: ct, added up where it was picked.
 * @example
 * indexSelect([[1, 2], [3, 4], [5, 6]], 0, [2, 0, 2])
 */
export function indexSelect(x: TensorLike, dim: number, index: TensorLike): Tensor {
  const a = asTensor("indexSelect", x)
  const at = normalizeDim("indexSelect", dim, a.ndim, a.shape)
  const picks = indices("indexSelect", index, a.shape[at])
  if (picks.ndim !== 1)
    throw new ShapeError(
      `indexSelect: the indices ${showShape(picks.shape)} must be a list; flatten them, or use gather.`,
    )
  const column = reshape(
    picks,
    a.shape.map((_, d) => (d === at ? picks.size : 1)),
  )
  const shape = a.shape.map((n, d) => (d === at ? picks.size : n))
  return picked(a, at, broadcastTo(column, shape))
}

/**
 * Rows of zeros with a 1 at the class: y[…, c] = 1 if x = c. Shape: x with a last dimension of `classes`; float32.
 * Without `classes`, which reads x, one more than the largest label.
 * Throws: ValueError on a label outside 0 … classes − 1.
 * @example
 * oneHot([2, 0, 1], 4)
 */
export const oneHot = defineOp("oneHot", {
  forward: (x: Tensor, classes?: number): Tensor => {
    const count = classes ?? largest(x.data()) + 1
    if (!(Number.isInteger(count) && count >= 0))
      throw new ValueError(`oneHot: there cannot be ${count} classes; give a whole number, or leave it out.`)
    checkShape("oneHot", [...x.shape, count], "float32")
    const labels = indices("oneHot", x, count)
    return cast(eq(unsqueeze(labels, labels.ndim), arange(0, count, 1, { dtype: "int32" })), "float32")
  },
})

/** @internal The largest of these numbers, −1 if there is none above. */
export function largest(labels: ArrayLike<number>): number {
  let most = -1
  for (let i = 0; i < labels.length; i++) if (labels[i] > most) most = labels[i]
  return most
}

/** How tests try these ops. */
export default {
  gather: {
    examples: [
      {
        shapes: [[2, 3]],
        rest: [
          1,
          [
            [0, 2, 2, 1],
            [1, 1, 0, 0],
          ],
        ],
      },
      { shapes: [[3, 2]], rest: [0, [[2]]] },
    ],
  },
  scatterAdd: {
    examples: [
      {
        shapes: [[2, 3]],
        rest: [
          1,
          [
            [0, 0],
            [2, 1],
          ],
          [
            [1, 2],
            [3, 4],
          ],
        ],
      },
    ],
  },
  indexSelect: {
    examples: [
      { shapes: [[3, 2]], rest: [0, [2, 0, 2]] },
      { shapes: [[2, 3]], rest: [1, [1]] },
    ],
  },
  oneHot: { differentiable: false },
} satisfies Trials
