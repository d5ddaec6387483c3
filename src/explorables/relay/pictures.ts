/** @file The relay in pictures: the map of the method in focus, six small lanes, the losses, what is remembered. */
import { namesApart } from "../../drawing/names.ts"
import { axes } from "../lib/axes.ts"
import { contour, sample } from "../lib/contour.ts"
import type { Inset, Point, Target } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear, log, type Scale } from "../lib/scale.ts"
import { arrow, circle, clip, element, line, path, rect, text, trace } from "../lib/svg.ts"
import { corrections, learningRates, METHODS, type Method } from "./rules.ts"
import { rateOf, STEPS, type State, X, Y } from "./run.ts"
import { NAMES, RULES } from "./tell.ts"

export const WIDTH = 320
export const MAP_HEIGHT = 262
export const INSET: Inset = [22, 10, 36, 30]
const sx = linear(X, [INSET[3], WIDTH - INSET[1]], 5)
const sy = linear(Y, [MAP_HEIGHT - INSET[2], INSET[0]], 4)
const SHARES = [0.7, 0.5, 0.34, 0.2, 0.1, 0.04]

function hills(state: State, x: Scale, y: Scale, shares: readonly number[], cells: number): string {
  const field = sample(state.surface.f, X, Y, cells)
  const [low, high] = field.range
  return shares
    .map((share) =>
      path(contour(field, low + (high - low) * share ** 2, x, y), { class: "ex-contour", fill: undefined }),
    )
    .join("")
}

/** The run of the method in focus, the gradient step that it would make without memory, and the step that it made. */
export function drawMap(state: State): string {
  const { runs, focus, step, params } = state
  const run = runs[focus]
  const at = ([x, y]: Point): Point => [sx(x), sy(y)]
  const seen = run.slice(0, step + 1).map(({ at: p }) => at(p))
  const { gradient, move } = run[step]!
  const from = at(run[Math.max(0, step - 1)]!.at)
  const here = at(run[step]!.at)
  const lr = rateOf(focus, params)
  const [x0, y0] = run[Math.max(0, step - 1)]!.at
  const push = at([x0 - lr * gradient[0], y0 - lr * gradient[1]])
  const inner = [
    hills(state, sx, sy, SHARES, 36),
    path(trace(seen), { class: "ex-run" }),
    ...seen.map(([x, y]) => circle(x, y, 2.4, { class: "ex-iterate" })),
    step > 0 ? letThrough(state, here) : "",
    step > 0 ? arrow(...from, ...push, "var(--grad)", 2) : "",
    step > 0 ? arrow(...from, ...here, "var(--param)", 3) : "",
    circle(...here, 5.5, { class: "ex-here" }),
    step > 0 && Math.hypot(...move) < 1e-3
      ? text(here[0] + 8, here[1] - 6, "a tiny step", { class: "ex-note ex-halo" })
      : "",
  ]
  return (
    axes({ width: WIDTH, height: MAP_HEIGHT, inset: INSET, x: sx, y: sy, xName: "x" }) +
    text(12, 30, "y", { class: "ex-axis" }) +
    text(30, 14, `${NAMES[focus]}, η = ${format(lr)}`, { class: "ex-axis" }) +
    clip(WIDTH, MAP_HEIGHT, INSET, inner.join(""))
  )
}

/** How much of a gradient each axis lets through, as an ellipse; nothing where both have the same learning rate. */
function letThrough({ runs, focus, step, params }: State, [cx, cy]: Point): string {
  const [x, y] = learningRates(focus, params, runs[focus][step]!.memory, step)
  if (x === y) return ""
  const [acrossX, acrossY] = [x * Math.abs(sx(1) - sx(0)), y * Math.abs(sy(1) - sy(0))]
  const most = Math.max(acrossX, acrossY)
  return element("ellipse", {
    cx,
    cy,
    rx: Math.max(1.5, (REACH * acrossX) / most),
    ry: Math.max(1.5, (REACH * acrossY) / most),
    fill: "var(--param)",
    "fill-opacity": "0.12",
    stroke: "var(--param)",
    "stroke-dasharray": "3 3",
  })
}
/** Half the longer axis of that ellipse: its shape counts, not its size. */
const REACH = 36

const LANE = 100
const LANE_HEIGHT = 68
const ROW = LANE_HEIGHT + 22
export const LANES_HEIGHT = 2 * ROW + 2

const corner = (i: number): Point => [(i % 3) * (LANE + 10), 20 + Math.floor(i / 3) * ROW]

/** A press on a small map looks into its method. */
export function lanes({ runs, step, ranking }: State): Target[] {
  return METHODS.map((method, i) => {
    const [x, y] = corner(i)
    const place = step === 0 ? "" : `, place ${ranking.indexOf(method) + 1}`
    return {
      x,
      y: y - 18,
      width: LANE,
      height: LANE_HEIGHT + 18,
      label: `Look into ${NAMES[method]}${place}, f = ${format(runs[method][step]!.f)}`,
      to: { params: { focus: method } },
    }
  })
}

const ordinal = (n: number): string => `${n}${["th", "st", "nd", "rd"][n] ?? "th"}`

