/** @file Where pictures stand when there is room for one only: a law of the packing, and every explorable of the book. */
import { array, assert, double, property, record } from "fast-check"
import { describe, expect, it } from "vitest"
import type { Explorable } from "../../src/explorables/lib/explorable.ts"
import { strip } from "../../src/explorables/lib/strip.ts"

const size = record({
  width: double({ min: 200, max: 400, noNaN: true }),
  height: double({ min: 60, max: 500, noNaN: true }),
})
/** What a picture takes with its title, in widths. */
const taken = ({ width, height }: { width: number; height: number }) => height / width + 0.115

describe("a strip of pictures", () => {
  it("is as high as its highest picture, or as a few that share a place and leave room for the controls", () => {
    assert(
      property(array(size, { minLength: 1, maxLength: 6 }), (views) => {
        const { tall, places } = strip(views)
        const tallest = Math.max(...views.map(taken))
        expect(tall).toBeGreaterThanOrEqual(tallest)
        expect(tall).toBeLessThanOrEqual(Math.max(tallest, 1.3))
        expect(places).toBeLessThanOrEqual(views.length)
        expect(places * tall).toBeGreaterThanOrEqual(views.reduce((sum, view) => sum + taken(view), 0) - 1e-6)
      }),
    )
  })

  it("needs one place for one picture, and puts two low ones together", () => {
    expect(strip([{ width: 320, height: 320 }])).toEqual({ tall: 1.115, places: 1 })
    const low = { width: 320, height: 96 }
    expect(strip([{ width: 320, height: 320 }, low, low])).toEqual({ tall: 1.115, places: 2 })
    expect(strip([{ width: 320, height: 320 }, low, { width: 320, height: 288 }]).places).toBe(3)
  })

  const modules = import.meta.glob<{ default: Explorable }>("../../src/explorables/*.ts", { eager: true })
  it.each(Object.entries(modules))(
    "%s: its controls can be seen below its picture on a phone",
    (_, { default: explorable }) => {
      const { tall } = strip(Object.values(explorable.views))
      // A picture is 300 pixels wide there; header and strip leave a third of 844 pixels to the controls.
      expect(56 + 8 + 300 * tall).toBeLessThan((2 * 844) / 3)
    },
  )
})
