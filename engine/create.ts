/** @file Making tensors: from values, by rule, or at random. Knows no op. */
import { checkNumber, checkOptions, shapeFrom } from "./core/arguments.ts"
import { converted, type DType, fitsInt32, isFloat, type TypedArray } from "./core/dtype.ts"
import { DTypeError, ShapeError, ValueError } from "./core/errors.ts"
import { checkShape, type Shape, sizeOf } from "./core/shape.ts"
import { broadcastView } from "./core/view.ts"
import { known, scalar } from "./lazy.ts"
import { type Nested, type NestedBooleans, Tensor, type TensorLike, type TensorOptions } from "./tensor.ts"

/** A shape, or one number for a vector of that length. */
export type ShapeLike = number | Shape

const optionNames = ["dtype", "requiresGrad"] as const

function dtypeOfArray(op: string, values: TypedArray): DType {
  if (values instanceof Float32Array) return "float32"
  if (values instanceof Float64Array) return "float64"
  if (typeof values[0] === "bigint" || values instanceof DataView)
    throw new DTypeError(
      `${op}: an array of this type holds no plain numbers; use Float32Array or Int32Array.`,
    )
  return "int32"
}

/** Shape and values of nested arrays; every row of a dimension must have the same length. */
function flatten(
  op: string,
  nested: Nested | boolean | NestedBooleans,
): { shape: number[]; values: number[]; bool: boolean } {
  const shape: number[] = []
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) shape.push(level.length)
  const values: number[] = []
  let booleans = 0
  const walk = (item: unknown, d: number, path: string): void => {
    if (Array.isArray(item)) {
      if (d >= shape.length || item.length !== shape[d])
        throw new ShapeError(
          `${op}: the nested arrays are ragged: ${path || "the array"} has ${item.length} entries where ` +
            `${d < shape.length ? `its neighbours have ${shape[d]}` : "its neighbours are numbers"}; make all rows equally long.`,
        )
      // Not forEach, which would pass over holes.
      for (let i = 0; i < item.length; i++) walk(item[i], d + 1, `${path}[${i}]`)
    } else if (typeof item === "number" || typeof item === "boolean") {
      if (d !== shape.length)
        throw new ShapeError(
          `${op}: the nested arrays are ragged: ${path} is a number where its neighbours are arrays; make all rows equally long.`,
        )
      if (typeof item === "boolean") booleans++
      values.push(Number(item))
    } else
      throw new DTypeError(
        item instanceof Tensor
          ? `${op}: ${path} is a tensor inside an array; use stack([…]) to put tensors together.`
          : `${op}: ${path || "the value"} is ${item === null ? "null" : typeof item}, not a number; give numbers, booleans, nested arrays, a typed array or a tensor.`,
      )
  }
  walk(nested, 0, "")
  return { shape, values, bool: booleans > 0 && booleans === values.length }
}

/**
 * A tensor with these values: a number, nested arrays, a typed array or another tensor (copied, off the tape).
 * Dtype: `float32`, for booleans `bool`, for a typed array its own, unless `dtype` says otherwise; int32 cuts fractions
 * off. Shape: that of the nested arrays. Throws: ShapeError if they are ragged; DTypeError on anything but numbers and
 * booleans; ValueError on a number that int32 cannot hold.
 * @example
 * display(tensor([[1, 2, 3], [4, 5, 6]]))
 * tensor([0.9, -1.9], { dtype: "int32" })
 */
export function tensor(values: TensorLike, options: TensorOptions = {}): Tensor {
  return made("tensor", values, options)
}

function made(op: string, values: TensorLike, options: TensorOptions): Tensor {
  checkOptions(op, options, optionNames)
  const { dtype, requiresGrad = false } = options
  const leaf = (flat: ArrayLike<number>, own: DType, shape: Shape): Tensor => {
    const target = dtype ?? own
    return new Tensor(known(converted(op, flat, target), target, shape), requiresGrad)
  }
  if (values instanceof Tensor) return leaf(values.data(), values.dtype, values.shape)
  if (ArrayBuffer.isView(values)) return leaf(values, dtypeOfArray(op, values), [values.length])
  const { shape, values: flat, bool } = flatten(op, values)
  return leaf(flat, bool ? "bool" : "float32", shape)
}

/**
 * The value as a tensor. Numbers and arrays take the dtype of `like`, except that fractions never become integers.
 * `op` is who asks, for its messages.
 */
export function asTensor(op: string, value: TensorLike, like?: DType): Tensor {
  if (value instanceof Tensor) return value
  if (typeof value === "number") {
    const whole = Number.isInteger(value) && fitsInt32(value)
    const dtype = like && (isFloat(like) || (like === "int32" && whole)) ? like : weakDType(whole, like)
    return new Tensor(scalar(value, dtype))
  }
  return made(op, value, like && isFloat(like) && !ArrayBuffer.isView(value) ? { dtype: like } : {})
}

function weakDType(whole: boolean, like: DType | undefined): DType {
  return like === "bool" && whole ? "int32" : "float32"
}

