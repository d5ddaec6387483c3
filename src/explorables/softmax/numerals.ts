/** @file How softmax's numbers are written: shares with four decimals, gradients with their sign. Knows no state. */
import { fixed, format } from "../lib/number.ts"

/** Five significant digits, or NaN: here it is a result like any other. */
export function number(x: number, digits = 5): string {
  return Number.isNaN(x) ? "NaN" : format(x, digits)
}

/** Four decimals; powers of ten where these would all be 0. */
export function probability(p: number): string {
  return p !== 0 && Math.abs(p) < 5e-5 ? format(p, 2) : Number.isNaN(p) ? "NaN" : fixed(p, 4)
}

/** "+0.8690", "−0.8700", and a plain 0 where only the dust of binary arithmetic is left. */
export function signed(g: number): string {
  if (Math.abs(g) < 1e-12) return "0"
  return g > 0 ? `+${probability(g)}` : g < 0 ? `−${probability(-g)}` : "NaN"
}

/** The sum of the gradient: 0 but for the rounding of 32 bits. */
export function total(gradient: readonly number[]): string {
  const sum = gradient.reduce((a, g) => a + g, 0)
  return Math.abs(sum) < 1e-6 ? "0" : signed(sum)
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`
}
