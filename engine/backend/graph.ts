/**
 * @file A graph of kernels in canonical form: what a backend is given to compile. Pure data with numbers for names,
 * so that two training steps that do the same have equal graphs. Knows no tensor and no backend.
 */
import type { DType } from "../core/dtype.ts"
import { type Shape, sizeOf } from "../core/shape.ts"
import type { View } from "../core/view.ts"
import type { Kernel } from "../kernel/kernel.ts"

/** An array, by its number in the graph, read through a view. */
export interface Read {
  readonly array: number
  readonly view: View
}

export interface ArrayInfo {
  readonly dtype: DType
  /** Number of elements. */
  readonly size: number
}

/** One kernel of the graph; it makes a fresh row-major array of `shape`. */
export interface Node {
  readonly kernel: Kernel
  readonly reads: readonly Read[]
  readonly dtype: DType
  readonly shape: Shape
}

/** Arrays are numbered: first the inputs, then the scalars, then what the nodes make, in their order. */
export interface Graph {
  /** Arrays that are given at each run. */
  readonly inputs: readonly ArrayInfo[]
  /** Single numbers that are given at each run, such as a learning rate. They are arrays of one element. */
  readonly scalars: readonly DType[]
  /** In an order in which everything is made before it is read. */
  readonly nodes: readonly Node[]
  /** The arrays of nodes that a run returns; the others are gone when it ends. */
  readonly outputs: readonly number[]
  /**
   * For each output, the input whose storage it may take over, or −1. The caller gives that input away: after the
   * run its buffer is spent.
   */
  readonly donors: readonly number[]
}

/** What array number `array` of a graph is. */
export function arrayInfo(graph: Graph, array: number): ArrayInfo {
  const { inputs, scalars, nodes } = graph
  if (array < inputs.length) return inputs[array]
  const scalar = array - inputs.length
  if (scalar < scalars.length) return { dtype: scalars[scalar], size: 1 }
  const { dtype, shape } = nodes[scalar - scalars.length]
  return { dtype, size: sizeOf(shape) }
}
