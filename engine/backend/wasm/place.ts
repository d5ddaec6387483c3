/**
 * @file Kernels that only move elements, or add them where they come to lie: place, fold, and packing what a view
 * shows. All of them are element-wise loops with views on both sides. Knows no bodies but copying and adding.
 */

import type { DType } from "../../core/dtype.ts"
import { type Shape, sizeOf } from "../../core/shape.ts"
import { isRowMajor, permuteView, rowMajor, sliceView, type View } from "../../core/view.ts"
import type { Body, Single } from "../../fuse/plan.ts"
import { isWholeArray, runOf } from "../../fuse/views.ts"
import type { Kernel } from "../../kernel/kernel.ts"
import type { Read } from "../graph.ts"
import type { Func } from "./assembler.ts"
import { emitLoop, type ViewLoop } from "./loop.ts"
import type { Scope } from "./scope.ts"

/** A kernel that calls others. */
export function sequence(scope: Scope, parts: readonly Func[], name: string): Func {
  if (parts.length === 1) return parts[0]
  const kernel = scope.kernel(name)
  for (const part of parts) kernel.emit(part.call(kernel.param(0)))
  return kernel
}

/** Copies what the read shows to the view of an array, in its dtype. */
function copyLoop(scope: Scope, read: Read, array: number, view: View): ViewLoop {
  const [from, to] = [scope.dtypeOf(read.array), scope.dtypeOf(array)]
  const body: Body = [
    { op: "read", read, dtype: from },
    { op: "convert", args: [0], dtype: to },
  ]
  return { shape: read.view.shape, body, stores: [{ array, view, value: from === to ? 0 : 1 }] }
}

function fillLoop(value: number, dtype: DType, array: number, view: View): ViewLoop {
  return { shape: view.shape, body: [{ op: "const", value, dtype }], stores: [{ array, view, value: 0 }] }
}

/** What the read shows as a row-major array: the same array if it is one, else a packed copy made by `kernel`. */
export function packed(scope: Scope, read: Read, name: string): { read: Read; kernels: Func[] } {
  if (isRowMajor(read.view)) return { read, kernels: [] }
  const dtype = scope.dtypeOf(read.array)
  const view = rowMajor(read.view.shape)
  const array = scope.temporary(dtype, sizeOf(view.shape))
  return {
    read: { array, view },
    kernels: [emitLoop(scope, copyLoop(scope, read, array, view), `${name} pack ${-array}`)],
  }
}

/** Copies what the read shows, to another array. */
export function emitCopy(scope: Scope, read: Read, array: number, name: string): Func {
  return emitLoop(scope, copyLoop(scope, read, array, rowMajor(read.view.shape)), name)
}

type Of<Kind extends Kernel["kind"]> = Extract<Kernel, { kind: Kind }>

/** Parts that the plan already had written where they belong need no copy. */
export function emitPlace(
  scope: Scope,
  { shape, begins, fill }: Of<"place">,
  { reads, array, dtype }: Single,
  name: string,
): Func {
  const whole = rowMajor(shape)
  const isThere = ({ array: part, view }: Read, begin: Shape): boolean => {
    const run = runOf(shape, begin, view.shape)
    if (run === undefined || !isWholeArray(view, scope.sizeOf(part))) return false
    const [home, inside] = [scope.plan.homes[array], scope.plan.homes[part]]
    if (home.kind === "output" && inside.kind === "output")
      return home.index === inside.index && inside.shift === home.shift + run
    if (home.kind === "work" && inside.kind === "work")
      return home.offset === inside.offset && inside.shift === home.shift + run
    return false
  }
  const loops: ViewLoop[] = []
  const size = sizeOf(shape)
  const covered = reads.reduce((sum, { view }) => sum + sizeOf(view.shape), 0)
  // No part is there already in this case: see `homes.ts`.
  if (covered < size) loops.push(fillLoop(fill, dtype, array, rowMajor([size])))
  reads.forEach((read, p) => {
    if (sizeOf(read.view.shape) > 0 && !isThere(read, begins[p]))
      loops.push(copyLoop(scope, read, array, sliceView(whole, begins[p], read.view.shape)))
  })
  return sequence(
    scope,
    loops.map((loop, p) => emitLoop(scope, loop, loops.length === 1 ? name : `${name} ${p}`)),
    name,
  )
}

/** Zeros, then every window added in: one pass for each place in a window, in which no element occurs twice. */
export function emitFold(
  scope: Scope,
  { height, width, stride }: Of<"fold">,
  { reads: [read], array, dtype }: Single,
  name: string,
): Func {
  const zeros = emitLoop(scope, fillLoop(0, dtype, array, rowMajor([scope.sizeOf(array)])), `${name} zeros`)
  if (sizeOf(read.view.shape) === 0) return sequence(scope, [zeros, scope.kernel(`${name} nothing`)], name)
  // The last four dimensions are the windows, those before them the planes.
  const p = read.view.shape.length - 4
  const planes = read.view.shape.slice(0, p)
  const windows = permuteView(read.view, [p + 2, p + 3, ...planes.map((_, d) => d), p, p + 1])
  const outer = rowMajor([...planes, height * width]).strides.slice(0, p)
  const target: View = {
    shape: windows.shape,
    strides: [width, 1, ...outer, stride[0] * width, stride[1]],
    offset: 0,
  }
  const body: Body = [
    { op: "read", read: { array, view: target }, dtype },
    { op: "read", read: { array: read.array, view: windows }, dtype },
    { op: "add", args: [0, 1], dtype },
  ]
  const add: ViewLoop = { shape: windows.shape, body, stores: [{ array, view: target, value: 2 }] }
  return sequence(scope, [zeros, emitLoop(scope, add, `${name} add`)], name)
}
