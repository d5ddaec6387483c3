/** @file From a graph to a plan: groups of nodes become kernels, and every array gets a place. Knows no backend. */

import { arrayInfo, type Graph, type Node } from "../backend/graph.ts"
import { type Shape, sizeOf } from "../core/shape.ts"
import { permuteView, type View } from "../core/view.ts"
import type { Kernel } from "../kernel/kernel.ts"
import { type Group, groupsOf } from "./group.ts"
import { homesOf } from "./homes.ts"
import { BodyBuilder } from "./lower.ts"
import type { Fused, Plan, Single } from "./plan.ts"
import { orderIn, squeezed, squeezedShape } from "./views.ts"

/** How many leading dimensions of a view are kept when `length` trailing elements are reduced to one. */
function keptDims(shape: Shape, length: number, results: number): number {
  for (let d = shape.length; d >= 0; d--)
    if (sizeOf(shape.slice(d)) === length && sizeOf(shape.slice(0, d)) === results) return d
  throw new Error(`bug: [${shape.join()}] cannot be reduced ${length} by ${length} to ${results}`)
}

/** Plans a graph: see `plan.ts`. */
export function fuse(graph: Graph): Plan {
  const first = graph.inputs.length + graph.scalars.length
  /** The node that makes an array. Groups are made of nodes of the kind that they are made for. */
  const nodeOf = <K extends Kernel["kind"]>(array: number): Node & { kernel: Extract<Kernel, { kind: K }> } =>
    graph.nodes[array - first] as Node & { kernel: Extract<Kernel, { kind: K }> }
  const groups = groupsOf(graph)
  const maker = new Map(groups.flatMap(({ arrays }, at) => arrays.map((array) => [array, at] as const)))
  const outside = new Set(graph.outputs)
  graph.nodes.forEach((node, i) => {
    for (const { array } of node.reads) if (maker.get(array) !== maker.get(first + i)) outside.add(array)
  })

  /** The values of element-wise arrays in a body; reads are seen through `through`. */
  const lower = (builder: BodyBuilder, arrays: readonly number[], through: (view: View) => View) => {
    const values = new Map<number, number>()
    for (const array of arrays) {
      const { kernel, reads, dtype } = nodeOf<"map">(array)
      const inputs = reads.map(
        (read) =>
          values.get(read.array) ??
          builder.read(
            { array: read.array, view: through(squeezed(read.view)) },
            arrayInfo(graph, read.array).dtype,
          ),
      )
      values.set(array, builder.expression(kernel.expr, inputs, dtype))
    }
    return values
  }

  const loop = ({ shape, arrays }: Group): Fused => {
    const builder = new BodyBuilder()
    const values = lower(builder, arrays, (view) => view)
    const stores = arrays
      .filter((array) => outside.has(array))
      .map((array) => ({ array, value: values.get(array) as number }))
    return { kind: "loop", shape, body: builder.body, stores }
  }

  const reduce = ({ arrays }: Group): Fused => {
    const array = arrays[arrays.length - 1]
    const { kernel, reads, dtype, shape } = nodeOf<"reduce">(array)
    const [read] = reads
    const view = squeezed(read.view)
    const kept = keptDims(view.shape, kernel.length, sizeOf(shape))
    const builder = new BodyBuilder()
    const prologue = arrays.slice(0, -1)
    const order = prologue.length > 0 ? orderIn(view, squeezedShape(nodeOf(read.array).shape)) : undefined
    let value = order
      ? (lower(builder, prologue, (v) => permuteView(v, order)).get(read.array) as number)
      : builder.read({ array: read.array, view }, arrayInfo(graph, read.array).dtype)
    // A count of trues, for one: bool has no arithmetic.
    if (builder.steps[value].dtype === "bool") value = builder.convert(value, "int32")
    const { op } = kernel
    return {
      kind: "reduce",
      op,
      kept: view.shape.slice(0, kept),
      reduced: view.shape.slice(kept),
      body: builder.body,
      value,
      array,
      dtype,
    }
  }

  const matmul = ({ arrays: [array] }: Group): Fused => {
    const { kernel, reads, dtype, shape } = nodeOf<"matmul">(array)
    const { m, k, n } = kernel
    return { kind: "matmul", batch: shape.slice(0, -2), m, k, n, a: reads[0], b: reads[1], array, dtype }
  }

  const single = ({ arrays: [array] }: Group): Fused => {
    const { kernel, reads, dtype, shape } = nodeOf<Single["kernel"]["kind"]>(array)
    return { kind: "single", kernel, reads, array, dtype, shape }
  }

  const make = { loop, reduce, matmul, single }
  const kernels = groups.map((group) => make[group.kind](group))
  return { graph, kernels, ...homesOf(graph, kernels) }
}
