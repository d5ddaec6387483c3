/** @file The engine of this book on the CPU, as it is without `jit`: every step builds its graph anew. */
import type { Start } from "../task.ts"
import { descent } from "./descent.ts"

export const start: Start = async () =>
  descent({ compile: (step) => step, later: false, facts: { device: "cpu", jit: false } })
