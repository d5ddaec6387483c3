/** @file Ops that move elements and compute nothing: new views, and pad ↔ slice. */
import { checkNumber, shapeFrom, show } from "../core/arguments.ts"
import { ShapeError, showShape } from "../core/errors.ts"
import { normalizeDim, normalizeDims, type Shape, sameShape, sizeOf } from "../core/shape.ts"
import { flipView, isRowMajor, permuteView, rowMajor, sliceView, swapView } from "../core/view.ts"
import { input } from "../kernel/expr.ts"
import { compute, defineOp, mapTensors, reviewed } from "../op.ts"
import type { Tensor } from "../tensor.ts"
import type { Trials } from "./trial.ts"

/**
 * The same elements, in the same row-major order, in another shape; one size may be −1 and is worked out.
 * Shape: `shape`. Throws: ShapeError if the number of elements would change. Gradient: ct in the old shape.
 * @example
 * arange(6).reshape([2, -1])
 */
export const reshape = defineOp("reshape", {
  forward: (x: Tensor, shape: number | Shape, ...more: never[]): Tensor => {
    const sizes = inferred(x, shapeFrom("reshape", shape, more[0]))
    const { view } = x.source
    if (sameShape(view.shape, sizes)) return reviewed(x, view)
    if (isRowMajor(view)) return reviewed(x, rowMajor(sizes, view.offset))
    return reviewed(mapTensors("reshape", input(0), [x], x.dtype), rowMajor(sizes))
  },
  vjp: (ct, x): Tensor => reshape(ct, x.shape),
})

function inferred(x: Tensor, shape: Shape): Shape {
  const { size } = x
  let rest = 1
  let unknown = 0
  for (const n of shape) {
    if (n === -1) unknown++
    else rest *= n
  }
  const sizes = unknown === 1 && rest > 0 ? shape.map((n) => (n === -1 ? size / rest : n)) : shape
  if (unknown > 1 || sizeOf(sizes) !== size || !sizes.every((n) => Number.isInteger(n) && n >= 0))
    throw new ShapeError(
      `reshape: ${showShape(x.shape)} has ${x.size} elements, which do not fill ${showShape(shape)}; ` +
        "the sizes must multiply to the same number, and one of them may be -1.",
    )
  return sizes
}

/**
 * Joins dimensions `start` … `end` into one: all of them by default. Shape: [a, b, c] → [a b c]; a scalar → [1].
 * Throws: ShapeError if a dimension is outside x. Gradient: ct in the old shape.
 * @example
 * const images = zeros([32, 3, 8, 8])
 * display(images.flatten().shape)
 * images.flatten(1).shape
 */
export const flatten = defineOp("flatten", {
  forward: (x: Tensor, start: number = 0, end: number = -1): Tensor => {
    const { view } = x.source
    const { shape } = view
    if (shape.length === 0) return reshape(x, [1])
    const from = normalizeDim("flatten", start, shape.length, shape)
    const to = normalizeDim("flatten", end, shape.length, shape)
    if (to < from)
      throw new ShapeError(
        `flatten: dimension ${start} comes after ${end} in ${showShape(shape)}; swap them.`,
      )
    if (from === to) return reviewed(x, view)
    const middle = sizeOf(shape.slice(from, to + 1))
    return reshape(x, [...shape.slice(0, from), middle, ...shape.slice(to + 1)])
  },
  vjp: (ct, x): Tensor => reshape(ct, x.shape),
})

/**
 * Dimensions in a new order, without a copy: dimension d of the result is dimension dims[d] of x.
 * Shape: [a, b, c] → [c, a, b] for [2, 0, 1]. Throws: ShapeError unless `dims` names each dimension once.
 * Gradient: ct in the old order.
 * @example
 * zeros([2, 3, 4]).permute([2, 0, 1]).shape
 */
export const permute = defineOp("permute", {
  forward: (x: Tensor, dims: readonly number[]): Tensor => {
    const order = orderOf(x, dims)
    return reviewed(x, permuteView(x.source.view, order))
  },
  vjp: (ct, x, _y, dims): Tensor => {
    const order = orderOf(x, dims)
    return permute(
      ct,
      order.map((_, d) => order.indexOf(d)),
    )
  },
})

function orderOf(x: Tensor, dims: readonly number[]): number[] {
  if (!Array.isArray(dims))
    throw new ShapeError(
      `permute: the order of ${showShape(x.shape)} is one list, e.g. permute([1, 0]); got ${show(dims)}.`,
    )
  const order = dims.map((d) => normalizeDim("permute", d, x.ndim, x.shape))
  if (order.length !== x.ndim || new Set(order).size !== x.ndim)
    throw new ShapeError(
      `permute: ${showShape(dims)} is not an order of the ${x.ndim} dimensions of ${showShape(x.shape)}; name each once.`,
    )
  return order
}

