/**
 * @file What a backend is: it holds arrays and runs schedules of kernels over them. It never hears of ops,
 * gradients or tensors. A new one is a folder beside this file and one line in `registry.ts`.
 */
import type { DType, TypedArray } from "../core/dtype.ts"
import type { View } from "../core/view.ts"
import type { Kernel } from "../kernel/kernel.ts"

/** Whatever a backend keeps an array in. Only the backend that made it looks inside. */
export type Buffer = unknown

/** A place for an array; `buffer` is there once it has been computed. */
export interface Slot {
  readonly dtype: DType
  readonly size: number
  buffer: Buffer | undefined
}

/** An array read through a view. */
export interface Operand {
  readonly slot: Slot
  readonly view: View
}

/** One kernel of a schedule: reads its inputs, which are ready by then, and fills `output.buffer`. */
export interface Task {
  readonly kernel: Kernel
  readonly inputs: readonly Operand[]
  readonly output: Slot
}

export interface Backend {
  readonly name: string
  /** One sentence for the list of devices. */
  readonly description: string
  readonly dtypes: readonly DType[]
  /** Keeps these values; the caller gives the array away. */
  upload(values: TypedArray): Buffer
  /** Runs the tasks in order. The whole schedule comes in one call, so that a device is asked only once. */
  run(tasks: readonly Task[]): void
  /** The values of a buffer. The caller must not change them. */
  download(buffer: Buffer): TypedArray
}
