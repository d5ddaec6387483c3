/**
 * @file Looks over the engine's shoulder while cells run: at which call a number first was not finite. Puts itself in
 * the place of the engine's functions and methods and takes itself away again; runs no cell.
 */
import * as engine from "../../engine/index.ts"
import { isOp } from "./engine-ops.ts"
import { numberText } from "./number-text.ts"

const { Tensor } = engine
type Tensor = engine.Tensor
type Call = (this: unknown, ...args: unknown[]) => unknown

export type Kind = "NaN" | "infinite"

/** The call that first gave NaN, or an infinite number, with the stack of that moment. */
export interface Finding {
  kind: Kind
  op: string
  /** What went in at the place where it happened, where that can be told. */
  given: number[]
  /** Index of the place in the result. */
  at: number[]
  /** How often an optimizer had stepped. */
  steps: number
  where: Error
}

/** Ends the run that is looked at: it is known what was asked, or it takes too long. */
class Enough extends Error {}

export class Watch {
  readonly #until: number
  readonly #undo: (() => void)[] = []
  /** What is given to a cell in place of a function, so that it is the same each time. */
  readonly #wrapped = new Map<unknown, unknown>()
  /** Parameters that took part; `backward` gives them gradients. */
  readonly #leaves = new Set<Tensor>()
  #backward: Error | undefined
  #steps = 0
  #over = false
  nan: Finding | undefined
  infinite: Finding | undefined

  /** `until`: when it gives up, by the clock of `performance`. */
  constructor(until: number) {
    this.#until = until
    const prototype = Tensor.prototype as unknown as Record<string, Call>
    for (const name of Object.getOwnPropertyNames(prototype))
      if (isOp(name) || name === "backward") this.#replace(prototype, name, name)
    for (const [name, value] of Object.entries({ ...engine.nn, ...engine.optim })) {
      if (!isClass(value)) continue
      if (Object.hasOwn(value.prototype, "forward"))
        this.#replace(value.prototype, "forward", `${name}.forward`)
      for (
        let owner = value.prototype;
        owner && owner !== Object.prototype;
        owner = Object.getPrototypeOf(owner)
      )
        if (Object.hasOwn(owner, "step") && Object.hasOwn(owner, "zeroGrad") && !this.#wrapped.has(owner)) {
          this.#wrapped.set(owner, owner)
          this.#replace(owner, "step", "step")
        }
    }
  }

  /** The names that a cell sees, with this in between. */
  values(values: Record<string, unknown>): Record<string, unknown> {
    const of: Readonly<Record<string, unknown>> = engine
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        if (value !== of[name] || typeof value !== "function" || isClass(value)) return [name, value]
        if (name === "jit") return [name, (f: unknown) => f]
        return [name, this.#around(name, value as Call)]
      }),
    )
  }

  /** Puts everything back. What still runs under it ends at its next call. */
  end(): void {
    this.#over = true
    for (const undo of this.#undo.splice(0)) undo()
  }

  #replace(owner: Record<string, Call>, key: string, name: string): void {
    const before = Object.getOwnPropertyDescriptor(owner, key)
    if (!before) return
    Object.defineProperty(owner, key, { ...before, value: this.#around(name, owner[key]) })
    this.#undo.push(() => Object.defineProperty(owner, key, before))
  }

  #around(name: string, call: Call): Call {
    const watch = this
    return function watched(this: unknown, ...args: unknown[]): unknown {
      const given = this instanceof Tensor ? [this, ...args] : args
      watch.#before(name, this)
      const result = call.apply(this, args)
      watch.#after(name, this, given, result)
      // What differentiates is called later.
      return typeof result === "function" ? watch.#around(name, result as Call) : result
    }
  }

  #before(name: string, owner: unknown): void {
    if (this.#over || performance.now() > this.#until) throw new Enough()
    if (name === "backward") this.#backward = new Error()
    if (name === "step" && !(owner instanceof Tensor))
      for (const p of paramsOf(owner)) this.#look("backward", p.grad, [], this.#backward)
  }

  #after(name: string, owner: unknown, given: unknown[], result: unknown): void {
    const numbers = given.filter((one) => typeof one === "number")
    for (const one of given) if (one instanceof Tensor && one.requiresGrad && !one.tape) this.#leaves.add(one)
    if (name === "backward") for (const leaf of this.#leaves) this.#look(name, leaf.grad, [], this.#backward)
    if (name === "step" && !(owner instanceof Tensor)) {
      for (const p of paramsOf(owner)) this.#look(name, p, [])
      this.#steps++
    }
    // Who writes down an infinite number wants it.
    if (numbers.some((n) => !Number.isFinite(n))) return
    for (const one of tensorsIn(result)) this.#look(name, one, given)
  }

  #look(op: string, result: Tensor | null, given: readonly unknown[], where = new Error()): void {
    if (!result || !/^float/.test(result.dtype)) return
    const values = result.detach().data()
    const nan = values.findIndex((v: number) => Number.isNaN(v))
    const infinite = nan < 0 && !this.infinite ? values.findIndex((v: number) => !Number.isFinite(v)) : -1
    const at = nan < 0 ? infinite : nan
    if (at < 0) return
    const finding: Finding = {
      kind: nan < 0 ? "infinite" : "NaN",
      op,
      given: givenAt(given, at, values.length),
      at: indexOf(at, result.shape),
      steps: this.#steps,
      where,
    }
    if (nan < 0) this.infinite = finding
    else {
      this.nan = finding
      this.#over = true
      throw new Enough()
    }
  }
}

