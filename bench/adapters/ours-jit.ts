/** @file The engine of this book on the CPU, with `jit` around the step. */
import { jit } from "../../engine/index.ts"
import type { Start } from "../task.ts"
import { descent } from "./descent.ts"

export const start: Start = async () =>
  descent({ compile: (step) => jit(step), later: false, facts: { device: "cpu", jit: true } })
