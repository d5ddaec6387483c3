/**
 * @file The values of tensors for outputs: at once where the device answers at once, else as soon as they come. What is
 * shown is what was there when it was asked for. Knows no output and no device by name.
 */
import { BackendError, Tensor } from "../../engine/index.ts"

type Values = ReturnType<Tensor["data"]>

/** Tensors of copies, whose values have come. */
const come = new WeakMap<Tensor, Values>()
/** Things that are not finished before values come. */
const unfinished = new WeakMap<object, Promise<unknown>>()
/** Has anything been asked for that comes later? */
let isLate = false

/** Parts of a value that are copied at most: as many as can be shown. */
const MOST_PARTS = 20_000
const DEEPEST = 32

/** The values in row-major order. Throws: BackendError where the device has no answer yet. */
export function valuesOf(t: Tensor): Values {
  const values = come.get(t)
  if (values) return values
  try {
    return t.data()
  } catch (error) {
    if (error instanceof BackendError) isLate = true
    throw error
  }
}

/** As `tolist`. */
export function nestedOf(t: Tensor): unknown {
  const { shape } = t
  const values = valuesOf(t)
  let at = 0
  const nest = (d: number): unknown =>
    d === shape.length ? values[at++] : Array.from({ length: shape[d] }, () => nest(d + 1))
  return nest(0)
}

/** `thing` is whole when `end` resolves. */
export function finishLater(thing: object, end: Promise<unknown>): void {
  unfinished.set(thing, end)
  end.then(
    () => unfinished.delete(thing),
    () => undefined,
  )
}

/** Throws: Error unless `thing` is whole. */
export function checkFinished(thing: object): void {
  if (!unfinished.has(thing)) return
  isLate = true
  throw new Error("What is to be shown is not finished yet.")
}

/**
 * `make(subject)`; or its promise, where values are still on their way. Then it is made of a copy, so that whatever the
 * program does meanwhile changes nothing. Rejects if the values are lost.
 */
export function reading<S, T>(subject: S, make: (subject: S) => T): T | Promise<T> {
  const before = isLate
  isLate = false
  try {
    const made = make(subject)
    if (!isLate) return made
  } catch (error) {
    if (!isLate) throw error
  } finally {
    isLate = before
  }
  const { copy, coming } = copyOf(subject)
  return Promise.all(coming).then(() => make(copy))
}

/** A copy of lists, records, maps and objects that has tensors of its own; their values begin to come now. */
function copyOf<S>(subject: S): { copy: S; coming: Promise<unknown>[] } {
  const coming: Promise<unknown>[] = []
  const copies = new Map<object, unknown>()
  let left = MOST_PARTS
  const tensorLike = (t: Tensor): Tensor => {
    const copy = t.detach()
    if (t.requiresGrad) copy.requiresGrad = true
    coming.push(copy.dataAsync().then((values) => come.set(copy, values)))
    return copy
  }
  const into = <O extends object>(made: O, from: object, depth: number): O => {
    copies.set(from, made)
    for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
      if (Array.isArray(made) && key === "length") continue
      if ("value" in property) property.value = walk(property.value, depth + 1)
      Object.defineProperty(made, key, property)
    }
    return made
  }
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value !== "object" || value === null) return value
    const known = copies.get(value)
    if (known !== undefined) return known
    if (depth > DEEPEST || left-- <= 0) return value
    const end = unfinished.get(value)
    if (end) coming.push(end)
    if (end) return value
    if (value instanceof Tensor) {
      const copy = tensorLike(value)
      copies.set(value, copy)
      return copy
    }
    if (Array.isArray(value)) return into(new Array(value.length), value, depth)
    if (value instanceof Map) {
      const made = new Map()
      copies.set(value, made)
      for (const [key, part] of value) made.set(walk(key, depth + 1), walk(part, depth + 1))
      return made
    }
    if (value instanceof Set) {
      const made = new Set()
      copies.set(value, made)
      for (const part of value) made.add(walk(part, depth + 1))
      return made
    }
    // What the language keeps in slots of its own cannot be copied like this, and holds no tensors.
    const isBuiltIn = ArrayBuffer.isView(value) || /^\[object (?!Object\])/.test(kindOf(value))
    return isBuiltIn ? value : into(Object.create(Object.getPrototypeOf(value)), value, depth)
  }
  return { copy: walk(subject, 0) as S, coming }
}

const kindOf = (value: object): string => Object.prototype.toString.call(value)
