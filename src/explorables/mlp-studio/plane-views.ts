/** @file The input plane with what a unit makes of it, and the same plane as the units of a layer see it. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { linear } from "../lib/scale.ts"
import { arrow, clip, line, path, text, trace } from "../lib/svg.ts"
import { bandOf, drawField, drawScale, type Look } from "./field.ts"
import { lineOf, seen } from "./lines.ts"
import { drawPoints, ring } from "./marks.ts"
import { nameOf, subscript, valueAt } from "./names.ts"
import { isRegression } from "./problem.ts"
import { PLANE } from "./sample.ts"
import { CELLS, type State } from "./state.ts"

export const WIDTH = 320
export const HEIGHT = 318
export const INSET: Inset = [8, 8, 28, 30]
const SIZE = WIDTH - INSET[1] - INSET[3]
const BOX = { x: INSET[3], y: INSET[0], size: SIZE }
const sx = linear(PLANE, [BOX.x, BOX.x + SIZE], 6)
const sy = linear(PLANE, [BOX.y + SIZE, BOX.y], 6)
/** In whole units: what stands still need not be more exact, and there are many of them. */
const at = ({ x, y }: { x: number; y: number }): Point => [Math.round(sx(x)), Math.round(sy(y))]

/** Of a class, or of a value as the field shows it; as an outline alone, of its sign, so that it is seen on its own field. */
function colourOf({ settings }: State): (label: number, hollow: boolean) => string {
  const classOf = (label: number) => `var(--class-${label > 0 ? 1 : 2})`
  if (!isRegression(settings)) return classOf
  return (label, hollow) => {
    if (!hollow) return bandOf(label, "values")
    return Math.abs(label) < 0.15 ? "var(--ink-3)" : classOf(label)
  }
}

/** The field of the unit in focus (of the output while one is muted), the points, and the example that is looked into. */
export function drawOutput(state: State): string {
  const { settings, run, example, shape, muted } = state
  const values = isRegression(settings)
  const output = { layer: shape.layers.length - 1, unit: 0 }
  // What a silent unit is missed for is seen at the output.
  const shown = muted ? output : state.focus
  const isOutput = shown.layer === output.layer
  const look: Look = values ? (isOutput ? "values" : "fine") : settings.cuts ? "cut" : "fine"
  const name = muted ? `without ${nameOf(shape, muted)}` : isOutput ? "" : nameOf(shape, shown)
  const { train, held } = run.data
  const colour = colourOf(state)
  const from = at({ x: settings.probe[0], y: settings.probe[1] })
  return (
    drawField(valueAt(state, shown), look, BOX, { width: WIDTH, height: HEIGHT }, true) +
    axes({ width: WIDTH, height: HEIGHT, inset: INSET, x: sx, y: sy }) +
    text(WIDTH - 14, HEIGHT - 32, "x₁", { class: "ex-axis ex-halo", "text-anchor": "end" }) +
    text(INSET[3] + 5, 24, "x₂", { class: "ex-axis ex-halo" }) +
    (settings.showHeld ? drawPoints(held, at, 3, true, colour) : "") +
    drawPoints(train, at, 3.5, false, colour) +
    (values && isOutput ? drawScale(BOX.x + 14, BOX.y + SIZE - 16) : "") +
    unitLine(state) +
    line(...from, ...at(example.point), { stroke: "var(--handle)", "stroke-width": "1.5" }) +
    ring(at(example.point)) +
    (name ? text(WIDTH - 14, 24, name, { class: "ex-halo", "text-anchor": "end" }) : "")
  )
}

/** Where the unit looked into is 0, if that is a line; the arrow shows its side above 0. */
function unitLine({ shape, weights, focus }: State): string {
  const its = lineOf(shape, weights, focus)
  const part = its && seen(its)
  if (!part) return ""
  const { middle, along, half } = part
  const on = (t: number): Point => [sx(middle[0] + t * along[0]), sy(middle[1] + t * along[1])]
  const length = Math.hypot(...its.w)
  const [x, y] = on(0)
  const look = { stroke: "var(--handle)", "stroke-width": "2.5", "stroke-dasharray": "7 3" }
  return (
    line(...on(-half), ...on(half), look) +
    arrow(x, y, x + (36 * its.w[0]) / length, y - (36 * its.w[1]) / length, "var(--handle)")
  )
}

