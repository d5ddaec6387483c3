/**
 * @file Checks of values: what an op demands of the numbers themselves, such as labels that must be classes. The one
 * place where a forward pass asks to see values. Knows no op.
 */
import type { TypedArray } from "./core/dtype.ts"
import type { Tensor } from "./tensor.ts"

/** Calls `check`, which throws if they are not allowed, with the values of t in row-major order. */
export function checkValues(t: Tensor, check: (values: TypedArray) => void): void {
  check(t.data())
}
