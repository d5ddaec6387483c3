/**
 * @file Downhill with a short ruler: gradient descent in a bowl or a bent valley. The step size is limited by the
 * steepest direction and the speed by the flattest. Owns the surface, its exact rates and its four pictures.
 */
import { axes } from "./lib/axes.ts"
import { contour, sample } from "./lib/contour.ts"
import { type Eigen, eigen } from "./lib/eigen.ts"
import { defineExplorable, type Params, type Point } from "./lib/explorable.ts"
import { count, fixed, format } from "./lib/number.ts"
import { linear, log } from "./lib/scale.ts"
import { arrow, circle, clip, line, path, rect, text, trace } from "./lib/svg.ts"

const MAP: Point = [-4, 4]
const UPDATES = 150
const DONE = 1e-6
/** Beyond this distance from the minimum a run counts as lost and is no longer followed. */
const LOST = 1e6

const controls = {
  lr: { type: "slider", label: "Step size η", value: 0.1, min: 0.005, max: 0.5, step: 0.005 },
  beta: { type: "slider", label: "Momentum β", value: 0, min: 0, max: 0.95, step: 0.05 },
  surface: {
    type: "choice",
    label: "Surface",
    value: "bowl",
    options: [
      { value: "bowl", label: "bowl" },
      { value: "banana", label: "bent valley" },
    ],
  },
  a: {
    type: "slider",
    label: "Curve along x₁, a",
    value: 1,
    min: 0.5,
    max: 6,
    step: 0.1,
    when: ["surface", "bowl"],
  },
  b: { type: "slider", label: "Tilt b", value: 1, min: -3, max: 3, step: 0.1, when: ["surface", "bowl"] },
  c: {
    type: "slider",
    label: "Curve along x₂, c",
    value: 4,
    min: 0.5,
    max: 6,
    step: 0.1,
    when: ["surface", "bowl"],
  },
  start: { type: "handle", label: "Start", value: [3, 3], view: "plane", x: MAP, y: MAP, step: 0.1 },
} as const

export interface Surface {
  f(x: number, y: number): number
  gradient(x: number, y: number): Point
  minimum: Point
  /** Curvatures and their directions at the minimum. */
  curvature: Eigen
}

/** f = a x₁² + b x₁x₂ + c x₂², or the bent valley f = ½(1 − x₁)² + ¼(x₂ − x₁²)² (after Rosenbrock 1960, milder). */
export function surfaceOf({
  surface,
  a,
  b,
  c,
}: Pick<Params<typeof controls>, "surface" | "a" | "b" | "c">): Surface {
  if (surface === "bowl") {
    return {
      f: (x, y) => a * x * x + b * x * y + c * y * y,
      gradient: (x, y) => [2 * a * x + b * y, b * x + 2 * c * y],
      minimum: [0, 0],
      curvature: eigen(2 * a, b, 2 * c),
    }
  }
  return {
    f: (x, y) => 0.5 * (1 - x) ** 2 + 0.25 * (y - x * x) ** 2,
    gradient: (x, y) => [x - 1 - x * (y - x * x), 0.5 * (y - x * x)],
    minimum: [1, 1],
    curvature: eigen(3, -1, 0.5),
  }
}

/** v ← βv + ∇f(x), x ← x − ηv, from v = 0: up to `updates` of them, or until the point is lost. */
export function descend(s: Surface, start: Point, lr: number, beta: number, updates: number): Point[] {
  const run: Point[] = [start]
  let [x, y] = start
  let [vx, vy] = [0, 0]
  while (run.length <= updates && Math.hypot(x - s.minimum[0], y - s.minimum[1]) <= LOST) {
    const [gx, gy] = s.gradient(x, y)
    vx = beta * vx + gx
    vy = beta * vy + gy
    x -= lr * vx
    y -= lr * vy
    run.push([x, y])
  }
  return run
}

/**
 * What one update makes of the error along a direction of curvature λ. Without momentum it is 1 − ηλ, sign and
 * all; with it the larger |r| of r² − (1 + β − ηλ) r + β = 0.
 */
export function factor(lambda: number, lr: number, beta: number): number {
  if (beta === 0) return 1 - lr * lambda
  const half = (1 + beta - lr * lambda) / 2
  const inside = half * half - beta
  return inside < 0 ? Math.sqrt(beta) : half < 0 ? half - Math.sqrt(inside) : half + Math.sqrt(inside)
}

