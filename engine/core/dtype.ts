/** @file The element types of a tensor: their typed arrays, sizes and promotion. Knows nothing of shapes. */
import { show } from "./arguments.ts"
import { DTypeError, ValueError } from "./errors.ts"

/** `float32` is the default; `float64` is for gradient checks and for results to many digits. */
export type DType = "float32" | "float64" | "int32" | "bool"

/** What `data` gives: the array that belongs to the dtype; Uint8Array for bool. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array

/** Bytes of one element. */
export const bytesOf: Record<DType, number> = { float32: 4, float64: 8, int32: 4, bool: 1 }

/** From the narrowest to the widest: two dtypes meet in the later one, as in PyTorch. */
const order: readonly DType[] = ["bool", "int32", "float32", "float64"]

export const dtypes: readonly DType[] = ["float32", "float64", "int32", "bool"]

/** Throws: DTypeError unless it is a dtype. */
export function checkDType(op: string, dtype: DType): void {
  if (!dtypes.includes(dtype))
    throw new DTypeError(`${op}: there is no dtype ${show(dtype)}; use one of ${dtypes.join(", ")}.`)
}

/** Is it a whole number that an int32 holds, or would be one without its fraction? */
export function fitsInt32(value: number): boolean {
  return value > -(2 ** 31) - 1 && value < 2 ** 31
}

/**
 * Numbers as an array of this dtype: to int32 the fraction is cut off, to bool true is what is not 0.
 * Throws: ValueError with the first number that int32 cannot hold.
 */
export function converted(op: string, values: ArrayLike<number>, dtype: DType): TypedArray {
  checkDType(op, dtype)
  const out = allocate(dtype, values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (dtype === "int32" && !fitsInt32(value))
      throw new ValueError(
        `${op}: ${value} at position ${i} is not a number that int32 holds (−2³¹ to 2³¹ − 1); use float32 or float64.`,
      )
    out[i] = dtype === "bool" ? Number(value !== 0) : value
  }
  return out
}

/** A fresh array of zeros. */
export function allocate(dtype: DType, size: number): TypedArray {
  switch (dtype) {
    case "float32":
      return new Float32Array(size)
    case "float64":
      return new Float64Array(size)
    case "int32":
      return new Int32Array(size)
    case "bool":
      return new Uint8Array(size)
  }
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64"
}

/** The dtype in which two dtypes meet: bool < int32 < float32 < float64. */
export function promote(a: DType, b: DType): DType {
  return order.indexOf(a) > order.indexOf(b) ? a : b
}

/** The dtype itself if it is a float, else float32. */
export function toFloat(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "float32"
}
