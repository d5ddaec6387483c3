/** @file Arithmetic and comparisons, element by element. Knows no functions such as exp, and no shapes. */
import { checkDType, type DType } from "../core/dtype.ts"
import { s } from "../kernel/expr.ts"
import { binary, cast, defineOp, unary } from "../op.ts"
import type { Tensor } from "../tensor.ts"
import type { Trials } from "./trial.ts"

/**
 * Sum a + b. Shape: a and b broadcast. Throws: ShapeError if they do not broadcast. Gradient: ct to both.
 * @example
 * tensor([[1, 2, 3], [4, 5, 6]]).add([10, 20, 30])
 */
export const add = binary("add", {
  forward: (a, b) => s.add(a, b),
  vjp: [(ct) => ct, (ct) => ct],
})

/**
 * Difference a − b. Shape: a and b broadcast. Throws: ShapeError if they do not broadcast. Gradient: ct, −ct.
 * @example
 * const x = tensor([2, 4, 9])
 * x.sub(x.mean())
 */
export const sub = binary("sub", {
  forward: (a, b) => s.sub(a, b),
  vjp: [(ct) => ct, (ct) => neg(ct)],
})

/**
 * Product a · b, element by element (for matrices: `matmul`). Shape: a and b broadcast.
 * Throws: ShapeError if they do not broadcast. Gradient: ct · b, ct · a.
 * @example
 * tensor([[1], [2], [3]]).mul([1, 10, 100])
 */
export const mul = binary("mul", {
  forward: (a, b) => s.mul(a, b),
  vjp: [(ct, _a, b) => mul(ct, b), (ct, a) => mul(ct, a)],
})

/**
 * Quotient a / b; of integers, a float. Division by 0 gives ±∞ or NaN. Shape: a and b broadcast.
 * Throws: ShapeError if they do not broadcast. Gradient: ct / b, −ct · y / b.
 * @example
 * div([1, -1, 0], [4, 0, 0])
 */
export const div = binary("div", {
  forward: (a, b) => s.div(a, b),
  vjp: [(ct, _a, b) => div(ct, b), (ct, _a, b, y) => neg(div(mul(ct, y), b))],
  result: "float",
})

/**
 * The larger of a and b; NaN if either is. Shape: a and b broadcast. Throws: ShapeError if they do not broadcast.
 * Gradient: ct to the larger, halved where they are equal.
 * @example
 * display(maximum([1, 5, 3], [4, 2, 3]))
 * grad((x: Tensor) => maximum(x, [4, 2, 3]).sum())([1, 5, 3])
 */
export const maximum = binary("maximum", {
  forward: (a, b) => s.max(a, b),
  vjp: [(ct, a, b) => mul(ct, share(a, b)), (ct, a, b) => mul(ct, share(b, a))],
})

/**
 * The smaller of a and b; NaN if either is. Shape: a and b broadcast. Throws: ShapeError if they do not broadcast.
 * Gradient: ct to the smaller, halved where they are equal.
 * @example
 * minimum([1, 5, 3], 3)
 */
export const minimum = binary("minimum", {
  forward: (a, b) => s.min(a, b),
  vjp: [(ct, a, b) => mul(ct, share(b, a)), (ct, a, b) => mul(ct, share(a, b))],
})

/** 1 where a wins against b, ½ where they tie, 0 where it loses. */
const share = binary("share", {
  forward: (a, b) => s.select(s.eq(a, b), 0.5, s.select(s.gt(a, b), 1, 0)),
})

/**
 * −x. Shape: same as x. Gradient: −ct.
 * @example
 * neg([1, -2, 0])
 */
export const neg = unary("neg", { forward: (x) => s.neg(x), vjp: (ct) => neg(ct), result: "same" })

/**
 * |x|. Shape: same as x. Gradient: ct · sign x, 0 at 0.
 * @example
 * display(abs([-3, 0, 2]))
 * grad((x: Tensor) => abs(x).sum())([-3, 0, 2])
 */
export const abs = unary("abs", {
  forward: (x) => s.abs(x),
  vjp: (ct, x) => mul(ct, sign(x)),
  result: "same",
})

/**
 * −1, 0 or 1 by the sign of x; 0 at 0. Its gradient is 0 everywhere. Shape: same as x.
 * @example
 * sign([-3, 0, 2])
 */
export const sign = unary("sign", { forward: (x) => s.sign(x), result: "same" })

