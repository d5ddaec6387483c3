/** @file A value as a short text for a message. Cuts, never rounds away a difference that matters. */
import type { Path } from "./close.ts"
import { numbersOf } from "./numbers.ts"
import type { Raw } from "./raw.ts"

/** Six significant digits, a true minus, no trailing zeros. */
export function showNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "−Infinity"
  const text =
    Number.isInteger(value) && Math.abs(value) < 1e9 ? String(value) : String(Number(value.toPrecision(6)))
  return text.replace(/-/g, "−")
}

/** One line of at most `most` characters. */
export function show(raw: Raw, most = 140): string {
  const text = write(raw)
  return text.length <= most ? text : `${text.slice(0, most - 1)}…${shapeNote(raw)}`
}

function write(raw: Raw): string {
  switch (raw.t) {
    case "number":
      return showNumber(raw.v)
    case "string":
      return JSON.stringify(raw.v)
    case "boolean":
      return String(raw.v)
    case "null":
    case "undefined":
      return raw.t
    case "function":
      return "a function"
    case "other":
      return raw.v === "Promise" ? "a Promise" : raw.v
    case "list":
      return `[${raw.v.slice(0, 100).map(write).join(", ")}]`
    case "record":
      return `{${Object.entries(raw.v)
        .slice(0, 20)
        .map(([key, item]) => `${key}: ${write(item)}`)
        .join(", ")}}`
    case "tensor":
      return nest(raw.v.subarray(0, 400), raw.shape)
  }
}

/** Brackets around row-major values; stops where the values stop. */
function nest(values: Float64Array, shape: number[]): string {
  if (shape.length === 0) return showNumber(values[0])
  if (shape.length === 1) return `[${Array.from(values.subarray(0, shape[0]), showNumber).join(", ")}]`
  const size = shape.slice(1).reduce((a, b) => a * b, 1)
  const rows: string[] = []
  for (let i = 0; i < shape[0] && i * size < values.length; i++)
    rows.push(nest(values.subarray(i * size, (i + 1) * size), shape.slice(1)))
  return `[${rows.join(", ")}]`
}

function shapeNote(raw: Raw): string {
  const numbers = numbersOf(raw)
  return numbers && numbers.shape.length > 0 ? ` (shape [${numbers.shape.join(", ")}])` : ""
}

/** What kind of thing a value is, in a learner's words: `a tensor of shape [2, 3]`. */
export function describe(raw: Raw): string {
  const numbers = numbersOf(raw)
  if (raw.t === "number") return "a number"
  if (numbers) return `${raw.t === "tensor" ? "a tensor" : "numbers"} of shape [${numbers.shape.join(", ")}]`
  const words: Partial<Record<Raw["t"], string>> = {
    string: "a text",
    boolean: "true or false",
    list: "a list",
    record: "an object",
    function: "a function",
  }
  return words[raw.t] ?? write(raw)
}

/** `.dW[1]`; empty for the whole value. */
export function showPath(path: Path): string {
  return path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("")
}

/** At most 300 characters, cut at the end. */
export function clip(text: string, most = 300): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
