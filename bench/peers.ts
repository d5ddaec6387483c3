/** @file The engines side by side, in the order of the tables. */
import type { Start } from "./task.ts"

export interface Peer {
  id: string
  title: string
  gpu: boolean
  load(): Promise<{ start: Start }>
}

export const peers: readonly Peer[] = [
  { id: "ours-jit", title: "Descent, jit", gpu: false, load: () => import("./adapters/ours-jit.ts") },
  { id: "ours", title: "Descent", gpu: false, load: () => import("./adapters/ours.ts") },
  { id: "reference", title: "Hand-written SIMD", gpu: false, load: () => import("./adapters/reference.ts") },
  { id: "plain", title: "Plain loops", gpu: false, load: () => import("./adapters/plain.ts") },
  { id: "tfjs-cpu", title: "TensorFlow.js, JS", gpu: false, load: () => import("./adapters/tfjs-cpu.ts") },
  {
    id: "tfjs-wasm",
    title: "TensorFlow.js, Wasm",
    gpu: false,
    load: () => import("./adapters/tfjs-wasm.ts"),
  },
  { id: "jax-wasm", title: "jax-js, jit", gpu: false, load: () => import("./adapters/jax-wasm.ts") },
  { id: "jax-eager", title: "jax-js", gpu: false, load: () => import("./adapters/jax-eager.ts") },
  { id: "ours-webgpu", title: "Descent, WebGPU", gpu: true, load: () => import("./adapters/ours-webgpu.ts") },
  {
    id: "tfjs-webgpu",
    title: "TensorFlow.js, WebGPU",
    gpu: true,
    load: () => import("./adapters/tfjs-webgpu.ts"),
  },
  { id: "jax-webgpu", title: "jax-js, WebGPU", gpu: true, load: () => import("./adapters/jax-webgpu.ts") },
]

/** The engine of that id. Throws: RangeError where there is none. */
export function peer(id: string): Peer {
  const found = peers.find((candidate) => candidate.id === id)
  if (!found)
    throw new RangeError(`bench: there is no peer "${id}"; there are ${peers.map((p) => p.id).join(", ")}.`)
  return found
}
