/** @file The bench: the bell below, the function above it, what comes out at the right, one unit with its tangent. */
import { axes } from "../lib/axes.ts"
import type { Inset, Point } from "../lib/explorable.ts"
import { format } from "../lib/number.ts"
import { linear, type Scale } from "../lib/scale.ts"
import { circle, clip, line, path, rect, text, trace } from "../lib/svg.ts"
import { FUNCTIONS } from "./functions.ts"
import { FLAT, REACH, type State } from "./state.ts"

export const WIDTH = 320
export const HEIGHT = 344
/** The picture of the function; the bell stands below it and the outputs at its right. */
const INSET: Inset = [30, 66, 108, 34]
const [TOP, RIGHT, BOTTOM, LEFT] = INSET
const EDGE = WIDTH - RIGHT
const FLOOR = HEIGHT - BOTTOM
/** Where the strips end. */
const BELL = HEIGHT - 40
const OUT = WIDTH - 6
const BINS = 32

interface Bin {
  share: number
  flat: number
}

/** Shares of the units in equal parts of a range, and how much of each is flat; what lies outside counts at the ends. */
function binned(
  values: readonly number[],
  { share, slope }: State,
  [low, high]: readonly [number, number],
): Bin[] {
  const bins = Array.from({ length: BINS }, (): Bin => ({ share: 0, flat: 0 }))
  for (const [i, v] of values.entries()) {
    const k = Math.max(0, Math.min(BINS - 1, Math.floor(((v - low) / (high - low)) * BINS)))
    bins[k]!.share += share[i]!
    if (Math.abs(slope[i]!) < FLAT) bins[k]!.flat += share[i]!
  }
  return bins
}

const LIVE = { fill: "var(--seq-4)" }
const DULL = { fill: "var(--neg)" }

/** Bars from a base, the flat part first; `draw` places one part of a bar. */
function bars(bins: readonly Bin[], room: number, draw: (k: number, from: number, to: number) => string[]) {
  const most = Math.max(...bins.map((bin) => bin.share))
  return bins
    .flatMap(({ share, flat }, k) => {
      const [a, b] = [(flat / most) * room, (share / most) * room]
      return [...(a > 0.3 ? [draw(k, 0, a)[1]!] : []), ...(b - a > 0.3 ? [draw(k, a, b)[0]!] : [])]
    })
    .join("")
}

function tangent({ unit }: State, x: Scale, y: Scale): string {
  const by = 2
  const [a, b]: Point[] = [
    [x(unit.z - by), y(unit.h - by * unit.slope)],
    [x(unit.z + by), y(unit.h + by * unit.slope)],
  ] as Point[]
  return line(a![0], a![1], b![0], b![1], { stroke: "var(--grad)", "stroke-width": "2.5" })
}

const GUIDE = { stroke: "var(--ink-3)", "stroke-dasharray": "3 3" }

export function drawBench(state: State): string {
  const { kind, z, h, unit, curve } = state
  const { range, name } = FUNCTIONS[kind]
  const x = linear([-REACH, REACH], [LEFT, EDGE], 4)
  const y = linear(range, [FLOOR, TOP], 5)
  const cell = (EDGE - LEFT) / BINS
  const inputs = bars(binned(z, state, [-REACH, REACH]), BELL - FLOOR - 10, (k, from, to) =>
    [LIVE, DULL].map((look) => rect(LEFT + k * cell + 0.5, BELL - to, cell - 1, to - from, look)),
  )
  const tall = (FLOOR - TOP) / BINS
  const outputs = bars(binned(h, state, range), OUT - EDGE - 8, (k, from, to) =>
    [LIVE, DULL].map((look) =>
      rect(EDGE + 8 + from, FLOOR - (k + 1) * tall + 0.5, to - from, Math.max(1, tall - 1), look),
    ),
  )
  const [ux, uy] = [x(unit.z), Math.max(TOP, Math.min(FLOOR, y(unit.h)))]
  const frame = axes({ width: WIDTH, height: HEIGHT, inset: INSET, y, yName: `g(z): ${name}` })
  const below = x.ticks.map(
    (tick) =>
      line(x(tick), BELL, x(tick), BELL + 4, { class: "ex-base" }) +
      text(x(tick), BELL + 17, x.label(tick), { class: "ex-tick", "text-anchor": "middle" }),
  )
  return (
    frame +
    inputs +
    outputs +
    line(LEFT, BELL, EDGE, BELL, { class: "ex-base" }) +
    below.join("") +
    text(EDGE, BELL + 33, "pre-activation z", { class: "ex-axis", "text-anchor": "end" }) +
    text(OUT, TOP - 15, "out", { class: "ex-axis", "text-anchor": "end" }) +
    line(ux, uy, ux, BELL, GUIDE) +
    line(ux, uy, OUT, uy, GUIDE) +
    clip(
      WIDTH,
      HEIGHT,
      INSET,
      path(trace(curve.map(([v, g]): Point => [x(v), y(g)])), { class: "ex-run" }) + tangent(state, x, y),
    ) +
    circle(ux, uy, 5.5, { class: "ex-here" }) +
    text(LEFT + 6, TOP + 14, `slope at z = ${format(unit.z)}: ${format(unit.slope)}`, {
      class: "ex-note ex-halo",
    })
  )
}
