/** @file Logits, probabilities and gradient as three pictures of bars, one row a class. Knows no words but labels. */
import { axes } from "../lib/axes.ts"
import type { Inset } from "../lib/explorable.ts"
import { linear, niceStep, type Scale } from "../lib/scale.ts"
import { line, rect, text } from "../lib/svg.ts"
import { number, probability, signed, total } from "./numerals.ts"
import { CLASSES, type State } from "./state.ts"

export const WIDTH = 320
const ROW = 29
const TALL = 50
const BAR = 18
const INSET: Inset = [2, 62, 24, 54]
const [TOP, RIGHT, BOTTOM, LEFT] = INSET
const TRACK: readonly [number, number] = [LEFT, WIDTH - RIGHT]
export const LOGITS_HEIGHT = TOP + 3 * ROW + BOTTOM
export const P_HEIGHT = TOP + 3 * TALL
export const GRADIENT_HEIGHT = TOP + 4 * ROW + BOTTOM - 4

const END = { "text-anchor": "end" } as const

/** The name of a class at the left of its row, the true one with its mark, and the number at the right. */
function labels({ truth }: State, k: number, y: number, value: string): string {
  const own = k === truth
  return (
    text(LEFT - 8, y + 13, `${own ? "✓ " : ""}${CLASSES[k]}`, {
      ...END,
      ...(own ? { "font-weight": "600" } : {}),
    }) + text(WIDTH - 2, y + 13, value, END)
  )
}

function bar(x: Scale, to: number, y: number, fill: string): string {
  const [a, b] = [x(0), x(to)]
  return rect(Math.min(a, b), y, Math.max(1, Math.abs(b - a)), BAR, { fill: `var(--${fill})` })
}

/** In place of a bar that has no length. */
function nothing(x: number, y: number): string {
  return text(x, y + 13, "NaN", { style: "fill:var(--bad)" })
}

/** Around ±10 as long as that is enough; beyond it from 0 if all have the same sign. */
function reach({ logits, scores }: State): readonly [number, number] {
  const all = [...logits, ...scores]
  const end = niceStep(Math.max(10, ...all.map(Math.abs)))
  if (end <= 10) return [-10, 10]
  return [all.every((z) => z >= 0) ? 0 : -end, all.every((z) => z <= 0) ? 0 : end]
}

/** The logits; where T is not 1, hollow bars show the scores before the division. */
export function drawLogits(state: State): string {
  const x = linear(reach(state), TRACK, 4)
  const rows = state.logits.map((z, k) => {
    const y = TOP + k * ROW + 4
    const s = state.scores[k]!
    const [a, b] = [x(0), x(s)]
    const before =
      state.temperature === 1
        ? ""
        : rect(Math.min(a, b), y, Math.abs(b - a), BAR, {
            fill: "none",
            stroke: "var(--ink-3)",
            "stroke-dasharray": "3 3",
          })
    return bar(x, z, y, z < 0 ? "neg" : "pos") + before + labels(state, k, y, number(z))
  })
  const frame = axes({ width: WIDTH, height: LOGITS_HEIGHT, inset: INSET, x })
  const zero = line(x(0), TOP, x(0), LOGITS_HEIGHT - BOTTOM, { class: "ex-base" })
  return frame + rows.join("") + zero
}

/** The probabilities with the division that made each; a dashed frame is the target of the true class. */
export function drawProbabilities(state: State): string {
  const x = linear([0, 1], TRACK)
  const rows = state.p.map((p, k) => {
    const y = TOP + k * TALL + 2
    const target =
      k === state.truth
        ? rect(LEFT, y, TRACK[1] - LEFT, BAR, {
            fill: "none",
            stroke: "var(--ink-3)",
            "stroke-dasharray": "3 3",
          })
        : ""
    const share = Number.isFinite(p)
      ? rect(LEFT, y, x(p) - LEFT, BAR, { fill: "var(--seq-5)" })
      : nothing(LEFT + 8, y)
    const how = `exp(${number(state.logits[k]! - state.taken)}) = ${number(state.exps[k]!, 4)}, ÷ ${number(state.sum, 4)}`
    return (
      share +
      target +
      labels(state, k, y, Number.isFinite(p) ? probability(p) : "") +
      text(LEFT + 5, y + BAR + 16, how, { class: "ex-note" })
    )
  })
  return rows.join("") + line(LEFT, TOP, LEFT, P_HEIGHT - 4, { class: "ex-base" })
}

/** p − Y: one bar to the left at the true class, the others to the right, and the sum. */
export function drawGradient(state: State): string {
  const x = linear([-1, 1], TRACK, 4)
  const rows = state.gradient.map((g, k) => {
    const y = TOP + k * ROW + 4
    const finite = Number.isFinite(g)
    return (
      (finite ? bar(x, g, y, "grad") : nothing(x(0) + 8, y)) + labels(state, k, y, finite ? signed(g) : "")
    )
  })
  const bottom = GRADIENT_HEIGHT - BOTTOM
  return (
    axes({ width: WIDTH, height: GRADIENT_HEIGHT, inset: INSET, x }) +
    rows.join("") +
    line(x(0), TOP, x(0), bottom, { class: "ex-base" }) +
    text(LEFT - 8, TOP + 3 * ROW + 16, "sum", { ...END, class: "ex-note" }) +
    text(WIDTH - 2, TOP + 3 * ROW + 16, total(state.gradient), { ...END, class: "ex-note" })
  )
}
