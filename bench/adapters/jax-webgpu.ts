/** @file jax-js on the GPU, with `jit`. */
import type { Start } from "../task.ts"
import { jax } from "./jax.ts"

export const start: Start = () => jax({ device: "webgpu", compiled: true })
