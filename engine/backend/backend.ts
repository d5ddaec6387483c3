/**
 * @file What a backend is: it holds arrays, compiles graphs of kernels and runs them. It never hears of ops,
 * gradients or tensors. A new one is a folder beside this file and one line in `registry.ts`.
 */
import type { DType, TypedArray } from "../core/dtype.ts"
import type { Graph } from "./graph.ts"

/** Whatever a backend keeps an array in. Only the backend that made it looks inside. */
export type Buffer = object

/** What one kernel of a program took, for `profile`. */
export interface KernelTime {
  /** e.g. `matmul 64×784·784×128` or `loop tanh add`. */
  readonly kernel: string
  readonly ms: number
}

/** A compiled graph. */
export interface Program {
  /**
   * Computes the outputs of the graph from its inputs and scalars, in one call to the device.
   * With `times`, kernels run one by one and their times are appended.
   */
  run(inputs: readonly Buffer[], scalars: readonly number[], times?: KernelTime[]): Buffer[]
}

export interface MemoryUse {
  /** Bytes that are in use now. */
  readonly live: number
  /** The most bytes that have been in use at once. */
  readonly peak: number
}

export interface Backend {
  readonly name: string
  /** One sentence for the list of devices. */
  readonly description: string
  readonly dtypes: readonly DType[]
  /** Keeps these values; the caller gives the array away. */
  upload(values: TypedArray, dtype: DType): Buffer
  /** The values of a buffer; the caller must not change them. Throws: BackendError if the device can only answer later. */
  download(buffer: Buffer): TypedArray
  /** One value of a buffer, where it can be had without the others. */
  element?(buffer: Buffer, index: number): number
  /** As `download`, on every device. */
  downloadAsync(buffer: Buffer): Promise<TypedArray>
  /** A buffer of its own with the same values. */
  copy(buffer: Buffer): Buffer
  /** Nobody will ask for this buffer again. Left out where that is of no use. */
  release?(buffer: Buffer): void
  /** Turns a graph into something that runs. Graphs are compiled once and kept by the caller. */
  compile(graph: Graph): Program
  /**
   * Resolves when all that was asked for has been done, and the times of kernels have been appended; left out where a
   * run is over when it returns.
   */
  finished?(): Promise<void>
  /** What it holds; left out where JavaScript frees what nobody refers to and nothing can be told. */
  memory?(): MemoryUse
}
