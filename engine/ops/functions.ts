/** @file Elementary functions, element by element: powers, exp, log, trigonometry. Knows no shapes. */
import { s } from "../kernel/expr.ts"
import { binary, unary } from "../op.ts"
import { add, div, mul, neg, sub } from "./arithmetic.ts"
import type { Trials } from "./trial.ts"

/**
 * Power aᵇ. NaN for a negative a and a broken b. Of integers, an integer, as far as int32 holds it: 2⁻¹ is 0.
 * Shape: a and b broadcast. Throws: ShapeError if they do not broadcast.
 * Gradient: ct · b · aᵇ⁻¹ (0 where b = 0), ct · aᵇ · ln a (0 where a = 0).
 * @example
 * display(pow([1, 2, 3, 4], 2))
 * pow(2, [-1, 0, 0.5, 10])
 */
export const pow = binary("pow", {
  forward: (a, b) => s.pow(a, b),
  vjp: [(ct, a, b) => mul(ct, powSlope(a, b)), (ct, a, _b, y) => mul(ct, mul(y, logOrZero(a)))],
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
 * Exponential function eˣ. Shape: same as x. Range: (0, ∞); overflows to ∞ from x ≈ 88.72 in float32, 709.78 in float64.
 * Gradient: ct · y.
 * @example
 * exp([-1, 0, 1, 88, 89])
 */
export const exp = unary("exp", { forward: (x) => s.exp(x), vjp: (ct, _x, y) => mul(ct, y) })

/**
 * Natural logarithm ln x. −∞ at 0, NaN below. Shape: same as x. Gradient: ct / x.
 * @example
 * log([-1, 0, 1, Math.E])
 */
export const log = unary("log", {
  forward: (x) => s.log(x),
  vjp: (ct, x) => div(ct, x),
})

/**
 * ln(1 + x), exact for small x. Shape: same as x. Gradient: ct / (1 + x).
 * @example
 * const small = tensor([1e-8])
 * table({ log1p: log1p(small).tolist(), log: log(small.add(1)).tolist() })
 */
export const log1p = unary("log1p", {
  forward: (x) => s.log1p(x),
  vjp: (ct, x) => div(ct, add(x, 1)),
})

/**
 * Square root √x. NaN below 0. Shape: same as x. Gradient: ct / 2√x, ∞ at 0.
 * @example
 * sqrt([-1, 0, 2, 9])
 */
export const sqrt = unary("sqrt", {
  forward: (x) => s.sqrt(x),
  vjp: (ct, _x, y) => div(ct, mul(y, 2)),
})

/**
 * Sine of x, x in radians. Shape: same as x. Range: [−1, 1]. Gradient: ct · cos x.
 * @example
 * sin([0, Math.PI / 6, Math.PI / 2])
 */
export const sin = unary("sin", { forward: (x) => s.sin(x), vjp: (ct, x) => mul(ct, cos(x)) })

/**
 * Cosine of x, x in radians. Shape: same as x. Range: [−1, 1]. Gradient: −ct · sin x.
 * @example
 * cos([0, Math.PI / 3, Math.PI])
 */
export const cos = unary("cos", { forward: (x) => s.cos(x), vjp: (ct, x) => neg(mul(ct, sin(x))) })

/**
 * Hyperbolic tangent. Shape: same as x. Range: (−1, 1). Gradient: ct · (1 − y²).
 * @example
 * tanh([-20, -1, 0, 1, 20])
 */
export const tanh = unary("tanh", {
  forward: (x) => s.tanh(x),
  vjp: (ct, _x, y) => mul(ct, sub(1, mul(y, y))),
})

/**
 * Error function 2/√π ∫₀ˣ e^{−t²} dt. Shape: same as x. Range: (−1, 1). Gradient: ct · 2/√π · e^{−x²}.
 * @example
 * erf([-2, -1, 0, 1, 2])
 */
export const erf = unary("erf", {
  forward: (x) => s.erf(x),
  vjp: (ct, x) => mul(ct, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI))),
})

/** How tests try these ops. */
export default {
  pow: { each: "pair", domains: ["positive", "real"] },
  exp: { each: "element" },
  log: { each: "element", domains: ["positive"] },
  log1p: { each: "element", domains: ["positive"] },
  sqrt: { each: "element", domains: ["positive"] },
  sin: { each: "element" },
  cos: { each: "element" },
  tanh: { each: "element" },
  erf: { each: "element" },
} satisfies Trials
