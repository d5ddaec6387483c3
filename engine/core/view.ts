/**
 * @file Views: how the elements of a shape lie in an array. Reshape, transpose, slice, flip and broadcast are
 * new views of the same array and move nothing. Pure; knows no tensor.
 *
 * Lists that every step of a training makes are filled by push or slice here and elsewhere, not by map or filter: those
 * give V8, once it has inlined them, lists that may have holes, and code that meets both kinds is compiled anew, slower.
 */
import { type Shape, sameShape, sizeOf } from "./shape.ts"

/** Element (i₀, i₁, …) lies at `offset + Σ strides[d]·i_d`. Stride 0 repeats, a negative stride runs backwards. */
export interface View {
  readonly shape: Shape
  readonly strides: readonly number[]
  readonly offset: number
}

/** The view of a freshly written array: the last dimension varies fastest. */
export function rowMajor(shape: Shape, offset = 0): View {
  const strides = shape.slice()
  let step = 1
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = step
    step *= shape[d]
  }
  return { shape, strides, offset }
}

/** Do the elements lie one after the other, in order? (Strides of dimensions of size 1 do not matter.) */
export function isRowMajor(view: View): boolean {
  let step = 1
  for (let d = view.shape.length - 1; d >= 0; d--) {
    if (view.shape[d] !== 1 && view.strides[d] !== step) return false
    step *= view.shape[d]
  }
  return true
}

const zeros: (readonly number[])[] = [[], [0], [0, 0], [0, 0, 0], [0, 0, 0, 0]]

function noStrides(ndim: number): readonly number[] {
  return zeros[ndim] ?? new Array(ndim).fill(0)
}

/** The view repeated along new or size-1 dimensions; the caller has checked that the shapes broadcast. */
export function broadcastView(view: View, shape: Shape): View {
  if (sameShape(view.shape, shape)) return view
  if (view.shape.length === 0) return { shape, strides: noStrides(shape.length), offset: view.offset }
  const lead = shape.length - view.shape.length
  const strides = shape.slice()
  for (let d = 0; d < shape.length; d++)
    strides[d] = d < lead || view.shape[d - lead] !== shape[d] ? 0 : view.strides[d - lead]
  return { shape, strides, offset: view.offset }
}

export function permuteView(view: View, dims: readonly number[]): View {
  const shape: number[] = []
  const strides: number[] = []
  for (const d of dims) {
    shape.push(view.shape[d])
    strides.push(view.strides[d])
  }
  return { shape, strides, offset: view.offset }
}

/** The view with dimensions a and b swapped. */
export function swapView({ shape, strides, offset }: View, a: number, b: number): View {
  const swapped = (list: readonly number[]): number[] => {
    const out = list.slice()
    out[a] = list[b]
    out[b] = list[a]
    return out
  }
  return { shape: swapped(shape), strides: swapped(strides), offset }
}

/** Elements begin[d], begin[d] + 1, … of every dimension, `shape[d]` of them. */
export function sliceView(view: View, begin: readonly number[], shape: Shape): View {
  let offset = view.offset
  if (sizeOf(shape) > 0) for (let d = 0; d < begin.length; d++) offset += begin[d] * view.strides[d]
  return { shape, strides: view.strides, offset }
}

export function flipView(view: View, dims: readonly number[]): View {
  let offset = view.offset
  const strides = view.strides.slice()
  for (const d of dims) {
    offset += Math.max(view.shape[d] - 1, 0) * view.strides[d]
    strides[d] = -strides[d]
  }
  return { shape: view.shape, strides, offset }
}

/**
 * Equivalent loops over fewer, longer dimensions, for several views of one shape at once: dimensions of size 1
 * go, neighbours that every view walks evenly become one.
 */
export function collapse(shape: Shape, views: readonly View[]): { shape: number[]; strides: number[][] } {
  const sizes: number[] = []
  const strides: number[][] = views.map(() => [])
  for (let d = 0; d < shape.length; d++) {
    if (shape[d] === 1) continue
    const last = sizes.length - 1
    const even = last >= 0 && views.every((view, v) => strides[v][last] === view.strides[d] * shape[d])
    if (even) {
      sizes[last] *= shape[d]
      views.forEach((view, v) => {
        strides[v][last] = view.strides[d]
      })
    } else {
      sizes.push(shape[d])
      views.forEach((view, v) => {
        strides[v].push(view.strides[d])
      })
    }
  }
  return { shape: sizes, strides }
}
