/** @file Medians, quartiles, and what is left of several rounds. Knows no clock. */

/** The q-quantile of numbers, interpolated linearly. Throws: RangeError if there are none. */
export function quantile(numbers: readonly number[], q: number): number {
  if (numbers.length === 0) throw new RangeError("quantile: there are no numbers.")
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  const next = sorted[Math.min(low + 1, sorted.length - 1)]
  return sorted[low] + (at - low) * (next - sorted[low])
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

export interface Spread {
  /** The median of the best round: whatever else runs on the machine can only make a round slower. */
  best: number
  /** The median of the worst round. */
  worst: number
  /** Quartiles of the best round. */
  quartiles: [number, number]
}

/** Rounds of repeated measurements → the best round's median, and how far the others and its own repeats are off. */
export function spreadOf(rounds: readonly (readonly number[])[]): Spread {
  const measured = rounds.filter((repeats) => repeats.length > 0)
  if (measured.length === 0) throw new RangeError("spreadOf: nothing was measured.")
  const medians = measured.map(median)
  const best = Math.min(...medians)
  const repeats = measured[medians.indexOf(best)]
  return {
    best,
    worst: Math.max(...medians),
    quartiles: [quantile(repeats, 0.25), quantile(repeats, 0.75)],
  }
}

/** The geometric mean: of ratios the only fair one. */
export function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)
}

/** Is an answer the expected one? Relative, with a little room for answers near 0. */
export function agrees(answer: number, expected: number, tolerance: number): boolean {
  return Math.abs(answer - expected) <= tolerance * Math.abs(expected) + 1e-6
}
