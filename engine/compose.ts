/**
 * @file An element-wise function of tensors, written in ops, as one scalar expression: found by calling it once on
 * tensors that stand for any. Knows no op.
 */
import { type Expr, input } from "./kernel/expr.ts"
import { Lazy, type Source, scalarView, withRecordingOf } from "./lazy.ts"
import { Tensor } from "./tensor.ts"

/** What a function computes on one element; input i of it is argument `reads[i]`. */
export interface Composed {
  readonly expr: Expr
  readonly reads: readonly number[]
}

/** `f` must consist of element-wise ops of its arguments and numbers, off the tape. */
export function composed(f: (...x: Tensor[]) => Tensor, count: number): Composed {
  const places = Array.from({ length: count }, () => new Lazy("float32", scalarView))
  const reads: number[] = []
  const exprOf = ({ slot }: Source): Expr => {
    const { kernel, number } = slot
    if (number !== undefined) return { op: "const", value: number }
    if (kernel?.kind === "map") return filled(kernel.expr, slot.inputs.map(exprOf))
    const place = places.indexOf(slot)
    if (!reads.includes(place)) reads.push(place)
    return input(reads.indexOf(place))
  }
  return withRecordingOf(undefined, () => {
    const stands = places.map((slot) => new Tensor({ slot, view: scalarView }))
    return { expr: exprOf(f(...stands).source), reads }
  })
}

/** The expression with these in place of its inputs. */
function filled(expr: Expr, inputs: readonly Expr[]): Expr {
  if (expr.op === "input") return inputs[expr.index]
  return expr.op === "const" ? expr : { op: expr.op, args: expr.args.map((arg) => filled(arg, inputs)) }
}