/** The slower of the two directions: what one update makes of the whole error in the long run. */
export function rate({ values }: Eigen, lr: number, beta: number): number {
  return Math.max(...values.map((lambda) => Math.abs(factor(lambda, lr, beta))))
}

interface Zones {
  /** Below it every run in the bowl arrives: 2(1 + β)/λmax. */
  limit: number
  /** Fastest constant step: 2(1 + β)/(λmax + λmin). */
  best: number
  /** Between these two a run needs at most a quarter more updates than with the best step. */
  good: Point
}

export function zones(curvature: Eigen, beta: number): Zones | undefined {
  const [steep, flat] = curvature.values
  if (flat <= 1e-9) return undefined
  const limit = (2 * (1 + beta)) / steep
  const best = (2 * (1 + beta)) / (steep + flat)
  const enough = rate(curvature, best, beta) ** 0.8
  const edge = (good: number, bad: number) => {
    for (let i = 0; i < 40; i++) {
      const middle = (good + bad) / 2
      if (rate(curvature, middle, beta) <= enough) good = middle
      else bad = middle
    }
    return good
  }
  return { limit, best, good: [edge(best, 0), edge(best, limit)] }
}

interface State {
  params: Params<typeof controls>
  surface: Surface
  run: Point[]
  values: number[]
  /** Signed error along the steep and the flat direction, as a multiple of the first. */
  errors: [number[], number[]]
  step: number
  zones: Zones | undefined
  /** First update with f under 10⁻⁶ of the minimum, if it comes within a thousand. */
  arrives: number | undefined
  kind: "slow" | "best" | "ringing" | "diverging" | "saddle"
}

function model(params: Params<typeof controls>, _seed: number, step: number): State {
  const surface = surfaceOf(params)
  const { curvature, minimum, f } = surface
  const far = descend(surface, params.start, params.lr, params.beta, 1000)
  const run = far.slice(0, UPDATES + 1)
  const found = far.findIndex(([x, y]) => f(x, y) < DONE)
  const arrives = found < 0 || zones(curvature, params.beta) === undefined ? undefined : found
  const along = (i: 0 | 1) => {
    const [ux, uy] = curvature.vectors[i]
    const all = run.map(([x, y]) => (x - minimum[0]) * ux + (y - minimum[1]) * uy)
    const first = Math.abs(all[0]!)
    return first < 1e-12 ? all.map(() => 0) : all.map((e) => e / first)
  }
  const z = zones(curvature, params.beta)
  const escaped = far.length <= 1000
  const kind = !z
    ? "saddle"
    : params.lr >= z.limit * (1 - 1e-12) || escaped
      ? "diverging"
      : params.lr < z.good[0]
        ? "slow"
        : params.lr > z.good[1]
          ? "ringing"
          : "best"
  return {
    params,
    surface,
    run,
    values: run.map(([x, y]) => f(x, y)),
    errors: [along(0), along(1)],
    step: Math.min(step, run.length - 1),
    zones: z,
    arrives,
    kind,
  }
}

/** The second direction is flat, or falls away from a saddle. */
function directionName({ curvature }: Surface, i: number): string {
  return i === 0 ? "steep" : curvature.values[1] < -1e-9 ? "falling" : "flat"
}

const INSET = [12, 14, 40, 30] as const
const sx = linear(MAP, [INSET[3], 320 - INSET[1]], 4)
const sy = linear(MAP, [320 - INSET[2], INSET[0]], 4)
const at = ([x, y]: Point): Point => [sx(x), sy(y)]

