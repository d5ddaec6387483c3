/**
 * @file What stands between code of a cell and the worker that it runs in: no ways out, a limit to its memory, and shared
 * objects that are put back after it. Knows no cell and no message.
 */
import * as engine from "../../engine/index.ts"
import { confine } from "./confine.ts"
import { countArrays } from "./counted-arrays.ts"
import { MemoryLimit } from "./memory-limit.ts"
import { Realm } from "./realm.ts"

export class Guard {
  readonly #realm: Realm
  #isSpoilt = false

  /** To be made before any foreign code has run, in a task of its own. */
  constructor(scope: typeof globalThis) {
    confine(scope)
    const limit = new MemoryLimit()
    countArrays(scope, limit)
    limitTensors(limit)
    this.#realm = new Realm(scope, prototypesOf({ ...engine }))
  }

  /** Something that all code shares was changed for good. */
  get isSpoilt(): boolean {
    return this.#isSpoilt
  }

  /** Puts back what was changed, and says what it was. */
  tidy(): string | undefined {
    const { name, isSpoilt } = this.#realm.mend()
    if (name === "") return undefined
    this.#isSpoilt ||= isSpoilt
    const then = isSpoilt
      ? "It cannot be put back, so the next run begins with everything new."
      : "It was put back when the cell was through, so that other cells find what they know."
    return `This cell has changed \`${name}\`, which all code shares. ${then} Write a function or a class of your own instead.`
  }
}

/** Tensors that wait to be computed count as if they were, and so do small results, which are in no typed array. */
export function limitTensors(limit: MemoryLimit): void {
  engine.Tensor.census.onKept = (op, bytes, holder) => limit.take(op, bytes, holder)
}

/** The prototypes of the classes in a record, however deep. */
function prototypesOf(record: Record<string, unknown>): Record<string, object> {
  const found: Record<string, object> = {}
  const seen = new Set<unknown>()
  const visit = (name: string, value: unknown): void => {
    if (seen.has(value)) return
    seen.add(value)
    if (typeof value === "function" && value.prototype) found[`${name}.prototype`] = value.prototype
    else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype)
      for (const [key, inner] of Object.entries(value)) visit(`${name}.${key}`, inner)
  }
  for (const [name, value] of Object.entries(record)) visit(name, value)
  return found
}
