/**
 * @file The CPU backend: WebAssembly with vector instructions, one module per program. Knows neither ops nor tensors.
 */
import type { DType, TypedArray } from "../../core/dtype.ts"
import { BackendError } from "../../core/errors.ts"
import { fuse } from "../../fuse/fuse.ts"
import type { Backend, Buffer } from "../backend.ts"
import type { Graph } from "../graph.ts"
import { vectorsHere } from "./assembler.ts"
import { matmulRuntime } from "./matmul-runtime.ts"
import { Memory, Resident } from "./memory.ts"
import { WasmProgram } from "./program.ts"

/** Throws: BackendError if this machine does not run WebAssembly with vector instructions. */
export function checkWasm(): void {
  if (vectorsHere() === "none")
    throw new BackendError(
      "cpu: this browser does not run WebAssembly with vector instructions; use a newer one, or plain loops: " +
        '`await setDevice("reference")`.',
    )
}

let shared: Memory | undefined

function memory(): Memory {
  if (!shared) {
    checkWasm()
    shared = new Memory()
  }
  return shared
}

let products: WebAssembly.Exports | undefined

/** The functions for large products, compiled when the first program needs them. */
function runtime(): WebAssembly.Exports {
  products ??= new WebAssembly.Instance(new WebAssembly.Module(matmulRuntime()), {
    env: { memory: memory().heap.memory },
  }).exports
  return products
}

export const wasm: Backend = {
  name: "cpu",
  get description() {
    const step = vectorsHere() === "relaxed" ? "with" : "without"
    return `WebAssembly, four numbers at a time, ${step} relaxed SIMD (a product and a sum in one step): fast on every machine.`
  },
  dtypes: ["float32", "float64", "int32", "bool"],
  upload: (values: TypedArray, dtype: DType): Buffer => new Resident(dtype, values.length, values),
  download: (buffer: Buffer): TypedArray => memory().valuesOf(buffer as Resident),
  element: (buffer: Buffer, index: number): number => memory().element(buffer as Resident, index),
  downloadAsync: async (buffer: Buffer): Promise<TypedArray> => memory().valuesOf(buffer as Resident),
  copy: (buffer: Buffer): Buffer => {
    const { dtype, length } = buffer as Resident
    // The values of a buffer never change, so two buffers may have the same ones.
    return new Resident(dtype, length, memory().valuesOf(buffer as Resident))
  },
  release: (buffer: Buffer) => memory().vacate(buffer as Resident),
  compile: (graph: Graph) => new WasmProgram(fuse(graph), memory(), runtime),
  memory: () => {
    const { live, peak } = memory().heap
    return { live, peak }
  },
}
