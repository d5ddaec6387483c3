/**
 * @file sin and cos of four float32 numbers: x = n · π/2 + r in float64, two numbers at a time, then a polynomial in
 * r as float32. Numbers beyond 2²⁰ are handed to the functions of JavaScript, which reduce any number exactly.
 */
import {
  type Code,
  type Func,
  f32,
  f32x4,
  f64,
  f64x2,
  i32x4,
  ifValue,
  type Local,
  v128,
} from "./assembler.ts"
import { polynomial } from "./functions-exp.ts"

/** 1.5 · 2⁵²: added to a small number, it leaves that number rounded to an integer in the low bits. */
const MAGIC = 6755399441055744

/** π/2 in two parts; the first has 33 bits, so that n times it is exact. Source: FDLIBM, e_rem_pio2.c. */
const HALF_PI_HIGH = 1.5707963267341256
const HALF_PI_LOW = 6.077100506506192e-11

/** (sin r) / r and cos r in r², for |r| ≤ π/4. */
const SIN = [1, -0.16666655, 0.00833216, -0.00019515282]
const COS = [1, -0.5, 0.041666646, -0.0013887316, 0.000024433157]

/** Reduces two numbers in place; `n` is the quadrant, in the low bits of each half. */
function reduceHalf(f: Func, x: Local, n: Local): Code {
  const { module } = f
  const whole = f.local("v128")
  return [
    n.set(module.madd64(x, f64x2.const(2 / Math.PI), f64x2.const(MAGIC))),
    whole.set(f64x2.sub(n, MAGIC)),
    x.set(module.madd64(whole, f64x2.const(-HALF_PI_HIGH), x)),
    x.set(module.madd64(whole, f64x2.const(-HALF_PI_LOW), x)),
  ]
}

/** sin (r + n π/2) for |r| ≤ π/4 and the integers n. */
export function sinInQuadrant(f: Func, r: Local, n: Local): Code {
  const square = f.local("v128")
  const odd = i32x4.shrS(i32x4.shl(n, 31), 31)
  const sign = v128.and(i32x4.shl(n, 30), i32x4.const(0x80000000))
  return [
    square.set(f32x4.mul(r, r)),
    v128.xor(v128.bitselect(polynomial(f, square, COS), f32x4.mul(r, polynomial(f, square, SIN)), odd), sign),
  ]
}

/** sin (x + quarter · π/2) for |x| < 2²⁰. */
function ordinary(f: Func, x: Local, quarter: number): Code {
  const [low, high, nLow, nHigh, r, n] = f.locals("v128", 6)
  const quadrant = i32x4.shuffle(nLow, nHigh, [0, 2, 4, 6])
  return [
    low.set(f64x2.promoteLowF32x4(x)),
    high.set(f64x2.promoteLowF32x4(i32x4.shuffle(x, x, [2, 3, 2, 3]))),
    reduceHalf(f, low, nLow),
    reduceHalf(f, high, nHigh),
    r.set(i32x4.shuffle(f32x4.demoteF64x2Zero(low), f32x4.demoteF64x2Zero(high), [0, 1, 4, 5])),
    n.set(quarter === 0 ? quadrant : i32x4.add(quadrant, quarter)),
    sinInQuadrant(f, r, n),
  ]
}

/** The four lanes one after the other, by JavaScript's function. */
function byJavaScript(f: Func, name: "sin" | "cos"): Func {
  return f.module.shared(`${name} of large`, ["v128"], ["v128"], (slow) => {
    const [x] = slow.params
    const scalar = f.module.importFunction(name, ["f64"], ["f64"], "Math")
    for (let i = 0; i < 4; i++) {
      const value = scalar.call(f64.promoteF32(f32x4.extractLane(x, i)))
      slow.emit(x.set(f32x4.replaceLane(x, i, f32.demoteF64(value))))
    }
    slow.emit(x)
  })
}

function circular(f: Func, argument: Code, name: "sin" | "cos"): Code {
  const x = f.local("v128")
  const large = v128.anyTrue(f32x4.ge(f32x4.abs(x), 2 ** 20))
  return [
    x.set(argument),
    ifValue("v128", large, byJavaScript(f, name).call(x), ordinary(f, x, name === "sin" ? 0 : 1)),
  ]
}

/** sin x. At most 2 ulp, for all x; NaN for ±∞. */
export const sin = (f: Func, x: Code): Code => circular(f, x, "sin")

/** cos x. At most 2 ulp, for all x; NaN for ±∞. */
export const cos = (f: Func, x: Code): Code => circular(f, x, "cos")
