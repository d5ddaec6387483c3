/**
 * @file WebGPU for code that reads values at once, as lessons do: the backend runs in a thread of its own, and whoever
 * asks it waits, as a browser's worker does that reads by way of a canvas.
 */
import { MessageChannel, receiveMessageOnPort, SHARE_ENV, Worker } from "node:worker_threads"
import type { Backend, Buffer } from "../../engine/backend/backend.ts"
import type { Graph } from "../../engine/backend/graph.ts"
import type { DType, TypedArray } from "../../engine/core/dtype.ts"

export type Question =
  | { ask: "upload"; values: TypedArray; dtype: DType }
  | { ask: "download" | "copy"; buffer: number }
  | { ask: "compile"; graph: Graph }
  | { ask: "run"; program: number; inputs: readonly number[]; scalars: readonly number[] }

export type Answer = { value: unknown } | { problem: { name: string; message: string } }

/** An array in the other thread, by its number there. */
interface Distant {
  readonly number: number
}

/** A backend that answers at once, until `close`. Its errors are those of the backend behind it. */
export function openGpuThread(): Backend & { runs(): number; close(): Promise<unknown> } {
  const { port1, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL("gpu-worker.ts", import.meta.url), {
    workerData: { port: port2, signal },
    transferList: [port2],
    // Vulkan is told by the environment of the process which driver to load.
    env: SHARE_ENV,
  })
  const ask = <T>(question: Question): T => {
    Atomics.store(signal, 0, 0)
    port1.postMessage(question)
    if (Atomics.wait(signal, 0, 0, 20_000) === "timed-out") throw new Error("The GPU does not answer.")
    const answer = receiveMessageOnPort(port1)?.message as Answer
    if ("problem" in answer)
      throw Object.assign(new Error(answer.problem.message), { name: answer.problem.name })
    return answer.value as T
  }
  let runs = 0
  const numberOf = (buffer: Buffer): number => (buffer as Distant).number
  const distant = (number: number): Distant => ({ number })
  const download = (buffer: Buffer) => ask<TypedArray>({ ask: "download", buffer: numberOf(buffer) })
  return {
    name: "webgpu",
    description: "The GPU of this machine, asked from another thread.",
    dtypes: ["float32", "int32", "bool"],
    upload: (values, dtype) => distant(ask({ ask: "upload", values, dtype })),
    download,
    downloadAsync: async (buffer) => download(buffer),
    copy: (buffer) => distant(ask({ ask: "copy", buffer: numberOf(buffer) })),
    compile: (graph) => {
      const program = ask<number>({ ask: "compile", graph })
      return {
        run: (inputs, scalars) => {
          runs++
          return ask<number[]>({ ask: "run", program, inputs: inputs.map(numberOf), scalars }).map(distant)
        },
      }
    },
    /** How many programs it has run. */
    runs: () => runs,
    close: () => worker.terminate(),
  }
}
