/**
 * @file Bodies one element at a time in float64, with JavaScript's own functions, so that float64 results equal the
 * interpreter's; a store rounds to the array's dtype. Whole numbers and bool are i32. Knows no loops.
 */
import type { DType } from "../../core/dtype.ts"
import { erf } from "../../core/erf.ts"
import type { ScalarFunction } from "../../kernel/expr.ts"
import { type Code, type Func, f32, f64, i32, ifValue, type Local, select } from "./assembler.ts"
import type { Dialect, More, Operand, Spot } from "./dialect.ts"
import { plus } from "./scope.ts"

/** What modules import under the name `Math`. */
export const imports: Record<string, (...args: number[]) => number> = {
  pow: Math.pow,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  erf,
}

function at({ pointer, dtype, stride, index }: Spot): [address: Code, offset: number] {
  const bytes = index * stride * (dtype === "float64" ? 8 : 4)
  return bytes >= 0 ? [pointer.get(), bytes] : [plus(pointer.get(), bytes), 0]
}

type Binary = (a: Code, b: Code) => Code

const binary: Record<"float" | "whole", Partial<Record<ScalarFunction, Binary>>> = {
  float: {
    add: f64.add,
    sub: f64.sub,
    mul: f64.mul,
    div: f64.div,
    max: f64.max,
    min: f64.min,
    eq: f64.eq,
    ne: f64.ne,
    lt: f64.lt,
    le: f64.le,
    gt: f64.gt,
    ge: f64.ge,
  },
  whole: {
    add: i32.add,
    sub: i32.sub,
    mul: i32.mul,
    eq: i32.eq,
    ne: i32.ne,
    lt: i32.ltS,
    le: i32.leS,
    gt: i32.gtS,
    ge: i32.geS,
  },
}

export function isWhole(dtype: DType): boolean {
  return dtype === "int32" || dtype === "bool"
}

function convert({ code, dtype: from }: Operand, to: DType): Code {
  if (isWhole(to)) return isWhole(from) ? code : i32.truncSatF64S(code)
  if (isWhole(from)) return f64.convertI32S(code)
  return to === "float32" ? f64.promoteF32(f32.demoteF64(code)) : code
}

/** The larger or smaller of two whole numbers. */
export function extreme(op: "max" | "min", a: Code, b: Code, s: Local, t: Local): Code {
  const compare = op === "max" ? i32.gtS : i32.ltS
  return [s.set(a), t.set(b), select(s.get(), t.get(), compare(s.get(), t.get()))]
}

function apply(
  func: Func,
  { op, dtype }: { op: ScalarFunction | "convert"; dtype: DType },
  args: readonly Operand[],
  { temporary }: More,
): Code {
  const [a, b, c] = args
  if (op === "convert") return convert(a, dtype)
  if (op === "select") return select(b.code, c.code, a.code)
  const whole = isWhole(a.dtype)
  if (whole && (op === "max" || op === "min"))
    return extreme(op, a.code, b.code, temporary("i32"), temporary("i32"))
  const two = binary[whole ? "whole" : "float"][op]
  if (two) return two(a.code, b.code)
  if (whole) {
    const t = temporary("i32")
    if (op === "neg") return i32.sub(i32.const(0), a.code)
    if (op === "abs")
      return select(t.tee(a.code), i32.sub(i32.const(0), t.get()), i32.gtS(t.get(), i32.const(0)))
    if (op === "sign") return i32.sub(i32.gtS(t.tee(a.code), i32.const(0)), i32.ltS(t.get(), i32.const(0)))
    throw new Error(`bug: there is no ${op} of whole numbers`)
  }
  if (op === "neg") return f64.neg(a.code)
  if (op === "abs") return f64.abs(a.code)
  if (op === "sqrt") return f64.sqrt(a.code)
  if (op === "sign") {
    const t = temporary("f64")
    return ifValue(
      "f64",
      f64.gt(f64.abs(t.tee(a.code)), f64.const(0)),
      f64.copysign(f64.const(1), t.get()),
      t.get(),
    )
  }
  const types = args.map(() => "f64" as const)
  return func.module.importFunction(op, types, ["f64"], "Math").call(...args.map(({ code }) => code))
}

export const scalar64: Dialect = {
  width: 1,
  typeOf: (dtype) => (isWhole(dtype) ? "i32" : "f64"),
  constant: (value, dtype) => (isWhole(dtype) ? i32.const(value) : f64.const(value)),
  load: (spot) => {
    const [address, offset] = at(spot)
    if (isWhole(spot.dtype)) return i32.load(address, offset)
    return spot.dtype === "float64" ? f64.load(address, offset) : f64.promoteF32(f32.load(address, offset))
  },
  store: (spot, _count, value) => {
    const [address, offset] = at(spot)
    if (isWhole(spot.dtype)) return i32.store(address, value, offset)
    return spot.dtype === "float64"
      ? f64.store(address, value, offset)
      : f32.store(address, f32.demoteF64(value), offset)
  },
  apply,
}
