/**
 * @file Element-wise work of the reference backend: an expression becomes one JavaScript loop, compiled once.
 * Arithmetic is in double; the store rounds to the output's dtype. Knows no other kernel.
 */
import { allocate, type DType, isFloat, type TypedArray } from "../../core/dtype.ts"
import { erf } from "../../core/erf.ts"
import { sizeOf } from "../../core/shape.ts"
import { collapse, isRowMajor, type View } from "../../core/view.ts"
import { type Expr, input, isWhole, keyOf, type ScalarFunction } from "../../kernel/expr.ts"

/** An array read through a view. */
export interface Operand {
  readonly values: TypedArray
  readonly dtype: DType
  readonly view: View
}

/** Every scalar function as JavaScript text. The compiler names the one that is missing. */
const javascript: Record<ScalarFunction, (a: string, b: string, c: string) => string> = {
  add: (a, b) => `(${a} + ${b})`,
  sub: (a, b) => `(${a} - ${b})`,
  mul: (a, b) => `(${a} * ${b})`,
  div: (a, b) => `(${a} / ${b})`,
  pow: (a, b) => `Math.pow(${a}, ${b})`,
  max: (a, b) => `Math.max(${a}, ${b})`,
  min: (a, b) => `Math.min(${a}, ${b})`,
  neg: (a) => `(-${a})`,
  abs: (a) => `Math.abs(${a})`,
  sign: (a) => `Math.sign(${a})`,
  exp: (a) => `Math.exp(${a})`,
  expm1: (a) => `Math.expm1(${a})`,
  log: (a) => `Math.log(${a})`,
  log1p: (a) => `Math.log1p(${a})`,
  sqrt: (a) => `Math.sqrt(${a})`,
  sin: (a) => `Math.sin(${a})`,
  cos: (a) => `Math.cos(${a})`,
  tanh: (a) => `Math.tanh(${a})`,
  erf: (a) => `erf(${a})`,
  eq: (a, b) => `(${a} === ${b})`,
  ne: (a, b) => `(${a} !== ${b})`,
  lt: (a, b) => `(${a} < ${b})`,
  le: (a, b) => `(${a} <= ${b})`,
  gt: (a, b) => `(${a} > ${b})`,
  ge: (a, b) => `(${a} >= ${b})`,
  select: (a, b, c) => `(${a} ? ${b} : ${c})`,
}

/** In int32 the functions that may leave its range wrap around. */
const wrapping: Partial<typeof javascript> = {
  add: (a, b) => `(${a} + ${b} | 0)`,
  sub: (a, b) => `(${a} - ${b} | 0)`,
  mul: (a, b) => `Math.imul(${a}, ${b})`,
  neg: (a) => `(-${a} | 0)`,
  abs: (a) => `(Math.abs(${a}) | 0)`,
}

function print(expr: Expr, functions: typeof javascript): string {
  if (expr.op === "input") return `x${expr.index}[p${expr.index}]`
  if (expr.op === "const")
    return expr.value < 0 || Object.is(expr.value, -0) ? `(${keyOf(expr)})` : keyOf(expr)
  const [a, b = "", c = ""] = expr.args.map((arg) => print(arg, functions))
  return functions[expr.op](a, b, c)
}

/** The value of an expression as an element of `dtype`, see `isWhole`; the typed array rounds, and cuts fractions off. */
function printAs(dtype: DType, expr: Expr, inputs: readonly Operand[]): string {
  if (dtype !== "int32") return print(expr, javascript)
  if (isWhole(expr) && !inputs.some((input) => isFloat(input.dtype)))
    return print(expr, { ...javascript, ...wrapping })
  return `Math.max(-2147483648, Math.min(2147483647, ${print(expr, javascript)}))`
}

/** Writes `count` elements from out[o] on; input v is read from `start[v]` on, every `step[v]` elements. */
type Loop = (
  out: TypedArray,
  o: number,
  count: number,
  arrays: readonly TypedArray[],
  start: ArrayLike<number>,
  step: ArrayLike<number>,
) => void

const loops = new Map<string, Loop>()

/** The loop of an expression. One per combination of array types too, so that each stays specialised. */
function loopOf(expr: Expr, inputs: readonly Operand[], dtype: DType): Loop {
  let key = keyOf(expr) + dtype
  for (const input of inputs) key += input.dtype
  let loop = loops.get(key)
  if (!loop) {
    const each = inputs.map((_, v) => v)
    const body =
      each.map((v) => `const x${v} = arrays[${v}], s${v} = step[${v}]; let p${v} = start[${v}];\n`).join("") +
      `for (const end = o + count; o < end; o++) {\n  out[o] = ${printAs(dtype, expr, inputs)};\n` +
      `${each.map((v) => `  p${v} += s${v};\n`).join("")}}`
    loop = new Function("erf", `return (out, o, count, arrays, start, step) => {\n${body}\n}`)(erf) as Loop
    loops.set(key, loop)
  }
  return loop
}

/** out[i] = expr(inputs[0][i], …) for every i, in row-major order. */
export function map(expr: Expr, inputs: readonly Operand[], dtype: DType): TypedArray {
  const size = sizeOf(inputs[0].view.shape)
  const out = allocate(dtype, size)
  if (size === 0) return out
  const loop = loopOf(expr, inputs, dtype)
  const arrays = inputs.map((operand) => operand.values)
  const views = inputs.map((operand) => operand.view)
  const start = views.map((view) => view.offset)
  if (size === 1 || views.every(isRowMajor)) {
    loop(out, 0, size, arrays, start, size === 1 ? start : views.map(() => 1))
    return out
  }
  const { shape, strides } = collapse(views[0].shape, views)
  const last = shape.length - 1
  const step = strides.map((list) => list[last])
  const index = new Array<number>(last).fill(0)
  for (let o = 0; o < size; o += shape[last]) {
    loop(out, o, shape[last], arrays, start, step)
    for (let d = last - 1; d >= 0; d--) {
      const carry = ++index[d] === shape[d]
      for (let v = 0; v < start.length; v++)
        start[v] += carry ? strides[v][d] * (1 - shape[d]) : strides[v][d]
      if (!carry) break
      index[d] = 0
    }
  }
  return out
}

const identity = input(0)

/** The elements of an operand one after the other; the array itself where they already lie so. */
export function pack(operand: Operand): TypedArray {
  const { values, view, dtype } = operand
  const size = sizeOf(view.shape)
  if (isRowMajor(view))
    return size === values.length ? values : values.subarray(view.offset, view.offset + size)
  return map(identity, [operand], dtype)
}
