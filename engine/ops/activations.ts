/** @file Activation functions, element by element, written so that no finite input overflows. */
import { ValueError } from "../core/errors.ts"
import { type Expr, s } from "../kernel/expr.ts"
import { unary, unaryWith } from "../op.ts"
import type { Tensor } from "../tensor.ts"
import { add, ge, gt, le, lt, mul, sub, to } from "./arithmetic.ts"
import { erf, exp } from "./functions.ts"
import type { Trials } from "./trial.ts"

/**
 * Logistic function σ(x) = 1 / (1 + e⁻ˣ). Shape: same as x. Range: (0, 1). Gradient: ct · y (1 − y).
 * @example
 * display(sigmoid([-1000, -2, 0, 2, 1000]))
 * const x = linspace(-4, 4, 41)
 * Plot.lineY(sigmoid(x).tolist(), { x: x.tolist() }).plot({ height: 150 })
 */
export const sigmoid = unary("sigmoid", {
  forward: (x) => s.div(1, s.add(1, s.exp(s.neg(x)))),
  vjp: (ct, _x, y) => mul(ct, mul(y, sub(1, y))),
})

/**
 * Rectified linear unit max(x, 0). Shape: same as x. Range: [0, ∞). Gradient: ct where x > 0, else 0 (also at 0). Reference: Nair and Hinton, ICML
 * 2010.
 * @example
 * display(relu([-2, 0, 3]))
 * grad((x: Tensor) => relu(x).sum())([-2, 0, 3])
 */
export const relu = unary("relu", {
  forward: (x) => s.max(x, 0),
  // y > 0 where x > 0; asking y spares keeping x.
  vjp: (ct, _x, y) => mul(ct, gt(y, 0)),
  result: "same",
})

/**
 * Leaky relu: x where x > 0, else slope · x; the slope is 0.01 by default. Shape: same as x. Gradient: ct or slope · ct.
 * Reference: Maas et al. 2013.
 * @example
 * display(leakyRelu([-2, 0, 3]))
 * leakyRelu([-2, 0, 3], 0.2)
 */
export const leakyRelu = unaryWith("leakyRelu", {
  forward: (x: Expr, slope: number = 0.01) => s.select(s.gt(x, 0), x, s.mul(x, slope)),
  vjp: (ct, x, _y, slope = 0.01): Tensor => mul(ct, add(mul(to(gt(x, 0), x.dtype), 1 - slope), slope)),
})

/**
 * Exponential linear unit: x where x > 0, else α (eˣ − 1); α is 1 by default. Shape: same as x. Range: (−α, ∞). Gradient: ct, or ct ·
 * α eˣ. Reference: Clevert et al. 2016.
 * @example
 * display(elu([-1000, -1, 0, 2]))
 * const x = linspace(-4, 4, 41)
 * Plot.lineY(elu(x).tolist(), { x: x.tolist() }).plot({ height: 150 })
 */
export const elu = unaryWith("elu", {
  forward: (x: Expr, alpha: number = 1) => s.select(s.gt(x, 0), x, s.mul(s.expm1(x), alpha)),
  vjp: (ct, x, _y, alpha = 1): Tensor =>
    mul(ct, add(gt(x, 0), mul(mul(to(le(x, 0), x.dtype), alpha), exp(below(x))))),
})

/** min(x, 0): keeps eˣ finite where it is not used. */
const below = unary("below", { forward: (x) => s.min(x, 0), vjp: (ct, x) => mul(ct, lt(x, 0)) })

/**
 * Gaussian error linear unit x Φ(x), Φ the standard normal distribution function (the exact form). Shape: same as x. Gradient: ct ·
 * (Φ(x) + x φ(x)). Reference: Hendrycks and Gimpel 2016.
 * @example
 * display(gelu([-3, -1, 0, 1, 3]))
 * const x = linspace(-4, 4, 41)
 * Plot.lineY(gelu(x).tolist(), { x: x.tolist() }).plot({ height: 150 })
 */
export const gelu = unary("gelu", {
  forward: (x) => s.mul(s.mul(x, 0.5), s.add(1, s.erf(s.mul(x, Math.SQRT1_2)))),
  vjp: (ct, x) =>
    mul(
      ct,
      add(
        mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5),
        mul(mul(x, exp(mul(mul(x, x), -0.5))), 1 / Math.sqrt(2 * Math.PI)),
      ),
    ),
})

/**
 * Sigmoid linear unit x σ(x), also called swish. Shape: same as x. Gradient: ct · σ(x) (1 + x (1 − σ(x))). Reference: Elfwing et
 * al. 2018.
 * @example
 * display(silu([-3, -1, 0, 1, 3]))
 * const x = linspace(-4, 4, 41)
 * Plot.lineY(silu(x).tolist(), { x: x.tolist() }).plot({ height: 150 })
 */
export const silu = unary("silu", {
  forward: (x) => s.div(x, s.add(1, s.exp(s.neg(x)))),
  vjp: (ct, x) => mul(ct, mul(sigmoid(x), add(mul(x, sub(1, sigmoid(x))), 1))),
})

/**
 * A smooth relu: ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^{−|x|}). Shape: same as x. Range: (0, ∞).
 * Gradient: ct · σ(x).
 * @example
 * display(softplus([-1000, -1, 0, 1, 1000]))
 * const x = linspace(-4, 4, 41)
 * Plot.lineY(softplus(x).tolist(), { x: x.tolist() }).plot({ height: 150 })
 */
export const softplus = unary("softplus", {
  forward: (x) => s.add(s.max(x, 0), s.log1p(s.exp(s.neg(s.abs(x))))),
  vjp: (ct, x) => mul(ct, sigmoid(x)),
})

/**
 * x kept within [low, high]; an infinity leaves a side open. Shape: same as x. Range: [low, high]. Throws: ValueError unless low ≤ high.
 * Gradient: ct inside and on the border, 0 outside.
 * @example
 * display(clip([-5, 0.3, 5], -1, 1))
 * grad((x: Tensor) => clip(x, -1, 1).sum())([-5, 0.3, 5])
 */
export const clip = unaryWith("clip", {
  forward: (x: Expr, low: number, high: number) => {
    if (low > high) throw new ValueError(`clip: low is ${low}, above high, ${high}; swap them.`)
    return s.min(s.max(x, low), high)
  },
  vjp: (ct, x, _y, low, high) => mul(ct, mul(ge(x, low), le(x, high))),
  result: "same",
})

/** How tests try these ops. */
export default {
  sigmoid: { each: "element" },
  relu: { each: "element", kinks: [0] },
  leakyRelu: { each: "element", kinks: [0] },
  elu: { each: "element", kinks: [0] },
  gelu: { each: "element" },
  silu: { each: "element" },
  softplus: { each: "element" },
  clip: { each: "element", kinks: [-1, 2], rest: [-1, 2] },
} satisfies Trials
