/**
 * @file The lazy graph: an array that is known by its values or by the kernel that will make them, and the walk
 * that runs what is pending. Knows no op and no gradient.
 *
 * Who owns what. A pending array holds the arrays it is made from. The moment it has run it lets go of them, so a
 * computed array holds nothing but its own values, and no chain of old steps can build up behind a parameter.
 * Values belong to whoever still refers to the array; there is no count to keep and no finalizer to wait for. A
 * chain that nobody reads is run when it gets `longest` steps long, so a loop that only ever adds to a total stays
 * flat too.
 */

import type { Buffer, Operand, Slot, Task } from "./backend/backend.ts"
import { backend } from "./backend/registry.ts"
import type { DType, TypedArray } from "./core/dtype.ts"
import { sizeOf } from "./core/shape.ts"
import { rowMajor, type View } from "./core/view.ts"
import type { Kernel } from "./kernel/kernel.ts"

const longest = 256

/** An array: `buffer` holds its values, or `kernel` over `inputs` will make them. */
export class Lazy implements Slot {
  readonly dtype: DType
  readonly size: number
  buffer: Buffer | undefined = undefined
  kernel: Kernel | undefined = undefined
  inputs: readonly Source[] = []
  /** Length of the pending chain that ends here; 0 once computed. */
  depth = 0

  constructor(dtype: DType, size: number) {
    this.dtype = dtype
    this.size = size
  }
}

/** An array and the view through which it is seen: the value of a tensor. */
export interface Source extends Operand {
  readonly slot: Lazy
  readonly view: View
}

/** An array with these values, seen in row-major order. The values are given away. */
export function known(values: TypedArray, dtype: DType, shape: readonly number[]): Source {
  const slot = new Lazy(dtype, values.length)
  slot.buffer = backend().upload(values)
  return { slot, view: rowMajor(shape) }
}

/** The result of a kernel, not yet computed. */
export function pending(
  kernel: Kernel,
  inputs: readonly Source[],
  dtype: DType,
  shape: readonly number[],
): Source {
  const slot = new Lazy(dtype, sizeOf(shape))
  slot.kernel = kernel
  slot.inputs = inputs
  let depth = 0
  for (const input of inputs) if (input.slot.depth > depth) depth = input.slot.depth
  slot.depth = depth + 1
  if (slot.depth >= longest) realize([slot])
  return { slot, view: rowMajor(shape) }
}

/** Runs whatever these arrays still need, each kernel once, in one schedule. */
export function realize(slots: readonly Lazy[]): void {
  const tasks: (Task & { output: Lazy })[] = []
  const seen = new Set<Lazy>()
  const visit = (slot: Lazy): void => {
    if (!slot.kernel || seen.has(slot)) return
    seen.add(slot)
    for (const input of slot.inputs) visit(input.slot)
    tasks.push({ kernel: slot.kernel, inputs: slot.inputs, output: slot })
  }
  for (const slot of slots) visit(slot)
  if (tasks.length === 0) return
  backend().run(tasks)
  for (const { output } of tasks) {
    output.kernel = undefined
    output.inputs = []
    output.depth = 0
  }
}

/** The values of an array, computed first if need be. Must not be changed. */
export function valuesOf(slot: Lazy): TypedArray {
  realize([slot])
  return backend().download(slot.buffer)
}
