/**
 * @file Bodies in vectors of four lanes: float32 and int32 numbers, bool as masks of all ones or all zeros. A result
 * below 2⁻¹²⁶ is stored as 0, because arithmetic with subnormal numbers is a hundred times slower and WebAssembly
 * cannot switch it off. Knows no loops.
 */
import type { DType } from "../../core/dtype.ts"
import type { Body } from "../../fuse/plan.ts"
import type { ScalarFunction } from "../../kernel/expr.ts"
import { type Code, type Func, f32, f32x4, i8x16, i32, i32x4, v128 } from "./assembler.ts"
import {
  type Dialect,
  instructionFor,
  type More,
  type Operand,
  placeOf,
  type Spot,
  type Temporary,
} from "./dialect.ts"
import { inlineFunction, type VectorFunction, vectorFunction } from "./functions.ts"

/** The bits of the smallest normal number of float32, 2⁻¹²⁶. */
const tiny = 1 << 23
/** Those of 2⁻⁶³: squares of what is smaller are not normal. */
const tinyRoot = 64 << 23

export function splat(value: number, dtype: DType): Code {
  return dtype === "float32" ? f32x4.splat(f32.const(value)) : i32x4.splat(i32.const(value))
}

const elementary: ReadonlySet<string> = new Set<VectorFunction>([
  ...(["exp", "expm1", "log", "log1p", "tanh", "erf", "sin", "cos", "pow"] as const),
])

/** Is this a function that takes many instructions? */
export function isElementary(op: string): op is VectorFunction {
  return elementary.has(op)
}

/** Is there a vector form of everything in this body? */
export function fitsLanes(body: Body): boolean {
  return body.every((step) => step.dtype !== "float64")
}

/** May this value be a subnormal number though what it comes from is not? Moving a number does not make it one. */
export function mayBeSubnormal(body: Body, value: number): boolean {
  const step = body[value]
  switch (step.op) {
    case "read":
    case "const":
    case "sqrt":
    case "sign":
      return false
    case "convert":
      return body[step.args[0]].dtype === "float64"
    case "neg":
    case "abs":
    case "max":
    case "min":
    case "select":
      return step.args.some((arg) => mayBeSubnormal(body, arg))
    default:
      return true
  }
}

/**
 * x, or 0 of the same sign where |x| is below the number with these bits. NaN stays. Compared as whole numbers, in the
 * same order, since subnormal ones slow down comparisons too.
 */
function flushed(x: Code, limit: number, temporary: Temporary): Code {
  const t = temporary("v128")
  const small = i32x4.gtS(splat(limit, "int32"), f32x4.abs(t))
  // All bits of the mask but the sign.
  return v128.andnot(t.tee(x), i32x4.shrU(small, 1))
}

function loadLanes(spot: Spot, count: number): Code {
  const { stride } = spot
  const [address, offset] = placeOf(spot)
  if (stride === 0) return v128.load32Splat(address, offset)
  if (count === 1) return v128.load32Zero(address, offset)
  if (stride === 1) return count === 2 ? v128.load64Zero(address, offset) : v128.load(address, offset)
  if (stride === -1 && count === 4) {
    const [last, lastOffset] = placeOf(spot, 3)
    const x = v128.load(last, lastOffset)
    return i8x16.shuffle(x, x, [12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3])
  }
  if (stride === 2 && count === 4)
    return i32x4.shuffle(v128.load(address, offset), v128.load(...placeOf(spot, 2)), [0, 2, 4, 6])
  let x = v128.load32Zero(address, offset)
  for (let lane = 1; lane < count; lane++) {
    const [next, nextOffset] = placeOf(spot, lane)
    x = v128.load32Lane(next, x, lane, nextOffset)
  }
  return x
}

