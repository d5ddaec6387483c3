/**
 * @file What a function of tensors becomes on its way to the machine, every station as plain data: graph, form, plan,
 * machine code, shaders. Runs nothing but the function itself, which builds the graph.
 */
import { arrayInfo, type Graph, type Node, type Read } from "../backend/graph.ts"
import { disassemble } from "../backend/wasm/disassemble.ts"
import { moduleOf } from "../backend/wasm/program.ts"
import { generate } from "../backend/webgpu/program.ts"
import type { DType, TypedArray } from "../core/dtype.ts"
import type { View } from "../core/view.ts"
import { fuse } from "../fuse/fuse.ts"
import { groupsOf } from "../fuse/group.ts"
import { storesOf } from "../fuse/homes.ts"
import type { Fused, Plan } from "../fuse/plan.ts"
import type { Lazy } from "../lazy.ts"
import { graphOf, valuesOf, walkFrom } from "../schedule.ts"
import { realizeAll, type Tensor } from "../tensor.ts"

/** The numbers of the form that one array of the graph gives. */
export interface FormPart {
  /** Of the array that they describe; −1: the outputs, at the end. */
  readonly array: number
  readonly numbers: readonly number[]
}

/** One kernel of the plan. */
export interface KernelNote {
  /** The function that runs it in the module, e.g. `k0`. */
  readonly name: string
  readonly fused: Fused
  /** The arrays of the graph's nodes that it computes, also those that are never written. */
  readonly nodes: readonly number[]
  readonly reads: readonly Read[]
  /** The arrays that it writes. */
  readonly stores: readonly number[]
  /** Bytes that it reads and writes, each element once. */
  readonly bytes: number
}

/** One function of the module as text. */
export interface FunctionNote {
  readonly name: string
  /** The kernel that it belongs to; "" for `run` and for what kernels share. */
  readonly kernel: string
  readonly text: string
}

export interface ShaderNote {
  /** As `profile` calls it. */
  readonly name: string
  readonly code: string
  /** Workgroups, in three dimensions. */
  readonly groups: readonly number[]
}

/** What became of a function. */
export interface Explanation {
  /** Names of the arguments, in the order of the graph's inputs. */
  readonly names: readonly string[]
  readonly graph: Graph
  /** Values of the graph's inputs and scalars. */
  readonly inputs: readonly TypedArray[]
  readonly scalars: readonly number[]
  /** The graph as numbers, under which its program is kept. */
  readonly form: readonly number[]
  readonly formParts: readonly FormPart[]
  readonly plan: Plan
  readonly kernels: readonly KernelNote[]
  /** Bytes read and written if every node of the graph ran as a kernel of its own. */
  readonly bytesUnfused: number
  readonly wasm: {
    readonly bytes: Uint8Array<ArrayBuffer>
    readonly text: string
    readonly functions: readonly FunctionNote[]
  }
  readonly wgsl: readonly ShaderNote[]
}

export interface ExplainOptions {
  /** Plan it as `jit` does: only what the function returns is kept. */
  readonly jit?: boolean
}

/** Storage buffers that every WebGPU device can bind in a shader. */
const bindings = 8

/** Bytes of an element on a device, where a bool takes a word. */
const bytesOf = (dtype: DType): number => (dtype === "float64" ? 8 : 4)

/** How many elements of an array a view shows. */
function touched({ shape, strides }: View): number {
  return shape.reduce((n, size, d) => (strides[d] === 0 ? n : n * size), 1)
}

function bytesRead(graph: Graph, reads: readonly Read[]): number {
  const most = new Map<number, number>()
  for (const { array, view } of reads)
    most.set(array, Math.max(most.get(array) ?? 0, touched(view) * bytesOf(arrayInfo(graph, array).dtype)))
  return [...most.values()].reduce((sum, bytes) => sum + bytes, 0)
}

function bytesWritten(graph: Graph, arrays: readonly number[]): number {
  return arrays.reduce((sum, array) => {
    const { dtype, size } = arrayInfo(graph, array)
    return sum + size * bytesOf(dtype)
  }, 0)
}

/** Every read in a kernel, wherever its data hold one. */
function readsOf(part: unknown): Read[] {
  if (typeof part !== "object" || part === null) return []
  if ("array" in part && "view" in part) return [part as Read]
  return Object.values(part).flatMap(readsOf)
}

