/** @file The curves of several trainings in one picture, with the goal's line, as SVG text. Knows no exercise. */
import { axes } from "./axes.ts"
import { format } from "./number.ts"
import { linear, log } from "./scale.ts"
import { element, line, path, text, trace } from "./svg.ts"

export interface Runs {
  curves: number[][]
  reached: boolean[]
  line?: number
  log?: boolean
  /** The curves of the attempt before, drawn in grey. */
  before?: number[][]
}

const [width, height] = [320, 200]
const inset = [20, 12, 36, 48] as const

/** A whole `<svg>`. Curves that reached the goal are solid, the others dashed. */
export function drawRuns(runs: Runs): string {
  const { curves, reached, before = [], line: goal } = runs
  const all = [...curves, ...before].flat().filter((v) => Number.isFinite(v) && (!runs.log || v > 0))
  const [low, high] = rangeOf(goal === undefined ? all : [...all, goal], runs.log === true)
  const [top, right, bottom, left] = inset
  const steps = Math.max(2, ...curves.map((curve) => curve.length)) - 1
  const x = linear([0, steps], [left, width - right])
  const y = (runs.log ? log : linear)([low, high], [height - bottom, top])
  const draw = (curve: number[], look: Record<string, string>): string => {
    const points = curve.map((v, k): [number, number] => [x(k), y(within(v, low, high))])
    return path(trace(points.filter(([, py]) => Number.isFinite(py))), { "stroke-width": "1.75", ...look })
  }
  const parts = [
    axes({ width, height, inset, x, y, xName: "step" }),
    ...before.map((curve) => draw(curve, { stroke: "var(--ink-3)", opacity: "0.5" })),
    ...curves.map((curve, i) =>
      draw(curve, { stroke: "var(--handle)", ...(reached[i] ? {} : { "stroke-dasharray": "5 3" }) }),
    ),
    ...(goal === undefined
      ? []
      : [
          line(left, y(goal), width - right, y(goal), { stroke: "var(--good)", "stroke-width": "1.5" }),
          text(width - right, y(goal) - 4, "goal", {
            class: "ex-tick",
            "text-anchor": "end",
            fill: "var(--good)",
          }),
        ]),
  ]
  const words = curves.map(
    (curve, i) =>
      `Run ${i + 1}: from ${format(curve[0], 3)} to ${format(curve.at(-1)!, 3)}, ${reached[i] ? "goal reached" : "goal not reached"}.`,
  )
  const label = `${words.join(" ")}${before.length > 0 ? " In grey, the attempt before." : ""}`
  return element(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    parts.join(""),
  )
}

const within = (v: number, low: number, high: number): number =>
  v >= low ? Math.min(v, high) : v < low ? low : high

/** From the lowest to the highest value; what runs away is cut off. */
function rangeOf(values: number[], isLog: boolean): [number, number] {
  const first = Math.min(...values)
  const last = Math.max(...values)
  if (!(first < last)) return isLog ? [first / 10 || 1e-3, last * 10 || 1] : [first - 1, last + 1]
  return isLog ? [Math.max(first, last * 1e-16), Math.min(last, first * 1e16)] : [Math.min(0, first), last]
}
