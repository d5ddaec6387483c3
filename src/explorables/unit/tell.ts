/** @file The forward pass in words: headline, description, table, the answer to the prediction. */
import { format } from "../lib/number.ts"
import { current, FUNCTIONS, type State, UNITS, type Unit } from "./state.ts"

const n = (v: number): string => format(v, 4)
const listed = (values: readonly number[]): string => `(${values.map(n).join(", ")})`
const nameOf = ({ layer, index }: Unit): string => `${layer === 0 ? "hidden unit" : "score"} ${index + 1}`
const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1)

/** The scores, or nothing before all of them are there. */
const scores = ({ units }: State): number[] => units.filter((u) => u.layer === 1).map((u) => u.h)
const best = (values: readonly number[]): number => values.indexOf(Math.max(...values))

export function takeaway(s: State): string {
  const unit = current(s)
  if (!unit) return "Two numbers go in. Take a step, and the first unit adds them up."
  if (s.done === UNITS) {
    const all = scores(s)
    return `The scores are ${listed(all)}: score ${best(all) + 1} is the largest.`
  }
  const rest = unit.layer === 1 ? "." : unit.h === 0 ? ", so it stays closed." : `; it hands on ${n(unit.h)}.`
  return `${capital(nameOf(unit))} adds up to ${n(unit.z)}${rest}`
}

const READS = {
  book: (u: Unit) => `It reads row ${u.index + 1} of W, from left to right`,
  keras: (u: Unit) => `It reads column ${u.index + 1} of W, from top to bottom`,
  theta: (u: Unit) =>
    `It reads row ${u.index + 1} of Θ, whose first entry is the bias and meets the constant 1`,
} as const

export function describe(s: State): string {
  const unit = current(s)
  const input = `The input is ${listed(s.units[0]!.inputs)}.`
  if (!unit) return `No unit has been computed. ${input}`
  const { bias, products, z, h, inputs, layer } = unit
  const sum = `${capital(nameOf(unit))}: bias ${n(bias)} and products ${products.map(n).join(", ")} add up to z = ${n(z)}.`
  const out =
    layer === 0
      ? `${FUNCTIONS[s.g].name} makes ${n(h)} of it.`
      : "The last layer has no function: this is the score."
  const reads = `${READS[s.notation](unit)}; its inputs are ${listed(inputs)}.`
  return `${sum} ${out} ${reads} ${s.done} of ${UNITS} units are computed. ${input}`
}

export function table(s: State): { columns: string[]; rows: string[][] } {
  return {
    columns: ["unit", "inputs", "weights", "bias", "z", "hands on"],
    rows: s.units.map((u, k) => [
      nameOf(u),
      k < s.done || u.layer === 0 ? listed(u.inputs) : "not yet",
      listed(u.weights),
      n(u.bias),
      k < s.done ? n(u.z) : "not yet",
      k < s.done ? n(u.h) : "not yet",
    ]),
  }
}

export function reveal(s: State): { id: string; says: string } {
  const hidden = s.units.filter((u) => u.layer === 0)
  const open = hidden.filter((u) => u.z > 0)
  return {
    id: String(open.length),
    says: `The pre-activations are ${listed(hidden.map((u) => u.z))}: ${open.length} of them above 0.`,
  }
}
