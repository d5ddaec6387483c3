/** @file TensorFlow.js in WebAssembly with SIMD, one thread. */
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm"
import { env } from "@tensorflow/tfjs-core"
import type { Start } from "../task.ts"
import { tensorflow } from "./tfjs.ts"

export const start: Start = async ({ assets }) => {
  const url = new URL("tfjs/", assets)
  setWasmPaths(url.protocol === "file:" ? url.pathname : url.href)
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false)
  const simd = await env().getAsync("WASM_HAS_SIMD_SUPPORT")
  const engine = await tensorflow("wasm")
  return { ...engine, facts: { ...engine.facts, simd: Boolean(simd), threads: 1 } }
}
