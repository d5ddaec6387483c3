/**
 * @file Bodies one element at a time in float64, with JavaScript's own functions, so that float64 results equal the
 * interpreter's; a store rounds to the array's dtype. Whole numbers and bool are i32. Knows no loops.
 */
import type { DType } from "../../core/dtype.ts"
import { erf } from "../../core/erf.ts"
import type { ScalarFunction } from "../../kernel/expr.ts"
import { type Code, type Func, f32, f64, i32, ifValue, type Local, select } from "./assembler.ts"
import { type Dialect, instructionFor, type More, type Operand, placeOf } from "./dialect.ts"

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
  return [s.set(a), t.set(b), select(s, t, compare(s, t))]
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
  const codes = args.map(({ code }) => code)
  const instruction = instructionFor(whole ? i32 : f64, op)
  if (instruction) return instruction(...codes)
  if (whole) {
    const t = temporary("i32")
    if (op === "neg") return i32.sub(0, a.code)
    if (op === "abs") return select(t.tee(a.code), i32.sub(0, t), i32.gtS(t, 0))
    // All others give floats, so this is the sign.
    return i32.sub(i32.gtS(t.tee(a.code), 0), i32.ltS(t, 0))
  }
  if (op === "sign") {
    const t = temporary("f64")
    return ifValue("f64", f64.gt(f64.abs(t.tee(a.code)), 0), f64.copysign(1, t), t)
  }
  const types = args.map(() => "f64" as const)
  return func.module.importFunction(op, types, ["f64"], "Math").call(...codes)
}

export const scalar64: Dialect = {
  width: 1,
  typeOf: (dtype) => (isWhole(dtype) ? "i32" : "f64"),
  constant: (value, dtype) => (isWhole(dtype) ? i32.const(value) : f64.const(value)),
  load: (spot) => {
    const [address, offset] = placeOf(spot)
    if (isWhole(spot.dtype)) return i32.load(address, offset)
    return spot.dtype === "float64" ? f64.load(address, offset) : f64.promoteF32(f32.load(address, offset))
  },
  store: (spot, _count, value) => {
    const [address, offset] = placeOf(spot)
    if (isWhole(spot.dtype)) return i32.store(address, value, offset)
    return spot.dtype === "float64"
      ? f64.store(address, value, offset)
      : f32.store(address, f32.demoteF64(value), offset)
  },
  apply,
}
