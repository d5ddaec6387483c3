/**
 * @file How an op is defined: forward as an expression or in terms of other ops, the gradient in one line beside it.
 * Owns the recording of the tape. Knows no backend and no op; how tests try ops is said beside each (`ops/trial.ts`).
 */

import { type Composed, composed } from "./compose.ts"
import { checkNumber } from "./core/arguments.ts"
import { census } from "./core/census.ts"
import { type DType, isFloat, promote, toFloat } from "./core/dtype.ts"
import { broadcastShapes, checkShape, type Shape, sameShape } from "./core/shape.ts"
import { broadcastView } from "./core/view.ts"
import { asTensor } from "./create.ts"
import { type Expr, input } from "./kernel/expr.ts"
import type { Kernel } from "./kernel/kernel.ts"
import { asOneOp, newlyWaiting, pending, recordingNow, type Source } from "./lazy.ts"
import { shorten } from "./schedule.ts"
import { Tensor, type TensorLike } from "./tensor.ts"

let recording = true
let order = 0

/** Is the tape on? */
export function isRecording(): boolean {
  return recording
}

/** Calls `f` with the tape on or off, and puts it back however `f` ends. */
export function withRecording<T>(on: boolean, f: () => T): T {
  const before = recording
  recording = on
  try {
    return f()
  } finally {
    recording = before
  }
}

/** Is a result of this dtype to be put on the tape? */
export function isTracked(output: Tensor, a: Tensor, b: Tensor = a): boolean {
  return recording && (a.requiresGrad || b.requiresGrad) && isFloat(output.dtype)
}

/** Puts a result on the tape if it is to be differentiated. Each vjp sends the cotangent `ct` to its input. */
export function record(
  op: string,
  output: Tensor,
  inputs: readonly Tensor[],
  vjps: readonly (((ct: Tensor) => Tensor) | null)[],
): Tensor {
  if (!recording || !inputs.some((x, i) => x.requiresGrad && vjps[i]) || !isFloat(output.dtype)) return output
  output.requiresGrad = true
  const versions: number[] = []
  for (const { version } of inputs) versions.push(version)
  output.tape = { op, inputs, versions, vjps, order: order++, freed: false }
  return output
}

/** What an op reads of a tensor. Everything that computes asks here, so that a recording misses no input. */
function sourceOf(x: Tensor): Source {
  const { source } = x
  recordingNow()?.uses(x, source)
  return source
}

/** The tensor of an array that is yet to be computed. */
export function later(op: string, source: Source, requiresGrad = false): Tensor {
  const t = new Tensor(source, requiresGrad)
  const bytes = newlyWaiting()
  if (bytes > 0) census.onKept?.(op, bytes, t)
  return t
}

/** The tensor that a kernel will make, off the tape. */
export function compute(
  op: string,
  kernel: Kernel,
  inputs: readonly Tensor[],
  dtype: DType,
  shape: readonly number[],
): Tensor {
  checkShape(op, shape, dtype)
  const sources: Source[] = []
  for (let i = 0; i < inputs.length; i++) sources.push(sourceOf(inputs[i]))
  return later(op, shorten(pending(kernel, sources, dtype, shape)))
}

/** The tensor that sees the array of `x` through another view, off the tape. */
export function reviewed(x: Tensor, view: Source["view"]): Tensor {
  return new Tensor({ slot: sourceOf(x).slot, view })
}

/** The tensor as it is, or converted, off the tape. Conversion to bool asks which elements are not 0. */
export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x
  const expr = dtype === "bool" ? notZero : copy
  return compute("to", { kind: "map", expr }, [x], dtype, x.shape)
}

const copy = input(0)
const notZero: Expr = { op: "ne", args: [copy, { op: "const", value: 0 }] }

function spread(source: Source, shape: Shape): Source {
  if (sameShape(source.view.shape, shape)) return source
  return { slot: source.slot, view: broadcastView(source.view, shape) }
}

/** An element-wise kernel over tensors that broadcast, off the tape. */
export function mapTensors(op: string, expr: Expr, inputs: readonly Tensor[], dtype: DType): Tensor {
  let shape: readonly number[] = inputs[0].source.view.shape
  for (let i = 1; i < inputs.length; i++) shape = broadcastShapes(op, shape, inputs[i].source.view.shape)
  checkShape(op, shape, dtype)
  const sources: Source[] = []
  for (let i = 0; i < inputs.length; i++) sources.push(spread(sourceOf(inputs[i]), shape))
  return later(op, shorten(pending({ kind: "map", expr }, sources, dtype, shape)))
}

/**
 * An element-wise function of tensors and numbers, written in ops: those ops where they are recorded, one kernel where
 * they are not.
 */
export function fused<A extends Tensor[]>(
  op: string,
  f: (...x: A) => Tensor,
): (...x: { [I in keyof A]: Tensor | number }) => Tensor {
  let one: Composed | undefined
  return (...x) => {
    if (recording) return f(...(x as unknown as A))
    one ??= composed(f as (...x: Tensor[]) => Tensor, x.length)
    const inputs: Tensor[] = []
    let dtype = (x[0] as Tensor).dtype
    const { expr, reads } = one
    for (let i = 0; i < reads.length; i++) {
      const t = asTensor(op, x[reads[i]], dtype)
      dtype = promote(dtype, t.dtype)
      inputs.push(t)
    }
    return expr.op === "input" ? inputs[0] : mapTensors(op, expr, inputs, dtype)
  }
}

