/**
 * @file tanh and erf of four float32 numbers: S-shaped and odd, both through e^u − 1, which keeps every digit near 0
 * and forgives every error far out.
 */
import { type Code, type Func, f32x4, v128 } from "./assembler.ts"
import { parityPolynomial, power, signOf, split } from "./functions-exp.ts"

/** tanh x = (e^{2x} − 1) / (e^{2x} + 1). At most 3 ulp. */
export function tanh(f: Func, argument: Code): Code {
  const { module } = f
  const [x, y, n, q, s] = f.locals("v128", 5)
  return [
    x.set(argument),
    // From 9.02 on, tanh is 1 in float32.
    y.set(f32x4.pmin(f32x4.abs(x), 9.02)),
    y.set(f32x4.add(y, y)),
    split(f, y, n, q),
    s.set(power(n, 0)),
    q.set(module.madd(s, q, f32x4.sub(s, 1))),
    v128.or(f32x4.div(q, f32x4.add(q, 2)), signOf(x)),
  ]
}

/** log (1 + erf x) / x − 1 for −3.93 ≤ x ≤ 0: minimax of the relative error of erf, our own fit. */
const LOG_ERFC = [
  0.12837917, -0.6366194, 0.10277783, 0.019153064, -0.00016039563, -0.0016670268, -0.0006328364,
  -0.00011764113, -0.000009256248,
]

/** erf x = 2/√π ∫₀ˣ e^{−t²} dt, as 1 − e^u with u = log (1 − erf |x|). At most 2.25 ulp. */
export function erf(f: Func, argument: Code): Code {
  const { module } = f
  const [x, u, n, q, s] = f.locals("v128", 5)
  return [
    x.set(argument),
    // From 3.93 on, erf is 1 in float32.
    u.set(f32x4.pmax(f32x4.neg(f32x4.abs(x)), -3.93)),
    s.set(f32x4.mul(u, u)),
    u.set(module.madd(u, parityPolynomial(f, u, s, LOG_ERFC), u)),
    split(f, u, n, q),
    s.set(power(n, 0)),
    v128.or(module.nmadd(s, q, f32x4.sub(1, s)), signOf(x)),
  ]
}
