/**
 * @file From expressions to typed straight-line bodies: every value gets a dtype, conversions become steps, equal
 * steps are computed once. Knows no graph and no backend.
 */
import type { Read } from "../backend/graph.ts"
import type { DType } from "../core/dtype.ts"
import { comparisons, type Expr, isWhole, type ScalarFunction } from "../kernel/expr.ts"
import type { Body, Step } from "./plan.ts"

/** The type in which an expression is computed: the widest of what goes in and what comes out. */
export function arithmeticOf(expr: Expr, inputs: readonly DType[], output: DType): DType {
  const all = [...inputs, output]
  if (all.includes("float64")) return "float64"
  if (all.includes("float32")) return "float32"
  return isWhole(expr) ? "int32" : "float64"
}

/** A body that grows; the values of its steps are known by their numbers. */
export class BodyBuilder {
  readonly steps: Step[] = []
  readonly #known = new Map<string, number>()

  #add(key: string, step: Step): number {
    let at = this.#known.get(key)
    if (at === undefined) {
      at = this.steps.push(step) - 1
      this.#known.set(key, at)
    }
    return at
  }

  get body(): Body {
    return this.steps
  }

  read(read: Read, dtype: DType): number {
    const { shape, strides, offset } = read.view
    return this.#add(`read ${read.array} ${offset} ${shape.join()} ${strides.join()}`, {
      op: "read",
      read,
      dtype,
    })
  }

  constant(value: number, dtype: DType): number {
    const text = Object.is(value, -0) ? "-0" : String(value)
    return this.#add(`const ${dtype} ${text}`, { op: "const", value, dtype })
  }

  #call(op: ScalarFunction, args: readonly number[], dtype: DType): number {
    return this.#add(`${op} ${args.join()} ${dtype}`, { op, args, dtype })
  }

  /** The value as one of `dtype`. */
  convert(value: number, dtype: DType): number {
    const from = this.steps[value].dtype
    if (from === dtype) return value
    if (dtype === "bool") return this.#call("ne", [value, this.constant(0, from)], "bool")
    return this.#add(`convert ${value} ${dtype}`, { op: "convert", args: [value], dtype })
  }

  /** The value of an expression over values, as one of `dtype`. */
  expression(expr: Expr, inputs: readonly number[], dtype: DType): number {
    const types = inputs.map((value) => this.steps[value].dtype)
    const arithmetic = arithmeticOf(expr, types, dtype)
    const lower = (e: Expr): number => {
      if (e.op === "input") return inputs[e.index]
      if (e.op === "const") return this.constant(e.value, arithmetic)
      const args = e.args.map(lower)
      const numeric = (value: number): number => this.convert(value, arithmetic)
      if (e.op === "select")
        return this.#call(
          "select",
          [this.convert(args[0], "bool"), numeric(args[1]), numeric(args[2])],
          arithmetic,
        )
      return this.#call(e.op, args.map(numeric), comparisons.has(e.op) ? "bool" : arithmetic)
    }
    return this.convert(lower(expr), dtype)
  }
}

/** A short name for a body in tables of times: its functions in order. */
export function bodyName(body: Body): string {
  const names = body
    .filter(({ op }) => op !== "read" && op !== "const" && op !== "convert")
    .map(({ op }) => op)
  return names.length > 8 ? `${names.slice(0, 8).join(" ")} …` : names.join(" ")
}