/** The map: contour lines, the two directions of curvature, the whole run, and the step that comes next. */
function drawPlane({ params, surface, run, step }: State): string {
  const field = sample(surface.f, MAP, MAP, 40)
  const [low, high] = field.range
  const levels = [0.82, 0.65, 0.5, 0.36, 0.24, 0.14, 0.06].map((share) => low + (high - low) * share ** 2)
  const lines = levels.map((level) =>
    path(contour(field, level, sx, sy), { class: "ex-contour", fill: undefined }),
  )
  const directions = surface.curvature.vectors.map(([ux, uy], i) => {
    const [p, q] = surface.minimum
    const [from, to] = [at([p - 12 * ux, q - 12 * uy]), at([p + 12 * ux, q + 12 * uy])]
    // The name stands where the line leaves the map on the left or at the bottom.
    const out = Math.min((p + 3.5) / Math.abs(ux), (q + (uy > 0 ? 3.5 : -3.5)) / uy || 99)
    const [x, y] = at([p - out * ux, q - out * uy])
    const name = text(x + 6, y - 6, directionName(surface, i), { class: "ex-note ex-halo" })
    return line(from[0], from[1], to[0], to[1], { class: "ex-direction" }) + name
  })
  const seen = run.map(at).filter(([x, y]) => Math.abs(x) < 9000 && Math.abs(y) < 9000)
  const dots = seen
    .slice(0, 60)
    .map(([x, y], i) => circle(x, y, 2.6, { class: i <= step ? "ex-iterate" : "ex-iterate ex-later" }))
  const [x, y] = run[step]!
  const [gx, gy] = surface.gradient(x, y)
  const here = at([x, y])
  const push = at([x - params.lr * gx, y - params.lr * gy])
  const [mx, my] = at(surface.minimum)
  const cross = `M${mx - 5} ${my}h10M${mx} ${my - 5}v10`
  const inner = [
    ...lines,
    ...directions,
    path(trace(seen), { class: "ex-run ex-later" }),
    path(trace(seen.slice(0, step + 1)), { class: "ex-run" }),
    ...dots,
    path(cross, { stroke: "var(--ink)", "stroke-width": "1.5" }),
    arrow(here[0], here[1], push[0], push[1], "var(--grad)", 2.5),
    circle(here[0], here[1], 5.5, { class: "ex-here" }),
  ].join("")
  const frame = axes({ width: 320, height: 320, inset: INSET, x: sx, y: sy, xName: "x₁" })
  return frame + text(2, 26, "x₂", { class: "ex-axis" }) + clip(320, 320, INSET, inner)
}

/** f after each update, on a log axis. */
function drawLoss({ values, step, arrives }: State): string {
  const inset = [34, 14, 40, 44] as const
  const top = Math.min(1e8, Math.max(100, ...values.filter(Number.isFinite)))
  const low = 1e-8
  const x = linear([0, UPDATES], [inset[3], 320 - inset[1]], 5)
  const y = log([low, 10 ** Math.ceil(Math.log10(top))], [190 - inset[2], inset[0]], 5)
  const points = values.map((v, i): Point => [x(i), y(Math.max(low, v))])
  const inner =
    line(inset[3], y(DONE), 320, y(DONE), { class: "ex-goal" }) +
    path(trace(points), { class: "ex-run ex-later" }) +
    path(trace(points.slice(0, step + 1)), { class: "ex-run" })
  const below =
    values[step]! <= 0 ? text(52, y(1e-3), "f is not above 0: it has no logarithm", { class: "ex-note" }) : ""
  const goal = arrives !== undefined && arrives <= UPDATES ? `under 10⁻⁶ at ${arrives}` : ""
  return (
    axes({ width: 320, height: 190, inset, x, y, xName: "update", yName: "f, log scale" }) +
    clip(320, 190, inset, inner) +
    circle(...points[step]!, 5.5, { class: "ex-here" }) +
    below +
    (goal ? text(312, y(DONE) - 6, goal, { class: "ex-note", "text-anchor": "end" }) : "")
  )
}

/** The error along the flat and the steep direction, update by update; a changed side is a flipped stem. */
function drawErrors({ surface, params, errors, step }: State): string {
  const left = 30
  const shown = 30
  const x = linear([0, shown], [left, 306], 6)
  const row = (i: 0 | 1, top: number): string => {
    const y = linear([-1.3, 1.3], [top + 84, top + 18], 2)
    const lambda = surface.curvature.values[i]
    const f = factor(lambda, params.lr, params.beta)
    const name = `${directionName(surface, i)}: λ = ${format(lambda)}, × ${format(f)} an update`
    const stems = errors[i].slice(0, shown + 1).map((e, t) => {
      const end = y(Math.max(-1.3, Math.min(1.3, e)))
      const look = `${e < 0 ? "ex-neg" : "ex-pos"}${t > step ? " ex-later" : ""}`
      return line(x(t), y(0), x(t), end, { class: `ex-stem ${look}` }) + circle(x(t), end, 3, { class: look })
    })
    return (
      text(4, top + 11, name, { class: "ex-axis" }) +
      text(left - 6, y(1) + 4, "1", { class: "ex-tick", "text-anchor": "end" }) +
      text(left - 6, y(0) + 4, "0", { class: "ex-tick", "text-anchor": "end" }) +
      text(left - 6, y(-1) + 4, "−1", { class: "ex-tick", "text-anchor": "end" }) +
      line(left, y(1), 310, y(1), { class: "ex-grid" }) +
      line(left, y(-1), 310, y(-1), { class: "ex-grid" }) +
      line(left, y(0), 310, y(0), { class: "ex-base" }) +
      stems.join("")
    )
  }
  const ticks = x.ticks.map((t) => text(x(t), 202, String(t), { class: "ex-tick", "text-anchor": "middle" }))
  return (
    row(1, 2) +
    row(0, 94) +
    ticks.join("") +
    text(306, 217, "update", { class: "ex-axis", "text-anchor": "end" })
  )
}

