/**
 * @file x^y of four float32 numbers, as 2^(y · log₂ |x|) in float64, two at a time: the product needs more digits
 * than float32 has. Then the cases that the formula does not know: sign, zero, infinity. The rules are Math.pow's.
 */
import {
  type Code,
  type Func,
  f32x4,
  f64x2,
  i32x4,
  i64x2,
  type Local,
  type Module,
  v128,
} from "./assembler.ts"

/** Bits of √½ as float64, of 1, and of 2⁵² (whose low bits hold an integer added to them). */
const BITS_OF_SQRT_HALF = 0x3fe6a09e667f3bcdn
const BITS_OF_ONE = 0x3ff0000000000000n
const BITS_OF_2_52 = 0x4330000000000000n
const MAGIC = 6755399441055744

/** log₂ ((1 + s) / (1 − s)) / s in s², for (1 + s) / (1 − s) in √½ … √2. Relative error 4e−12. */
const LOG2 = [
  2.8853900817900864, 0.9617966733416642, 0.5770835849713039, 0.411672719238717, 0.34073009555527456,
]

/** 2^t for |t| ≤ ½. Relative error 5e−11. */
const EXP2 = [
  1, 0.6931471807045326, 0.24022651066560918, 0.05550410365994157, 0.00961803813207221, 0.0013333935053008172,
  0.00015466756316462327, 1.519615723077905e-5,
]

function polynomial(f: Func, x: Local, coefficients: readonly number[]): Code {
  return coefficients
    .map((c) => f64x2.const(c))
    .reduceRight((value, coefficient) => f.module.madd64(value, x, coefficient))
}

/** x^y of two float64 numbers that were float32 numbers, x ≥ 0. */
function powHalf(module: Module): Func {
  return module.shared("pow of two", ["v128", "v128"], ["v128"], (f) => {
    const [x, y] = f.params
    const [n, s, square, t] = f.locals("v128", 4)
    const one = f64x2.const(1)
    f.emit(
      // n + 1023, the biased exponent; then s = (m − 1) / (m + 1) of the rest m in √½ … √2.
      n.set(i64x2.shrU(i64x2.add(x, BITS_OF_ONE - BITS_OF_SQRT_HALF), 52)),
      s.set(i64x2.add(i64x2.sub(x, i64x2.shl(n, 52)), BITS_OF_ONE)),
      s.set(f64x2.div(f64x2.sub(s, one), f64x2.add(s, one))),
      n.set(f64x2.sub(v128.or(n, i64x2.const(BITS_OF_2_52)), 2 ** 52 + 1023)),
      square.set(f64x2.mul(s, s)),
      t.set(module.madd64(s, polynomial(f, square, LOG2), n)),
      // log₂ ∞ = ∞, log₂ NaN = NaN, log₂ 0 = −∞.
      t.set(v128.bitselect(t, x, f64x2.lt(x, Infinity))),
      t.set(v128.bitselect(f64x2.const(-Infinity), t, f64x2.eq(x, 0))),
      t.set(f64x2.mul(t, y)),
      // Beyond ±200 the result is 0 or ∞ in float32.
      t.set(f64x2.pmax(f64x2.pmin(t, 200), -200)),
      n.set(f64x2.add(t, MAGIC)),
      t.set(f64x2.sub(t, f64x2.sub(n, MAGIC))),
      n.set(i64x2.add(i64x2.shl(n, 52), BITS_OF_ONE)),
      f64x2.mul(polynomial(f, t, EXP2), n),
    )
  })
}

function powFour(module: Module): Func {
  return module.shared("pow of four", ["v128", "v128"], ["v128"], (f) => {
    const [x, y] = f.params
    const [size, half, whole, odd, result] = f.locals("v128", 5)
    const part = powHalf(module)
    const low = (v: Local) => f64x2.promoteLowF32x4(v)
    const high = (v: Local) => f64x2.promoteLowF32x4(i32x4.shuffle(v, v, [2, 3, 2, 3]))
    const negative = v128.and(f32x4.lt(x, 0), f32x4.gt(x, -Infinity))
    f.emit(
      size.set(f32x4.abs(x)),
      half.set(f32x4.mul(y, 0.5)),
      whole.set(f32x4.eq(y, f32x4.trunc(y))),
      odd.set(v128.and(whole, f32x4.ne(half, f32x4.trunc(half)))),
      result.set(
        i32x4.shuffle(
          f32x4.demoteF64x2Zero(part.call(low(size), low(y))),
          f32x4.demoteF64x2Zero(part.call(high(size), high(y))),
          [0, 1, 4, 5],
        ),
      ),
      // An odd power has the sign of x; a fraction of a power of a negative number is NaN; any power 0 is 1.
      result.set(v128.or(result, v128.and(v128.and(x, i32x4.const(0x80000000)), odd))),
      result.set(v128.or(result, v128.andnot(negative, whole))),
      v128.bitselect(f32x4.const(1), result, f32x4.eq(y, 0)),
    )
  })
}

/** x^y. At most 1 ulp. As in JavaScript, x⁰ = 1 for every x, and (±1)^±∞ = NaN. */
export const pow = (f: Func, x: Code, y: Code): Code => powFour(f.module).call(x, y)
