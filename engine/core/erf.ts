/** @file The error function, which JavaScript's Math lacks. */

/**
 * erf x = 2/√π · e^{−x²} · Σₙ 2ⁿ x^{2n+1} / (2n+1)!!, all terms of one sign, so nothing cancels.
 * Reference: Abramowitz and Stegun 1964, 7.1.6.
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x
  if (Math.abs(x) > 6) return Math.sign(x)
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}
