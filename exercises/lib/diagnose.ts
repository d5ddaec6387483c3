/**
 * @file What can be said about wrong numbers that match no listed misconception: rules in the order of how much each
 * explains. A rule speaks only if it explains every call. Knows the values, not the exercise.
 */
import { alike, close, type Tolerance } from "./close.ts"
import { maxAbs, type Numbers, numbersOf, placeOf, sameShape } from "./numbers.ts"
import type { Raw } from "./raw.ts"
import { showNumber } from "./show.ts"

/** One call: what came, what should have come (equal shapes are not assumed), and what it was called with. */
export interface Pair {
  got: Numbers
  want: Numbers
  args: Raw[]
}

export interface Finding {
  note: string
  says: string
}

interface Case {
  pairs: Pair[]
  names: string[]
  tolerance: Tolerance
}

type Rule = [note: string, explain: (facts: Case) => string | undefined]

const RULES: Rule[] = [
  ["generic.sign", sign],
  ["generic.factor", factor],
  ["generic.offset", offset],
  ["generic.transposed", transposed],
  ["generic.permuted", permuted],
  ["generic.one-row", oneRow],
  ["generic.constant", constant],
  ["generic.all-equal", allEqual],
  ["generic.unstable", unstable],
  ["generic.not-finite", notFinite],
]

/** The first rule that explains all pairs. */
export function diagnose(pairs: Pair[], names: string[], tolerance: Tolerance): Finding | undefined {
  if (pairs.length === 0) return undefined
  for (const [note, explain] of RULES) {
    const says = explain({ pairs, names, tolerance })
    if (says) return { note, says }
  }
  return undefined
}

/** Do all calls come out right once `mend` is applied, and at least one was wrong in a way that shows? */
function mends({ pairs, tolerance }: Case, mend: (pair: Pair) => Numbers | undefined): boolean {
  return (
    pairs.some(({ got, want }) => !close(got, want, tolerance)) &&
    pairs.every((pair) => {
      const mended = mend(pair)
      return mended !== undefined && alike(pair.got, mended, tolerance)
    })
  )
}

const mapped = ({ shape, values }: Numbers, f: (value: number) => number): Numbers => ({
  shape,
  values: values.map(f),
})

function sign(facts: Case): string | undefined {
  return mends(facts, ({ want }) => mapped(want, (v) => -v))
    ? "Every value has the wrong sign; its size is right."
    : undefined
}

interface Candidate {
  value: (pair: Pair) => number | undefined
  name: string
}

function factor(facts: Case): string | undefined {
  const { pairs, names } = facts
  for (const { value, name } of candidates(pairs, names)) {
    for (const inverse of [false, true]) {
      const by = (pair: Pair): number | undefined => {
        const k = value(pair)
        return k === undefined ? undefined : inverse ? 1 / k : k
      }
      if (!pairs.some((pair) => Math.abs((by(pair) ?? 1) - 1) > 1e-3)) continue
      const fits = mends(facts, (pair) => {
        const k = by(pair)
        return k === undefined || !Number.isFinite(k) ? undefined : mapped(pair.want, (v) => v * k)
      })
      if (fits) return `Every value is too ${inverse ? "small" : "large"} by the factor ${name}.`
    }
  }
  const k = ratio(pairs)
  if (k === undefined || Math.abs(k - 1) < 1e-3) return undefined
  return mends(facts, ({ want }) => mapped(want, (v) => v * k))
    ? `Every value is ${showNumber(Number(k.toPrecision(4)))} times what it should be.`
    : undefined
}

function ratio(pairs: Pair[]): number | undefined {
  let above = 0
  let below = 0
  for (const { got, want } of pairs) {
    if (!sameShape(got.shape, want.shape)) return undefined
    for (let i = 0; i < want.values.length; i++) {
      above += got.values[i] * want.values[i]
      below += want.values[i] ** 2
    }
  }
  const k = above / below
  return Number.isFinite(k) && k !== 0 ? k : undefined
}

/** Factors with a meaning: sizes of the arguments and their products, numbers among the arguments, 2, ln 2, ln 10. */
function candidates(pairs: Pair[], names: string[]): Candidate[] {
  const list: Candidate[] = [
    { name: "2", value: () => 2 },
    { name: "ln 2 (was another logarithm used?)", value: () => Math.LN2 },
    { name: "ln 10 (was another logarithm used?)", value: () => Math.LN10 },
  ]
  const sizes: Candidate[] = []
  pairs[0].args.forEach((arg, i) => {
    const name = names[i] ?? `argument ${i + 1}`
    if (arg.t === "number") {
      const number = (pair: Pair): number | undefined => {
        const raw = pair.args[i]
        return raw?.t === "number" ? raw.v : undefined
      }
      const shown = (f: (v: number) => number) => showNumber(f(number(pairs[0]) ?? 0))
      list.push({ name: `${shown((v) => v)}, which is ${name}`, value: number })
      list.push({
        name: `${shown((v) => 1 - v)}, which is 1 − ${name}`,
        value: (pair) => 1 - (number(pair) ?? Number.NaN),
      })
      return
    }
    const shape = numbersOf(arg)?.shape ?? []
    shape.forEach((size, d) => {
      sizes.push({
        name: `${size}, the size of ${name}${shape.length > 1 ? ` along dimension ${d}` : ""}`,
        value: (pair) => numbersOf(pair.args[i] ?? { t: "null" })?.shape[d],
      })
    })
    if (shape.length > 1)
      sizes.push({
        name: `${shape.reduce((a, b) => a * b, 1)}, the number of values in ${name}`,
        value: (pair) => numbersOf(pair.args[i] ?? { t: "null" })?.values.length,
      })
  })
  return [...sizes, ...list]
}

