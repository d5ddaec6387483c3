/**
 * @file The lowest point: where would you stand on a curve with two valleys, if you saw all of it, or only what lies at
 * your feet? The score is the height above the lowest point.
 */
import { axes } from "./lib/axes.ts"
import { defineExplorable, type Params } from "./lib/explorable.ts"
import { fixed, format } from "./lib/number.ts"
import { linear } from "./lib/scale.ts"
import { circle, clip, line, path, rect, trace } from "./lib/svg.ts"

const X = [-2, 2] as const
const Y = [-4, 6] as const
const [WIDTH, HEIGHT] = [340, 300]
const INSET = [34, 14, 40, 40] as const
/** How far one sees in the fog, to either side. */
const SIGHT = 0.2

const controls = {
  at: { type: "handle", label: "Your place", value: [1.6, 3], view: "land", x: X, y: Y, step: 0.01 },
  fog: {
    type: "choice",
    label: "What you see",
    value: "all",
    options: [
      { value: "all", label: "the whole curve" },
      { value: "feet", label: "only what is at your feet" },
    ],
  },
} as const

type Settings = Params<typeof controls>

const f = (x: number): number => x ** 4 - 3 * x ** 2 + x
const slope = (x: number): number => 4 * x ** 3 - 6 * x + 1

/** Downhill in short steps until nothing changes: the bottom of the valley in which x lies. */
function valleyOf(x: number): number {
  for (let k = 0; k < 5000; k++) x -= 0.01 * slope(x)
  return x
}

/** The two valleys, and the top between them, where the slope changes its sign. */
const LOWEST = valleyOf(-2)
const LOCAL = valleyOf(2)
const TOP = bisect(LOWEST + 0.5, LOCAL - 0.5)

function bisect(low: number, high: number): number {
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (slope(middle) > 0) low = middle
    else high = middle
  }
  return low
}

interface State {
  x: number
  height: number
  slope: number
  /** Height above the lowest point. */
  error: number
  /** 100 at the lowest point, 0 at the top between the valleys and everywhere above it. */
  score: number
  kind: "lowest" | "local" | "top" | "slope"
  fog: boolean
}

function model({ at: [x], fog }: Settings): State {
  const error = Math.max(0, f(x) - f(LOWEST))
  const near = (place: number) => Math.abs(x - place) < 0.03
  return {
    x,
    height: f(x),
    slope: slope(x),
    error,
    score: Math.round(100 * Math.max(0, 1 - error / (f(TOP) - f(LOWEST)))),
    kind: near(LOWEST) ? "lowest" : near(LOCAL) ? "local" : near(TOP) ? "top" : "slope",
    fog: fog === "feet",
  }
}

const sx = linear(X, [INSET[3], WIDTH - INSET[1]], 4)
const sy = linear(Y, [HEIGHT - INSET[2], INSET[0]], 5)

function draw({ x, height, slope, fog }: State): string {
  const [from, to] = fog ? [Math.max(X[0], x - SIGHT), Math.min(X[1], x + SIGHT)] : X
  const ground = Array.from({ length: 81 }, (_, i) => {
    const u = from + ((to - from) * i) / 80
    return [sx(u), sy(f(u))] as const
  })
  const rise = (u: number) => sy(height + slope * (u - x))
  const [left, right] = [x - 0.35, x + 0.35]
  const inner = [
    fog ? rect(INSET[3], INSET[0], sx(from) - INSET[3], 999, { fill: "var(--sunken)" }) : "",
    fog ? rect(sx(to), INSET[0], 999, 999, { fill: "var(--sunken)" }) : "",
    line(sx(x), 0, sx(x), HEIGHT, { class: "ex-grid" }),
    path(trace(ground), { stroke: "var(--ink)", "stroke-width": "2" }),
    line(sx(left), rise(left), sx(right), rise(right), { stroke: "var(--grad)", "stroke-width": "2" }),
    circle(sx(x), sy(height), 5.5, { class: "ex-here" }),
  ].join("")
  const frame = { width: WIDTH, height: HEIGHT, inset: INSET, x: sx, y: sy }
  return axes({ ...frame, xName: "x", yName: "height" }) + clip(WIDTH, HEIGHT, INSET, inner)
}

