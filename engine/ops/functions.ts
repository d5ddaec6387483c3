/** @file Elementary functions, element by element: powers, exp, log, trigonometry. Knows no shapes. */
import { s } from "../kernel/expr.ts"
import { binary, unary } from "../op.ts"
import { add, div, mul, neg, sub } from "./arithmetic.ts"

/**
 * aᵇ. Shape: a and b broadcast. NaN for a negative a and a broken b. Of integers, an integer, as far
 * as int32 holds it: 2⁻¹ is 0.
 * Gradient: ct · b · aᵇ⁻¹ (0 where b = 0), ct · aᵇ · ln a (0 where a = 0).
 */
export const pow = binary("pow", {
  forward: (a, b) => s.pow(a, b),
  vjp: [(ct, a, b) => mul(ct, powSlope(a, b)), (ct, a, _b, y) => mul(ct, mul(y, logOrZero(a)))],
  domains: ["positive", "real"],
})

/** b · aᵇ⁻¹, and 0 where b = 0 even if a is 0 too. */
const powSlope = binary("powSlope", {
  forward: (a, b) => s.select(s.eq(b, 0), 0, s.mul(b, s.pow(a, s.sub(b, 1)))),
  vjp: [
    (ct, a, b) => mul(ct, mul(b, powSlope(a, sub(b, 1)))),
    (ct, a, b) => mul(ct, mul(pow(a, sub(b, 1)), add(mul(b, logOrZero(a)), 1))),
  ],
})

const logOrZero = unary("logOrZero", {
  forward: (x) => s.select(s.eq(x, 0), 0, s.log(x)),
  vjp: (ct, x) => div(ct, x),
})

/**
 * eˣ. Shape: same as x. Range: (0, ∞); overflows to ∞ from x ≈ 88.72 in float32, 709.78 in float64.
 * Gradient: ct · y.
 */
export const exp = unary("exp", { forward: (x) => s.exp(x), vjp: (ct, _x, y) => mul(ct, y) })

/** Natural logarithm ln x. −∞ at 0, NaN below. Shape: same as x. Gradient: ct / x. */
export const log = unary("log", {
  forward: (x) => s.log(x),
  vjp: (ct, x) => div(ct, x),
  domain: "positive",
})

/** ln(1 + x), exact for small x. Shape: same as x. Gradient: ct / (1 + x). */
export const log1p = unary("log1p", {
  forward: (x) => s.log1p(x),
  vjp: (ct, x) => div(ct, add(x, 1)),
  domain: "positive",
})

/** √x. NaN below 0. Shape: same as x. Gradient: ct / 2√x, ∞ at 0. */
export const sqrt = unary("sqrt", {
  forward: (x) => s.sqrt(x),
  vjp: (ct, _x, y) => div(ct, mul(y, 2)),
  domain: "positive",
})

/** sin x, x in radians. Shape: same as x. Gradient: ct · cos x. */
export const sin = unary("sin", { forward: (x) => s.sin(x), vjp: (ct, x) => mul(ct, cos(x)) })

/** cos x, x in radians. Shape: same as x. Gradient: −ct · sin x. */
export const cos = unary("cos", { forward: (x) => s.cos(x), vjp: (ct, x) => neg(mul(ct, sin(x))) })

/** Hyperbolic tangent. Shape: same as x. Range: (−1, 1). Gradient: ct · (1 − y²). */
export const tanh = unary("tanh", {
  forward: (x) => s.tanh(x),
  vjp: (ct, _x, y) => mul(ct, sub(1, mul(y, y))),
})

/** Error function 2/√π ∫₀ˣ e^{−t²} dt. Shape: same as x. Range: (−1, 1). Gradient: ct · 2/√π · e^{−x²}. */
export const erf = unary("erf", {
  forward: (x) => s.erf(x),
  vjp: (ct, x) => mul(ct, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI))),
})
