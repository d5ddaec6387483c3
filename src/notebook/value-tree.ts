/** @file Any JavaScript value as a bounded tree of text. Never throws, calls no getter, and knows nothing of HTML. */
import { Tensor } from "../../engine/index.ts"
import { valuesOf } from "./late-values.ts"
import type { TensorOutput, ValueNode } from "./output.ts"

const MOST_NODES = 5000
const WIDEST = 1000
const DEEPEST = 16
const LONGEST = 10_000
const TENSOR_VALUES = 4096

/** Text cut to a bounded length, saying how much is missing. */
export function cutText(text: string, longest = LONGEST): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)}… (${text.length - longest} more characters)`
}

/** A tensor as the reader sees it: at most 4096 values; `min` and `max` over the finite ones (NaN if there is none). */
export function tensorOutput(t: Tensor, most = TENSOR_VALUES): TensorOutput {
  const data = valuesOf(t)
  let min = Infinity
  let max = -Infinity
  let nonFinite = 0
  for (let i = 0; i < data.length; i++) {
    const v = Number(data[i])
    if (!Number.isFinite(v)) nonFinite++
    else {
      if (v < min) min = v
      if (v > max) max = v
    }
  }
  const none = nonFinite === data.length
  return {
    kind: "tensor",
    shape: [...t.shape],
    dtype: String(t.dtype),
    values: Array.from(data.subarray(0, most), Number),
    size: data.length,
    min: none ? NaN : min,
    max: none ? NaN : max,
    nonFinite,
    requiresGrad: Boolean(t.requiresGrad),
  }
}

interface Walk {
  left: number
  path: Set<object>
}

const cut = (text: string): ValueNode => ({ type: "cut", text })
const empty = (name: string): ValueNode => ({ type: "object", name, size: 0, entries: [] })

/** The value as a tree of at most 5000 nodes, 1000 entries a level and sixteen levels. Accessors show as `getter`. */
export function valueTree(value: unknown): ValueNode {
  return node(value, { left: MOST_NODES, path: new Set() })
}

function node(value: unknown, walk: Walk): ValueNode {
  try {
    return unguarded(value, walk)
  } catch {
    // A Proxy or a broken built-in threw while we looked; the reader learns that much and the rest still shows.
    return cut("a value that throws when it is read")
  }
}

function unguarded(value: unknown, walk: Walk): ValueNode {
  walk.left--
  if (typeof value === "function") return { type: "function", text: functionText(value) }
  if (typeof value !== "object" || value === null) return primitive(value, walk)
  if (walk.path.has(value)) return cut("the same object as above")
  if (value instanceof Tensor) {
    return { type: "tensor", tensor: tensorOutput(value, walk.path.size ? 144 : TENSOR_VALUES) }
  }
  walk.path.add(value)
  const made = container(value, walk)
  walk.path.delete(value)
  return made
}

function primitive(value: unknown, walk: Walk): ValueNode {
  if (value === null) return { type: "primitive", of: "null", text: "null" }
  if (typeof value === "string") {
    return { type: "primitive", of: "string", text: cutText(value, walk.path.size ? 1000 : LONGEST) }
  }
  if (typeof value === "bigint") {
    const huge = value > 10n ** 300n || value < -(10n ** 300n)
    return { type: "primitive", of: "bigint", text: huge ? "a bigint of more than 300 digits" : `${value}n` }
  }
  const of = typeof value as "number" | "boolean" | "undefined" | "symbol"
  return { type: "primitive", of, text: Object.is(value, -0) ? "-0" : cutText(String(value), 1000) }
}

function container(value: object, walk: Walk): ValueNode {
  const name = className(value)
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return sequence(value as unknown as ArrayLike<unknown>, name, walk)
  }
  if (value instanceof Map) {
    const entries = take(Map.prototype.entries.call(value), value.size, walk, ([key, of]) => [
      keyText(key),
      of,
    ])
    return { type: "map", name, size: value.size, entries }
  }
  if (value instanceof Set) {
    const entries = take(Set.prototype.values.call(value), value.size, walk, (of) => ["", of])
    return { type: "set", name, size: value.size, entries }
  }
  if (value instanceof Date)
    return empty(Number.isNaN(+value) ? "Invalid Date" : `Date ${value.toISOString()}`)
  if (value instanceof RegExp) return empty(`RegExp ${cutText(RegExp.prototype.toString.call(value), 200)}`)
  if (value instanceof Promise) return empty("Promise (write await in front of it to see its value)")
  if (value instanceof ArrayBuffer) return empty(`ArrayBuffer of ${value.byteLength} bytes`)
  return record(value, name, walk)
}

function sequence(value: ArrayLike<unknown>, name: string, walk: Walk): ValueNode {
  const size = value.length
  const entries: [string, ValueNode][] = []
  if (tooDeep(walk) && size > 0) return cut(`${name} of ${size}`)
  for (let i = 0; i < size; i++) {
    if (i >= WIDEST || walk.left <= 0) {
      entries.push(["", cut(`${size - i} more`)])
      break
    }
    const property = Object.getOwnPropertyDescriptor(value, i)
    entries.push([String(i), property ? propertyNode(property, walk) : cut("empty")])
  }
  return { type: "array", name, size, entries }
}

function record(value: object, name: string, walk: Walk): ValueNode {
  const keys = Reflect.ownKeys(value)
  const isError = value instanceof Error
  const shown = keys.filter((key) => isError || typeof key === "symbol" || isShown(value, key))
  if (tooDeep(walk) && shown.length > 0) return cut(`${name} with ${shown.length} properties`)
  const entries: [string, ValueNode][] = []
  for (const key of shown) {
    if (entries.length >= WIDEST || walk.left <= 0) {
      entries.push(["", cut(`${shown.length - entries.length} more`)])
      break
    }
    const property = Object.getOwnPropertyDescriptor(value, key)
    if (property) entries.push([cutText(String(key), 200), propertyNode(property, walk)])
  }
  return { type: "object", name, size: shown.length, entries }
}

function isShown(value: object, key: string): boolean {
  return Object.getOwnPropertyDescriptor(value, key)?.enumerable === true
}

function propertyNode(property: PropertyDescriptor, walk: Walk): ValueNode {
  return "value" in property ? node(property.value, walk) : cut("getter")
}

function take<T>(
  source: Iterator<T>,
  size: number,
  walk: Walk,
  pair: (item: T) => [string, unknown],
): [string, ValueNode][] {
  const entries: [string, ValueNode][] = []
  if (tooDeep(walk)) return size > 0 ? [["", cut(`${size} entries`)]] : entries
  for (let step = source.next(); !step.done; step = source.next()) {
    if (entries.length >= WIDEST || walk.left <= 0) {
      entries.push(["", cut(`${size - entries.length} more`)])
      break
    }
    const [key, value] = pair(step.value)
    entries.push([key, node(value, walk)])
  }
  return entries
}

const tooDeep = (walk: Walk): boolean => walk.path.size > DEEPEST

function keyText(key: unknown): string {
  if (typeof key === "string") return cutText(key, 200)
  if (typeof key === "object" && key !== null) return className(key)
  if (typeof key === "function") return functionText(key)
  return cutText(String(key), 200)
}

/** The name of the value's class, read without calling anything of the value. */
export function className(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null) return "Object without prototype"
  const made = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value
  const name = typeof made === "function" ? Object.getOwnPropertyDescriptor(made, "name")?.value : undefined
  return typeof name === "string" && name !== "" ? cutText(name, 100) : "Object"
}

function functionText(value: object): string {
  const source = Function.prototype.toString.call(value)
  const name = Object.getOwnPropertyDescriptor(value, "name")?.value
  const known = typeof name === "string" && name !== "" ? cutText(name, 100) : "without a name"
  return `${/^class\b/.test(source) ? "class" : "function"} ${known}`
}
