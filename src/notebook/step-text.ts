/** @file The text of a value that a step has kept. Knows no tensors, so that a page can draw it without the engine. */
import { numberText } from "./number-text.ts"
import type { StepValue } from "./output.ts"

/** One row of a matrix a line. */
export function stepText(value: StepValue): string {
  if (value === null) return "–"
  if (typeof value === "number") return numberText(value, 6)
  if (!Array.isArray(value)) return String(value)
  const parts = value.map((part) => (Array.isArray(part) ? stepText(part) : numberText(part)))
  return `[${parts.join(value.some(Array.isArray) ? ",\n " : ", ")}]`
}
