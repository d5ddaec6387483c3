/**
 * @file The two ways to compute a body, seen from the loops: four elements at once (`lanes.ts`) or one (`scalar64.ts`).
 * Knows how steps become expressions; knows no shapes.
 */
import type { DType } from "../../core/dtype.ts"
import type { Body, Step } from "../../fuse/plan.ts"
import type { ScalarFunction } from "../../kernel/expr.ts"
import type { Code, Func, Local, ValueType } from "./assembler.ts"
import { plus } from "./scope.ts"

/** An element of an array that a loop walks over: the one `index` places after where the pointer stands. */
export interface Spot {
  readonly pointer: Local
  readonly dtype: DType
  /** Elements from one index to the next. */
  readonly stride: number
  readonly index: number
}

/** The address of the element that is `more` places after the spot, as pointer and offset. */
export function placeOf({ pointer, dtype, stride, index }: Spot, more = 0): [address: Code, offset: number] {
  const bytes = (index + more) * stride * (dtype === "float64" ? 8 : 4)
  return bytes >= 0 ? [pointer, bytes] : [plus(pointer, bytes), 0]
}

/** The one instruction of a family that is this function, if there is one: `add` is `add`, `lt` may be `ltS`. */
export function instructionFor(
  family: object,
  op: ScalarFunction,
): ((...operands: Code[]) => Code) | undefined {
  const instructions = family as Record<string, (...operands: Code[]) => Code>
  return instructions[op] ?? instructions[`${op}S`]
}

/** A temporary of the step at hand. */
export type Temporary = (type: ValueType) => Local

export interface Dialect {
  /** Elements at once. */
  readonly width: 4 | 1
  typeOf(dtype: DType): ValueType
  constant(value: number, dtype: DType): Code
  /** `count` elements from the spot on; of vectors, the other lanes are anything. */
  load(spot: Spot, count: number): Code
  /** Stores `count` elements, no more; with `flush`, 0 for subnormal numbers, where they would be slow. */
  store(spot: Spot, count: number, value: Code, temporary: Temporary, flush: boolean): Code
  apply(func: Func, step: Exclude<Step, { op: "read" | "const" }>, args: readonly Operand[], more: More): Code
}

/** An argument of a step. */
export interface Operand {
  readonly code: Code
  readonly dtype: DType
  /** Its value, if it is a constant. */
  readonly constant: number | undefined
}

export interface More {
  readonly temporary: Temporary
  /** Is this inside a long loop, where speed is worth more code? */
  readonly hot: boolean
  /** Are the two arguments the same value? */
  readonly square: boolean
}

/** How often a step changes: never, once a row, at every element. */
export type Level = 0 | 1 | 2

/** Computes a body at one place after another of one function. */
export class Evaluator {
  readonly #func: Func
  readonly #body: Body
  readonly #dialect: Dialect
  readonly #hot: boolean
  readonly #locals = new Map<string, Local>()
  /** Values that outer loops have computed. */
  readonly #outer = new Map<number, Code>()

  constructor(func: Func, body: Body, dialect: Dialect, hot: boolean) {
    this.#func = func
    this.#body = body
    this.#dialect = dialect
    this.#hot = hot
  }

  /** A local that belongs to this name; the same one in every copy of the body. */
  local(name: string, type: ValueType): Local {
    let local = this.#locals.get(name)
    if (!local) {
      local = this.#func.local(type)
      this.#locals.set(name, local)
    }
    return local
  }

  /** Computes the steps that change at this level and are used at higher ones, once and for all. */
  hoist(
    wanted: readonly number[],
    levels: readonly Level[],
    level: Level,
    load: (step: number) => Code,
  ): Code[] {
    const needed = this.#needed(wanted)
    const used = new Set<number>()
    for (const value of wanted) if (levels[value] === level) used.add(value)
    for (const value of needed) {
      if (levels[value] <= level) continue
      for (const arg of argsOf(this.#body[value])) if (levels[arg] === level) used.add(arg)
    }
    if (used.size === 0) return []
    const list = [...used].sort((a, b) => a - b)
    const { before, values } = this.compute(list, load)
    return [
      before,
      list.map((value, i) => {
        const local = this.local(`outer ${value}`, this.#dialect.typeOf(this.#body[value].dtype))
        const code = local.set(values[i])
        this.#outer.set(value, local)
        return code
      }),
    ]
  }

  /** Steps needed for these values that outer loops have not computed, in order. */
  #needed(wanted: readonly number[]): number[] {
    const needed = new Set<number>()
    const visit = (value: number): void => {
      if (needed.has(value) || this.#outer.has(value)) return
      needed.add(value)
      for (const arg of argsOf(this.#body[value])) visit(arg)
    }
    for (const value of wanted) visit(value)
    return [...needed].sort((a, b) => a - b)
  }

  /** Code that is to run first, and the values as expressions. All loads are done before the first is evaluated. */
  compute(wanted: readonly number[], load: (step: number) => Code): { before: Code[]; values: Code[] } {
    const needed = this.#needed(wanted)
    const uses = new Map<number, number>()
    const use = (value: number): void => {
      uses.set(value, (uses.get(value) ?? 0) + 1)
    }
    for (const value of needed) argsOf(this.#body[value]).forEach(use)
    for (const value of wanted) uses.set(value, (uses.get(value) ?? 0) + (wanted.length > 1 ? 2 : 1))
    const codes = new Map<number, Code>(this.#outer)
    const before: Code[] = []
    for (const value of needed) {
      const step = this.#body[value]
      let code: Code
      if (step.op === "read") code = load(value)
      else if (step.op === "const") code = this.#dialect.constant(step.value, step.dtype)
      else {
        const args = step.args.map((arg): Operand => {
          const from = this.#body[arg]
          const constant = from.op === "const" ? from.value : undefined
          return { code: codes.get(arg) as Code, dtype: from.dtype, constant }
        })
        let temporaries = 0
        code = this.#dialect.apply(this.#func, step, args, {
          temporary: (type) => this.local(`temporary ${value} ${temporaries++}`, type),
          hot: this.#hot,
          square: step.args.length === 2 && step.args[0] === step.args[1],
        })
      }
      if ((uses.get(value) as number) > 1 && step.op !== "const") {
        const local = this.local(`value ${value}`, this.#dialect.typeOf(step.dtype))
        before.push(local.set(code))
        code = local
      }
      codes.set(value, code)
    }
    return { before, values: wanted.map((value) => codes.get(value) as Code) }
  }
}

export function argsOf(step: Step): readonly number[] {
  return step.op === "read" || step.op === "const" ? [] : step.args
}