/** Which dtype a result has: that of the inputs, a float, or bool. */
type Result = "same" | "float" | "bool"

function resultDType(result: Result, meet: DType): DType {
  if (result === "bool") return "bool"
  return result === "float" ? toFloat(meet) : meet === "bool" ? "int32" : meet
}

/** ∂L/∂x from ct = ∂L/∂y. Conditional, so that the parameters of an op are inferred from its forward alone. */
type Vjp<A extends unknown[]> = [A] extends [infer Rest extends unknown[]]
  ? (ct: Tensor, x: Tensor, y: Tensor, ...rest: Rest) => Tensor
  : never

/** A number that an op takes besides its tensor; undefined where it may be left out. */
type Setting = number | undefined

interface UnaryDefinition<P extends Setting[]> {
  forward: (x: Expr, ...params: P) => Expr
  /** ct is ∂L/∂y; returns ∂L/∂x. Written in ops, so that it can be differentiated again. */
  vjp?: Vjp<P>
  result?: Result
}

/** An op on each element of one tensor. */
export type UnaryOp = (x: TensorLike) => Tensor
/** An op on pairs of elements. */
export type BinaryOp = (x: TensorLike, other: TensorLike) => Tensor

/** An op on each element of one tensor. */
export function unary(name: string, definition: UnaryDefinition<[]>): UnaryOp {
  return unaryWith(name, definition)
}

/** An op on each element of one tensor, with parameters that are numbers. */
export function unaryWith<P extends Setting[]>(
  name: string,
  definition: UnaryDefinition<P>,
): (x: TensorLike, ...params: P) => Tensor {
  const { forward, vjp, result = "float" } = definition
  const plain = forward.length === 1 ? forward(input(0), ...([] as unknown as P)) : undefined
  const back = fused(name, vjp as Vjp<[]>)
  return (x: TensorLike, ...rest: P): Tensor => {
    const a = asTensor(name, x)
    const least = forward.length - 1
    for (let i = 0; i < Math.max(rest.length, least); i++)
      if (i < least || rest[i] !== undefined) checkNumber(name, `setting ${i + 1}`, rest[i])
    const expr = rest.length === 0 && plain ? plain : forward(input(0), ...rest)
    const y = mapTensors(name, expr, [a], resultDType(result, a.dtype))
    if (!vjp || !isTracked(y, a)) return y
    return record(name, y, [a], [(ct) => (rest.length === 0 ? back(ct, a, y) : vjp(ct, a, y, ...rest))])
  }
}

type BinaryVjp = (ct: Tensor, a: Tensor, b: Tensor, y: Tensor) => Tensor

interface BinaryDefinition {
  forward: (a: Expr, b: Expr) => Expr
  /** ∂L/∂a and ∂L/∂b, before broadcasting is undone. */
  vjp?: readonly [BinaryVjp, BinaryVjp]
  result?: Result
}

/** An op on each pair of elements of two tensors, which broadcast. */
export function binary(name: string, definition: BinaryDefinition): BinaryOp {
  const { forward, vjp, result = "same" } = definition
  const expr = forward(input(0), input(1))
  const back = vjp?.map((one) => fused(name, one))
  return (x: TensorLike, other: TensorLike): Tensor => {
    const a = asTensor(name, x, other instanceof Tensor ? other.dtype : undefined)
    const b = asTensor(name, other, a.dtype)
    const y = mapTensors(name, expr, [a, b], resultDType(result, promote(a.dtype, b.dtype)))
    if (!back || !isTracked(y, a, b)) return y
    return record(name, y, [a, b], [(ct) => back[0](ct, a, b, y), (ct) => back[1](ct, a, b, y)])
  }
}

interface OpDefinition<A extends unknown[]> {
  /** Computes the result, of other ops or of a kernel; what it calls is not recorded. */
  forward: (x: Tensor, ...rest: A) => Tensor
  vjp?: Vjp<A>
}

/**
 * Any other op of one tensor: its forward and its gradient stand for what happens inside. Both say `: Tensor`,
 * since TypeScript cannot infer the type of an op from functions that call ops.
 */
export function defineOp<A extends unknown[]>(
  name: string,
  definition: OpDefinition<A>,
): (x: TensorLike, ...rest: A) => Tensor {
  const { forward, vjp } = definition
  return (x: TensorLike, ...rest: A): Tensor => {
    const a = asTensor(name, x)
    const before = recording
    recording = false
    let result: Tensor
    try {
      result = asOneOp(forward, a, rest)
    } finally {
      recording = before
    }
    if (!vjp) return result
    const y = result === a ? new Tensor(a.source) : result
    if (!isTracked(y, a)) return y
    return record(name, y, [a], [(ct) => vjp(ct, a, y, ...rest)])
  }
}
