/** @file Reductions along dimensions: sum ↔ broadcastTo, and what follows from them. */
import { checkNumber, checkOptions, shapeFrom } from "../core/arguments.ts"
import { toFloat } from "../core/dtype.ts"
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import {
  broadcastShapes,
  checkShape,
  normalizeDim,
  normalizeDims,
  type Shape,
  sameShape,
  sizeOf,
} from "../core/shape.ts"
import { broadcastView, permuteView } from "../core/view.ts"
import { input, s } from "../kernel/expr.ts"
import type { Reduction } from "../kernel/kernel.ts"
import { cast, compute, defineOp, isRecording, mapTensors, reviewed } from "../op.ts"
import type { Tensor } from "../tensor.ts"
import { add, div, eq, mul, square, sub } from "./arithmetic.ts"
import { exp, log, sqrt } from "./functions.ts"
import { flip, permute, reshape } from "./movement.ts"
import type { Trials } from "./trial.ts"

/** Which dimensions to reduce: one, several, or undefined for all. Negative ones count from the end. */
export type Dims = number | readonly number[]

export interface ReduceOptions {
  /** Keep the reduced dimensions with size 1, so that the result broadcasts against x. False by default. */
  keepDim?: boolean
}

const reduceOptions = ["keepDim"] as const

/** The shape with the reduced dimensions as 1, or without them. */
function reducedShape(shape: Shape, dims: readonly number[], keepDim: boolean): Shape {
  const out: number[] = []
  for (let d = 0; d < shape.length; d++) {
    const goes = dims.includes(d)
    if (!goes || keepDim) out.push(goes ? 1 : shape[d])
  }
  return out
}

/** Runs a reduction kernel; the reduced dimensions are viewed last. */
function reduce(name: Reduction, x: Tensor, dim: Dims | undefined, options: ReduceOptions): Tensor {
  checkOptions(name, options, reduceOptions)
  const { shape } = x.source.view
  const dims = normalizeDims(name, dim, shape)
  return reduceDims(name, x, dims, reducedShape(shape, dims, options.keepDim ?? false))
}

function reduceDims(name: Reduction, x: Tensor, dims: readonly number[], out: Shape): Tensor {
  const { view } = x.source
  const { shape } = view
  const areLast = dims.length === 0 || dims[0] === shape.length - dims.length
  let length = 1
  for (const d of dims) length *= shape[d]
  if (length === 0 && name !== "sum" && name !== "prod")
    throw new ShapeError(
      `${name}: there is nothing to choose from in ${showShape(shape)}; an empty tensor has no ${name}.`,
    )
  const dtype = name.startsWith("arg") || x.dtype === "bool" ? "int32" : x.dtype
  let viewed = x
  if (!areLast) {
    const order: number[] = []
    for (let d = 0; d < shape.length; d++) if (!dims.includes(d)) order.push(d)
    viewed = reviewed(x, permuteView(view, order.concat(dims)))
  }
  return compute(name, { kind: "reduce", op: name, length }, [viewed], dtype, out)
}

/** A reduced tensor with its dimensions back as size 1, so that it broadcasts against x. */
function expanded(reduced: Tensor, x: Tensor, dim: Dims | undefined): Tensor {
  if (dim === undefined) return reduced
  return reshape(reduced, reducedShape(x.shape, normalizeDims("reduce", dim, x.shape), true))
}

/**
 * Sum Σ x along `dim`, one, several or (by default) all dimensions; 0 of nothing. Of bool, a count (int32).
 * Shape: x without `dim`, or with size 1 there under `keepDim`. Throws: ShapeError if `dim` is outside x.
 * Gradient: ct, repeated.
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6]])
 * display(x.sum(), x.sum(0))
 * x.sum(1, { keepDim: true })
 */