function storeLanes(spot: Spot, count: number, value: Code, temporary: Temporary): Code {
  const { stride } = spot
  const [address, offset] = placeOf(spot)
  if (count === 1) return v128.store32Lane(address, value, 0, offset)
  if (stride === 1 && count === 4) return v128.store(address, value, offset)
  if (stride === 1 && count === 2) return v128.store64Lane(address, value, 0, offset)
  const t = temporary("v128")
  const code: Code[] = [t.set(value)]
  if (stride === 1) {
    const [third, thirdOffset] = placeOf(spot, 2)
    code.push(v128.store64Lane(address, t, 0, offset))
    code.push(v128.store32Lane(third, t, 2, thirdOffset))
  } else
    for (let lane = 0; lane < count; lane++) {
      const [to, toOffset] = placeOf(spot, lane)
      code.push(v128.store32Lane(to, t, lane, toOffset))
    }
  return code
}

function convert({ code, dtype: from }: Operand, to: DType): Code {
  if (from === "bool") return v128.and(code, splat(1, to))
  return to === "float32" ? f32x4.convertI32x4S(code) : i32x4.truncSatF32x4S(code)
}

/** The larger, or with `op` "min" the smaller, of x and a constant: two instructions where there are eight for any two. */
function clamp(op: "max" | "min", x: Code, limit: Code, constant: number, temporary: Temporary): Code {
  const t = temporary("v128")
  if (constant === 0)
    return op === "max"
      ? v128.andnot(t.tee(x), f32x4.le(t, limit))
      : v128.andnot(t.tee(x), f32x4.gt(t, limit))
  return op === "max" ? f32x4.pmax(x, limit) : f32x4.pmin(x, limit)
}

function sign(x: Code, dtype: DType, temporary: Temporary): Code {
  const t = temporary("v128")
  if (dtype === "int32")
    return i32x4.sub(i32x4.gtS(i32x4.splat(i32.const(0)), t.tee(x)), i32x4.gtS(t, i32x4.splat(i32.const(0))))
  const one = v128.or(v128.and(t.tee(x), i32x4.splat(i32.const(0x80000000))), splat(1, "float32"))
  return v128.bitselect(one, t, f32x4.gt(f32x4.abs(t), splat(0, "float32")))
}

function apply(
  func: Func,
  { op, dtype }: { op: ScalarFunction | "convert"; dtype: DType },
  args: readonly Operand[],
  { temporary, hot, square }: More,
): Code {
  const [a, b, c] = args
  if (op === "convert") return convert(a, dtype)
  if (op === "select") return v128.bitselect(b.code, c.code, a.code)
  const type = a.dtype === "float32" ? "float32" : "int32"
  if (type === "float32" && (op === "max" || op === "min")) {
    if (b.constant !== undefined && !Number.isNaN(b.constant))
      return clamp(op, a.code, b.code, b.constant, temporary)
    if (a.constant !== undefined && !Number.isNaN(a.constant))
      return clamp(op, b.code, a.code, a.constant, temporary)
  }
  if (op === "mul" && square && type === "float32") {
    const t = temporary("v128")
    return f32x4.mul(t.tee(flushed(a.code, tinyRoot, temporary)), t)
  }
  if (op === "sign") return sign(a.code, type, temporary)
  const codes = args.map(({ code }) => code)
  const instruction = instructionFor(type === "float32" ? f32x4 : i32x4, op)
  // A mask is 0 or −1: true is the smaller number, so comparisons of bool turn around.
  if (instruction) return instruction(...(a.dtype === "bool" ? codes.reverse() : codes))
  // What else there is are the elementary functions.
  const name = op as VectorFunction
  return hot ? inlineFunction(func, name, a.code, b?.code) : vectorFunction(func.module, name)(...codes)
}

export const lanes: Dialect = {
  width: 4,
  typeOf: () => "v128",
  constant: (value, dtype) => (dtype === "bool" ? splat(value === 0 ? 0 : -1, "int32") : splat(value, dtype)),
  load: (spot, count) => {
    const x = loadLanes(spot, count)
    return spot.dtype === "bool" ? i32x4.ne(x, splat(0, "int32")) : x
  },
  store: (spot, count, value, temporary, flush) => {
    if (flush && spot.dtype === "float32")
      return storeLanes(spot, count, flushed(value, tiny, temporary), temporary)
    if (spot.dtype === "bool") return storeLanes(spot, count, v128.and(value, splat(1, "int32")), temporary)
    return storeLanes(spot, count, value, temporary)
  },
  apply,
}
