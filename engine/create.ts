/** @file Making tensors: from values, by rule, or at random. Knows no op. */
import { allocate, type DType, isFloat, type TypedArray } from "./core/dtype.ts"
import { DTypeError, ShapeError, ValueError } from "./core/errors.ts"
import { checkShape, type Shape, sizeOf } from "./core/shape.ts"
import { broadcastView } from "./core/view.ts"
import { known, scalar } from "./lazy.ts"
import { type Nested, type NestedBooleans, Tensor, type TensorLike, type TensorOptions } from "./tensor.ts"

/** A shape, or one number for a vector of that length. */
export type ShapeLike = number | Shape

export function toShape(shape: ShapeLike): Shape {
  return typeof shape === "number" ? [shape] : shape
}

function dtypeOfArray(values: TypedArray): DType {
  if (values instanceof Float32Array) return "float32"
  if (values instanceof Float64Array) return "float64"
  return "int32"
}

/** Shape and values of nested arrays; every row of a dimension must have the same length. */
function flatten(nested: Nested | boolean | NestedBooleans): {
  shape: number[]
  values: number[]
  bool: boolean
} {
  const shape: number[] = []
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) shape.push(level.length)
  const values: number[] = []
  let bool = false
  const walk = (item: unknown, d: number, path: string): void => {
    if (Array.isArray(item)) {
      if (d >= shape.length || item.length !== shape[d])
        throw new ShapeError(
          `tensor: the nested arrays are ragged: ${path || "the array"} has ${item.length} entries where ` +
            `${d < shape.length ? `its neighbours have ${shape[d]}` : "its neighbours are numbers"}; make all rows equally long.`,
        )
      item.forEach((entry, i) => {
        walk(entry, d + 1, `${path}[${i}]`)
      })
    } else if (typeof item === "number" || typeof item === "boolean") {
      if (d !== shape.length)
        throw new ShapeError(
          `tensor: the nested arrays are ragged: ${path} is a number where its neighbours are arrays; make all rows equally long.`,
        )
      if (typeof item === "boolean") bool = true
      values.push(Number(item))
    } else
      throw new DTypeError(
        `tensor: ${path || "the value"} is ${item === null ? "null" : typeof item}, not a number; give numbers, booleans, nested arrays or a typed array.`,
      )
  }
  walk(nested, 0, "")
  return { shape, values, bool }
}

/**
 * A tensor with these values: a number, nested arrays, a typed array or another tensor (copied, off the tape).
 * Dtype: `float32`, for booleans `bool`, for a typed array its own, unless `dtype` says otherwise.
 * Throws: ShapeError if the arrays are ragged; DTypeError on anything but numbers and booleans.
 */
export function tensor(values: TensorLike, { dtype, requiresGrad = false }: TensorOptions = {}): Tensor {
  if (values instanceof Tensor) {
    const target = dtype ?? values.dtype
    return new Tensor(known(convert(values.data(), target), target, values.shape), requiresGrad)
  }
  if (ArrayBuffer.isView(values)) {
    const target = dtype ?? dtypeOfArray(values)
    return new Tensor(known(convert(values, target), target, [values.length]), requiresGrad)
  }
  const { shape, values: flat, bool } = flatten(values)
  const target = dtype ?? (bool ? "bool" : "float32")
  return new Tensor(known(convert(flat, target), target, shape), requiresGrad)
}

function convert(values: ArrayLike<number>, dtype: DType): TypedArray {
  const out = allocate(dtype, values.length)
  for (let i = 0; i < values.length; i++) out[i] = dtype === "bool" ? Number(values[i] !== 0) : values[i]
  return out
}

/** The value as a tensor. Numbers and arrays take the dtype of `like`, except that fractions never become integers. */
export function asTensor(value: TensorLike, like?: DType): Tensor {
  if (value instanceof Tensor) return value
  if (typeof value === "number") {
    const dtype =
      like && (isFloat(like) || (like === "int32" && Number.isInteger(value))) ? like : weakDType(value, like)
    return new Tensor(scalar(value, dtype))
  }
  return tensor(value, like && isFloat(like) && !ArrayBuffer.isView(value) ? { dtype: like } : {})
}

function weakDType(value: number, like: DType | undefined): DType {
  return like === "bool" && Number.isInteger(value) ? "int32" : "float32"
}

/** A tensor filled with one value. Throws: ShapeError, or MemoryError if it would be too large. */
export function full(shape: ShapeLike, value: number, options: TensorOptions = {}): Tensor {
  return filled("full", shape, value, options)
}

function filled(op: string, shape: ShapeLike, value: number, options: TensorOptions): Tensor {
  const { dtype = "float32", requiresGrad = false } = options
  const sizes = toShape(shape)
  checkShape(op, sizes, dtype)
  // One number seen everywhere: it takes memory only when something is computed from it.
  const { slot, view } = scalar(convert([value], dtype)[0], dtype)
  return new Tensor({ slot, view: broadcastView(view, sizes) }, requiresGrad)
}

/** A tensor of zeros: `zeros([2, 3])`. */
export function zeros(shape: ShapeLike, options: TensorOptions = {}): Tensor {
  return filled("zeros", shape, 0, options)
}

/** A tensor of ones. */
export function ones(shape: ShapeLike, options: TensorOptions = {}): Tensor {
  return filled("ones", shape, 1, options)
}

function generated(op: string, shape: Shape, options: TensorOptions, value: (i: number) => number): Tensor {
  const { dtype = "float32", requiresGrad = false } = options
  checkShape(op, shape, dtype)
  const out = allocate(dtype, sizeOf(shape))
  for (let i = 0; i < out.length; i++) out[i] = value(i)
  return new Tensor(known(out, dtype, shape), requiresGrad)
}

/** The identity matrix: ones on the diagonal of `rows` × `columns` (square by default). */
export function eye(
  rows: number,
  columns: number | TensorOptions = rows,
  options: TensorOptions = {},
): Tensor {
  if (typeof columns !== "number") return eye(rows, rows, columns)
  return generated("eye", [rows, columns], options, (i) => (Math.floor(i / columns) === i % columns ? 1 : 0))
}

/**
 * Numbers from `start` up to, not including, `end`, in steps: `arange(4)` is 0, 1, 2, 3.
 * Throws: ValueError if the step is 0 or leads away from `end`.
 */
export function arange(start: number, end?: number, step = 1, options: TensorOptions = {}): Tensor {
  if (end === undefined) return arange(0, start, step, options)
  if (!(step !== 0 && (end - start) / step >= 0 && Number.isFinite((end - start) / step)))
    throw new ValueError(
      `arange: no way from ${start} to ${end} in steps of ${step}; change the sign of step.`,
    )
  return generated("arange", [Math.ceil((end - start) / step)], options, (i) => start + i * step)
}

/** `count` numbers, equally spaced from `start` to `end`, both included. */
export function linspace(start: number, end: number, count: number, options: TensorOptions = {}): Tensor {
  return generated("linspace", [count], options, (i) =>
    i === count - 1 && count > 1 ? end : start + ((end - start) * i) / Math.max(count - 1, 1),
  )
}
