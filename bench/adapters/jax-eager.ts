/** @file jax-js in WebAssembly, without `jit`: what a reader's first cell does. */
import type { Start } from "../task.ts"
import { jax } from "./jax.ts"

export const start: Start = () => jax({ device: "wasm", compiled: false })
