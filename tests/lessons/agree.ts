/** @file Do two devices show the same numbers in a lesson? The interpreter's are the measure. */
import { expect } from "vitest"
import { deviceTolerance } from "../../src/notebook/device.ts"
import type { Shown } from "./on-device.ts"

/** Cells in which rounding grows, and what devices may differ by there. */
const grown: Readonly<Record<string, number>> = {
  // 1 − σ(15) keeps one or two digits of float32: that is what the cell is there to show.
  "risk-and-losses/stable": 0.05,
  // Sixty steps of Adam, each of which carries on the rounding of all before it.
  "dense-layers/learns": 2e-3,
  // Beside a kink of the hinge rounding decides: one example more or less of 250 is right.
  "multiclass-hinge/train": 2e-2,
  "multiclass-hinge/plane": 2e-3,
  // Where a network with a bad start ends, rounding decides; which starts are bad is tested in initialisation.test.ts.
  "initialisation/race": Number.POSITIVE_INFINITY,
}

/**
 * |got − want| / (1 + |want|), at most, over all numbers of all cells, as a share of what is allowed, which is 10⁻⁵ where
 * rounding does not grow; fails where a cell shows other things.
 */
export function worstDifference(
  lesson: string,
  got: Readonly<Record<string, Shown>>,
  want: Readonly<Record<string, Shown>>,
): { worst: number; where: string } {
  expect(Object.keys(got)).toEqual(Object.keys(want))
  let worst = 0
  let where = "nowhere"
  for (const [cell, { numbers, error }] of Object.entries(want)) {
    const allowed = grown[`${lesson}/${cell}`] ?? deviceTolerance
    expect(got[cell].error, cell).toBe(error)
    expect(got[cell].numbers.length, `${cell}: how many numbers it shows`).toBe(numbers.length)
    numbers.forEach((value, i) => {
      const other = got[cell].numbers[i]
      if (Object.is(value, other)) return
      const off = Math.abs(other - value) / (1 + Math.abs(value)) / allowed
      if (off <= worst) return
      worst = off
      where = `${cell}, number ${i}: ${other} instead of ${value}`
    })
  }
  return { worst, where }
}