const HINT = {
  lowest: "This is the lowest point: there is no lower ground anywhere.",
  local:
    "This is a local minimum: it goes up on both sides, and still there is lower ground elsewhere. From here nothing tells you so.",
  top: "The ground is level here, but this is a top: it goes down on both sides.",
  slope: "The ground slopes, so there is lower ground beside you.",
}

const where = ({ x, height, slope }: State): string =>
  `At x = ${fixed(x, 2)} the height is ${fixed(height, 2)} and the slope ${fixed(slope, 2)}.`

const takeaway = (s: State): string =>
  s.fog
    ? `Fog: you know the height, ${fixed(s.height, 2)}, and the slope, ${fixed(s.slope, 2)}, and nothing else.`
    : `${s.score} of 100 points: you stand ${format(s.error, 3)} above the lowest point.`

function describe(s: State): string {
  if (s.fog)
    return `${where(s)} ${s.kind === "slope" ? HINT.slope : "The ground is level here. Is it the lowest point, a local one, or a top? Lift the fog to see."}`
  return `${where(s)} ${HINT[s.kind]} Your score is ${s.score} of 100: the height above the lowest point costs.`
}

const code = ({ at: [x] }: Settings): string => `const f = (x: number) => x ** 4 - 3 * x ** 2 + x
const places = Array.from({ length: 40001 }, (_, i) => i / 10000 - 2)
const lowest = places.reduce((best, x) => (f(x) < f(best) ? x : best))
const yours = ${x}
const result = { lowest, yours, error: f(yours) - f(lowest) }
result`

export default defineExplorable({
  title: "The lowest point",
  takeaway: (_settings, s) => takeaway(s),
  controls,
  presets: [
    { name: "from the right", params: { at: [1.6, 3], fog: "all" } },
    { name: "from the left", params: { at: [-1.9, 3], fog: "all" } },
    { name: "on the top", params: { at: [0.17, 2], fog: "all" } },
    { name: "right, in fog", params: { at: [1.6, 3], fog: "feet" } },
    { name: "top, in fog", params: { at: [0.17, 2], fog: "feet" } },
  ],
  model,
  views: {
    land: {
      title: "A curve with two valleys",
      width: WIDTH,
      height: HEIGHT,
      scale: { x: X, y: Y, inset: INSET },
      draw,
    },
  },
  key: "Click or drag. Only how far to the left or right you are counts: the ring on the curve is the ground at that place, the magenta line its slope.",
  describe: (_settings, s) => describe(s),
  place: (_control, _settings, s) => where(s),
  table: (_settings, s) => ({
    columns: ["place", "x", "height", "slope"],
    rows: [
      ["yours", fixed(s.x, 4), fixed(s.height, 4), fixed(s.slope, 4)],
      ...[-2, -1, 0, 1, 2].map((x) => ["mark", fixed(x, 0), fixed(f(x), 4), fixed(slope(x), 4)]),
    ],
  }),
  predict: {
    about: { at: [1.6, 3], fog: "all" },
    question: () => "You start on the far right and always walk downhill, in short steps. Where do you end?",
    options: [
      { id: "lowest", text: "at the lowest point" },
      { id: "local", text: "in a valley that is not the lowest" },
      { id: "top", text: "on the top between the valleys" },
    ],
    answer: ({ at: [x] }) => {
      const end = valleyOf(x)
      return {
        id: Math.abs(end - LOWEST) < 0.01 ? "lowest" : "local",
        says: `You end at x = ${fixed(end, 4)}, at a height of ${fixed(f(end), 4)}. The lowest point, at x = ${fixed(LOWEST, 4)}, has ${fixed(f(LOWEST), 4)}.`,
      }
    },
  },
  code,
})
