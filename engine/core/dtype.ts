/** @file The element types of a tensor: their typed arrays, sizes and promotion. Knows nothing of shapes. */

/** `float32` is the default; `float64` is for gradient checks and for results to many digits. */
export type DType = "float32" | "float64" | "int32" | "bool"

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array

/** Bytes of one element. */
export const bytesOf: Record<DType, number> = { float32: 4, float64: 8, int32: 4, bool: 1 }

/** From the narrowest to the widest: two dtypes meet in the later one, as in PyTorch. */
const order: readonly DType[] = ["bool", "int32", "float32", "float64"]

export const dtypes: readonly DType[] = ["float32", "float64", "int32", "bool"]

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
