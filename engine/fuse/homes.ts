/**
 * @file Where every array of a plan lies: outputs in buffers of their own or in that of an input that is given
 * away, what is gone after the run in a work space that arrays share over time. Knows no backend.
 */
import { arrayInfo, type Graph } from "../backend/graph.ts"
import { sizeOf } from "../core/shape.ts"
import type { Fused, Home, Plan } from "./plan.ts"
import { isWholeArray, runOf } from "./views.ts"

/** Places in the work space begin at multiples of this; WebGPU wants it. */
const alignment = 256
/** Loads may reach this far beyond an array. */
const slack = 64

/** The arrays that a kernel reads. */
export function readsOf(kernel: Fused): number[] {
  switch (kernel.kind) {
    case "matmul":
      return [kernel.a.array, kernel.b.array]
    case "single":
      return kernel.reads.map(({ array }) => array)
    case "reduce":
    case "loop":
      return kernel.body.flatMap((step) => (step.op === "read" ? [step.read.array] : []))
  }
}

/** The arrays that a kernel makes. */
export function storesOf(kernel: Fused): number[] {
  return kernel.kind === "loop" ? kernel.stores.map(({ array }) => array) : [kernel.array]
}

/** Does this kernel read the array only at the element that it is about to store? */
function readsInStep(kernel: Fused, array: number, size: number): boolean {
  return (
    kernel.kind === "loop" &&
    kernel.body.every(
      (step) => step.op !== "read" || step.read.array !== array || isWholeArray(step.read.view, size),
    )
  )
}

/** An array inside another one: a part that is made where `place` would copy it to. */
interface Inside {
  readonly whole: number
  readonly shift: number
}

function partsInPlace(
  graph: Graph,
  kernels: readonly Fused[],
  outputs: ReadonlySet<number>,
): Map<number, Inside> {
  const first = graph.inputs.length + graph.scalars.length
  const inside = new Map<number, Inside>()
  for (const kernel of kernels) {
    if (kernel.kind !== "single" || kernel.kernel.kind !== "place") continue
    const { shape, begins } = kernel.kernel
    const covered = kernel.reads.reduce((sum, { view }) => sum + sizeOf(view.shape), 0)
    // Where something is left to fill, the parts are copied: filling would have to go around them.
    if (covered !== sizeOf(shape)) continue
    kernel.reads.forEach(({ array, view }, p) => {
      const { dtype, size } = arrayInfo(graph, array)
      if (array < first || outputs.has(array) || inside.has(array) || dtype !== kernel.dtype) return
      const shift = runOf(shape, begins[p], view.shape)
      if (shift !== undefined && isWholeArray(view, size)) inside.set(array, { whole: kernel.array, shift })
    })
  }
  return inside
}

interface Block {
  offset: number
  bytes: number
  /** The kernel after which it is free. */
  until: number
}

/** First fit over blocks sorted by offset. */
function allocate(blocks: Block[], bytes: number, from: number, until: number): number {
  for (let b = blocks.length - 1; b >= 0; b--) if (blocks[b].until < from) blocks.splice(b, 1)
  let offset = 0
  let at = 0
  for (; at < blocks.length; at++) {
    if (blocks[at].offset - offset >= bytes) break
    offset = blocks[at].offset + blocks[at].bytes
  }
  blocks.splice(at, 0, { offset, bytes, until })
  return offset
}

/** Places for all arrays of a graph whose kernels run in this order. */
export function homesOf(
  graph: Graph,
  kernels: readonly Fused[],
): Pick<Plan, "homes" | "workBytes" | "inPlace"> {
  const first = graph.inputs.length + graph.scalars.length
  const count = first + graph.nodes.length
  const homes: Home[] = Array.from({ length: count }, (_, array): Home => {
    if (array < graph.inputs.length) return { kind: "input", index: array }
    if (array < first) return { kind: "scalar", index: array - graph.inputs.length }
    return { kind: "none" }
  })
  const begin = new Map<number, number>()
  const end = new Map<number, number>()
  kernels.forEach((kernel, at) => {
    for (const array of readsOf(kernel)) end.set(array, at)
    for (const array of storesOf(kernel)) begin.set(array, at)
  })
  const outputs = new Set(graph.outputs)
  const inside = partsInPlace(graph, kernels, outputs)
  /** The array in which this one lies in the end, and how far from its beginning. */
  const rootOf = (array: number): Inside => {
    let root: Inside = { whole: array, shift: 0 }
    for (let next = inside.get(array); next; next = inside.get(next.whole))
      root = { whole: next.whole, shift: root.shift + next.shift }
    return root
  }
  const made = [...begin.keys()]
  /** From when on the storage of a root is in use: from its first part on. */
  const starts = new Map<number, number>()
  for (const array of made) {
    const { whole } = rootOf(array)
    starts.set(whole, Math.min(starts.get(whole) ?? count, begin.get(array) ?? 0))
    if (whole !== array) end.set(whole, Math.max(end.get(whole) ?? 0, end.get(array) ?? 0))
  }
  const inPlace = graph.outputs.map((array, index) => {
    const donor = graph.donors[index]
    if (donor < 0) return -1
    const info = arrayInfo(graph, array)
    const from = graph.inputs[donor]
    const at = starts.get(array) ?? 0
    const last = end.get(donor) ?? -1
    const fits = from.dtype === info.dtype && from.size === info.size
    return fits && (last < at || (last === at && readsInStep(kernels[at], donor, info.size))) ? donor : -1
  })
  graph.outputs.forEach((array, index) => {
    homes[array] = { kind: "output", index, shift: 0 }
  })
  const blocks: Block[] = []
  let workBytes = 0
  const roots = made.filter((array) => rootOf(array).whole === array && !outputs.has(array))
  roots.sort((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0))
  for (const array of roots) {
    const { dtype, size } = arrayInfo(graph, array)
    const bytes = size * (dtype === "float64" ? 8 : 4) + slack
    const padded = Math.ceil(bytes / alignment) * alignment
    const offset = allocate(blocks, padded, starts.get(array) ?? 0, end.get(array) ?? 0)
    homes[array] = { kind: "work", offset, shift: 0 }
    workBytes = Math.max(workBytes, offset + padded)
  }
  for (const array of made) {
    const { whole, shift } = rootOf(array)
    const home = homes[whole]
    if (whole !== array && (home.kind === "output" || home.kind === "work")) homes[array] = { ...home, shift }
  }
  return { homes, workBytes, inPlace }
}
