/** @file Names at the ends of lines: the law of their places. */
import { array, assert, double, property } from "fast-check"
import { describe, expect, it } from "vitest"
import { namesApart } from "../../src/drawing/names.ts"

const GAP = 17
const heights = array(double({ min: -50, max: 400, noNaN: true }), { maxLength: 20 })
const ranks = (all: readonly number[]) => all.map((_, i) => i).sort((i, j) => all[i] - all[j])

describe("names at the ends of lines", () => {
  it("never overlap, keep their order, and stay inside the box", () => {
    assert(
      property(heights, (wanted) => {
        const placed = namesApart(wanted, [0, 340], GAP)
        expect(ranks(placed)).toEqual(ranks(wanted))
        const sorted = placed.toSorted((a, b) => a - b)
        for (const [i, place] of sorted.entries()) {
          expect(place).toBeGreaterThanOrEqual(-1e-9)
          expect(place).toBeLessThanOrEqual(340)
          if (i > 0) expect(place - sorted[i - 1]).toBeGreaterThanOrEqual(GAP - 1e-9)
        }
      }),
    )
  })

  it("stay where they are when there is room", () => {
    expect(namesApart([50, 150, 20], [0, 160], GAP)).toEqual([50, 150, 20])
    expect(namesApart([80, 80, 200], [0, 160], GAP)).toEqual([80, 97, 160])
    expect(namesApart([], [0, 160], GAP)).toEqual([])
  })

  it("share the box evenly where there is not room for all", () => {
    expect(namesApart([9, 9, 9, 9, 9], [0, 40], GAP)).toEqual([0, 10, 20, 30, 40])
  })
})
