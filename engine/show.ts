/** @file A tensor as text. Knows values, shape and dtype; no tensor. */
import type { DType, TypedArray } from "./core/dtype.ts"
import { showShape } from "./core/errors.ts"
import { type Shape, sizeOf } from "./core/shape.ts"

/** Dimensions longer than twice this show their first and last entries only. */
const edge = 3

function showNumber(value: number, dtype: DType): string {
  if (dtype === "bool") return value ? "true" : "false"
  if (dtype === "int32" || !Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(4)
  return String(+value.toPrecision(dtype === "float64" ? 8 : 6))
}

/** `tensor([[1, 2], [3, 4]], shape [2, 2], float32)`. */
export function showTensor(values: TypedArray, shape: Shape, dtype: DType): string {
  const show = (d: number, at: number): string => {
    if (d === shape.length) return showNumber(values[at], dtype)
    const step = sizeOf(shape.slice(d + 1))
    const parts: string[] = []
    for (let i = 0; i < shape[d]; i++) {
      if (shape[d] > 2 * edge + 4 && i === edge) {
        parts.push("…")
        i = shape[d] - edge
      }
      parts.push(show(d + 1, at + i * step))
    }
    const inner = shape.length - d - 1
    return `[${parts.join(inner === 0 ? ", " : `,${"\n".repeat(inner)}${" ".repeat(8 + d)}`)}]`
  }
  return `tensor(${show(0, 0)}, shape ${showShape(shape)}, ${dtype})`
}
