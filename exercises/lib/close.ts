/**
 * @file When two values count as equal: `close` for numbers, `differ` for whole values, with the first place where
 * they are not. Forms no verdict.
 *
 * Every comparison is written as `!(error <= bound)`, never as `error > bound`: NaN is on the failing side of the
 * first and on the passing side of the second.
 */
import { maxAbs, type Numbers, numbersOf, placeOf, sameShape } from "./numbers.ts"
import type { Raw } from "./raw.ts"

export interface Tolerance {
  rtol: number
  atol: number
}

/**
 * Right float32 results in any order of summation differ by less than 2e-6 of the largest value; the closest wrong
 * variants that were measured differ by 5e-3. These sit in between, with a factor of 50 to either side.
 */
export const VALUES: Tolerance = { rtol: 1e-4, atol: 1e-6 }
/** Against a float64 gradient; float32 finite differences would be wrong by 3e-3 and more. */
export const GRADIENTS: Tolerance = { rtol: 1e-3, atol: 1e-6 }
/** For numbers that people type: three significant digits. */
export const TYPED: Tolerance = { rtol: 5e-3, atol: 1e-6 }

/** |got − want| may be at most atol + rtol · max|want|: scaled by the largest value, as sums cancel elementwise. */
export function bound(want: ArrayLike<number>, { rtol, atol }: Tolerance): number {
  return atol + rtol * maxAbs(want)
}

/** Positions where `got` is not finite or too far from `want`. Assumes equal lengths. */
export function farPositions(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  tolerance: Tolerance,
): number[] {
  const allowed = bound(want, tolerance)
  const far: number[] = []
  for (let i = 0; i < want.length; i++)
    if (!(Number.isFinite(got[i]) && Number.isFinite(want[i]) && Math.abs(got[i] - want[i]) <= allowed))
      far.push(i)
  return far
}

/** Same shape (never broadcast), at least one number, every number finite and within tolerance. */
export function close(got: Numbers, want: Numbers, tolerance: Tolerance = VALUES): boolean {
  return (
    sameShape(got.shape, want.shape) &&
    want.values.length > 0 &&
    got.values.length === want.values.length &&
    farPositions(got.values, want.values, tolerance).length === 0
  )
}

/** As `close`, but a NaN matches a NaN and an infinity the same infinity: do two wrong answers agree? */
export function alike(got: Numbers, wrong: Numbers, tolerance: Tolerance = VALUES): boolean {
  if (!sameShape(got.shape, wrong.shape) || wrong.values.length === 0) return false
  const allowed = bound(wrong.values.filter(Number.isFinite), tolerance)
  return wrong.values.every((w, i) => {
    const g = got.values[i]
    return Number.isFinite(w) ? Math.abs(g - w) <= allowed : Object.is(g, w)
  })
}

/** Keys and positions that lead to a part: `["dW", 1]`. */
export type Path = (string | number)[]

export interface Difference {
  kind: "type" | "shape" | "value" | "not-finite" | "missing"
  /** The part of a record or list that differs; empty for the whole value. */
  path: Path
  /** The differing parts themselves. */
  got: Raw
  want: Raw
  /** Where in the part: `row 1, column 2`. */
  where: string
  /** How many numbers of the part differ. */
  count: number
}