export const SPACE_HEIGHT = 318
const SPACE: Inset = [26, 10, 40, 34]
/** Patches along each side of the plane. */
const PATCHES = 8

/** The plane as a cloth in the space of a layer: patches of the grid in the colours of the output. */
export function drawSpace(state: State): string {
  const { space, shape, grid, train, held, run, example, settings } = state
  const units = space.layer === 0 ? shape.features.length : shape.layers[space.layer - 1]!.units
  const spots = (values: Float64Array, row: number): Point => [
    values[row * units + space.across]!,
    values[row * units + space.up]!,
  ]
  const cloth = grid[space.layer]!
  const [x, y] = ([0, 1] as const).map((axis) => {
    const all = Array.from({ length: (CELLS + 1) ** 2 }, (_, i) => spots(cloth, i)[axis])
    const low = all.reduce((a, b) => Math.min(a, b))
    const high = all.reduce((a, b) => Math.max(a, b))
    const margin = 0.06 * (high - low) || 1
    const ends = axis === 0 ? [SPACE[3], WIDTH - SPACE[1]] : [SPACE_HEIGHT - SPACE[2], SPACE[0]]
    return linear([low - margin, high + margin], ends as [number, number], 4)
  }) as [ReturnType<typeof linear>, ReturnType<typeof linear>]
  // In whole units, as in the plane.
  const to = ([a, b]: Point): Point => [Math.round(x(a)), Math.round(y(b))]
  const name = (unit: number) =>
    space.layer === 0 ? nameOf(shape, { layer: -1, unit }) : `h${subscript(unit + 1)}`
  const marks = (values: Float64Array[]) => (_: unknown, i: number) => to(spots(values[space.layer]!, i))
  const colour = colourOf(state)
  const own = spots(example.h[space.layer]!, 0)
  return (
    axes({
      width: WIDTH,
      height: SPACE_HEIGHT,
      inset: SPACE,
      x,
      y,
      xName: name(space.across),
      yName: name(space.up),
    }) +
    clip(
      WIDTH,
      SPACE_HEIGHT,
      SPACE,
      patches(state, (i) => to(spots(cloth, i))),
    ) +
    (settings.showHeld ? drawPoints(run.data.held, marks(held), 3, true, colour) : "") +
    drawPoints(run.data.train, marks(train), 3.5, false, colour) +
    ring(to(own))
  )
}

/** Patches of one colour are one path; where the cloth lies double it is darker, where it is a line it is left out. */
function patches(state: State, spot: (i: number) => Point): string {
  const value = valueAt(state, { layer: state.shape.layers.length - 1, unit: 0 })
  const look = isRegression(state.settings) ? "values" : "fine"
  const every = CELLS / PATCHES
  const corner = (row: number, column: number) => row * every * (CELLS + 1) + column * every
  const paths = new Map<string, string>()
  for (let row = 0; row < PATCHES; row++)
    for (let column = 0; column < PATCHES; column++) {
      const corners = [
        corner(row, column),
        corner(row, column + 1),
        corner(row + 1, column + 1),
        corner(row + 1, column),
      ]
      const spots = corners.map((i) => spot(i).map(Math.round) as unknown as Point)
      if (Math.abs(area(spots)) < 1) continue
      // All the same way round: within one path, patches of two ways would take each other away.
      if (area(spots) < 0) spots.reverse()
      const colour = bandOf(corners.reduce((sum, i) => sum + value(i), 0) / 4, look)
      paths.set(colour, `${paths.get(colour) ?? ""}${trace(spots)}Z`)
    }
  return [...paths]
    .map(([fill, d]) =>
      path(d, { fill, "fill-opacity": "0.72", stroke: "var(--ink-3)", "stroke-width": "0.5" }),
    )
    .join("")
}

/** Twice the area of a patch; negative where the cloth shows its other side. */
const area = ([a, b, c, d]: readonly Point[]): number =>
  (c![0] - a![0]) * (d![1] - b![1]) - (d![0] - b![0]) * (c![1] - a![1])
