/**
 * @file A value as plain data: what crosses the border between an answer and the judge, and how engine values are
 * turned into it and back. Knows nothing of right and wrong.
 *
 * `encode` runs beside code that nobody trusts, after that code has run. It therefore uses only functions that were
 * captured when this module was loaded, walks arrays by index (iterators can be patched), and is bounded in depth
 * and size. `readRaw` runs on the judge's side and accepts nothing that has not the exact form.
 */
import { Tensor, tensor } from "../../engine/index.ts"
import type { Value } from "./exercise.ts"

/** Numbers keep NaN, infinities and -0; tensors keep shape and dtype. */
export type Raw =
  | { t: "number"; v: number }
  | { t: "string"; v: string }
  | { t: "boolean"; v: boolean }
  | { t: "null" | "undefined" }
  | { t: "tensor"; shape: number[]; dtype: string; v: Float64Array }
  /** An array or a typed array. */
  | { t: "list"; v: Raw[] }
  | { t: "record"; v: Record<string, Raw> }
  | { t: "function" }
  /** Anything else, by name: `Promise`, `Map`, `bigint`, `too large`. */
  | { t: "other"; v: string }

/** Precision of the floating-point tensors that a value is decoded to; int32 and bool stay what they are. */
export type Precision = "float32" | "float64"

const MAX_DEPTH = 12
const MAX_VALUES = 1 << 18
const MAX_TEXT = 10_000

const { isArray } = Array
const { isView } = ArrayBuffer
const { keys, getPrototypeOf, create } = Object
const isKind = Function.prototype.call.bind(Object.prototype.isPrototypeOf) as (
  prototype: object,
  value: unknown,
) => boolean
const slice = Function.prototype.call.bind(String.prototype.slice) as (
  text: string,
  begin: number,
  end: number,
) => string
const { String: text, Number: number, Float64Array: Doubles, DataView: Bytes, Promise: Task } = globalThis
const tensorPrototype = Tensor.prototype
const objectPrototype = Object.prototype

/** Any value → plain data. Never throws: what cannot be read becomes `other`. */
export function encode(value: unknown): Raw {
  const budget = { left: MAX_VALUES }
  try {
    return encodeInto(value, 0, budget)
  } catch {
    return { t: "other", v: "a value that cannot be read" }
  }
}

function encodeInto(value: unknown, depth: number, budget: { left: number }): Raw {
  if ((budget.left -= 1) < 0) return { t: "other", v: "a value that is too large" }
  if (depth > MAX_DEPTH) return { t: "other", v: "a value that is nested too deeply" }
  switch (typeof value) {
    case "number":
      return { t: "number", v: value }
    case "string":
      return { t: "string", v: slice(value, 0, MAX_TEXT) }
    case "boolean":
      return { t: "boolean", v: value }
    case "undefined":
      return { t: "undefined" }
    case "function":
      return { t: "function" }
    case "object":
      return value === null ? { t: "null" } : encodeObject(value, depth, budget)
    default:
      return { t: "other", v: typeof value }
  }
}

function encodeObject(value: object, depth: number, budget: { left: number }): Raw {
  if (isKind(tensorPrototype, value)) return encodeTensor(value as Tensor, budget)
  if (isArray(value) || (isView(value) && !isKind(Bytes.prototype, value))) {
    const items = value as ArrayLike<unknown>
    const { length } = items
    if (!(length <= budget.left)) return { t: "other", v: "a list that is too large" }
    const v: Raw[] = []
    for (let i = 0; i < length; i++) v[i] = encodeInto(items[i], depth + 1, budget)
    return { t: "list", v }
  }
  const prototype = getPrototypeOf(value) as object | null
  if (prototype === objectPrototype || prototype === null) {
    const v = create(null) as Record<string, Raw>
    const names = keys(value)
    for (let i = 0; i < names.length; i++)
      v[names[i]] = encodeInto((value as Record<string, unknown>)[names[i]], depth + 1, budget)
    return { t: "record", v }
  }
  if (isKind(Task.prototype, value)) return { t: "other", v: "Promise" }
  const maker: unknown = value.constructor
  return { t: "other", v: typeof maker === "function" ? slice(text(maker.name), 0, 40) : "object" }
}

function encodeTensor(value: Tensor, budget: { left: number }): Raw {
  const data = value.data()
  const { length } = data
  if (!((budget.left -= length) >= 0)) return { t: "other", v: "a tensor that is too large" }
  const shape: number[] = []
  for (let i = 0; i < value.shape.length; i++) shape[i] = number(value.shape[i])
  const v = new Doubles(length)
  for (let i = 0; i < length; i++) v[i] = number(data[i])
  return { t: "tensor", shape, dtype: text(value.dtype), v }
}

/** Plain data → a value that a function can be called with; every call makes its own copy. */
export function decode(raw: Raw, precision: Precision): Value {
  switch (raw.t) {
    case "number":
    case "string":
    case "boolean":
      return raw.v
    case "tensor": {
      const dtype = raw.dtype === "int32" || raw.dtype === "bool" ? raw.dtype : precision
      return tensor(nested(raw.v, raw.shape), { dtype })
    }
    case "list":
      return raw.v.map((item) => decode(item, precision))
    case "record":
      return Object.fromEntries(Object.entries(raw.v).map(([key, item]) => [key, decode(item, precision)]))
    default:
      return null
  }
}

type Nested = number | Nested[]

function nested(values: Float64Array, shape: number[]): Nested {
  if (shape.length === 0) return values[0]
  let level: Nested[] = Array.from(values)
  for (let d = shape.length - 1; d > 0; d--) {
    const size = shape[d]
    const above = level
    level = Array.from({ length: size ? above.length / size : 0 }, (_, i) =>
      above.slice(i * size, (i + 1) * size),
    )
  }
  return level
}

/** Checks the form of something that came from outside; what is not `Raw` becomes `other`. */
export function readRaw(from: unknown, depth = 0): Raw {
  const other: Raw = { t: "other", v: "a damaged value" }
  if (typeof from !== "object" || from === null || depth > MAX_DEPTH + 1) return other
  const { t, v, shape, dtype } = from as Record<string, unknown>
  if (t === "null" || t === "undefined" || t === "function") return { t }
  if (t === "number" && typeof v === "number") return { t, v }
  if (t === "boolean" && typeof v === "boolean") return { t, v }
  if ((t === "string" || t === "other") && typeof v === "string") return { t, v }
  if (t === "list" && Array.isArray(v)) return { t, v: Array.from(v, (item) => readRaw(item, depth + 1)) }
  if (t === "record" && typeof v === "object" && v !== null) {
    const record = Object.create(null) as Record<string, Raw>
    for (const [key, item] of Object.entries(v)) record[key] = readRaw(item, depth + 1)
    return { t, v: record }
  }
  if (t === "tensor" && Array.isArray(shape) && v instanceof Float64Array && typeof dtype === "string") {
    const size = shape.reduce(
      (product: number, n: unknown) => product * (Number.isInteger(n) ? Number(n) : NaN),
      1,
    )
    if (size === v.length) return { t, shape: shape.map(Number), dtype, v }
  }
  return other
}
