/** @file Numbers, scales, contour lines and sliders of the explorable kit. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contour, sample } from "../../src/explorables/lib/contour.ts"
import { eigen } from "../../src/explorables/lib/eigen.ts"
import { fixed, format } from "../../src/explorables/lib/number.ts"
import { fromTrack, toTrack } from "../../src/explorables/lib/params.ts"
import { linear, log } from "../../src/explorables/lib/scale.ts"
import { element, escapeText } from "../../src/explorables/lib/svg.ts"
import { wellFormed } from "./well-formed.ts"

describe("a number in a figure", () => {
  it.each([
    [-0.00123, "−0.00123"],
    [0.1 + 0.2, "0.3"],
    [12345, "12,300"],
    [9.999, "10"],
    [0, "0"],
    [-1.25e-9, "−1.25×10⁻⁹"],
    [3e21, "3×10²¹"],
    [Number.POSITIVE_INFINITY, "∞"],
  ])("%d is written %s", (x, text) => expect(format(x)).toBe(text))

  it("keeps its decimals where it is told to, and never says minus zero", () => {
    expect(fixed(-1.5, 2)).toBe("−1.50")
    expect(fixed(-0.0001, 2)).toBe("0.00")
  })
})

describe("a scale", () => {
  it("has round ticks inside of its range", () => {
    expect(linear([-4, 4], [0, 100], 4).ticks).toEqual([-4, -2, 0, 2, 4])
    expect(linear([0, 0.3], [0, 1], 3).ticks).toEqual([0, 0.1, 0.2, 0.3])
    expect(log([1e-3, 10], [0, 1]).ticks.map((t) => Math.log10(t))).toEqual([-3, -2, -1, 0, 1])
  })

  it("moves a slider along its track and back", () => {
    const rate = { min: 1e-4, max: 1, step: 0.1, scale: "log" }
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (track) => {
        const value = fromTrack(rate, track)
        expect(Math.abs(toTrack(rate, value) - track)).toBeLessThan(0.001)
      }),
    )
    expect(fromTrack({ min: 0, max: 1, step: 0.1 }, 0.31)).toBe(0.3)
  })
})

describe("a contour line", () => {
  it("runs where the function has its level", () => {
    const f = (x: number, y: number) => x * x + 2 * y * y
    const d = contour(
      sample(f, [-2, 2], [-2, 2], 60),
      1,
      (x) => 100 * x,
      (y) => 100 * y,
    )
    const points = [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map((m) => [
      Number(m[1]) / 100,
      Number(m[2]) / 100,
    ])
    expect(points.length).toBeGreaterThan(60)
    for (const [x, y] of points) expect(f(x!, y!)).toBeCloseTo(1, 1)
    expect(d.match(/M/g)).toHaveLength(1)
    expect(d.endsWith("Z")).toBe(true)
  })

  it("is closed outside of the map, so that every region can be filled", () => {
    const saddle = contour(
      sample((x, y) => x * y, [-1, 1], [-1, 1], 20),
      0.1,
      (x) => x,
      (y) => y,
    )
    expect(saddle.match(/M/g)?.length).toBe(saddle.match(/Z/g)?.length)
  })
})

it("the eigenvectors of a symmetric matrix are turned into multiples of themselves", () => {
  const entry = fc.double({ min: -10, max: 10, noNaN: true })
  fc.assert(
    fc.property(entry, entry, entry, (p, q, r) => {
      const { values, vectors } = eigen(p, q, r)
      vectors.forEach(([x, y], i) => {
        expect(p * x + q * y).toBeCloseTo(values[i]! * x, 8)
        expect(q * x + r * y).toBeCloseTo(values[i]! * y, 8)
        expect(Math.hypot(x, y)).toBeCloseTo(1, 12)
      })
      expect(values[0]).toBeGreaterThanOrEqual(values[1])
    }),
  )
})

it("text and attributes are escaped", () => {
  fc.assert(
    fc.property(fc.string(), (words) => {
      expect(wellFormed(element("text", { title: words, x: 1 }, escapeText(words)))).toBe("")
    }),
  )
})