/** The form, cut into what each array gives, in the order in which the graph was walked. */
function formPartsOf(
  form: readonly number[],
  graph: Graph,
  roots: readonly Lazy[],
  slots: readonly Lazy[],
): FormPart[] {
  const first = graph.inputs.length + graph.scalars.length
  const readsOfArray = (array: number): readonly Read[] => graph.nodes[array - first]?.reads ?? []
  const order: number[] = []
  const visit = (array: number): void => {
    if (order.includes(array)) return
    for (const read of readsOfArray(array)) visit(read.array)
    order.push(array)
  }
  const lengths = new Map<number, number>()
  const ancestors = (array: number, seen = new Set<number>()): Set<number> => {
    for (const read of readsOfArray(array))
      if (!seen.has(read.array)) ancestors(read.array, seen.add(read.array))
    return seen
  }
  for (const root of roots) visit(slots.indexOf(root))
  for (const array of order) {
    const before = [...ancestors(array)].reduce((sum, other) => sum + (lengths.get(other) ?? 0), 0)
    // A walk from here alone has the numbers of this array and of all that it is made from.
    lengths.set(array, walkFrom([slots[array]]).form.length - before)
  }
  let at = 0
  const parts = order.map((array) => {
    const numbers = form.slice(at, (at += lengths.get(array) ?? 0))
    return { array, numbers }
  })
  return [...parts, { array: -1, numbers: form.slice(at) }]
}

/** The functions of a module, as its text has them. */
function functionsOf(text: string): FunctionNote[] {
  return [...text.matchAll(/^\(func \$(\S+)[\s\S]*?\n\)$/gm)].map(([whole, name]) => ({
    name,
    kernel: /^k\d+/.exec(name)?.[0] ?? "",
    text: whole,
  }))
}

function kernelNotes(graph: Graph, plan: Plan): KernelNote[] {
  const groups = groupsOf(graph)
  return plan.kernels.map((fused, i) => {
    const reads = readsOf(fused)
    const stores = storesOf(fused)
    const bytes = bytesRead(graph, reads) + bytesWritten(graph, stores)
    return { name: `k${i}`, fused, nodes: groups[i].arrays, reads, stores, bytes }
  })
}

/**
 * Calls `f` with these named tensors and tells what becomes of what it returns, as if that were read next. The
 * tensors are computed first, so that the graph begins with them.
 */
export function explain(
  f: (args: Record<string, Tensor>) => readonly Tensor[],
  args: Readonly<Record<string, Tensor>>,
  { jit = false }: ExplainOptions = {},
): Explanation {
  realizeAll(Object.values(args))
  const roots = [...new Set(f({ ...args }).map((t) => t.source.slot))].filter((slot) => slot.kernel)
  const walk = walkFrom(roots)
  const outputs = walk.nodes.filter((slot) => roots.includes(slot) || (!jit && slot.kept))
  const graph = graphOf(
    walk,
    outputs,
    outputs.map(() => -1),
  )
  const slots = [...walk.inputs, ...walk.scalars, ...walk.nodes]
  for (const output of outputs) {
    walk.form.push(output.place)
    walk.form.push(-1)
  }
  const form = [...walk.form.copy()]
  const formParts = formPartsOf(form, graph, roots, slots)
  const plan = fuse(graph)
  const { bytes } = moduleOf(plan)
  const text = disassemble(bytes)
  const named = Object.entries(args)
  return {
    names: walk.inputs.map((slot) => named.find(([, t]) => t.source.slot === slot)?.[0] ?? ""),
    graph,
    inputs: walk.inputs.map((slot) => valuesOf(slot).slice()),
    scalars: walk.scalars.map(({ number }) => number as number),
    form,
    formParts,
    plan,
    kernels: kernelNotes(graph, plan),
    bytesUnfused: graph.nodes.reduce((sum, { reads }: Node, i) => {
      const array = graph.inputs.length + graph.scalars.length + i
      return sum + bytesRead(graph, reads) + bytesWritten(graph, [array])
    }, 0),
    wasm: { bytes, text, functions: functionsOf(text) },
    wgsl: generate(plan, bindings).dispatches.map(({ name, code, groups }) => ({ name, code, groups })),
  }
}