function offset(facts: Case): string | undefined {
  let shown: number | undefined
  const fits = mends(facts, ({ got, want }) => {
    if (!sameShape(got.shape, want.shape) || want.values.length < 2) return undefined
    const c = got.values.reduce((sum, g, i) => sum + g - want.values[i], 0) / want.values.length
    if (!Number.isFinite(c)) return undefined
    shown ??= c
    return mapped(want, (v) => v + c)
  })
  if (!fits || shown === undefined) return undefined
  const more = shown > 0 ? "large" : "small"
  return `Every value is too ${more} by the same amount, ${showNumber(Number(Math.abs(shown).toPrecision(4)))} for the first input.`
}

/** The transpose of a matrix. */
export function transpose({ shape, values }: Numbers): Numbers | undefined {
  if (shape.length !== 2) return undefined
  const [rows, columns] = shape
  return {
    shape: [columns, rows],
    values: values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]),
  }
}

function transposed(facts: Case): string | undefined {
  if (!mends(facts, ({ want }) => transpose(want))) return undefined
  const { got, want } = facts.pairs[0]
  return `The result is transposed: its shape is [${got.shape.join(", ")}] where [${want.shape.join(", ")}] is asked for; swap rows and columns.`
}

function permuted(facts: Case): string | undefined {
  const { pairs } = facts
  if (pairs.some(({ got, want }) => !sameShape(got.shape, want.shape) || want.values.length < 2))
    return undefined
  const reversed = mends(facts, ({ want }) => ({ shape: want.shape, values: want.values.slice().reverse() }))
  if (reversed) return "The right values come in the opposite order."
  const sorted = ({ shape, values }: Numbers): Numbers => ({ shape, values: values.slice().sort() })
  const fits =
    pairs.some(({ got, want }) => !close(got, want, facts.tolerance)) &&
    pairs.every(({ got, want }) => alike(sorted(got), sorted(want), facts.tolerance))
  return fits ? "The right values are all there, but in another order." : undefined
}

function oneRow({ pairs, tolerance }: Case): string | undefined {
  let place: string | undefined
  for (const { got, want } of pairs) {
    if (!sameShape(got.shape, want.shape)) return undefined
    if (close(got, want, tolerance)) continue
    const { shape } = want
    if (shape.length === 0 || shape.length > 2) return undefined
    const wrong = Array.from(want.values.keys()).filter(
      (i) =>
        !close(at(got, i), at(want, i), {
          rtol: 0,
          atol: tolerance.atol + tolerance.rtol * maxAbs(want.values),
        }),
    )
    const columns = shape.length === 1 ? 1 : shape[1]
    const rows = new Set(wrong.map((i) => Math.floor(i / columns)))
    const cols = new Set(wrong.map((i) => i % columns))
    const [row] = rows
    const [column] = cols
    if (rows.size === 1 && shape[0] > 1)
      place ??= nameLine(row, shape[0], shape.length === 1 ? "value" : "row")
    else if (cols.size === 1 && shape.length === 2 && columns > 1)
      place ??= nameLine(column, columns, "column")
    else return undefined
  }
  return place && `Everything is right except ${place}. Is a loop one step too short, or a start value wrong?`
}

const at = ({ values }: Numbers, i: number): Numbers => ({ shape: [], values: values.subarray(i, i + 1) })

function nameLine(i: number, size: number, what: string): string {
  return i === 0 ? `the first ${what}` : i === size - 1 ? `the last ${what}` : `${what} ${i}`
}

function constant({ pairs, tolerance }: Case): string | undefined {
  const [{ got, want }, ...others] = pairs
  const same =
    others.length > 0 &&
    got.values.every(Number.isFinite) &&
    others.every((pair) => close(pair.got, got, tolerance)) &&
    others.some((pair) => !close(pair.want, want, tolerance))
  if (!same) return undefined
  const what = got.values.length === 1 ? `always ${showNumber(got.values[0])}` : "always the same"
  return `Your result is ${what}, whatever the input. Does it use the arguments?`
}

function allEqual({ pairs }: Case): string | undefined {
  const constant = ({ values }: Numbers) => values.length > 1 && values.every((v) => v === values[0])
  return pairs.every(({ got, want }) => constant(got) && !constant(want))
    ? `All your values are the same, ${showNumber(pairs[0].got.values[0])} for the first input. Was one value spread over the whole result?`
    : undefined
}

/** Numbers beyond this are "large": exp overflows soon in float32. */
const LARGE = 50

function unstable({ pairs, tolerance }: Case): string | undefined {
  const size = ({ args }: Pair) =>
    Math.max(0, ...args.map((arg) => (arg.t === "number" ? 0 : maxAbs(numbersOf(arg)?.values ?? []))))
  const [small, large] = [pairs.filter((p) => size(p) <= LARGE), pairs.filter((p) => size(p) > LARGE)]
  const right = ({ got, want }: Pair) => close(got, want, tolerance)
  return small.length > 0 && large.length > 0 && small.every(right) && !large.some(right)
    ? `Right for small inputs, wrong for large ones (up to ${showNumber(size(large[0]))}): a number on the way becomes too large or too small to hold.`
    : undefined
}

function notFinite({ pairs, tolerance }: Case): string | undefined {
  const shown = pairs.find(({ got, want }) => !close(got, want, tolerance))
  for (const pair of pairs) {
    const { values, shape } = pair.got
    const i = values.findIndex((v) => !Number.isFinite(v))
    if (i < 0) continue
    const from = shape.length > 0 ? ` from ${placeOf(i, shape)} on` : ""
    const is =
      pair === shown ? "The result is" : "The values differ, and for another input the result is even"
    return `${is} ${showNumber(values[i])}${from}. Look for a division by 0, a logarithm of 0 or an overflow of exp.`
  }
  return undefined
}