/** All step sizes on one ruler: where they are slow, best, ringing and diverging, and the one in use. */
function drawRuler({ params, zones: z }: State): string {
  if (!z)
    return text(160, 50, "No step size is safe: there is no minimum.", {
      class: "ex-note",
      "text-anchor": "middle",
    })
  const end = Math.max(1.35 * z.limit, 1.06 * params.lr)
  const x = linear([0, end], [12, 308], 6)
  const zone = (from: number, to: number, name: string, row: number, fill: string) =>
    rect(x(from), 40, x(to) - x(from) - 1, 16, { fill: `var(--${fill})` }) +
    line((x(from) + x(to)) / 2, 16 + 14 * row, (x(from) + x(to)) / 2, 40, { class: "ex-grid" }) +
    text((x(from) + x(to)) / 2, 13 + 14 * row, name, { class: "ex-note", "text-anchor": "middle" })
  const needle = x(params.lr)
  return (
    zone(0, z.good[0], "slow", 1, "seq-2") +
    zone(z.good[0], z.good[1], "best", 0, "good") +
    zone(z.good[1], z.limit, "ringing", 1, "warn") +
    zone(z.limit, end, "diverging", 0, "bad") +
    x.ticks.map((t) => text(x(t), 75, x.label(t), { class: "ex-tick", "text-anchor": "middle" })).join("") +
    line(needle, 35, needle, 61, { stroke: "var(--handle)", "stroke-width": "3" }) +
    circle(needle, 35, 5, { fill: "var(--handle)" }) +
    text(308, 91, `limit 2${params.beta > 0 ? " (1 + β)" : ""} / steepest curvature = ${format(z.limit)}`, {
      class: "ex-axis",
      "text-anchor": "end",
    })
  )
}

const spot = ([x, y]: Point) => `(${format(x)}, ${format(y)})`

function takeaway({ lr, beta }: Params<typeof controls>, { kind, surface, zones: z }: State): string {
  const [steep, flat] = surface.curvature.values.map((lambda) => format(Math.abs(factor(lambda, lr, beta))))
  const size = `Step size ${format(lr)}`
  if (!z || kind === "saddle") return "One direction does not curve upwards: no step size leads to a minimum."
  if (kind === "diverging")
    return lr >= z.limit
      ? `${size} is over the limit ${format(z.limit)}: the steep direction does not settle.`
      : `${size} is under the limit ${format(z.limit)} of the minimum, yet this run is thrown out.`
  if (kind === "ringing")
    return `${size} is near the limit: the steep direction rings, only × ${steep} an update.`
  if (kind === "best") return `${size} serves both directions: steep × ${steep}, flat × ${flat} an update.`
  return `${size} is slow: the flat direction sets the pace, only × ${flat} an update.`
}

function describe({ lr, beta, surface: name, start }: Params<typeof controls>, state: State): string {
  const { surface, run, step, values, arrives, zones: z } = state
  const [steep, flat] = surface.curvature.values
  const where = name === "banana" ? " near the minimum" : ""
  const limit = z ? `, limit ${format(z.limit)}` : ""
  const rates = `Step size ${format(lr)}${limit}: one update multiplies the error${where} by ${format(factor(steep, lr, beta))} in the steep direction (curvature ${format(steep)}) and by ${format(factor(flat, lr, beta))} in the ${directionName(surface, 1)} one (curvature ${format(flat)}).`
  const here = `After ${count(step, "update")} from ${spot(start)} the point is at ${spot(run[step]!)}, where f = ${format(values[step]!)}.`
  const end =
    arrives !== undefined
      ? `f is under 10⁻⁶ from update ${arrives} on its way.`
      : run.length <= UPDATES
        ? `The run leaves the neighbourhood for good: update ${run.length - 1} is over a million away.`
        : "f is not under 10⁻⁶ within a thousand updates."
  const best = z
    ? `The best constant step is ${format(z.best)}: it multiplies the error by ${format(rate(surface.curvature, z.best, beta))} an update.`
    : "The surface has no single lowest point, so there is no best step."
  return [rates, here, end, best].join(" ")
}