/** The first difference between two values, or nothing if they are equal data within the tolerance. */
export function differ(
  got: Raw,
  want: Raw,
  tolerance: Tolerance = VALUES,
  path: Path = [],
): Difference | undefined {
  const difference = (kind: Difference["kind"], where = "", count = 1): Difference => ({
    kind,
    path,
    got,
    want,
    where,
    count,
  })
  const wanted = numbersOf(want)
  if (wanted) {
    const gotten = numbersOf(got)
    if (!gotten) return difference(got.t === "undefined" ? "missing" : "type")
    if (!sameShape(gotten.shape, wanted.shape)) return difference("shape")
    // Two empty parts are equal; an empty whole would be a check that checks nothing.
    if (wanted.values.length === 0) return path.length > 0 ? undefined : difference("value")
    const far = farPositions(gotten.values, wanted.values, tolerance)
    if (far.length === 0) return undefined
    const broken = gotten.values.findIndex((value) => !Number.isFinite(value))
    if (broken >= 0) return difference("not-finite", placeOf(broken, wanted.shape), far.length)
    const worst = far.reduce((a, b) => (errorAt(b, gotten, wanted) > errorAt(a, gotten, wanted) ? b : a))
    return difference("value", placeOf(worst, wanted.shape), far.length)
  }
  if (got.t === "undefined") return difference("missing")
  if (want.t === "list") {
    if (got.t !== "list") return difference("type")
    if (got.v.length !== want.v.length) return difference("shape")
    for (let i = 0; i < want.v.length; i++) {
      const inner = differ(got.v[i], want.v[i], tolerance, [...path, i])
      if (inner) return inner
    }
    return undefined
  }
  if (want.t === "record") {
    if (got.t !== "record") return difference("type")
    for (const [key, part] of Object.entries(want.v)) {
      const inner = differ(got.v[key] ?? { t: "undefined" }, part, tolerance, [...path, key])
      if (inner) return inner
    }
    return undefined
  }
  if (want.t === "string" || want.t === "boolean") {
    if (got.t !== want.t) return difference("type")
    return got.v === want.v ? undefined : difference("value")
  }
  if (want.t === "null") return got.t === "null" ? undefined : difference("type")
  // A reference that returns nothing that can be compared lets nothing pass.
  return difference("type")
}

function errorAt(i: number, got: Numbers, want: Numbers): number {
  return Math.abs(got.values[i] - want.values[i])
}

/** Do two wrong values agree, part by part, non-finite numbers included? */
export function alikeRaw(got: Raw, wrong: Raw, tolerance: Tolerance = VALUES): boolean {
  const a = numbersOf(got)
  const b = numbersOf(wrong)
  if (a && b && b.values.length > 0) return alike(a, b, tolerance)
  if (got.t === "list" && wrong.t === "list")
    return got.v.length === wrong.v.length && got.v.every((item, i) => alikeRaw(item, wrong.v[i], tolerance))
  if (got.t === "record" && wrong.t === "record") {
    const parts = Object.keys(wrong.v)
    const other = got.v
    const theirs = wrong.v
    return (
      parts.length === Object.keys(other).length &&
      parts.every((key) => key in other && alikeRaw(other[key], theirs[key], tolerance))
    )
  }
  if (got.t !== wrong.t) return false
  return "v" in got && "v" in wrong ? got.v === wrong.v : true
}

/**
 * How many tolerances a wrong value is away from the right one: infinite where type or shape differ or a number
 * is not finite.
 */
export function distance(wrong: Raw, right: Raw, tolerance: Tolerance = VALUES): number {
  const want = numbersOf(right)
  const got = numbersOf(wrong)
  if (want && got) {
    if (!sameShape(got.shape, want.shape)) return Infinity
    const allowed = bound(want.values, tolerance)
    return want.values.reduce((most, w, i) => {
      const error = Math.abs(got.values[i] - w) / allowed
      return Number.isFinite(error) ? Math.max(most, error) : Infinity
    }, 0)
  }
  if (right.t === "list" && wrong.t === "list" && right.v.length === wrong.v.length)
    return Math.max(0, ...right.v.map((item, i) => distance(wrong.v[i], item, tolerance)))
  if (right.t === "record" && wrong.t === "record") {
    const theirs = wrong.v
    return Math.max(
      0,
      ...Object.entries(right.v).map(([key, item]) =>
        distance(theirs[key] ?? { t: "undefined" }, item, tolerance),
      ),
    )
  }
  return differ(wrong, right, tolerance) ? Infinity : 0
}
