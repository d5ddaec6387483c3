/**
 * @file log x and log (1 + x) of four float32 numbers: x = 2ⁿ (1 + g) with 1 + g in √½ … √2, and a polynomial in g.
 * Numbers that are not positive and normal take a second path, which is a function of its own, called rarely.
 */
import { type Code, type Func, f32x4, i32x4, ifValue, type Local, type Module, v128 } from "./assembler.ts"
import { parityPolynomial } from "./functions-exp.ts"

/** √½ as bits: what lies between it and √2 has n = 0. */
const BITS_OF_SQRT_HALF = 0x3f3504f3
const SMALLEST_NORMAL = 2 ** -126
const LN2_HIGH = 0.693359375
const LN2_LOW = -0.00021219444

/** (log (1 + g) − g + g²/2) / g³ for 1 + g in √½ … √2. */
const LOG = [
  0.3333333, -0.2500082, 0.20001227, -0.166233576, 0.1420176, -0.131601817, 0.12761564, -0.07634483,
]

/** n ln 2 + log (1 + g), the large parts added last. */
function compose(f: Func, n: Code, g: Local): Code {
  const { module } = f
  const whole = f.local("v128")
  const square = f.local("v128")
  const low = f.local("v128")
  return [
    whole.set(f32x4.convertI32x4S(n)),
    square.set(f32x4.mul(g, g)),
    low.set(f32x4.mul(whole, LN2_LOW)),
    low.set(module.madd(f32x4.mul(square, g), parityPolynomial(f, g, square, LOG), low)),
    low.set(module.nmadd(square, f32x4.const(0.5), low)),
    module.madd(whole, f32x4.const(LN2_HIGH), f32x4.add(g, low)),
  ]
}

/** Exponent n of the bits of a positive normal number, so that the rest lies in √½ … √2. */
const exponent = (bits: Code): Code => i32x4.shrS(i32x4.sub(bits, BITS_OF_SQRT_HALF), 23)

/** log x for positive normal x; `shift` is added to the exponent. */
function ordinary(f: Func, x: Local, shift?: Code): Code {
  const n = f.local("v128")
  const g = f.local("v128")
  return [
    n.set(exponent(x)),
    g.set(f32x4.sub(i32x4.sub(x, i32x4.shl(n, 23)), 1)),
    compose(f, shift ? i32x4.add(n, shift) : n, g),
  ]
}

/** log x for a normal number 0 < x ≤ 1 of which x − 1 is known with more digits than x shows, as `rest`. */
export function logBelow1(f: Func, x: Local, rest: Code): Code {
  const n = f.local("v128")
  const g = f.local("v128")
  return [
    n.set(exponent(x)),
    g.set(f32x4.sub(i32x4.sub(x, i32x4.shl(n, 23)), 1)),
    g.set(v128.bitselect(rest, g, i32x4.eq(n, 0))),
    compose(f, n, g),
  ]
}

/** log x of any x: subnormal numbers are scaled up; log 0 = −∞, log ∞ = ∞, of what is negative NaN. */
function anyLog(module: Module): Func {
  return module.shared("log of any", ["v128"], ["v128"], (f) => {
    const [x] = f.params
    const small = f.local("v128")
    const scaled = f.local("v128")
    const infinity = f32x4.const(Infinity)
    f.emit(
      small.set(f32x4.lt(x, SMALLEST_NORMAL)),
      scaled.set(v128.bitselect(f32x4.mul(x, 2 ** 23), x, small)),
      scaled.set(ordinary(f, scaled, v128.and(small, i32x4.const(-23)))),
      scaled.set(v128.bitselect(infinity, scaled, f32x4.eq(x, infinity))),
      scaled.set(v128.bitselect(f32x4.const(-Infinity), scaled, f32x4.eq(x, 0))),
      v128.bitselect(scaled, f32x4.const(Number.NaN), f32x4.ge(x, 0)),
    )
  })
}

/** log x. At most 1 ulp. */
export function log(f: Func, argument: Code): Code {
  const x = f.local("v128")
  const fromSmallest = i32x4.sub(x, 0x00800000)
  const unusual = v128.anyTrue(i32x4.geU(fromSmallest, 0x7f000000))
  return [x.set(argument), ifValue("v128", unusual, anyLog(f.module).call(x), ordinary(f, x))]
}

/** From here on, 1 + x is x for the logarithm. */
const LARGE = 2 ** 24

/** −1 < x < 2²⁴ */
const between = (x: Local): Code => v128.and(f32x4.gt(x, -1), f32x4.lt(x, LARGE))

/** log (1 + x) there: with n from 1 + x, g = 2⁻ⁿ (1 + x) − 1 = 2⁻ⁿ x + (2⁻ⁿ − 1) is exact but for one rounding. */
function ordinary1p(f: Func, x: Local): Code {
  const n = f.local("v128")
  const scale = f.local("v128")
  const g = f.local("v128")
  return [
    n.set(exponent(f32x4.add(x, 1))),
    scale.set(i32x4.sub(f32x4.const(1), i32x4.shl(n, 23))),
    g.set(f.module.madd(scale, x, f32x4.sub(scale, 1))),
    // The sign of x is the sign of the result, which makes −0 right.
    v128.or(compose(f, n, g), v128.and(x, i32x4.const(0x80000000))),
  ]
}

function anyLog1p(module: Module): Func {
  return module.shared("log1p of any", ["v128"], ["v128"], (f) => {
    const [x] = f.params
    f.emit(v128.bitselect(ordinary1p(f, x), anyLog(module).call(f32x4.add(x, 1)), between(x)))
  })
}

/** log (1 + x), right near 0 as well. At most 2 ulp. */
export function log1p(f: Func, argument: Code): Code {
  const x = f.local("v128")
  return [
    x.set(argument),
    ifValue("v128", i32x4.allTrue(between(x)), ordinary1p(f, x), anyLog1p(f.module).call(x)),
  ]
}
