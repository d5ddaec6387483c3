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
  const isThere = (read: Read, begin: Shape): boolean => {
    const run = runOf(shape, begin, read.view.shape)
    if (run === undefined || !isWholeArray(read.view, scope.sizeOf(read.array))) return false
    const [home, part] = [scope.plan.homes[array], scope.plan.homes[read.array]]
    if (home.kind === "output" && part.kind === "output")
      return home.index === part.index && part.shift === home.shift + run
    if (home.kind === "work" && part.kind === "work")
      return home.offset === part.offset && part.shift === home.shift + run
    return false
  }
  const loops: ViewLoop[] = []
  const there = reads.flatMap((read, p) => {
    if (!isThere(read, begins[p])) return []
    return [{ from: runOf(shape, begins[p], read.view.shape) as number, count: sizeOf(read.view.shape) }]
  })
  const size = sizeOf(shape)
  const covered = reads.reduce((sum, { view }) => sum + sizeOf(view.shape), 0)
  if (covered < size) {
    // Around what is there already.
    let from = 0
    for (const part of [...there.toSorted((a, b) => a.from - b.from), { from: size, count: 0 }]) {
      if (part.from > from) loops.push(fillLoop(fill, dtype, array, rowMajor([part.from - from], from)))
      from = Math.max(from, part.from + part.count)
    }
  }
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
  { height, width, kernel, stride }: Of<"fold">,
  { reads: [read], array, dtype }: Single,
  name: string,
): Func {
  const [kh, kw] = kernel
  const rows = Math.floor((height - kh) / stride[0]) + 1
  const columns = Math.floor((width - kw) / stride[1]) + 1
  const size = scope.sizeOf(array)
  const zeros = emitLoop(scope, fillLoop(0, dtype, array, rowMajor([size])), `${name} zeros`)
  if (sizeOf(read.view.shape) === 0) return sequence(scope, [zeros, scope.kernel(`${name} nothing`)], name)
  // The view may have its planes in several dimensions; the last four are the windows.
  const planes = read.view.shape.slice(0, -4)
  const p = planes.length
  const known = p >= 0 && sizeOf(planes) * rows * columns * kh * kw === sizeOf(read.view.shape)
  const { read: source, kernels } =
    known &&
    read.view.shape[p] === rows &&
    read.view.shape[p + 1] === columns &&
    read.view.shape[p + 2] === kh
      ? { read, kernels: [] }
      : packed(scope, read, name)
  const view =
    source === read
      ? read.view
      : rowMajor([size / (height * width), rows, columns, kh, kw], source.view.offset)
  const q = view.shape.length - 4
  const order = [q + 2, q + 3, ...view.shape.slice(0, q).map((_, d) => d), q, q + 1]
  const windows = permuteView(view, order)
  const outer = rowMajor([...view.shape.slice(0, q), height * width]).strides.slice(0, q)
  const target: View = {
    shape: windows.shape,
    strides: [width, 1, ...outer, stride[0] * width, stride[1]],
    offset: 0,
  }
  const body: Body = [
    { op: "read", read: { array, view: target }, dtype },
    { op: "read", read: { array: source.array, view: windows }, dtype },
    { op: "add", args: [0, 1], dtype },
  ]
  const add: ViewLoop = { shape: windows.shape, body, stores: [{ array, view: target, value: 2 }] }
  return sequence(scope, [zeros, ...kernels, emitLoop(scope, add, `${name} add`)], name)
}
