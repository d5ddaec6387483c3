/**
 * @file Scalar expressions as data, and the closed list of scalar functions. An op is written once as an
 * expression; every backend turns it into its own code. Knows nothing of tensors or backends.
 */

/** What a backend must be able to compute on one element, with the number of arguments. The list is closed. */
export const scalarFunctions = {
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  pow: 2,
  /** The larger; NaN if either is NaN. */
  max: 2,
  min: 2,
  neg: 1,
  abs: 1,
  /** −1, 0 or 1. */
  sign: 1,
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  sqrt: 1,
  sin: 1,
  cos: 1,
  tanh: 1,
  erf: 1,
  eq: 2,
  ne: 2,
  lt: 2,
  le: 2,
  gt: 2,
  ge: 2,
  /** condition ? a : b. */
  select: 3,
} as const

export type ScalarFunction = keyof typeof scalarFunctions

export type Expr =
  /** The element of input number `index`. */
  | { readonly op: "input"; readonly index: number }
  | { readonly op: "const"; readonly value: number }
  | { readonly op: ScalarFunction; readonly args: readonly Expr[] }

export function input(index: number): Expr {
  return { op: "input", index }
}

type Arg = Expr | number
type Builder<N> = N extends 1
  ? (a: Arg) => Expr
  : N extends 2
    ? (a: Arg, b: Arg) => Expr
    : (a: Arg, b: Arg, c: Arg) => Expr
type Builders = { [F in ScalarFunction]: Builder<(typeof scalarFunctions)[F]> }

function call(op: ScalarFunction, args: Arg[]): Expr {
  return { op, args: args.map((a) => (typeof a === "number" ? { op: "const", value: a } : a)) }
}

/** Builders of expressions: `s.mul(x, s.exp(y))`. Numbers become constants. */
export const s: Builders = Object.fromEntries(
  (Object.keys(scalarFunctions) as ScalarFunction[]).map((op) => [op, (...args: Arg[]) => call(op, args)]),
) as unknown as Builders

const keys = new WeakMap<Expr, string>()

/** A text that two expressions share exactly if they compute the same: the key of caches. */
export function keyOf(expr: Expr): string {
  let key = keys.get(expr)
  if (key === undefined) {
    if (expr.op === "input") key = `$${expr.index}`
    else if (expr.op === "const") key = Object.is(expr.value, -0) ? "-0" : String(expr.value)
    else key = `${expr.op}(${expr.args.map(keyOf).join()})`
    keys.set(expr, key)
  }
  return key
}

const numbers = new WeakMap<Expr, number>()
const numberOf = new Map<string, number>()

/** A whole number that two expressions share exactly if they compute the same: quick to compare. */
export function exprNumber(expr: Expr): number {
  let number = numbers.get(expr)
  if (number === undefined) {
    const key = keyOf(expr)
    number = numberOf.get(key) ?? numberOf.size
    numberOf.set(key, number)
    numbers.set(expr, number)
  }
  return number
}

export const comparisons: ReadonlySet<ScalarFunction> = new Set(["eq", "ne", "lt", "le", "gt", "ge"])

/** What whole numbers are closed under. */
const whole: ReadonlySet<ScalarFunction> = new Set([
  ...comparisons,
  ...(["add", "sub", "mul", "neg", "abs", "sign", "max", "min", "select"] as const),
])

/**
 * Does it lead from whole numbers to whole numbers all the way? Then int32 computes it in int32, where what is too large
 * wraps around; anything else is computed in floating point, and as an int32 loses its fraction, stops at the ends of
 * the range, and is 0 for NaN.
 */
export function isWhole(expr: Expr): boolean {
  if (expr.op === "input") return true
  if (expr.op === "const") return Number.isInteger(expr.value) && Math.abs(expr.value) < 2 ** 31
  return whole.has(expr.op) && expr.args.every(isWhole)
}
