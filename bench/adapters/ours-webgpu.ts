/** @file The engine of this book on the GPU, with `jit` around the step. */
import { jit, setDevice } from "../../engine/index.ts"
import type { Start } from "../task.ts"
import { descent } from "./descent.ts"

export const start: Start = async () => {
  await setDevice("webgpu")
  return descent({ compile: (step) => jit(step), later: true, facts: { device: "webgpu", jit: true } })
}
