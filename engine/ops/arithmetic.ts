/** @file Arithmetic and comparisons, element by element. Knows no functions such as exp, and no shapes. */
import { type DType, dtypes } from "../core/dtype.ts"
import { DTypeError } from "../core/errors.ts"
import { s } from "../kernel/expr.ts"
import { binary, cast, defineOp, unary } from "../op.ts"
import type { Tensor } from "../tensor.ts"

/** Sum a + b. Shape: a and b broadcast. Gradient: ct to both. */
export const add = binary("add", {
  forward: (a, b) => s.add(a, b),
  vjp: [(ct) => ct, (ct) => ct],
})

/** Difference a − b. Shape: a and b broadcast. Gradient: ct, −ct. */
export const sub = binary("sub", {
  forward: (a, b) => s.sub(a, b),
  vjp: [(ct) => ct, (ct) => neg(ct)],
})

/** Product a · b, element by element (for matrices: `matmul`). Shape: broadcast. Gradient: ct · b, ct · a. */
export const mul = binary("mul", {
  forward: (a, b) => s.mul(a, b),
  vjp: [(ct, _a, b) => mul(ct, b), (ct, a) => mul(ct, a)],
})

/** Quotient a / b; of integers, a float. Shape: broadcast. Gradient: ct / b, −ct · y / b. Division by 0 gives ±∞ or NaN. */
export const div = binary("div", {
  forward: (a, b) => s.div(a, b),
  vjp: [(ct, _a, b) => div(ct, b), (ct, _a, b, y) => neg(div(mul(ct, y), b))],
  result: "float",
  domains: ["real", "nonzero"],
})

/** The larger of a and b; NaN if either is. Shape: broadcast. Gradient: ct to the larger, halved where they are equal. */
export const maximum = binary("maximum", {
  forward: (a, b) => s.max(a, b),
  vjp: [(ct, a, b) => mul(ct, share(a, b)), (ct, a, b) => mul(ct, share(b, a))],
})

/** The smaller of a and b; NaN if either is. Shape: broadcast. Gradient: ct to the smaller, halved where they are equal. */
export const minimum = binary("minimum", {
  forward: (a, b) => s.min(a, b),
  vjp: [(ct, a, b) => mul(ct, share(b, a)), (ct, a, b) => mul(ct, share(a, b))],
})

/** 1 where a wins against b, ½ where they tie, 0 where it loses. */
const share = binary("share", {
  forward: (a, b) => s.select(s.eq(a, b), 0.5, s.select(s.gt(a, b), 1, 0)),
})

/** −x. Shape: same as x. Gradient: −ct. */
export const neg = unary("neg", { forward: (x) => s.neg(x), vjp: (ct) => neg(ct), result: "same" })

/** |x|. Shape: same as x. Gradient: ct · sign x, 0 at 0. */
export const abs = unary("abs", {
  forward: (x) => s.abs(x),
  vjp: (ct, x) => mul(ct, sign(x)),
  result: "same",
  kinks: [0],
})

/** −1, 0 or 1 by the sign of x; 0 at 0. Shape: same as x. Its gradient is 0 everywhere. */
export const sign = unary("sign", { forward: (x) => s.sign(x), result: "same" })

/** x². Shape: same as x. Gradient: 2x · ct. */
export const square = unary("square", {
  forward: (x) => s.mul(x, x),
  vjp: (ct, x) => mul(ct, mul(x, 2)),
  result: "same",
})

/** 1 / x. Shape: same as x. Gradient: −ct · y². */
export const reciprocal = unary("reciprocal", {
  forward: (x) => s.div(1, x),
  vjp: (ct, _x, y) => neg(mul(ct, square(y))),
  domain: "nonzero",
})

/** Is a = b? Result: bool. Shape: broadcast. NaN equals nothing. */
export const eq = binary("eq", { forward: (a, b) => s.eq(a, b), result: "bool" })
/** Is a ≠ b? Result: bool. Shape: broadcast. */
export const ne = binary("ne", { forward: (a, b) => s.ne(a, b), result: "bool" })
/** Is a < b? Result: bool. Shape: broadcast. */
export const lt = binary("lt", { forward: (a, b) => s.lt(a, b), result: "bool" })
/** Is a ≤ b? Result: bool. Shape: broadcast. */
export const le = binary("le", { forward: (a, b) => s.le(a, b), result: "bool" })
/** Is a > b? Result: bool. Shape: broadcast. */
export const gt = binary("gt", { forward: (a, b) => s.gt(a, b), result: "bool" })
/** Is a ≥ b? Result: bool. Shape: broadcast. */
export const ge = binary("ge", { forward: (a, b) => s.ge(a, b), result: "bool" })

/**
 * The same numbers in another dtype. To int32: the fraction is cut off, what is beyond its range becomes the nearest
 * int32, NaN becomes 0. To bool: true where not 0. Shape: same as x. Gradient: ct, converted back. Throws: DTypeError on an unknown dtype.
 */
export const to = defineOp("to", {
  forward: (x: Tensor, dtype: DType): Tensor => {
    if (!dtypes.includes(dtype))
      throw new DTypeError(`to: there is no dtype "${dtype}"; use one of ${dtypes.join(", ")}.`)
    return cast(x, dtype)
  },
  vjp: (ct, x): Tensor => to(ct, x.dtype),
  examples: [{ shapes: [[2, 3]], rest: ["float64"] }],
})

/** A tensor of its own with the same values. Shape: same as x. Gradient: ct. */
export const clone = defineOp("clone", {
  forward: (x: Tensor): Tensor => x,
  vjp: (ct): Tensor => ct,
  examples: [{ shapes: [[2, 3]] }],
})
