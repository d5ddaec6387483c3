/**
 * @file Checks of values: what an op demands of the numbers themselves, such as labels that must be classes. The one
 * place where a forward pass asks to see values. Knows no op.
 */
import type { TypedArray } from "./core/dtype.ts"
import { BackendError } from "./core/errors.ts"
import { type Lazy, recordingNow, withRecordingOf } from "./lazy.ts"
import { Tensor } from "./tensor.ts"

/**
 * Calls `check`, which throws if they are not allowed, with the values of t in row-major order. A function that jit
 * records is checked again before each replay, except for what it computes itself; what lies on a device that can
 * only answer later is not checked.
 */
export function checkValues(t: Tensor, check: (values: TypedArray) => void): void {
  const { slot, view } = t.source
  const inspect = (array: Lazy): void => check(new Tensor({ slot: array, view }).seen())
  if (recordingNow()?.checks(slot, inspect)) return
  withRecordingOf(undefined, () => {
    try {
      inspect(slot)
    } catch (error) {
      if (!(error instanceof BackendError)) throw error
    }
  })
}