/**
 * Two dimensions swapped, without a copy: the last two by default, yᵢⱼ = xⱼᵢ. Shape: [m, n] → [n, m].
 * Throws: ShapeError if x has fewer than two dimensions, or `d0` or `d1` is outside. Gradient: ct transposed.
 * @example
 * transpose([[1, 2, 3], [4, 5, 6]])
 */
export const transpose = defineOp("transpose", {
  forward: (x: Tensor, d0: number = -2, d1: number = -1): Tensor => {
    const { view } = x.source
    const { shape } = view
    if (shape.length < 2)
      throw new ShapeError(
        `transpose: ${showShape(shape)} has fewer than two dimensions to swap; unsqueeze it first.`,
      )
    const a = normalizeDim("transpose", d0, shape.length, shape)
    const b = normalizeDim("transpose", d1, shape.length, shape)
    return reviewed(x, swapView(view, a, b))
  },
  vjp: (ct, _x, _y, d0, d1): Tensor => transpose(ct, d0, d1),
})

/**
 * Without dimensions of size 1: `dim`, or all of them. Shape: [a, 1] → [a]. Throws: ShapeError if `dim` is larger or
 * outside x. Gradient: ct in the old shape.
 * @example
 * const x = zeros([1, 3, 1])
 * display(x.squeeze().shape)
 * x.squeeze(0).shape
 */
export const squeeze = defineOp("squeeze", {
  forward: (x: Tensor, dim?: number): Tensor => {
    const at = dim === undefined ? undefined : normalizeDim("squeeze", dim, x.ndim, x.shape)
    if (at !== undefined && x.shape[at] !== 1)
      throw new ShapeError(
        `squeeze: dimension ${dim} of ${showShape(x.shape)} has size ${x.shape[at]}, not 1; only size 1 can go.`,
      )
    return reshape(
      x,
      x.shape.filter((n, d) => (at === undefined ? n !== 1 : d !== at)),
    )
  },
  vjp: (ct, x): Tensor => reshape(ct, x.shape),
})

/**
 * With a new dimension of size 1 at `dim`. Shape: [a, b] → [a, 1, b] for 1, [a, b, 1] for −1.
 * Throws: ShapeError if `dim` is outside. Gradient: ct in the old shape.
 * @example
 * const x = tensor([1, 2, 3])
 * x.unsqueeze(1).mul(x)
 */
export const unsqueeze = defineOp("unsqueeze", {
  forward: (x: Tensor, dim: number): Tensor => {
    const at = normalizeDim("unsqueeze", dim, x.ndim + 1, x.shape)
    return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)])
  },
  vjp: (ct, x): Tensor => reshape(ct, x.shape),
})

/**
 * The box from `begin` to, not including, `end`, without a copy: one number per dimension, negative ones counted from
 * the end, missing ones mean the whole dimension. Shape: end − begin. Throws: ShapeError unless 0 ≤ begin ≤ end ≤ size.
 * Gradient: ct padded with zeros.
 * @example
 * const x = arange(20).reshape([4, 5])
 * display(x.slice([1, 2], [3, 5]))
 * x.slice(-1)
 */
export const slice = defineOp("slice", {
  forward: (x: Tensor, begin: number | readonly number[], end?: number | readonly number[]): Tensor => {
    const [from, shape] = boxOf(x, begin, end)
    return reviewed(x, sliceView(x.source.view, from, shape))
  },
  vjp: (ct, x, _y, begin, end): Tensor => {
    const [from, shape] = boxOf(x, begin, end)
    return pad(
      ct,
      x.shape.map((n, d) => [from[d], n - from[d] - shape[d]]),
    )
  },
})

function boxOf(
  x: Tensor,
  begin: number | readonly number[],
  end?: number | readonly number[],
): [number[], number[]] {
  const first = typeof begin === "number" ? [begin] : begin
  const last = typeof end === "number" ? [end] : (end ?? [])
  const shape = x.shape
  if (!Array.isArray(first) || !Array.isArray(last))
    throw new ShapeError(
      `slice: the box in ${showShape(shape)} goes from a list of numbers to another, slice([0, 1], [2, 3]); got ` +
        `${show(begin)}.`,
    )
  const from = shape.map((n, d) => ((first[d] ?? 0) < 0 ? first[d] + n : (first[d] ?? 0)))
  const to = shape.map((n, d) => ((last[d] ?? n) < 0 ? last[d] + n : (last[d] ?? n)))
  const wrong = shape.findIndex(
    (n, d) =>
      !(
        Number.isInteger(from[d]) &&
        Number.isInteger(to[d]) &&
        from[d] >= 0 &&
        from[d] <= to[d] &&
        to[d] <= n
      ),
  )
  if (wrong >= 0 || first.length > shape.length || last.length > shape.length)
    throw new ShapeError(
      `slice: ${showShape(first)} to ${showShape(last)} is not a box inside ${showShape(shape)}; ` +
        "each dimension needs 0 ≤ begin ≤ end ≤ size.",
    )
  return [from, shape.map((_, d) => to[d] - from[d])]
}

