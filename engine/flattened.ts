/** @file A value made of tensors, taken apart into its tensors and put together again with others. */
import { Tensor } from "./tensor.ts"

/** Arrays, plain records and anything else, with tensors somewhere in them. */
export class Flattened {
  /** In the order in which they are met. */
  readonly tensors: Tensor[] = []
  readonly #value: unknown

  constructor(value: unknown) {
    this.#value = value
    this.#visit(value)
  }

  #visit(value: unknown): void {
    if (value instanceof Tensor) this.tensors.push(value)
    else if (Array.isArray(value)) for (const item of value) this.#visit(item)
    else if (isRecord(value)) for (const name of Object.keys(value)) this.#visit(value[name])
  }

  /** The same structure with these tensors in place of its own. */
  rebuilt(tensors: readonly Tensor[]): unknown {
    if (this.#value instanceof Tensor) return tensors[0]
    let next = 0
    const build = (value: unknown): unknown => {
      if (value instanceof Tensor) return tensors[next++]
      if (Array.isArray(value)) return value.map(build)
      if (isRecord(value))
        return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, build(item)]))
      return value
    }
    return build(this.#value)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/**
 * What must agree for two lists of arguments to be treated alike: dtypes and shapes of tensors, and everything else
 * by value. A tensor that requires a gradient stands for itself.
 */
export function keyOf(args: readonly unknown[], key: unknown[] = []): unknown[] {
  for (const value of args) {
    if (value instanceof Tensor) {
      if (value.requiresGrad) key.push(value)
      else {
        const { shape } = value.source.view
        key.push(value.dtype, shape.length)
        for (let d = 0; d < shape.length; d++) key.push(shape[d])
      }
    } else if (Array.isArray(value)) {
      key.push("[", value.length)
      keyOf(value, key)
    } else if (isRecord(value)) {
      const names = Object.keys(value)
      key.push("{", ...names)
      keyOf(
        names.map((name) => value[name]),
        key,
      )
    } else key.push(value)
  }
  return key
}

export function sameKey(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}

const isTensor = (value: unknown): value is Tensor => value instanceof Tensor

/** The tensors in these values, in the order in which they are met. A training step takes nothing but tensors. */
export function tensorsIn(values: readonly unknown[]): Tensor[] {
  return values.every(isTensor) ? values.slice() : new Flattened(values).tensors
}

/** Do these arguments have that key? Makes none where all are tensors, as in a training step. */
export function hasKey(args: readonly unknown[], key: readonly unknown[]): boolean {
  let at = 0
  for (let i = 0; i < args.length; i++) {
    const value = args[i]
    if (!(value instanceof Tensor) || value.requiresGrad) return sameKey(keyOf(args), key)
    const { shape } = value.source.view
    if (key[at] !== value.dtype || key[at + 1] !== shape.length) return false
    at += 2
    for (let d = 0; d < shape.length; d++) if (key[at + d] !== shape[d]) return false
    at += shape.length
  }
  return at === key.length
}