/**
 * x². Shape: same as x. Gradient: 2x · ct.
 * @example
 * square([-2, -1, 0, 1, 2])
 */
export const square = unary("square", {
  forward: (x) => s.mul(x, x),
  vjp: (ct, x) => mul(ct, mul(x, 2)),
  result: "same",
})

/**
 * 1 / x. Shape: same as x. Gradient: −ct · y².
 * @example
 * reciprocal([1, 2, 4, -0.5])
 */
export const reciprocal = unary("reciprocal", {
  forward: (x) => s.div(1, x),
  vjp: (ct, _x, y) => neg(mul(ct, square(y))),
})

/**
 * Is a = b? NaN equals nothing. Shape: a and b broadcast. Result: bool. Throws: ShapeError if they do not broadcast.
 * @example
 * const right = tensor([2, 0, 1]).eq([2, 1, 1])
 * display(right)
 * right.mean()
 */
export const eq = binary("eq", { forward: (a, b) => s.eq(a, b), result: "bool" })
/**
 * Is a ≠ b? NaN differs from everything. Shape: a and b broadcast. Result: bool. Throws: ShapeError if they do not broadcast.
 * @example
 * ne([1, 2, NaN], [1, 0, NaN])
 */
export const ne = binary("ne", { forward: (a, b) => s.ne(a, b), result: "bool" })
/**
 * Is a < b? Shape: a and b broadcast. Result: bool. Throws: ShapeError if they do not broadcast.
 * @example
 * lt([[1], [2], [3]], [1, 2, 3])
 */
export const lt = binary("lt", { forward: (a, b) => s.lt(a, b), result: "bool" })
/**
 * Is a ≤ b? Shape: a and b broadcast. Result: bool. Throws: ShapeError if they do not broadcast.
 * @example
 * le([[1], [2], [3]], [1, 2, 3])
 */
export const le = binary("le", { forward: (a, b) => s.le(a, b), result: "bool" })
/**
 * Is a > b? Shape: a and b broadcast. Result: bool. Throws: ShapeError if they do not broadcast.
 * @example
 * gt([0.2, 0.5, 0.7], 0.5)
 */
export const gt = binary("gt", { forward: (a, b) => s.gt(a, b), result: "bool" })
/**
 * Is a ≥ b? Shape: a and b broadcast. Result: bool. Throws: ShapeError if they do not broadcast.
 * @example
 * ge([0.2, 0.5, 0.7], 0.5)
 */
export const ge = binary("ge", { forward: (a, b) => s.ge(a, b), result: "bool" })

/**
 * The same numbers in another dtype. To int32: the fraction is cut off, what is beyond its range becomes the nearest
 * int32, NaN becomes 0. To bool: true where not 0. Shape: same as x. Gradient: ct, converted back. Throws: DTypeError on an unknown dtype.
 * @example
 * to([1.9, -1.9, 300, NaN], "int32")
 */
export const to = defineOp("to", {
  forward: (x: Tensor, dtype: DType): Tensor => {
    checkDType("to", dtype)
    return cast(x, dtype)
  },
  vjp: (ct, x): Tensor => to(ct, x.dtype),
})

/**
 * A tensor of its own with the same values. Shape: same as x. Gradient: ct.
 * @example
 * const w = tensor([1, 2])
 * const before = w.clone()
 * w.assign(w.mul(10))
 * before
 */
export const clone = defineOp("clone", {
  forward: (x: Tensor): Tensor => x,
  vjp: (ct): Tensor => ct,
})

/** How tests try these ops. */
export default {
  add: { each: "pair" },
  sub: { each: "pair" },
  mul: { each: "pair" },
  div: { each: "pair", domains: ["real", "nonzero"] },
  maximum: { each: "pair" },
  minimum: { each: "pair" },
  neg: { each: "element" },
  abs: { each: "element", kinks: [0] },
  sign: { each: "element", differentiable: false },
  square: { each: "element" },
  reciprocal: { each: "element", domains: ["nonzero"] },
  eq: { each: "pair", differentiable: false },
  ne: { each: "pair", differentiable: false },
  lt: { each: "pair", differentiable: false },
  le: { each: "pair", differentiable: false },
  gt: { each: "pair", differentiable: false },
  ge: { each: "pair", differentiable: false },
  to: { examples: [{ shapes: [[2, 3]], rest: ["float64"] }] },
  clone: { examples: [{ shapes: [[2, 3]] }] },
} satisfies Trials
