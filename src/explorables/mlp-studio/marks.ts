/** @file Many labelled points in few bytes: each class is one path. Knows no network. */
import type { LabelledPoint, Point } from "../lib/explorable.ts"
import { circle, element, place } from "../lib/svg.ts"

const disc = ([x, y]: Point, r: number): string =>
  `M${place(x - r)} ${place(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
const triangle = ([x, y]: Point, r: number): string =>
  `M${place(x)} ${place(y - 1.2 * r)}l${1.2 * r} ${2 * r}h${-2.4 * r}z`

/** Class +1 as blue discs, class −1 as orange triangles, at the places that `at` gives; hollow if held out. */
export function drawPoints(
  points: readonly LabelledPoint[],
  at: (point: LabelledPoint, index: number) => Point,
  r: number,
  hollow: boolean,
): string {
  return ([1, -1] as const)
    .map((label) => {
      let d = ""
      points.forEach((p, i) => {
        if (p.label === label) d += (label === 1 ? disc : triangle)(at(p, i), r)
      })
      const colour = `var(--class-${label === 1 ? 1 : 2})`
      const look = hollow
        ? { fill: "var(--surface)", "fill-opacity": "0.6", stroke: colour, "stroke-width": "1.25" }
        : { fill: colour, stroke: "var(--outline)", "stroke-width": "0.9" }
      return d ? element("path", { d, ...look }) : ""
    })
    .join("")
}

/** Around the example that is looked into. */
export const ring = ([x, y]: Point): string =>
  circle(x, y, 8, { fill: "none", stroke: "var(--handle)", "stroke-width": "2.5" })