function code(
  { lr, beta, surface, a, b, c, start }: Params<typeof controls>,
  _seed: number,
  step: number,
): string {
  const f =
    surface === "bowl"
      ? `const H = tensor([[${2 * a}, ${b}], [${b}, ${2 * c}]], { dtype: "float64" })
const f = (x: Tensor) => x.dot(H.matmul(x)).mul(0.5)`
      : `const f = (x: Tensor) => {
  const along = x.slice([0], [1]).sub(1).square().mul(0.5)
  const across = x.slice([1], [2]).sub(x.slice([0], [1]).square()).square().mul(0.25)
  return along.add(across).sum()
}`
  return `${f}
let x = tensor([${start.join(", ")}], { dtype: "float64" })
let v = zeros([2], { dtype: "float64" })
for (let update = 1; update <= ${step}; update++) {
  v = v.mul(${beta}).add(grad(f)(x))
  x = x.sub(v.mul(${lr}))
}
display(x, f(x).item())`
}

const STEP_SIZES = [0.01, 0.05, 0.1, 0.2, 0.24, 0.25, 0.3]
const BOWL = { beta: 0, surface: "bowl", a: 1, b: 1, c: 4, start: [3, 3] } as const

export default defineExplorable({
  title: "Downhill with a short ruler",
  takeaway,
  controls,
  presets: [
    ...STEP_SIZES.map((lr) => ({ name: `η = ${lr}`, params: { ...BOWL, lr } })),
    { name: "momentum", params: { ...BOWL, lr: 0.25, beta: 0.4 } },
    { name: "bent valley", params: { surface: "banana", lr: 0.1, beta: 0, start: [-1.5, 3] as const } },
    { name: "saddle", params: { ...BOWL, lr: 0.1, a: 0.5, b: 3, c: 0.5, start: [2, -1.9] as const } },
  ],
  model,
  steps: (params) => descend(surfaceOf(params), params.start, params.lr, params.beta, UPDATES).length - 1,
  start: 5,
  unit: "update",
  strides: [{ name: "10 updates", steps: 10 }],
  views: {
    plane: {
      title: "The surface from above and the whole run",
      width: 320,
      height: 320,
      scale: { x: MAP, y: MAP, inset: INSET },
      draw: drawPlane,
    },
    ruler: { title: "The ruler of step sizes", width: 320, height: 96, side: "left", draw: drawRuler },
    loss: { title: "The loss", width: 320, height: 190, draw: drawLoss },
    errors: { title: "What is left of the error", width: 320, height: 220, draw: drawErrors },
  },
  key: "Violet is yours to drag. Dark dots are the updates made, pale ones those to come; the magenta arrow is minus the gradient times the step size. Dashed lines are the steep and the flat direction, the cross is the minimum. Stems up (blue) and down (orange) show on which side the point is.",
  describe,
  place: (_control, _params, { surface, run }) => `f = ${format(surface.f(...run[0]!))}`,
  table: (_params, { run, values, surface }) => ({
    columns: ["update", "x₁", "x₂", "f", "length of the gradient"],
    rows: [0, 1, 2, 3, 4, 5, 10, 20, 50, 100, 150]
      .filter((t) => t < run.length)
      .map((t) => {
        const [x, y] = run[t]!
        const slope = Math.hypot(...surface.gradient(x, y))
        return [t, fixed(x, 6), fixed(y, 6), format(values[t]!, 6), format(slope, 4)]
      }),
  }),
  predict: {
    about: { ...BOWL, lr: 0.25 },
    reveal: 20,
    question: ({ lr }, { zones: z }) =>
      `The fastest step in this bowl is ${format(z!.best)}. Where is the point after 20 updates if you take ${format(lr)}?`,
    options: [
      { id: "near", text: "close to the minimum" },
      { id: "same", text: "about as far away as it started" },
      { id: "out", text: "farther away than it started" },
    ],
    answer: (_params, { run, surface, step, zones: z }) => {
      const [p, q] = surface.minimum
      const distance = ([x, y]: Point) => Math.hypot(x - p, y - q)
      const ratio = distance(run[step]!) / distance(run[0]!)
      return {
        id: ratio < 0.5 ? "near" : ratio < 1.5 ? "same" : "out",
        says: `Update ${step} is at ${spot(run[step]!)}, ${format(ratio)} times as far from the minimum as the start: the limit is ${format(z!.limit)}.`,
      }
    },
  },
  code,
})
