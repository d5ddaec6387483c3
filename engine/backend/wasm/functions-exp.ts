/**
 * @file e^x and e^x − 1 of four float32 numbers: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a polynomial in r, and 2ⁿ put
 * together from the bits of n. Source of the method: Cody and Waite 1980; coefficients: minimax, our own fit.
 */
import { type Code, type Func, f32x4, i32x4, type Local, v128 } from "./assembler.ts"

/** 1.5 · 2²³: after adding it to a small number, the low bits of the sum are that number rounded to an integer. */
const MAGIC = 12582912

/** ln 2 in two parts. The first has so few bits that n times it is exact. */
const LN2_HIGH = 0.693359375
const LN2_LOW = -0.00021219444

/** A polynomial in x by Horner's rule; `coefficients` from the constant one upwards. */
export function polynomial(f: Func, x: Local, coefficients: readonly number[]): Code {
  return coefficients
    .map((c) => f32x4.const(c))
    .reduceRight((value, coefficient) => f.module.madd(value, x, coefficient))
}

/**
 * The same polynomial as even and odd part, each of them in x²: half the depth, which pays from eight coefficients on,
 * where the processor waits for results rather than for units.
 */
export function parityPolynomial(f: Func, x: Local, square: Local, coefficients: readonly number[]): Code {
  const even = coefficients.filter((_, i) => i % 2 === 0)
  const odd = coefficients.filter((_, i) => i % 2 === 1)
  return f.module.madd(x, polynomial(f, square, odd), polynomial(f, square, even))
}

/** Limits x to low … high; NaN stays NaN (the comparison with it is false, which keeps the first operand). */
export function clamp(x: Code, low: number, high: number): Code {
  return f32x4.pmax(f32x4.pmin(x, high), low)
}

/** Sets `n` to x / ln 2 rounded, as the low bits of n + MAGIC, and leaves r = x − n ln 2 in `x`. */
function reduce(f: Func, x: Local, n: Local): Code {
  const { module } = f
  const whole = f.local("v128")
  return [
    n.set(module.madd(x, f32x4.const(Math.LOG2E), f32x4.const(MAGIC))),
    whole.set(f32x4.sub(n, MAGIC)),
    x.set(module.nmadd(whole, f32x4.const(LN2_HIGH), x)),
    x.set(module.nmadd(whole, f32x4.const(LN2_LOW), x)),
  ]
}

/** e^r for |r| ≤ ln 2 / 2, relative error 3e−9. */
const EXP = [1, 1, 0.49999993, 0.16666521, 0.04166839, 0.00836871, 0.00138146124]

/**
 * e^x. At most 1.25 ulp; subnormal results are rounded once, from 88.73 on it is ∞. The power 2ⁿ does not fit one
 * float32 for n = 128 and n < −126, so it is two factors, 2^⌊n/2⌋ and 2^(n − ⌊n/2⌋).
 */
export function exp(f: Func, argument: Code): Code {
  const x = f.local("v128")
  const n = f.local("v128")
  const half = f.local("v128")
  const exponentOfOne = i32x4.const(127 << 23)
  return [
    x.set(clamp(argument, -104, 89)),
    reduce(f, x, n),
    half.set(v128.and(i32x4.shl(n, 22), i32x4.const(0xff800000))),
    f32x4.mul(
      f32x4.mul(polynomial(f, x, EXP), i32x4.add(half, exponentOfOne)),
      i32x4.sub(i32x4.add(i32x4.shl(n, 23), exponentOfOne), half),
    ),
  ]
}

/** (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2. */
const EXPM1 = [0.49999998, 0.16666544, 0.0416672, 0.008366514, 0.0013882517]

/** Sets `q` to e^r − 1 and `n` to the integer with e^x = 2ⁿ (1 + q), in its low bits; x is overwritten. */
export function split(f: Func, x: Local, n: Local, q: Local): Code {
  const rest = polynomial(f, x, EXPM1)
  return [reduce(f, x, n), q.set(f.module.madd(f32x4.mul(x, x), rest, x))]
}

/** 2^(n + shift) for the n of `split`, while that is a normal number. */
export function power(n: Local, shift: number): Code {
  return i32x4.add(i32x4.shl(n, 23), (127 + shift) << 23)
}

/** The sign bits. */
export function signOf(x: Local): Code {
  return v128.and(x, i32x4.const(0x80000000))
}

/**
 * e^x − 1 = 2ⁿ q + (2ⁿ − 1) with q = e^r − 1. At most 2 ulp, also near 0. Computed with s = 2ⁿ⁻¹ and doubled, since
 * 2¹²⁸ is no float32. The sign of x is the sign of the result, which makes −0 right.
 */
export function expm1(f: Func, argument: Code): Code {
  const [x, n, q, s, sign] = f.locals("v128", 5)
  return [
    x.set(clamp(argument, -18, 89)),
    sign.set(signOf(x)),
    split(f, x, n, q),
    s.set(power(n, -1)),
    q.set(f.module.madd(s, q, f32x4.sub(s, 0.5))),
    v128.or(f32x4.add(q, q), sign),
  ]
}
