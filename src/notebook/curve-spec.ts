/** @file A training curve as a recorded figure, thinned to what a screen can show. Knows nothing of cells. */
import { numberText } from "./number-text.ts"
import type { CurveSeries, Output } from "./output.ts"

type Curve = Extract<Output, { kind: "curve" }>

const MOST_POINTS = 400
const RUNS = ["var(--ink)", "var(--handle)", "var(--param)", "var(--class-2)", "var(--class-4)"]

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

/** Height of the plotting area of a curve, and what a name at the end of a line needs of it, in pixels. */
const [AREA, NAME] = [160, 15]

/** How far each name at the end of a line moves down from it, so that no two overlap; `tops` are pixels from the top. */
export function namesApart(tops: readonly number[]): number[] {
  const order = tops.map((_, i) => i).sort((i, j) => tops[i] - tops[j])
  const placed = [...tops]
  for (const [k, i] of order.entries())
    if (k > 0) placed[i] = Math.max(placed[i], placed[order[k - 1]] + NAME)
  // Whoever was pushed over the lower edge pushes back.
  let lowest = AREA
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i], lowest)
    lowest = placed[i] - NAME
  }
  return placed.map((top, i) => Math.round(top - tops[i]))
}

/** The value that the curve has reached, or undefined before the first. */
export function lastValue(series: CurveSeries): number | undefined {
  return series.y.at(-1)
}

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
  const shifts = namesApart(
    lines.map(({ points, last }) =>
      last < 0 ? -AREA : high === low ? 0 : (AREA * (high - scaled(points[last]))) / (high - low),
    ),
  )
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
      ...(shifts[index] !== 0 && { dy: shifts[index] }),
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
        marginRight: curve.series.length < 2 ? 16 : Math.min(140, 16 + 7 * longest),
        x: { label: curve.x },
        y: { label, type: curve.log ? "log" : "linear", ...(curve.log && { ticks: 4, tickFormat: "~g" }) },
      },
    ],
  }
}

/** The curve in one sentence. */
export function curveAlt(curve: Curve): string {
  const parts = curve.series.map((series) => {
    const first = series.y[0]
    const last = lastValue(series)
    return last === undefined
      ? `${series.name}: no value yet`
      : `${series.name} from ${numberText(first, 3)} to ${numberText(last, 3)}`
  })
  const title = curve.title && `${curve.title}: `
  return `${title}${curve.y && `${curve.y} `}by ${curve.x}${parts.length ? `; ${parts.join("; ")}` : ""}.`
}
