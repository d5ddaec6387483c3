/** @file Shape algebra: sizes, broadcasting, dimensions counted from the end. Pure; knows no tensor. */
import { show } from "./arguments.ts"
import { bytesOf, checkDType, type DType } from "./dtype.ts"
import { MemoryError, ShapeError, showShape } from "./errors.ts"

export type Shape = readonly number[]

/** One array may take this many bytes (1 GiB): more would end the tab rather than the cell. */
export const maxBytes = 2 ** 30

/** The number of elements: the product of the sizes, 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1
  for (const n of shape) size *= n
  return size
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false
  for (let d = 0; d < a.length; d++) if (a[d] !== b[d]) return false
  return true
}

/** Throws unless every size is a whole number ≥ 0, the dtype is one, and the array fits under the cap. */
export function checkShape(op: string, shape: Shape, dtype: DType): void {
  for (const n of shape)
    if (!Number.isInteger(n) || n < 0)
      throw new ShapeError(
        `${op}: ${show(shape)} is not a shape; sizes are whole numbers, 0 or more (got ${show(n)}).`,
      )
  const bytes = sizeOf(shape) * bytesOf[dtype]
  if (bytes <= maxBytes) return
  checkDType(op, dtype)
  throw new MemoryError(
    `${op}: ${showShape(shape)} ${dtype} has ${sizeOf(shape)} elements and would take ${showBytes(bytes)}, ` +
      `more than the ${showBytes(maxBytes)} allowed for one tensor; make it smaller or work in batches.`,
  )
}

function showBytes(bytes: number): string {
  return bytes >= 2 ** 40
    ? `${+(bytes / 2 ** 40).toPrecision(3)} TiB`
    : `${+(bytes / 2 ** 30).toPrecision(3)} GiB`
}

/** NumPy's rule: align at the right; sizes agree, or one of them is 1 and is repeated. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a
  const out = a.length < b.length ? b.slice() : a.slice()
  const ndim = out.length
  for (let k = 1; k <= ndim; k++) {
    const m = a[a.length - k] ?? 1
    const n = b[b.length - k] ?? 1
    if (m !== n && m !== 1 && n !== 1)
      throw new ShapeError(
        `${op}: shapes ${showShape(a)} and ${showShape(b)} do not broadcast: dimension ${ndim - k} has ${m} ` +
          `against ${n}. Sizes must agree from the right, or be 1; reshape or unsqueeze one of them.`,
      )
    out[ndim - k] = m === 1 ? n : m
  }
  return out
}

/** `dim` counted from the front: −1 is the last dimension. */
export function normalizeDim(op: string, dim: number, ndim: number, shape: Shape): number {
  const d = typeof dim === "number" && dim < 0 ? dim + ndim : dim
  if (!Number.isInteger(dim) || d < 0 || d >= ndim)
    throw new ShapeError(
      `${op}: ${typeof dim === "number" ? `dimension ${dim} is outside shape` : `${show(dim)} is no dimension of`} ` +
        `${showShape(shape)}; ` +
        (ndim === 0 ? "a scalar has no dimensions." : `use ${-ndim} to ${ndim - 1}.`),
    )
  return d
}

/** Several dimensions, counted from the front, in ascending order; undefined means all of them. */
export function normalizeDims(op: string, dims: number | Shape | undefined, shape: Shape): number[] {
  const out: number[] = []
  if (dims === undefined) {
    for (let d = 0; d < shape.length; d++) out.push(d)
    return out
  }
  if (typeof dims !== "number" && !Array.isArray(dims))
    throw new ShapeError(
      `${op}: ${show(dims)} is no dimension of ${showShape(shape)}; give one, a list of them, or undefined for all, ` +
        "and options after it.",
    )
  for (const dim of typeof dims === "number" ? [dims] : dims) {
    const d = normalizeDim(op, dim, shape.length, shape)
    if (out.includes(d))
      throw new ShapeError(
        `${op}: a dimension is named twice in ${showShape(dims as Shape)}; name each once.`,
      )
    out.push(d)
  }
  return out.sort((a, b) => a - b)
}
