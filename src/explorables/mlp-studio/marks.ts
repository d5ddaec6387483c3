/** @file Many points in few bytes: those that look alike are one path. Knows no network. */
import type { Point } from "../lib/explorable.ts"
import { circle, element, place } from "../lib/svg.ts"
import type { Sample } from "./sample.ts"

const disc = ([x, y]: Point, r: number): string =>
  `M${place(x - r)} ${place(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
const triangle = ([x, y]: Point, r: number): string =>
  `M${place(x)} ${place(y - 1.2 * r)}l${1.2 * r} ${2 * r}h${-2.4 * r}z`

/**
 * What is above 0 as discs, what is below as triangles, in the colour that `colour` gives a label, at the places that `at`
 * gives; hollow if held out.
 */
export function drawPoints(
  points: readonly Sample[],
  at: (point: Sample, index: number) => Point,
  r: number,
  hollow: boolean,
  colour: (label: number, hollow: boolean) => string,
): string {
  const paths = new Map<string, string>()
  points.forEach((p, i) => {
    const shape = p.label < 0 ? triangle : disc
    const key = `${p.label < 0 ? "−" : ""}${colour(p.label, hollow)}`
    paths.set(key, (paths.get(key) ?? "") + shape(at(p, i), r))
  })
  return [...paths]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, d]) => {
      const fill = key.replace("−", "")
      const look = hollow
        ? { fill: "var(--surface)", "fill-opacity": "0.6", stroke: fill, "stroke-width": "1.25" }
        : { fill, stroke: "var(--outline)", "stroke-width": "0.9" }
      return element("path", { d, ...look })
    })
    .join("")
}

/** Around the example that is looked into. */
export const ring = ([x, y]: Point): string =>
  circle(x, y, 8, { fill: "none", stroke: "var(--handle)", "stroke-width": "2.5" })
