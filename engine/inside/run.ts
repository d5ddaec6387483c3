/**
 * @file Runs what has been explained, on each backend by itself and whatever device is in use: the interpreter, the
 * WebAssembly program, every node alone, the GPU. Changes no device and no cache.
 */
import type { Backend, Buffer } from "../backend/backend.ts"
import { arrayInfo, type Graph, type Node } from "../backend/graph.ts"
import { reference } from "../backend/reference/backend.ts"
import { wasm } from "../backend/wasm/backend.ts"
import { allocate, type TypedArray } from "../core/dtype.ts"
import { BackendError } from "../core/errors.ts"
import { fuse } from "../fuse/fuse.ts"
import { programsCompiled } from "../schedule.ts"
import type { Explanation } from "./explain.ts"

/** A graph that is ready to run over the values that were explained. */
export interface Prepared {
  /** Runs it once. */
  run(): void
  /** The outputs of the last run, in the order of the graph's outputs. */
  outputs(): Promise<TypedArray[]>
}

function prepare(on: Backend, { graph, inputs, scalars }: Explanation): Prepared {
  const program = on.compile(graph)
  const buffers = inputs.map((values, i) => on.upload(values.slice(), graph.inputs[i].dtype))
  let results = program.run(buffers, scalars)
  return {
    run: () => {
      results = program.run(buffers, scalars)
    },
    outputs: () => Promise.all(results.map((buffer) => on.downloadAsync(buffer))),
  }
}

/** The plain loops that define every result. */
export function interpreted(explanation: Explanation): Prepared {
  return prepare(reference, explanation)
}

/** The module whose bytes the explanation shows. Throws: BackendError if this machine does not run WebAssembly. */
export function compiled(explanation: Explanation): Prepared {
  return prepare(wasm, explanation)
}

/** One node as a graph of its own, and the arrays of the whole graph that it is given. */
function alone(graph: Graph, node: Node): { graph: Graph; given: number[] } {
  const given = [...new Set(node.reads.map(({ array }) => array))]
  const reads = node.reads.map(({ array, view }) => ({ array: given.indexOf(array), view }))
  return {
    given,
    graph: {
      inputs: given.map((array) => arrayInfo(graph, array)),
      scalars: [],
      nodes: [{ ...node, reads }],
      outputs: [given.length],
      donors: [-1],
    },
  }
}

/** The same work without fusion: one program for every node, one after the other. */
export function separate({ graph, inputs, scalars }: Explanation): Prepared {
  const first = graph.inputs.length + graph.scalars.length
  const stages = graph.nodes.map((node) => {
    const own = alone(graph, node)
    return { program: wasm.compile(own.graph), given: own.given }
  })
  const arrays: Buffer[] = inputs.map((values, i) => wasm.upload(values.slice(), graph.inputs[i].dtype))
  scalars.forEach((value, i) => {
    const one = allocate(graph.scalars[i], 1)
    one[0] = value
    arrays.push(wasm.upload(one, graph.scalars[i]))
  })
  const run = (): void => {
    stages.forEach(({ program, given }, i) => {
      arrays[first + i] = program.run(
        given.map((array) => arrays[array]),
        [],
      )[0]
    })
  }
  run()
  return { run, outputs: () => Promise.all(graph.outputs.map((array) => wasm.downloadAsync(arrays[array]))) }
}

/** A run on the GPU, and what it is called. */
export interface OnGpu extends Prepared {
  readonly device: string
  /** Gives the GPU back. */
  close(): void
}

/** The shaders of the explanation, on this machine's GPU. Throws: BackendError with a sentence if there is none. */
export async function onGpu(explanation: Explanation): Promise<OnGpu> {
  const gpu = globalThis.navigator?.gpu
  if (!gpu) throw new BackendError("webgpu: this browser gives no access to a graphics processor.")
  const { createWebGPU } = await import("../backend/webgpu/backend.ts")
  const backend = await createWebGPU(gpu, fuse)
  return {
    ...prepare(backend, explanation),
    // The backend puts the name of the GPU in brackets at the end.
    device: /\(([^()]+)\)$/.exec(backend.description)?.[1] ?? "the GPU of this machine",
    close: () => backend.destroy(),
  }
}

/** Calls `f` and counts the programs that were compiled meanwhile: 0 if all forms were known. */
export function countCompiled<T>(f: () => T): { result: T; compiled: number } {
  const before = programsCompiled()
  const result = f()
  return { result, compiled: programsCompiled() - before }
}