/**
 * Bordered with `value` (0): `widths` is one [before, after] for each dimension. Shape: sizes grow by before + after.
 * Throws: ShapeError unless there is a pair of whole numbers, 0 or more, for each dimension. Gradient: ct without the border.
 * @example
 * pad([[1, 2], [3, 4]], [[1, 1], [0, 2]])
 */
export const pad = defineOp("pad", {
  forward: (x: Tensor, widths: readonly (readonly number[])[], value: number = 0): Tensor => {
    checkNumber(
      "pad",
      "the value",
      value,
      ...(x.dtype === "int32" ? ([-(2 ** 31), 2 ** 31 - 1] as const) : []),
    )
    if (
      !Array.isArray(widths) ||
      widths.length !== x.ndim ||
      !widths.every((w: readonly number[]) => w.length === 2 && w.every((n) => Number.isInteger(n) && n >= 0))
    )
      throw new ShapeError(
        `pad: ${show(widths)} does not fit ${showShape(x.shape)}; give one [before, after], 0 or more, for each of its ${x.ndim} dimensions.`,
      )
    const shape = x.shape.map((n, d) => widths[d][0] + n + widths[d][1])
    const begins = [widths.map(([before]) => before)]
    const fill = x.dtype === "bool" ? Number(value !== 0) : x.dtype === "int32" ? Math.trunc(value) : value
    return compute("pad", { kind: "place", shape, begins, fill }, [x], x.dtype, shape)
  },
  vjp: (ct, x, _y, widths): Tensor =>
    slice(
      ct,
      widths.map(([before]) => before),
      x.shape.map((n, d) => widths[d][0] + n),
    ),
})

/**
 * In reverse order along `dims` (all by default), without a copy. Shape: same as x.
 * Throws: ShapeError if a dimension is outside x. Gradient: ct flipped.
 * @example
 * flip([[1, 2, 3], [4, 5, 6]], 1)
 */
export const flip = defineOp("flip", {
  forward: (x: Tensor, dims?: number | readonly number[]): Tensor =>
    reviewed(x, flipView(x.source.view, normalizeDims("flip", dims, x.shape))),
  vjp: (ct, _x, _y, dims): Tensor => flip(ct, dims),
})

/** How tests try these ops. */
export default {
  reshape: {
    examples: [
      { shapes: [[2, 3]], rest: [[3, -1]] },
      { shapes: [[]], rest: [[1, 1]] },
      { shapes: [[0, 2]], rest: [[2, 0]] },
    ],
  },
  flatten: { examples: [{ shapes: [[2, 3, 2]] }, { shapes: [[2, 3, 2]], rest: [1] }] },
  permute: { examples: [{ shapes: [[2, 3, 4]], rest: [[2, 0, 1]] }] },
  transpose: { examples: [{ shapes: [[2, 3]] }, { shapes: [[2, 3, 4]], rest: [0, 1] }] },
  squeeze: { examples: [{ shapes: [[2, 1, 3, 1]] }, { shapes: [[2, 1, 3, 1]], rest: [1] }] },
  unsqueeze: {
    examples: [
      { shapes: [[2, 3]], rest: [1] },
      { shapes: [[]], rest: [0] },
    ],
  },
  slice: {
    examples: [
      {
        shapes: [[4, 5]],
        rest: [
          [1, 2],
          [3, 5],
        ],
      },
      { shapes: [[4, 5]], rest: [-2] },
      { shapes: [[4]], rest: [[2], [2]] },
    ],
  },
  pad: {
    examples: [
      {
        shapes: [[2, 3]],
        rest: [
          [
            [1, 0],
            [0, 2],
          ],
        ],
      },
      { shapes: [[]], rest: [[]] },
      { shapes: [[0]], rest: [[[1, 1]]] },
    ],
  },
  flip: { examples: [{ shapes: [[2, 3]], rest: [1] }, { shapes: [[2, 3]] }, { shapes: [[0]] }] },
} satisfies Trials
