/** @file What became of w, in words: headline, description, prediction, table. Every number comes from the state. */
import type { Point } from "../lib/explorable.ts"
import { count, fixed, format } from "../lib/number.ts"
import { angleTo, POINTS, type State } from "./run.ts"

const RULES = { hebb: "Hebb’s rule", oja: "Oja’s rule", anti: "Hebb’s rule turned round" } as const

const degrees = (angle: number) => `${format(angle, 2)}°`
const pair = ([a, b]: Point) => `(${format(a)}, ${format(b)})`

/** A length with two decimals where that says something. */
const size = (length: number) => (length >= 0.01 && length < 1e4 ? fixed(length, 2) : format(length))

/** "grows by 7 % an example", over the last round through the points. */
function trend({ growth }: State): string {
  const percent = 100 * (growth - 1)
  if (Math.abs(percent) < 0.1) return "stays"
  return `${percent > 0 ? "grows" : "shrinks"} by ${format(Math.abs(percent), 2)} % an example`
}

export function takeaway(s: State): string {
  if (s.step === 0)
    return `Before the first example w is ${degrees(s.angle)} from the main axis, and its length is ${size(s.length)}.`
  if (s.burst && s.step === s.path.length - 1)
    return `η = ${format(s.eta)} is too large: w has burst after ${count(s.step, "example")}.`
  const where = `After ${count(s.step, "example")} of ${RULES[s.rule]} w is ${degrees(s.angle)} from the main axis`
  return `${where}; its length is ${size(s.length)} and ${trend(s)}.`
}

export function describe(s: State): string {
  const { w, length, angle, rule, axes, c, step } = s
  const state = `w = ${pair(w)}, its length is ${size(length)}, its angle to the main axis ${degrees(angle)}.`
  const moving =
    step === 0
      ? `${RULES[rule]} has not begun.`
      : `Under ${RULES[rule]} the length ${trend(s)}${overRound(s)}.`
  const matrix = `The correlations are ${format(c[0])} and ${format(c[2])} on the diagonal and ${format(c[1])} beside it; the main axis is ${pair(axes.vectors[0])} with eigenvalue ${format(axes.values[0])}, the other has ${format(Math.max(0, axes.values[1]))}.`
  const end = s.burst
    ? ` With η = ${format(s.eta)} the steps overshoot, and the run breaks off after ${count(s.path.length - 1, "example")}.`
    : ""
  return `${state} ${moving} ${matrix}${end}`
}

const overRound = ({ step }: State) =>
  step > POINTS ? `, over the last ${POINTS} examples` : `, since the start`

/** The angle of a handle, said after its coordinates. */
export function meaning(control: string, { axes, angle }: State): string {
  if (control === "start") return `w is now ${degrees(angle)} from the main axis`
  return control === "long" || control === "short"
    ? `eigenvalues ${format(axes.values[0])} and ${format(Math.max(0, axes.values[1]))}`
    : ""
}

export function reveal(s: State): { id: string; says: string } {
  const start = Math.hypot(...s.path[0]!)
  const grows = s.length > 2 * Math.max(1, start) && s.growth > 1.001
  const id = grows ? (s.angle < 45 ? "grows" : "across") : Math.abs(s.length - 1) < 0.2 ? "settles" : "still"
  return {
    id,
    says: `After ${count(s.step, "example")} w is ${degrees(s.angle)} from the main axis. Its length was ${size(start)} and is now ${size(s.length)}; it ${trend(s)}.`,
  }
}

const EVERY = 10

export function table(s: State): { columns: string[]; rows: (string | number)[][] } {
  const shown = s.path
    .map((w, k) => ({ w, k }))
    .filter(({ k }) => k <= s.step && (k % EVERY === 0 || k === s.step))
  return {
    columns: ["examples", "w₁", "w₂", "length", "angle (°)"],
    rows: shown.map(({ w, k }) => [
      k,
      format(w[0]),
      format(w[1]),
      format(Math.hypot(...w)),
      fixed(angleTo(s.axes.vectors[0], w), 1),
    ]),
  }
}
