/**
 * @file The plan of a graph: fewer, larger kernels, each a loop over a typed straight-line body, and a place for
 * every array. WebAssembly and WebGPU are generated from it. Pure data; knows no backend.
 */
import type { Graph, Read } from "../backend/graph.ts"
import type { DType } from "../core/dtype.ts"
import type { Shape } from "../core/shape.ts"
import type { ScalarFunction } from "../kernel/expr.ts"
import type { Kernel, Reduction } from "../kernel/kernel.ts"

/**
 * One value of a body, computed from earlier ones (`args` are their positions). `dtype` is the type of the value:
 * arithmetic has arguments of that type, comparisons have arguments of one type and give `bool`, `select` has a
 * `bool` and two arguments of its type. `convert` goes between types: float → int32 cuts off the fraction,
 * bool → number gives 0 or 1; to bool never occurs (it is written as `ne 0`).
 */
export type Step =
  /** The element that the view shows at this point of the loop. */
  | { readonly op: "read"; readonly read: Read; readonly dtype: DType }
  | { readonly op: "const"; readonly value: number; readonly dtype: DType }
  | { readonly op: "convert"; readonly args: readonly [number]; readonly dtype: DType }
  | { readonly op: ScalarFunction; readonly args: readonly number[]; readonly dtype: DType }

export type Body = readonly Step[]

/** Keeps value number `value` of the body in an array, row-major over the loop. */
export interface Store {
  readonly array: number
  readonly value: number
}

/** For every point of `shape`: the body, then the stores. All reads have views of `shape`. */
export interface Loop {
  readonly kind: "loop"
  readonly shape: Shape
  readonly body: Body
  readonly stores: readonly Store[]
}

/** For every point of `kept`: the value of the body, reduced over `reduced`. Views have shape [...kept, ...reduced]. */
export interface Reduce {
  readonly kind: "reduce"
  readonly op: Reduction
  readonly kept: Shape
  readonly reduced: Shape
  readonly body: Body
  readonly value: number
  readonly array: number
  readonly dtype: DType
}

/** out[b, i, j] = Σₚ a[b, i, p] · c[b, p, j], both through views. Then, if given, a body over [...batch, m, n]. */
export interface Matmul {
  readonly kind: "matmul"
  readonly batch: Shape
  readonly m: number
  readonly k: number
  readonly n: number
  /** View of shape [...batch, m, k]. */
  readonly a: Read
  /** View of shape [...batch, k, n]. */
  readonly b: Read
  readonly array: number
  readonly dtype: DType
}

/** A kernel that is run as it stands in the graph: cumsum, gather, scatterAdd, place, fold, random. */
export interface Single {
  readonly kind: "single"
  readonly kernel: Exclude<Kernel, { kind: "map" | "reduce" | "matmul" }>
  readonly reads: readonly Read[]
  readonly array: number
  readonly dtype: DType
  readonly shape: Shape
}

export type Fused = Loop | Reduce | Matmul | Single

/** Where an array lies. Several arrays may lie in one place if they are not needed at the same time. */
export type Home =
  /** In the buffer of an input. */
  | { readonly kind: "input"; readonly index: number }
  | { readonly kind: "scalar"; readonly index: number }
  /** In the buffer that becomes output number `index`, `shift` elements from its beginning. */
  | { readonly kind: "output"; readonly index: number; readonly shift: number }
  /** In the work space of the program, `offset` bytes (a multiple of 256) from its beginning. */
  | { readonly kind: "work"; readonly offset: number; readonly shift: number }
  /** Nowhere: fused away. */
  | { readonly kind: "none" }

export interface Plan {
  readonly graph: Graph
  readonly kernels: readonly Fused[]
  /** For every array of the graph. */
  readonly homes: readonly Home[]
  /** Bytes of work space. bool takes 4 bytes an element in all homes. */
  readonly workBytes: number
  /** For each output: the input whose buffer it takes over, or −1 for a fresh one. */
  readonly inPlace: readonly number[]
}
