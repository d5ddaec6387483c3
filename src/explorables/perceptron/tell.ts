/** @file The run in words: headline, description, prediction, table. Every number comes from the state. */
import { count, fixed, format } from "../lib/number.ts"
import { atMost } from "./count-view.ts"
import type { Vector } from "./margin.ts"
import type { State, Visit } from "./run.ts"

/** What an update does to the line in the plane of the points. */
export type Turn = "stays" | "left" | "right" | "shifts"

export function turnOf({ mistake, before, after }: Visit): Turn {
  if (!mistake) return "stays"
  const cross = before[0] * after[1] - before[1] * after[0]
  return cross > 0 ? "left" : cross < 0 ? "right" : "shifts"
}

const short = (v: number) => format(v, 4)
const pair = (a: number, b: number) => `(${short(a)}, ${short(b)})`
const signed = (label: 1 | -1) => (label === 1 ? "+1" : "−1")

export function takeaway(s: State): string {
  if (s.points.length === 0)
    return "There are no points: add some, and the perceptron has something to learn."
  if (s.step === 0) return `Every weight is 0, so all ${count(s.points.length, "point")} count as mistakes.`
  if (s.done)
    return `Done: ${count(s.mistakes, "mistake")} on the way, none left${s.bound === undefined ? "" : `; the theorem allowed ${atMost(s.bound)}`}.`
  if (s.bound === undefined)
    return `No line separates these points: ${count(s.mistakes, "mistake")} so far, and there is no end to it.`
  const left =
    s.wrong === 0 ? "no point is wrong any more" : `${s.wrong} of ${s.points.length} points still wrong`
  return `${count(s.mistakes, "mistake")} after ${count(s.step, "example")}, ${left}; in all ${atMost(s.bound)}.`
}

function lastVisit({ points, last, step }: State): string {
  if (!last) return "No example has been seen: w = (0, 0), b = 0."
  const { x, y, label } = points[last.index]
  const seen = `Example ${step}: point ${pair(x, y)}, label ${signed(label)}, score ${short(last.z)}: `
  if (!last.mistake) return `${seen}right, so w and b stay.`
  return `${seen}mistake, ${effect(last)}.`
}

/** What the visit did to the line, as the end of a sentence. */
function effect(visit: Visit): string {
  const line = (w: Vector) => w[0] !== 0 || w[1] !== 0
  if (!line(visit.before) && line(visit.after)) return "and now there is a line"
  if (!line(visit.after)) return "and now there is no line: w is 0"
  const turn = turnOf(visit)
  return turn === "shifts"
    ? "the line moves without turning"
    : turn === "stays"
      ? "the line stays"
      : `the line turns ${turn}`
}

const weights = (w: Vector) => `w = ${pair(w[0], w[1])}, b = ${short(w[2])}`

export function describe(s: State): string {
  const { last, margin, bound } = s
  const change = last?.mistake
    ? `w from ${pair(last.before[0], last.before[1])} to ${pair(last.after[0], last.after[1])}, b from ${short(last.before[2])} to ${short(last.after[2])}.`
    : last
      ? `Now ${weights(s.w)}.`
      : "Every score is 0, and 0 counts as a mistake."
  const limit =
    margin && bound !== undefined
      ? `${count(s.mistakes, "mistake")}; bound (R/γ)² = ${short(bound)} with R² = ${short(bound * margin.gamma ** 2)} and margin γ = ${short(margin.gamma)}.`
      : `${count(s.mistakes, "mistake")}; no line separates the points, so there is no bound.`
  const circle =
    s.cycle === undefined
      ? ""
      : ` The weights come back every ${count(s.cycle, "example")}: the run goes round in a circle.`
  const end = s.done ? " A whole pass without a mistake: the run has ended." : ""
  return `${lastVisit(s)} ${change} ${limit}${circle}${end} ${count(s.wrong, "point")} of ${s.points.length} wrong now.`
}

export function reveal({ last, points }: State): { id: Turn; says: string } {
  if (!last) return { id: "stays", says: "There is no further example." }
  const id = turnOf(last)
  const { label } = points[last.index]
  const score = `Label ${signed(label)}, score ${short(last.z)}`
  if (id === "stays") return { id, says: `${score}: right, so nothing moves.` }
  return { id, says: `${score}: a mistake, ${effect(last)}.` }
}

const ROWS = 60

export function table({ visits, step, points }: State): { columns: string[]; rows: (string | number)[][] } {
  const first = Math.max(0, step - ROWS)
  return {
    columns: ["example", "pass", "x₁", "x₂", "label", "score", "mistake", "w₁", "w₂", "b"],
    rows: visits.slice(first, step).map((v, i) => {
      const { x, y, label } = points[v.index]
      const numbers = [v.z, ...v.after].map((n) => fixed(n, Number.isInteger(n) ? 0 : 2))
      return [
        first + i + 1,
        v.pass,
        short(x),
        short(y),
        signed(label),
        numbers[0],
        v.mistake ? "yes" : "no",
        ...numbers.slice(1),
      ]
    }),
  }
}
