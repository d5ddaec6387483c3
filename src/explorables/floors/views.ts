/** @file The building in pictures: histograms on the way up and on the way down, both spreads by floor, the loss. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear, log } from "../lib/scale.ts"
import { circle, clip, line, path, text, trace } from "../lib/svg.ts"
import { BINS, type Floor, REACH } from "./building.ts"
import { STEPS, type State } from "./training.ts"

export const WIDTH = 320
export const RIDGES_HEIGHT = 300
export const SPREAD_HEIGHT = 260

const RIDGES: Inset = [30, 12, 40, 34]
/** Ridges overlap their neighbours by this much of a floor's height, at their peaks. */
const OVERLAP = 2.2

/** One histogram for each floor, the first at the bottom; floors that have not been reached are pale. */
function ridges(
  { floors, depth }: State,
  reach: number,
  bins: (floor: Floor) => readonly number[],
  reached: (floor: number) => boolean,
  colour: string,
  xName: string,
): string {
  const [top, right, bottom, left] = RIDGES
  const x = linear([-reach, reach], [left, WIDTH - right], 6)
  const tall = (RIDGES_HEIGHT - bottom - top) / (depth + OVERLAP - 1)
  const ground = (l: number) => RIDGES_HEIGHT - bottom - l * tall
  const drawn = floors.map((floor, l) => {
    const shares = bins(floor)
    const most = Math.max(...shares)
    const points: Point[] = shares.map((share, k) => [
      x(-reach + ((k + 0.5) * 2 * reach) / BINS),
      ground(l) - (share / most) * tall * OVERLAP,
    ])
    const outline = trace([[x(-reach), ground(l)], ...points, [x(reach), ground(l)]])
    return path(outline, {
      fill: "var(--surface)",
      "fill-opacity": "0.8",
      stroke: reached(l + 1) ? colour : "var(--hair)",
      "stroke-width": "1.25",
    })
  })
  const names = [1, ...[5, 10, 15, 20, 25, 30].filter((l) => l <= depth)].map((l) =>
    text(left - 6, ground(l - 1) + 3, String(l), { class: "ex-tick", "text-anchor": "end" }),
  )
  const frame = axes({
    width: WIDTH,
    height: RIDGES_HEIGHT,
    inset: RIDGES,
    x,
    xName,
    yName: "floor",
  })
  // The top floor first: lower ones stand before it.
  return frame + names.join("") + drawn.toReversed().join("")
}

export const drawUp = (state: State): string =>
  ridges(
    state,
    REACH.up,
    (floor) => floor.upBins,
    (l) => l <= state.step,
    "var(--class-1)",
    "activation",
  )

export const drawDown = (state: State): string =>
  ridges(
    state,
    REACH.down,
    (floor) => floor.downBins,
    (l) => l > state.depth - state.step,
    "var(--grad)",
    "gradient",
  )

const SPREAD: Inset = [32, 14, 40, 52]
/** How far the axis goes, in powers of ten, if the lines do not need more. */
const ROOM: readonly [number, number] = [-4, 2]
const LIMIT = 48

export function drawSpread({ floors, depth, step }: State): string {
  const powers = floors
    .flatMap(({ up, down }) => [up, down])
    .filter((v) => v > 0)
    .map(Math.log10)
  const low = Math.max(-LIMIT, Math.floor(Math.min(ROOM[0], ...powers)))
  const high = Math.min(LIMIT, Math.ceil(Math.max(ROOM[1], ...powers)))
  const [top, right, bottom, left] = SPREAD
  const x = linear([1, Math.max(2, depth)], [left, WIDTH - right], 6)
  const y = log([10 ** low, 10 ** high], [SPREAD_HEIGHT - bottom, top], 6)
  const along = (value: (floor: Floor) => number | undefined, from: number, to: number): string =>
    trace(
      floors.slice(from, to).flatMap((floor, i): Point[] => {
        const v = value(floor)
        return v !== undefined && v > 0 ? [[x(from + i + 1), y(v)]] : []
      }),
    )
  const both = (value: (floor: Floor) => number | undefined, colour: string, from: number, to: number) => [
    path(along(value, 0, depth), { stroke: colour, "stroke-width": "2", "stroke-opacity": "0.25" }),
    path(along(value, from, to), { stroke: colour, "stroke-width": "2.5" }),
  ]
  const dashed = { stroke: "var(--ink-3)", "stroke-dasharray": "4 4", "stroke-width": "1.25" }
  const last = floors[depth - 1]!
  return (
    axes({
      width: WIDTH,
      height: SPREAD_HEIGHT,
      inset: SPREAD,
      x,
      y,
      xName: "floor",
      yName: `root mean square; top floor: ${format(last.up, 2)}`,
    }) +
    line(left, y(1), WIDTH - right, y(1), { stroke: "var(--ink-2)", "stroke-width": "1" }) +
    clip(
      WIDTH,
      SPREAD_HEIGHT,
      [top - 3, right - 6, bottom - 3, left - 3],
      [
        path(
          along((f) => f.upTheory, 0, depth),
          dashed,
        ),
        path(
          along((f) => f.downTheory, 0, depth),
          dashed,
        ),
        ...both((f) => f.up, "var(--class-1)", 0, step),
        ...both((f) => f.down, "var(--grad)", depth - step, depth),
      ].join(""),
    )
  )
}

export const LOSS_HEIGHT = 176
const LOSS: Inset = [32, 14, 40, 40]
/** The loss of a network that knows nothing of two classes. */
const NOTHING = Math.LN2
const TOP = 1.25

/** The loss in training; before it, where it begins. */
export function drawLoss({ losses, trained, blown }: State): string {
  const [top, right, bottom, left] = LOSS
  const x = linear([0, STEPS], [left, WIDTH - right], 5)
  const y = linear([0, TOP], [LOSS_HEIGHT - bottom, top], 4)
  const points = losses.map((loss, k): Point => [x(k), y(loss)])
  const [hereX, hereY] = points.at(-1)!
  const here: Point = [hereX, Math.max(top, hereY)]
  const words =
    blown !== undefined
      ? `blown up in step ${blown}`
      : trained === undefined
        ? "not trained yet"
        : format(losses.at(-1)!)
  return (
    axes({ width: WIDTH, height: LOSS_HEIGHT, inset: LOSS, x, y, xName: "step of training", yName: "loss" }) +
    line(left, y(NOTHING), WIDTH - right, y(NOTHING), { stroke: "var(--ink-3)", "stroke-dasharray": "4 4" }) +
    text(WIDTH - right, y(NOTHING) - 6, "ln 2: knows nothing", { class: "ex-note", "text-anchor": "end" }) +
    clip(
      WIDTH,
      LOSS_HEIGHT,
      [top, right - 4, bottom - 4, left],
      path(trace(points), { stroke: "var(--handle)", "stroke-width": "2.5" }),
    ) +
    circle(...here, 4.5, { class: "ex-here" }) +
    text(here[0] > 200 ? here[0] - 9 : here[0] + 9, here[1] > 110 ? here[1] - 9 : here[1] + 16, words, {
      class: "ex-halo",
      "text-anchor": here[0] > 200 ? "end" : "start",
    })
  )
}