export const sum = defineOp("sum", {
  forward: (x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor => reduce("sum", x, dim, options),
  vjp: (ct, x, _y, dim): Tensor => broadcastTo(expanded(ct, x, dim), x.shape),
})

/**
 * Repeated along new dimensions and dimensions of size 1, without a copy. Shape: `shape`.
 * Throws: ShapeError if x does not broadcast to it, MemoryError above 1 GiB. Gradient: ct summed over the copies.
 * @example
 * broadcastTo([[1], [2]], [2, 4])
 */
export const broadcastTo = defineOp("broadcastTo", {
  forward: (x: Tensor, sizes: number | Shape, ...more: never[]): Tensor => {
    const shape = shapeFrom("broadcastTo", sizes, more[0])
    if (!sameShape(broadcastShapes("broadcastTo", x.shape, shape), shape))
      throw new ShapeError(
        `broadcastTo: ${showShape(x.shape)} cannot become ${showShape(shape)}; only new dimensions and size 1 are repeated.`,
      )
    checkShape("broadcastTo", shape, x.dtype)
    return reviewed(x, broadcastView(x.source.view, shape))
  },
  vjp: (ct, x): Tensor => sumTo(ct, x.shape),
})

/** Sums away what broadcasting has repeated, so that the result has this shape: the transpose of broadcastTo. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  const own = x.source.view.shape
  if (sameShape(own, shape)) return x
  const lead = own.length - shape.length
  const dims: number[] = []
  for (let d = 0; d < own.length; d++) if (d < lead || shape[d - lead] !== own[d]) dims.push(d)
  return isRecording() ? reshape(sum(x, dims), shape) : reduceDims("sum", x, dims, shape)
}

/**
 * Arithmetic mean Σ x / count along `dim`; of integers, a float. Shape: as `sum`.
 * Throws: ShapeError if `dim` is outside x, ValueError for the mean of nothing. Gradient: ct / count, repeated.
 * @example
 * tensor([[1, 2], [3, 4], [5, 12]]).mean(0)
 */
export const mean = defineOp("mean", {
  forward: (x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor => {
    const count = countOf("mean", x, dim)
    checkOptions("mean", options, reduceOptions)
    const total = reduce("sum", cast(x, toFloat(x.dtype)), dim, options)
    if (count === 0 && total.size > 0)
      throw new ValueError(
        `mean: there is nothing to average in ${showShape(x.shape)} (0 values, 0 / 0); check that the data is not empty.`,
      )
    return div(total, count)
  },
  vjp: (ct, x, _y, dim): Tensor => div(broadcastTo(expanded(ct, x, dim), x.shape), countOf("mean", x, dim)),
})

/** How many elements go into one result. */
function countOf(op: string, x: Tensor, dim: Dims | undefined): number {
  return sizeOf(normalizeDims(op, dim, x.shape).map((d) => x.shape[d]))
}

export interface VarOptions extends ReduceOptions {
  /** Divide by count − correction; 1 by default (Bessel's correction, as in PyTorch), 0 for the plain mean square. */
  correction?: number
}

/**
 * Variance along `dim`: Σ (x − mean)² / (count − correction). Shape: as `sum`. Range: [0, ∞).
 * Throws: ValueError if count ≤ correction, as for one value. Gradient: ct · 2 (x − mean) / (count − correction).
 * @example
 * const x = tensor([2, 4, 4, 4, 5, 5, 7, 9])
 * display(x.var())
 * x.var(undefined, { correction: 0 })
 */
export const variance = defineOp("var", {
  forward: (x: Tensor, dim?: Dims, options: VarOptions = {}): Tensor => spread("var", x, dim, options),
  vjp: (ct, x, _y, dim, { correction = 1 } = {}): Tensor =>
    mul(
      expanded(ct, x, dim),
      mul(sub(x, mean(x, dim, { keepDim: true })), 2 / (countOf("var", x, dim) - correction)),
    ),
})

function spread(op: string, x: Tensor, dim: Dims | undefined, options: VarOptions): Tensor {
  const count = countOf(op, x, dim)
  checkOptions(op, options, [...reduceOptions, "correction"])
  const { keepDim = false, correction = 1 } = options
  checkNumber(op, "correction", correction, 0)
  if (!(count > correction))
    throw new ValueError(
      `${op}: ${count === 1 ? "one value has" : `${count} values have`} no spread to estimate: the squares are ` +
        `divided by count − correction = ${count} − ${correction}. Reduce along another dimension of ` +
        `${showShape(x.shape)}, give more values, or pass {correction: 0}.`,
    )
  return div(sum(square(sub(x, mean(x, dim, { keepDim: true }))), dim, { keepDim }), count - correction)
}

/**
 * Standard deviation along `dim`: the root of the variance; `correction` 1 by default. Shape: as `sum`. Range: [0, ∞).
 * Throws: ValueError if count ≤ correction, as for one value.
 * Gradient: ct · (x − mean) / (y (count − correction)), and 0 where all x are equal.
 * @example
 * const x = tensor([2, 4, 4, 4, 5, 5, 7, 9])
 * display(x.std())
 * x.std(undefined, { correction: 0 })
 */
export const std = defineOp("std", {
  forward: (x: Tensor, dim?: Dims, options: VarOptions = {}): Tensor => sqrt(spread("std", x, dim, options)),
  vjp: (ct, x, y, dim, { correction = 1 } = {}): Tensor =>
    mul(
      expanded(div(ct, mul(add(y, eq(y, 0)), countOf("std", x, dim) - correction)), x, dim),
      sub(x, mean(x, dim, { keepDim: true })),
    ),
})

/** 1 at the chosen elements of x, divided evenly among ties. */
function chosen(x: Tensor, y: Tensor, dim: Dims | undefined): Tensor {
  const hits = cast(eq(x, expanded(y, x, dim)), x.dtype)
  return div(hits, sum(hits, dim, { keepDim: true }))
}

/**
 * The largest value along `dim`; NaN if there is one. Shape: as `sum`. Throws: ShapeError if `dim` is outside x, or
 * there is nothing to choose from. Gradient: ct to the largest, shared among ties.
 * @example
 * display(max([[1, 9, 3], [4, 5, 6]], 1))
 * grad((x: Tensor) => max(x))([2, 7, 7])
 */
export const max = defineOp("max", {
  forward: (x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor => reduce("max", x, dim, options),
  vjp: (ct, x, y, dim): Tensor => mul(expanded(ct, x, dim), chosen(x, y, dim)),
})

/**
 * The smallest value along `dim`; NaN if there is one. Shape: as `sum`. Throws: ShapeError if `dim` is outside x, or
 * there is nothing to choose from. Gradient: ct to the smallest, shared among ties.
 * @example
 * min([[1, 9, 3], [4, 5, 6]], 0)
 */
export const min = defineOp("min", {
  forward: (x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor => reduce("min", x, dim, options),
  vjp: (ct, x, y, dim): Tensor => mul(expanded(ct, x, dim), chosen(x, y, dim)),
})

/** The product of all the other elements: for each x, y / x, and right where some x is 0 too. */
function others(x: Tensor, dim: Dims | undefined): Tensor {
  const isZero = eq(x, 0)
  const nonzero = add(x, isZero)
  const alone = eq(sub(sum(isZero, dim, { keepDim: true }), isZero), 0)
  return mul(div(prod(nonzero, dim, { keepDim: true }), nonzero), alone)
}

/**
 * Product Π x along `dim`; 1 of nothing. Shape: as `sum`. Throws: ShapeError if `dim` is outside x.
 * Gradient: ct times the product of the other elements.
 * @example
 * display(prod([2, 3, 0]))
 * grad((x: Tensor) => prod(x))([2, 3, 0])
 */
export const prod = defineOp("prod", {
  forward: (x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor => reduce("prod", x, dim, options),
  vjp: (ct, x, _y, dim): Tensor => mul(expanded(ct, x, dim), others(x, dim)),
})

/**
 * Where the largest value stands along `dim` (in row-major order without `dim`, or within several); the first of
 * equals, or the first NaN. Shape: as `sum`; int32. Throws: ShapeError if there is nothing to choose from.
 * @example
 * argmax([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]], 1)
 */
export const argmax = defineOp("argmax", {
  forward: (x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor => reduce("argmax", x, dim, options),
})

/**
 * Where the smallest value stands along `dim` (in row-major order without `dim`, or within several); the first of
 * equals, or the first NaN. Shape: as `sum`; int32. Throws: ShapeError if there is nothing to choose from.
 * @example
 * argmin([3, 1, 2, 1])
 */
export const argmin = defineOp("argmin", {
  forward: (x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor => reduce("argmin", x, dim, options),
})

/**
 * ln Σ eˣ along `dim`, with the largest x taken out first so that nothing overflows. Shape: as `sum`.
 * Range: [max x, max x + ln count]. Throws: ShapeError if `dim` is outside x, or there is nothing. Gradient: ct · softmax(x).
 * @example
 * display(log(exp([1000, 1000]).sum()))
 * logsumexp([1000, 1000])
 */
export const logsumexp = defineOp("logsumexp", {
  forward: (x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor => {
    checkOptions("logsumexp", options, reduceOptions)
    if (countOf("logsumexp", x, dim) === 0)
      throw new ShapeError(
        `logsumexp: there is nothing to add up in ${showShape(x.shape)}; ln 0 is no number, so give at least one value.`,
      )
    const top = finite(max(x, dim, { keepDim: true }))
    const total = add(log(sum(exp(sub(x, top)), dim, { keepDim: true })), top)
    return reshape(
      total,
      reducedShape(x.shape, normalizeDims("logsumexp", dim, x.shape), options.keepDim ?? false),
    )
  },
  vjp: (ct, x, y, dim): Tensor => mul(expanded(ct, x, dim), exp(sub(x, expanded(y, x, dim)))),
})

/** The number itself, 0 for ±∞: ∞ − ∞ would be NaN. */
function finite(x: Tensor): Tensor {
  return mapTensors("finite", zeroIfInfinite, [x], x.dtype)
}
const zeroIfInfinite = s.select(s.eq(s.abs(input(0)), Number.POSITIVE_INFINITY), 0, input(0))

/**
 * Running sums yᵢ = x₀ + … + xᵢ along `dim`; without `dim`, of all elements in row-major order, as a list.
 * Shape: same as x, or [size] without `dim`. Throws: ShapeError if `dim` is outside x.
 * Gradient: running sums of ct from the other end.
 * @example
 * display(cumsum([1, 2, 3, 4]))
 * cumsum([[1, 2], [3, 4], [5, 6]], 0)
 */
export const cumsum = defineOp("cumsum", {
  forward: (x: Tensor, dim?: number): Tensor => {
    if (dim === undefined) return cumsum(reshape(x, -1), 0)
    const at = normalizeDim("cumsum", dim, x.ndim, x.shape)
    const order = x.shape.map((_, d) => d).filter((d) => d !== at)
    order.push(at)
    const last = permute(x, order)
    const dtype = x.dtype === "bool" ? "int32" : x.dtype
    const sums = compute("cumsum", { kind: "cumsum", length: x.shape[at] }, [last], dtype, last.shape)
    return permute(
      sums,
      order.map((_, d) => order.indexOf(d)),
    )
  },
  vjp: (ct, x, _y, dim): Tensor => {
    const at = dim ?? 0
    return reshape(flip(cumsum(flip(ct, at), at), at), x.shape)
  },
})

const whole = { shapes: [[2, 3]] }
const along = { shapes: [[2, 3, 2]], rest: [1] }
const alongTwo = { shapes: [[2, 3, 2]], rest: [[0, -1], { keepDim: true }] }
const scalar = { shapes: [[]] }
const empty = { shapes: [[0, 3]], rest: [0] }

/** How tests try these ops. */
export default {
  sum: { examples: [whole, along, alongTwo, scalar, empty] },
  broadcastTo: {
    examples: [
      { shapes: [[3, 1]], rest: [[2, 3, 4]] },
      { shapes: [[]], rest: [[2]] },
    ],
  },
  mean: { examples: [whole, along, alongTwo, scalar] },
  var: { examples: [whole, along, alongTwo] },
  std: { examples: [whole, along, alongTwo] },
  max: { examples: [whole, along, alongTwo, scalar] },
  min: { examples: [whole, along, alongTwo, scalar] },
  prod: { domains: ["nonzero"], examples: [whole, along, alongTwo, scalar, empty] },
  argmax: { examples: [whole, along], differentiable: false },
  argmin: { examples: [whole, along], differentiable: false },
  logsumexp: { examples: [whole, along, alongTwo, scalar] },
  cumsum: { examples: [{ shapes: [[2, 3]], rest: [1] }, { shapes: [[3, 2, 2]], rest: [0] }, whole] },
} satisfies Trials
