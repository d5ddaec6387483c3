/** @file Comparing numbers in tests of the engine: equal, both NaN, or within a tolerance. */
import { expect } from "vitest"

/** Every number within atol + rtol · |want|; NaN and infinities must be met exactly. */
export function expectClose(got: ArrayLike<number>, want: ArrayLike<number>, rtol = 1e-6, atol = 1e-7): void {
  expect(got.length).toBe(want.length)
  for (let i = 0; i < want.length; i++) {
    const same = Object.is(got[i], want[i]) || got[i] === want[i]
    if (!same && !(Math.abs(got[i] - want[i]) <= atol + rtol * Math.abs(want[i])))
      expect.fail(`element ${i}: got ${got[i]}, want ${want[i]}`)
  }
}
