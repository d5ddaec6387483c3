/** @file A training curve as a recorded figure, thinned to what a screen can show. Knows nothing of cells. */
import { namesApart } from "../drawing/names.ts"
import type { CurveSeries, Output } from "./output.ts"

type Curve = Extract<Output, { kind: "curve" }>

const MOST_POINTS = 400
const RUNS = ["var(--ink)", "var(--handle)", "var(--param)", "var(--class-2)", "var(--grad)"]

/** Train is solid ink, validation dashed ink; further runs have their own colours. */
export function seriesStyle(name: string, index: number): { stroke: string; dash: readonly number[] } {
  if (/^(val|valid|validation|test|dev)\b/i.test(name)) return { stroke: "var(--ink)", dash: [6, 4] }
  return { stroke: RUNS[index % RUNS.length], dash: index < RUNS.length ? [] : [2, 3] }
}

/** At most 400 points with every spike kept: the lowest and the highest of each stretch. */
export function thin({ x, y }: CurveSeries): { x: number[]; y: number[] } {
  const size = Math.min(x.length, y.length)
  if (size <= MOST_POINTS) return { x: x.slice(0, size), y: y.slice(0, size) }
  const stretch = (2 * (size - 1)) / (MOST_POINTS - 2)
  const kept = new Set<number>([0, size - 1])
  for (let from = 0; from < size; from += stretch) {
    let low = Math.floor(from)
    let high = low
    for (let i = low; i < Math.min(size, Math.floor(from + stretch)); i++) {
      if (y[i] < y[low]) low = i
      if (y[i] > y[high]) high = i
    }
    kept.add(low).add(high)
  }
  const order = [...kept].sort((i, j) => i - j)
  return { x: order.map((i) => x[i]), y: order.map((i) => y[i]) }
}

/** What a name at the end of a line needs in height, also where a phone sets it larger, in pixels. */
const NAME = 17
/** Height of the plotting area: more than ten lines make it higher, so that there is room for all their names. */
const areaOf = (lines: number): number => Math.max(172, NAME * lines)
/** Above and below the plotting area: the axes and what they are called. */
const [ABOVE, BELOW] = [32, 40]

/** The height of a curve that has names at the ends of its lines, in pixels. */
export const namedHeight = (lines: number): number => ABOVE + areaOf(lines) + BELOW

/** Where names stand that want to stand at these heights, in pixels from the top of a picture. */
export const namePlaces = (wanted: readonly number[], box: readonly [from: number, to: number]): number[] =>
  namesApart(wanted, box, NAME)

/** The curve as a figure: lines with their names at the end; values that a log axis cannot show are gaps. */
export function curveSpec(curve: Curve): unknown {
  const visible = (value: number) => Number.isFinite(value) && (!curve.log || value > 0)
  const lines = curve.series.map((series) => {
    const { x, y } = thin(series)
    const points = y.map((value) => (visible(value) ? value : Number.NaN))
    return { x, points, last: points.findLastIndex((value) => !Number.isNaN(value)) }
  })
  const scaled = (value: number) => (curve.log ? Math.log(value) : value)
  const seen = lines.flatMap(({ points }) => points.filter((value) => !Number.isNaN(value)).map(scaled))
  const [low, high] = seen.reduce(
    ([a, b], v) => [Math.min(a, v), Math.max(b, v)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
  const area = areaOf(lines.length)
  const ends = lines.map(({ points, last }) =>
    high === low ? area / 2 : (area * (high - scaled(points[last]))) / (high - low),
  )
  const named = lines.flatMap(({ last }, index) => (last < 0 ? [] : [index]))
  const places = namePlaces(
    named.map((index) => ends[index]),
    [0, area],
  )
  const shiftOf = (index: number) => Math.round(places[named.indexOf(index)] - ends[index])
  const marks = curve.series.flatMap((series, index) => {
    const { x, points, last } = lines[index]
    const { stroke, dash } = seriesStyle(series.name, index)
    const line = {
      $plot: "lineY",
      args: [
        points,
        { x, y: points, stroke, strokeWidth: 2, ...(dash.length && { strokeDasharray: dash.join(" ") }) },
      ],
    }
    if (last < 0 || curve.series.length < 2) return [line]
    const name = {
      x: [x[last]],
      y: [points[last]],
      text: [series.name],
      fill: stroke,
      textAnchor: "start",
      dx: 6,
      ...(shiftOf(index) !== 0 && { dy: shiftOf(index) }),
    }
    return [line, { $plot: "text", args: [[series.name], name] }]
  })
  const longest = Math.max(0, ...curve.series.map((series) => series.name.length))
  const label = curve.log ? `${curve.y} (log scale)` : curve.y
  return {
    $plot: "plot",
    args: [
      {
        marks,
        ...(curve.series.length > 1 && {
          height: namedHeight(lines.length),
          marginRight: Math.min(140, 20 + 8 * longest),
        }),
        // Room for "0.000001" and for "1e+10".
        ...(curve.log && (low < Math.log(1e-3) || high > Math.log(1e4)) && { marginLeft: 68 }),
        x: { label: curve.x },
        y: {
          label: label.trim() || null,
          type: curve.log ? "log" : "linear",
          ...(curve.log && { ticks: 4, tickFormat: "~g" }),
        },
      },
    ],
  }
}
