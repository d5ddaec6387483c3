/** @file How numbers are written for a reader: few digits, a true minus. Formats one number or a list alike; knows no outputs. */

const MINUS = "\u2212"
const signed = (text: string): string => text.replace(/-/g, MINUS)

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN"
  if (value === Infinity) return "∞"
  return value === -Infinity ? `${MINUS}∞` : undefined
}

/** At most `digits` significant digits: `0.3333`, `−12`, `1.5e−9`. Integers below 10¹⁵ keep all theirs. */
export function numberText(value: number, digits = 4): string {
  const named = special(value)
  if (named) return named
  if (Object.is(value, -0)) return `${MINUS}0`
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return signed(String(value))
  const size = Math.abs(value)
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e")
    return signed(`${Number(mantissa)}e${Number(exponent)}`)
  }
  return signed(String(Number(value.toPrecision(digits))))
}

/** A number of five digits and more in groups of three, as prose and tables have it: `254,870`. Code has no groups. */
export function grouped(text: string): string {
  return text.replace(/^\D?\d{5,}(?=\.|$)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","))
}

/**
 * One way to write all of `values`, so that a column of them lines up: integers plain, else four decimals,
 * or powers of ten where sizes differ too much.
 */
export function alignedText(values: readonly number[]): (value: number) => string {
  const finite = values.filter((value) => Number.isFinite(value))
  const sizes = finite.filter((value) => value !== 0).map(Math.abs)
  const largest = Math.max(0, ...sizes)
  const smallest = Math.min(largest, ...sizes)
  const plain = (write: (value: number) => string) => (value: number) =>
    special(value) ?? signed(Object.is(value, -0) ? `-${write(0)}` : write(value))
  if (finite.every(Number.isInteger) && largest < 1e9) return plain((value) => String(value))
  if (largest >= 1e5 || (largest > 0 && largest < 1e-3) || largest / smallest > 1e6) {
    return plain((value) => (value === 0 ? "0" : value.toExponential(3).replace("e+", "e")))
  }
  const decimals = largest >= 1000 ? 2 : 4
  return plain((value) => value.toFixed(decimals))
}
