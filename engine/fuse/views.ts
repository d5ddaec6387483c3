/** @file Questions about views that fusion asks. Pure; knows no graph. */
import { type Shape, sameShape, sizeOf } from "../core/shape.ts"
import { isRowMajor, permuteView, rowMajor, type View } from "../core/view.ts"

/** The view without its dimensions of size 1, which no loop needs. */
export function squeezed(view: View): View {
  if (!view.shape.includes(1)) return view
  const kept = view.shape.map((_, d) => d).filter((d) => view.shape[d] !== 1)
  return permuteView(view, kept)
}

export function squeezedShape(shape: Shape): Shape {
  return shape.includes(1) ? shape.filter((n) => n !== 1) : shape
}

/** Does the view show a whole array of `size` elements in its own order? */
export function isWholeArray(view: View, size: number): boolean {
  return view.offset === 0 && sizeOf(view.shape) === size && isRowMajor(view)
}

/**
 * If the view shows a whole array of this shape with its dimensions in another order: that order, else undefined.
 * Neither has dimensions of size 1.
 */
export function orderIn(view: View, shape: Shape): number[] | undefined {
  if (view.offset !== 0 || view.shape.length !== shape.length) return undefined
  const { strides } = rowMajor(shape)
  const order = view.shape.map((n, d) =>
    shape.findIndex((size, from) => size === n && strides[from] === view.strides[d]),
  )
  return order.includes(-1) || new Set(order).size !== order.length ? undefined : order
}

/**
 * Where a box of a row-major array begins, if its elements lie one after the other; else undefined.
 */
export function runOf(shape: Shape, begin: readonly number[], box: Shape): number | undefined {
  const first = box.findIndex((n) => n !== 1)
  if (first >= 0 && !sameShape(box.slice(first + 1), shape.slice(first + 1))) return undefined
  const { strides } = rowMajor(shape)
  return begin.reduce((sum, n, d) => sum + n * strides[d], 0)
}
