/** @file Numbers as a reader sees them: significant digits, true minus, groups of three. Knows no SVG. */

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"

/** `digits` significant digits: −0.00123 → "−0.00123", 12345.6 → "12,300", 1.2e-9 → "1.2×10⁻⁹". */
export function format(x: number, digits = 3): string {
  if (Number.isNaN(x)) return "undefined"
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞"
  if (x === 0) return "0"
  const size = Math.abs(x)
  const sign = x < 0 ? "−" : ""
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split("e") as [string, string]
    return `${sign}${trim(mantissa)}×10${power(Number(exponent))}`
  }
  const rounded = Number(size.toPrecision(digits))
  return sign + trim(groups(rounded.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(rounded))))))
}

/** `decimals` places behind the point, with a true minus: fixed(−1.5, 2) → "−1.50". */
export function fixed(x: number, decimals: number): string {
  if (!Number.isFinite(x) || Math.abs(x) >= 1e6) return format(x)
  const text = Math.abs(x).toFixed(decimals)
  return (x < 0 && Number(text) !== 0 ? "−" : "") + groups(text)
}

/** The exponent of a power of ten as superscript: −9 → "⁻⁹". */
export function power(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (d) => SUPERSCRIPT[Number(d)]!)
  return (exponent < 0 ? "⁻" : "") + digits
}

/** "1 step", "2 steps". */
export function count(n: number, noun: string): string {
  return `${format(n, 6)} ${noun}${n === 1 ? "" : "s"}`
}

function trim(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text
}

/** Commas between thousands from 10,000 on. */
function groups(text: string): string {
  const [whole, rest] = text.split(".") as [string, string?]
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole
  return rest === undefined ? spaced : `${spaced}.${rest}`
}