function isClass(value: unknown): value is { prototype: Record<string, Call> } {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value))
}

function paramsOf(optimizer: unknown): readonly Tensor[] {
  const params: unknown = Reflect.get(optimizer as object, "params")
  return Array.isArray(params) ? params : []
}

function tensorsIn(result: unknown): Tensor[] {
  if (result instanceof Tensor) return [result]
  if (typeof result !== "object" || result === null) return []
  return Object.values(result).flatMap((part) => (part instanceof Tensor ? [part] : []))
}

/** The numbers that met at one place of a result: only where every input has that place, or is one number. */
function givenAt(given: readonly unknown[], at: number, size: number): number[] {
  const numbers: number[] = []
  for (const one of given)
    if (typeof one === "number") numbers.push(one)
    else if (one instanceof Tensor && (one.size === size || one.size === 1))
      numbers.push(Number(one.detach().data()[one.size === 1 ? 0 : at]))
    else if (one !== undefined) return []
  return numbers
}

function indexOf(at: number, shape: readonly number[]): number[] {
  const index: number[] = []
  for (const size of shape.toReversed()) {
    index.unshift(at % size)
    at = Math.floor(at / size)
  }
  return index
}

const REASONS: readonly [op: RegExp, kind: Kind | undefined, why: string][] = [
  [/^log$/, "NaN", "A number below 0 has no logarithm."],
  [
    /^log$/,
    "infinite",
    "The logarithm of 0 is −∞. From logits take `logSoftmax` or `crossEntropy`; else keep the numbers above 0 with `clip`.",
  ],
  [/^sqrt$/, "NaN", "A number below 0 has no root."],
  [/^(div|reciprocal)$/, undefined, "Division by 0: add a small number below the line, or see why it is 0."],
  [
    /^(exp|pow|square)$/,
    "infinite",
    "Numbers end at about 3.4 · 10³⁸ in float32: `exp` of more than 88.7 is beyond. `softmax` and `logsumexp` take off the maximum first.",
  ],
  [/^sub$/, "NaN", "∞ − ∞ is no number."],
  [/^mul$/, "NaN", "0 · ∞ is no number."],
  [/^step$|^backward$/, undefined, "Such steps often grow without end: try a smaller learning rate."],
]

/** What was found, in words. */
export function wordsOf(finding: Finding): string {
  const { kind, op, given, at, steps } = finding
  const what = kind === "NaN" ? "NaN" : "An infinite number"
  const of = given.length > 0 ? ` of ${given.map((n) => numberText(n)).join(" and ")}` : ""
  const place = at.length > 0 ? ` at [${at.join(", ")}]` : ""
  const when = steps > 0 ? `, after ${steps} ${steps === 1 ? "step" : "steps"} of the optimizer` : ""
  const how =
    op === "backward"
      ? "in the gradients that `backward` gives"
      : op === "step"
        ? "in a parameter after `step`"
        : `from \`${op}\`${of}`
  const why = REASONS.find(([pattern, only]) => pattern.test(op) && (only ?? kind) === kind)?.[2]
  return `${what} first comes ${how}${place}${when}.${why ? ` ${why}` : ""}`
}
