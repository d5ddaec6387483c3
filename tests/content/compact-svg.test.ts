/** @file Still pictures in fewer bytes: the same points, to a twentieth of a unit. */
import fc from "fast-check"
import { expect, test } from "vitest"
import { compactPath, compactSvg } from "../../src/build/compact-svg.ts"

/** The corners of a path of M, L, l and z, as a browser would walk it. */
function corners(d: string): [number, number][][] {
  const walks: [number, number][][] = []
  let [x, y] = [0, 0]
  for (const [, command, rest] of d.matchAll(/([MLlZz])([^MLlZz]*)/g)) {
    const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g) ?? []).map(Number)
    for (let i = 0; i < numbers.length; i += 2) {
      x = command === "l" ? x + numbers[i] : numbers[i]
      y = command === "l" ? y + numbers[i + 1] : numbers[i + 1]
      if (command === "M" && i === 0) walks.push([])
      walks.at(-1)?.push([x, y])
    }
  }
  return walks
}

const coordinate = fc.double({ min: -2000, max: 2000, noNaN: true }).map((v) => Math.round(v * 1000) / 1000)
const polyline = fc.tuple(
  fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 30 }),
  fc.boolean(),
)

test("a polyline keeps its corners and never drifts, however long it is", () => {
  fc.assert(
    fc.property(fc.array(polyline, { minLength: 1, maxLength: 4 }), (lines) => {
      const d = lines
        .map(
          ([points, closed]) =>
            points.map(([x, y], i) => `${i ? "L" : "M"}${x},${y}`).join("") + (closed ? "Z" : ""),
        )
        .join("")
      const [before, after] = [corners(d), corners(compactPath(d))]
      expect(after.map((walk) => walk.length)).toEqual(before.map((walk) => walk.length))
      for (const [i, walk] of before.entries())
        for (const [j, [x, y]] of walk.entries()) {
          expect(Math.abs(after[i][j][0] - x)).toBeLessThanOrEqual(0.0501)
          expect(Math.abs(after[i][j][1] - y)).toBeLessThanOrEqual(0.0501)
        }
    }),
  )
})

test("a path with curves stays as it is", () => {
  const d = "M3.123 6C6 2.555 1 1 0 0A4,4,0,1,1,8,0"
  expect(compactPath(d)).toBe(d)
})

test("places are rounded to a tenth of a unit, sizes of type are not", () => {
  expect(compactSvg('<text y="0.71em" transform="translate(48,161.27)" font-size="12.25">')).toBe(
    '<text y=".7em" transform="translate(48,161.3)" font-size="12.25">',
  )
})

test("only the paths of a picture change", () => {
  expect(compactSvg('<svg width="10.123"><path d="M0.123,10L5.678,-0.4L5.678,3Z"/></svg>')).toBe(
    '<svg width="10.123"><path d="M.1 10l5.6-10.4 0 3.4z"/></svg>',
  )
})
