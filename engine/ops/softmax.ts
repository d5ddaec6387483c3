/** @file Softmax and its logarithm. No finite input overflows. */
import { ShapeError, showShape } from "../core/errors.ts"
import { normalizeDim } from "../core/shape.ts"
import { defineOp, fused } from "../op.ts"
import type { Tensor } from "../tensor.ts"
import { div, mul, sub } from "./arithmetic.ts"
import { exp, log } from "./functions.ts"
import { max, sum } from "./reduce.ts"
import type { Trials } from "./trial.ts"

const keep = { keepDim: true }

function checkClasses(op: string, x: Tensor, dim: number): void {
  if (x.shape[normalizeDim(op, dim, x.ndim, x.shape)] === 0)
    throw new ShapeError(
      `${op}: there are no classes along dimension ${dim} of ${showShape(x.shape)}; give at least one score.`,
    )
}

/**
 * Softmax along `dim` (the last by default): yᵢ = e^{xᵢ − max x} / Σⱼ e^{xⱼ − max x}.
 * Shape: same as x. Range: (0, 1), sums to 1 along `dim`. Throws: ShapeError if `dim` is outside x or has size 0.
 * Gradient: y ⊙ (ct − Σ ct ⊙ y). Reference: Bridle 1990; Goodfellow et al. 2016, §4.1.
 * @example
 * const p = softmax([[1, 2, 3], [1000, 1000, 0]])
 * display(p)
 * p.sum(1)
 */
export const softmax = defineOp("softmax", {
  forward: (x: Tensor, dim: number = -1): Tensor => {
    checkClasses("softmax", x, dim)
    const e = exp(sub(x, max(x, dim, keep)))
    return div(e, sum(e, dim, keep))
  },
  vjp: (ct, _x, y, dim = -1): Tensor => mul(y, sub(ct, sum(mul(ct, y), dim, keep))),
})

/**
 * Logarithm of softmax along `dim` (the last by default): xᵢ − ln Σⱼ e^{xⱼ}, without forming the softmax.
 * Shape: same as x. Range: (−∞, 0]. Throws: ShapeError if `dim` is outside x or has size 0. Gradient: ct − e^y Σ ct.
 * @example
 * display(log(softmax([0, -1000])))
 * logSoftmax([0, -1000])
 */
export const logSoftmax = defineOp("logSoftmax", {
  forward: (x: Tensor, dim: number = -1): Tensor => {
    checkClasses("logSoftmax", x, dim)
    // The largest x goes first: x − ln Σ eˣ would lose the digits of small differences between large logits.
    const top = max(x, dim, keep)
    return lessLog(x, top, sum(expLess(x, top), dim, keep))
  },
  vjp: (ct, _x, y, dim = -1): Tensor => lessShare(ct, y, sum(ct, dim, keep)),
})

const expLess = fused("logSoftmax", (x, top) => exp(sub(x, top)))
const lessLog = fused("logSoftmax", (x, top, total) => sub(sub(x, top), log(total)))
const lessShare = fused("logSoftmax", (ct, y, total) => sub(ct, mul(exp(y), total)))

const examples = [{ shapes: [[2, 3]] }, { shapes: [[2, 3]], rest: [0] }, { shapes: [[4]], rest: [-1] }]

/** How tests try these ops. */
export default { softmax: { examples }, logSoftmax: { examples } } satisfies Trials
