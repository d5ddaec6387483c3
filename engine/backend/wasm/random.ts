/** @file Random numbers as a kernel: from the scalars of a plan to the Philox function. Knows no generator's inside. */
import { sizeOf } from "../../core/shape.ts"
import type { Single } from "../../fuse/plan.ts"
import { type Func, i32 } from "./assembler.ts"
import { philoxFunction } from "./philox.ts"
import { emitCopy, sequence } from "./place.ts"
import type { Scope } from "./scope.ts"

/** Fills the array with numbers of the stream that the four scalars name. */
export function emitRandom(
  scope: Scope,
  distribution: "uniform" | "normal",
  { reads, array, dtype, shape }: Single,
  name: string,
): Func {
  const size = sizeOf(shape)
  const target = dtype === "float32" ? array : scope.temporary("float32", size)
  const draw = scope.kernel(target === array ? name : `${name} draw`)
  const params = draw.param(0)
  const words = reads.map(({ array: scalar, view }) => i32.load(scope.address(params, scalar, view.offset)))
  draw.emit(philoxFunction(scope.module, distribution).call(scope.address(params, target), size, ...words))
  if (target === array) return draw
  const view = { shape: [size], strides: [1], offset: 0 }
  return sequence(scope, [draw, emitCopy(scope, { array: target, view }, array, `${name} copy`)], name)
}
