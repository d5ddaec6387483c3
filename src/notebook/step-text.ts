/** @file The text of what a step has kept. Knows no tensors, so that a page can draw it without the engine. */
import { numberText } from "./number-text.ts"
import type { StepState, StepsOutput, StepValue } from "./output.ts"

/** One row of a matrix a line. */
export function stepText(value: StepValue): string {
  if (value === null) return "–"
  if (typeof value === "number") return numberText(value, 6)
  if (!Array.isArray(value)) return String(value)
  const parts = value.map((part) => (Array.isArray(part) ? stepText(part) : numberText(part)))
  return `[${parts.join(value.some(Array.isArray) ? ",\n " : ", ")}]`
}

/** The number of a state, from 1: where some are left out, that of the last one is the run's. */
export function stepNumber({ states, total }: StepsOutput, k: number): number {
  return k === states.length - 1 ? total : k + 1
}

/** What a state says, name by name. */
export function stepTexts({ names }: StepsOutput, { values }: StepState): string[] {
  return names.map((_, i) => stepText(values[i] ?? null))
}
