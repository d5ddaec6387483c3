/** @file Do two devices show the same numbers in a lesson? The interpreter's are the measure. */
import { expect } from "vitest"
import { deviceTolerance } from "../../src/notebook/device.ts"
import type { Shown } from "./on-device.ts"

/** What devices may differ by, as a share of 1 + |number|; the most there is now is 2·10⁻⁷. */
export const tolerance = deviceTolerance

/** |got − want| / (1 + |want|), at most, over all numbers of all cells; fails where a cell shows other things. */
export function worstDifference(
  got: Readonly<Record<string, Shown>>,
  want: Readonly<Record<string, Shown>>,
): { worst: number; where: string } {
  expect(Object.keys(got)).toEqual(Object.keys(want))
  let worst = 0
  let where = "nowhere"
  for (const [cell, { numbers, error }] of Object.entries(want)) {
    expect(got[cell].error, cell).toBe(error)
    expect(got[cell].numbers.length, `${cell}: how many numbers it shows`).toBe(numbers.length)
    numbers.forEach((value, i) => {
      const other = got[cell].numbers[i]
      if (Object.is(value, other)) return
      const off = Math.abs(other - value) / (1 + Math.abs(value))
      if (off <= worst) return
      worst = off
      where = `${cell}, number ${i}: ${other} instead of ${value}`
    })
  }
  return { worst, where }
}