/** Six small maps with the same hills. The one in focus is framed. */
export function drawLanes(state: State): string {
  const { runs, step, focus, ranking } = state
  return METHODS.map((method, i) => {
    const [left, top] = corner(i)
    const x = linear(X, [left, left + LANE])
    const y = linear(Y, [top + LANE_HEIGHT, top])
    const seen = runs[method].slice(0, step + 1).map(({ at: [px, py] }): Point => [x(px), y(py)])
    const box: Inset = [top, WIDTH - left - LANE, LANES_HEIGHT - top - LANE_HEIGHT, left]
    const inner =
      hills(state, x, y, [0.5, 0.2], 14) +
      path(trace(seen), { class: "ex-run" }) +
      circle(...seen.at(-1)!, 4, { class: "ex-here" })
    const look =
      method === focus ? { stroke: "var(--handle)", "stroke-width": "2.5" } : { stroke: "var(--hair)" }
    const place = step === 0 ? "" : `, ${ordinal(ranking.indexOf(method) + 1)}`
    return (
      text(left, top - 6, `${NAMES[method]}${place}`, { class: "ex-tick" }) +
      clip(WIDTH, LANES_HEIGHT, box, inner) +
      rect(left, top, LANE, LANE_HEIGHT, { fill: "none", ...look })
    )
  }).join("")
}

export const LOSS_HEIGHT = 210
const DASHES: Readonly<Record<Method, string | undefined>> = {
  sgd: "1 4",
  momentum: undefined,
  nesterov: "8 3",
  rmsprop: "4 3",
  adam: undefined,
  adamw: "8 3 2 3",
}

/** All six heights on a log axis, named where they end: grey, and the one in focus in full. */
export function drawLosses({ runs, focus, step }: State): string {
  const inset = [34, 80, 40, 44] as const
  const all = METHODS.flatMap((m) => runs[m].map(({ f }) => f)).filter((f) => f > 0)
  const low = Math.max(1e-10, Math.min(1e-2, ...all))
  const high = Math.min(1e6, Math.max(10, ...all))
  const x = linear([0, STEPS], [inset[3], WIDTH - inset[1]], 4)
  const y = log(
    [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))],
    [LOSS_HEIGHT - inset[2], inset[0]],
    5,
  )
  const height = (f: number) => y(Math.max(low, Math.min(high, f)))
  const curveOf = (m: Method, look: Record<string, string>) =>
    path(trace(runs[m].map(({ f }, t): Point => [x(t), height(f)])), look)
  const inner = [
    ...METHODS.filter((m) => m !== focus).map((m) =>
      curveOf(m, {
        stroke: "var(--ink-3)",
        "stroke-width": "1.25",
        ...(DASHES[m] ? { "stroke-dasharray": DASHES[m] } : {}),
      }),
    ),
    curveOf(focus, { stroke: "var(--handle)", "stroke-width": "2.25" }),
    line(x(step), 0, x(step), LOSS_HEIGHT, { class: "ex-base" }),
  ]
  const ends = METHODS.map((m) => height(runs[m][STEPS]!.f))
  const edge = WIDTH - inset[1]
  const names = namesApart(ends, [inset[0], LOSS_HEIGHT - inset[2]], 15).map((at, i) => {
    const chosen = METHODS[i] === focus
    const look = { stroke: chosen ? "var(--handle)" : "var(--ink-3)", "stroke-width": "0.75" }
    return (
      line(edge, ends[i]!, edge + 10, at, look) +
      text(
        edge + 12,
        at + 4,
        NAMES[METHODS[i]!],
        chosen ? { style: "fill:var(--handle)", "font-weight": "600" } : { class: "ex-tick" },
      )
    )
  })
  return (
    axes({ width: WIDTH, height: LOSS_HEIGHT, inset, x, y, xName: "step", yName: "f, log scale" }) +
    clip(WIDTH, LOSS_HEIGHT, inset, inner.join("")) +
    names.join("") +
    circle(x(step), height(runs[focus][step]!.f), 5, { class: "ex-here" })
  )
}

export const MEMORY_HEIGHT = 184

/** The rule, what is remembered along each axis as bars, and the step that comes out, in numbers. */
export function drawMemory({ focus, runs, step, params }: State): string {
  const { memory, gradient, move } = runs[focus][step]!
  const rule = RULES[focus].map((words, i) => text(4, 15 + 18 * i, words, { class: "ex-axis" })).join("")
  const adam = focus === "adam" || focus === "adamw"
  const rows: [string, number, number][] = [["gradient g", ...gradient]]
  if (focus === "momentum" || focus === "nesterov")
    rows.push(["velocity v", memory[0].first, memory[1].first])
  if (adam) rows.push(["mean m", memory[0].first, memory[1].first])
  if (adam || focus === "rmsprop")
    rows.push([adam ? "√v" : "√s", Math.sqrt(memory[0].second), Math.sqrt(memory[1].second)])
  rows.push(["step", ...move])
  const head = 62
  const half = 42
  const body = rows.map(([name, a, b], i) => {
    const top = head + 18 + i * 24
    const most = Math.max(Math.abs(a), Math.abs(b)) || 1
    const bar = (v: number, centre: number) => {
      const w = Math.min(half, (half * Math.abs(v)) / most)
      return (
        rect(v < 0 ? centre - w : centre, top - 9, w, 11, {
          class: v < 0 ? "ex-neg" : "ex-pos",
          "fill-opacity": "0.45",
          stroke: "none",
        }) + text(centre, top + 1, format(v), { class: "ex-halo", "text-anchor": "middle" })
      )
    }
    return text(4, top, name, { class: "ex-tick" }) + bar(a, 150) + bar(b, 256)
  })
  const [up, upSquared] = step > 0 ? corrections({ ...params, lr: params.scaled }, step) : [1, 1]
  const last = !adam
    ? ""
    : step === 0
      ? "no step yet"
      : `age ${step}: m̂ = ${format(up)} m,  √v̂ = ${format(Math.sqrt(upSquared))} √v`
  return (
    rule +
    text(150, head - 4, "along x", { class: "ex-axis", "text-anchor": "middle" }) +
    text(256, head - 4, "along y", { class: "ex-axis", "text-anchor": "middle" }) +
    element("g", {}, body.join("")) +
    (last ? text(4, MEMORY_HEIGHT - 8, last, { class: "ex-note" }) : "")
  )
}