/**
 * A tensor filled with one value: `full([2, 3], 7)`. Shape: `shape`.
 * Throws: ShapeError if it is none, ValueError without a value, MemoryError above 1 GiB.
 * @example
 * full([2, 3], 7)
 */
export function full(shape: ShapeLike, value: number, options: TensorOptions = {}): Tensor {
  return filled("full", shape, value, options, value)
}

function filled(
  op: string,
  shape: ShapeLike,
  value: number,
  options: TensorOptions,
  next: unknown = options,
): Tensor {
  // full(2, 3) may be a vector of threes; full(2, 3, 0) is a shape that was taken apart.
  const sizes = shapeFrom(op, shape, typeof options === "number" ? next : undefined, (list) =>
    op === "full" ? `full(${list}, value)` : `${op}(${list})`,
  )
  checkOptions(op, options, optionNames)
  const { dtype = "float32", requiresGrad = false } = options
  checkShape(op, sizes, dtype)
  if (typeof value !== "number" && typeof value !== "boolean") checkNumber(op, "the value", value)
  return repeated(converted(op, [Number(value)], dtype)[0], dtype, sizes, requiresGrad)
}

/** One number seen everywhere: it takes memory only when something is computed from it. */
export function repeated(value: number, dtype: DType, shape: Shape, requiresGrad = false): Tensor {
  const { slot, view } = scalar(value, dtype)
  return new Tensor({ slot, view: broadcastView(view, shape) }, requiresGrad)
}

/**
 * A tensor of zeros: `zeros([2, 3])`. Shape: `shape`. Throws: ShapeError if it is none, MemoryError above 1 GiB.
 * @example
 * zeros([2, 3], { dtype: "int32" })
 */
export function zeros(shape: ShapeLike, options: TensorOptions = {}): Tensor {
  return filled("zeros", shape, 0, options)
}

/**
 * A tensor of ones: `ones([2, 3])`. Shape: `shape`. Throws: ShapeError if it is none, MemoryError above 1 GiB.
 * @example
 * ones([2, 3]).div(3)
 */
export function ones(shape: ShapeLike, options: TensorOptions = {}): Tensor {
  return filled("ones", shape, 1, options)
}

/** A tensor whose element i is `value(i)`. */
export function generated(
  op: string,
  shape: Shape,
  options: TensorOptions,
  value: (i: number) => number,
): Tensor {
  checkOptions(op, options, optionNames)
  const { dtype = "float32", requiresGrad = false } = options
  checkShape(op, shape, dtype)
  const values = Float64Array.from({ length: sizeOf(shape) }, (_, i) => value(i))
  return new Tensor(known(converted(op, values, dtype), dtype, shape), requiresGrad)
}

/**
 * The identity matrix: ones on the diagonal of `rows` × `columns` (square by default). Shape: [rows, columns].
 * Throws: ShapeError unless they are whole numbers, 0 or more; MemoryError above 1 GiB.
 * @example
 * display(eye(3))
 * eye(2, 4)
 */
export function eye(
  rows: number,
  columns: number | TensorOptions = rows,
  options: TensorOptions = {},
): Tensor {
  if (typeof columns === "object") return eye(rows, rows, columns)
  return generated("eye", [rows, columns], options, (i) => (Math.floor(i / columns) === i % columns ? 1 : 0))
}

/**
 * Numbers from `start` up to, not including, `end`, in steps (1): `arange(4)` is 0, 1, 2, 3; options come last.
 * Shape: [⌈(end − start) / step⌉]. Throws: ValueError if a number is missing, or the step is 0 or leads away from `end`.
 * @example
 * display(arange(4))
 * arange(0, 1, 0.25)
 */
export function arange(
  start: number,
  end?: number | TensorOptions,
  step: number | TensorOptions = 1,
  options: TensorOptions = {},
): Tensor {
  checkNumber("arange", "a bound", start)
  if (end === undefined) return arange(0, start, step, options)
  if (typeof end === "object") return arange(0, start, 1, end)
  if (typeof step === "object") return arange(start, end, 1, step)
  checkNumber("arange", "a bound", end)
  checkNumber("arange", "the step", step)
  if (!(step !== 0 && (end - start) / step >= 0 && Number.isFinite((end - start) / step)))
    throw new ValueError(
      `arange: no way from ${start} to ${end} in steps of ${step}; change the sign of step.`,
    )
  return generated("arange", [Math.ceil((end - start) / step)], options, (i) => start + i * step)
}

/**
 * `count` numbers, equally spaced from `start` to `end`, both included. Shape: [count].
 * Throws: ShapeError unless count is a whole number, 0 or more; ValueError unless start and end are numbers.
 * @example
 * linspace(-1, 1, 5)
 */
export function linspace(start: number, end: number, count: number, options: TensorOptions = {}): Tensor {
  checkNumber("linspace", "start", start)
  checkNumber("linspace", "end", end)
  return generated("linspace", [count], options, (i) =>
    i === count - 1 && count > 1 ? end : start + ((end - start) * i) / Math.max(count - 1, 1),
  )
}
