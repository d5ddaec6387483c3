/** @file jax-js in WebAssembly, with `jit`. */
import type { Start } from "../task.ts"
import { jax } from "./jax.ts"

export const start: Start = () => jax({ device: "wasm", compiled: true })
