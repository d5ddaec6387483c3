/** @file Running sums along the last dimension, in float64 or whole numbers. Knows no other kernel. */
import { sizeOf } from "../../core/shape.ts"
import type { Single } from "../../fuse/plan.ts"
import { type Func, f64, i32, move } from "./assembler.ts"
import { packed, sequence } from "./place.ts"
import { isWhole, scalar64 } from "./scalar64.ts"
import { elementBytes, type Scope } from "./scope.ts"

/** Writes running sums of rows of `length`. */
export function emitCumsum(scope: Scope, length: number, single: Single, name: string): Func {
  const { array, dtype, shape } = single
  const { read, kernels } = packed(scope, single.reads[0], name)
  const sums = scope.kernel(`${name} sums`)
  const params = sums.param(0)
  const rows = length === 0 ? 0 : sizeOf(shape) / length
  const add = isWhole(dtype) ? i32.add : f64.add
  const [from, to] = sums.locals("i32", 2)
  const sum = sums.local(scalar64.typeOf(dtype))
  const input = { pointer: from, dtype, stride: 1, index: 0 }
  const output = { pointer: to, dtype, stride: 1, index: 0 }
  sums.emit(
    from.set(scope.address(params, read.array, read.view.offset)),
    to.set(scope.address(params, array)),
    sums.repeat(rows, () => [
      sum.set(scalar64.constant(0, dtype)),
      sums.repeat(length, () => [
        sum.set(add(sum, scalar64.load(input, 1))),
        scalar64.store(output, 1, sum, () => sum, false),
        move(from, elementBytes(dtype)),
        move(to, elementBytes(dtype)),
      ]),
    ]),
  )
  return sequence(scope, [...kernels, sums], name)
}
