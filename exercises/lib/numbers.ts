/** @file The numbers in a value, row-major with their shape: array, typed array and tensor are the same data here. */
import type { Raw } from "./raw.ts"

export interface Numbers {
  shape: number[]
  values: Float64Array
}

/** The numbers of a number, a tensor or a rectangular nesting of lists of them; otherwise nothing. */
export function numbersOf(raw: Raw): Numbers | undefined {
  if (raw.t === "number") return { shape: [], values: Float64Array.of(raw.v) }
  if (raw.t === "tensor") return { shape: raw.shape, values: raw.v }
  if (raw.t !== "list") return undefined
  const parts: Numbers[] = []
  for (const item of raw.v) {
    const part = numbersOf(item)
    if (!part || (parts.length > 0 && !sameShape(part.shape, parts[0].shape))) return undefined
    parts.push(part)
  }
  const inner = parts.length > 0 ? parts[0].shape : []
  const size = inner.reduce((a, b) => a * b, 1)
  const values = new Float64Array(parts.length * size)
  parts.forEach((part, i) => {
    values.set(part.values, i * size)
  })
  return { shape: [parts.length, ...inner], values }
}

export function sameShape(a: number[], b: number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i])
}

/** Row-major position → index per dimension: 5 in [2, 3] → [1, 2]. */
export function indexOf(position: number, shape: number[]): number[] {
  const index: number[] = []
  for (let d = shape.length - 1; d >= 0; d--) {
    index.unshift(position % shape[d])
    position = Math.floor(position / shape[d])
  }
  return index
}

/** Where an element is, in words, counted as the code counts, from 0: `row 1, column 2`. */
export function placeOf(position: number, shape: number[]): string {
  const index = indexOf(position, shape)
  if (shape.length === 0) return ""
  if (shape.length === 1) return `index ${index[0]}`
  if (shape.length === 2) return `row ${index[0]}, column ${index[1]}`
  return `index [${index.join(", ")}]`
}

export function maxAbs(values: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]))
  return most
}
