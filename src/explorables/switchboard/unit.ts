/** @file Threshold units in two dialects, a small circuit of them, and the search through all of them. Knows no pictures. */

/** The inputs in the order of every truth table of the book. */
export const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const

export interface Settings {
  target: string
  x1: boolean
  x2: boolean
  dialect: string
  w1: number
  w2: number
  theta: number
  units: string
  v1: number
  v2: number
  phi: number
  gate: string
}

/** With signed weights, or as in 1943: a wire excites, vetoes or is cut. */
export type Dialect = "signed" | "veto"

export interface Unit {
  w: readonly [number, number]
  theta: number
}

/** What a unit does with one input. */
export interface Answer {
  /** Signed: the weighted sum; veto: the number of exciting inputs that are on. */
  sum: number
  vetoed: boolean
  fires: boolean
}

/** The weights of the unit that takes the answers of A and B. */
export const OUTPUTS: Readonly<Record<string, Unit & { says: string }>> = {
  and: { w: [1, 1], theta: 2, says: "A and B" },
  or: { w: [1, 1], theta: 1, says: "A or B" },
  unless: { w: [1, -1], theta: 1, says: "A and not B" },
}

/** All sixteen functions by their answers to 00, 01, 10, 11, in the order of these four digits. */
export const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["0000", "never"],
  ["0001", "AND"],
  ["0010", "x₁ only"],
  ["0011", "x₁"],
  ["0100", "x₂ only"],
  ["0101", "x₂"],
  ["0110", "XOR"],
  ["0111", "OR"],
  ["1000", "NOR"],
  ["1001", "XNOR"],
  ["1010", "not x₂"],
  ["1011", "x₂ → x₁"],
  ["1100", "not x₁"],
  ["1101", "x₁ → x₂"],
  ["1110", "NAND"],
  ["1111", "always"],
])

export interface Row {
  x: readonly [number, number]
  wanted: boolean
  a: Answer
  b?: Answer
  /** Of the output unit, where there are three. */
  out?: Answer
  fires: boolean
}

export interface State {
  dialect: Dialect
  a: Unit
  b?: Unit
  output: Unit & { says: string }
  rows: readonly Row[]
  /** The row of the input that is switched on. */
  now: Row
  /** What the circuit computes, and what it should: four digits. */
  code: string
  target: string
  right: number
  tried: number
  /** What the units of the search up to here compute. */
  found: ReadonlySet<string>
}

/** Sums of decimal weights carry dust: 0.7 + 0.1 must reach 0.8. */
const DUST = 1e-9

export function answer(dialect: Dialect, { w, theta }: Unit, x: readonly [number, number]): Answer {
  const on = w.filter((_, i) => x[i] === 1)
  const sum = dialect === "signed" ? on.reduce((s, wi) => s + wi, 0) : on.filter((wi) => wi > 0).length
  const vetoed = dialect === "veto" && on.some((wi) => wi < 0)
  return { sum, vetoed, fires: !vetoed && sum >= theta - DUST }
}

const WIRES = [-1, 0, 1] as const
const THRESHOLDS: Readonly<Record<Dialect, readonly number[]>> = {
  signed: [-1.5, -0.5, 0.5, 1.5],
  veto: [0, 1, 2, 3],
}

/** Units enough for every function that one unit of the dialect can compute. */
export function everyUnit(dialect: Dialect): Unit[] {
  return WIRES.flatMap((w1) =>
    WIRES.flatMap((w2) => THRESHOLDS[dialect].map((theta): Unit => ({ w: [w1, w2], theta }))),
  )
}

const codeOf = (fires: (x: readonly [number, number]) => boolean) =>
  INPUTS.map((x) => (fires(x) ? 1 : 0)).join("")

export function model(settings: Settings, _seed: number, step: number): State {
  const dialect: Dialect = settings.dialect === "veto" ? "veto" : "signed"
  const a: Unit = { w: [settings.w1, settings.w2], theta: settings.theta }
  const b: Unit | undefined =
    settings.units === "two" ? { w: [settings.v1, settings.v2], theta: settings.phi } : undefined
  const output = OUTPUTS[settings.gate]!
  const rows = INPUTS.map((x, i): Row => {
    const [ofA, ofB] = [answer(dialect, a, x), b && answer(dialect, b, x)]
    const out = ofB && answer("signed", output, [Number(ofA.fires), Number(ofB.fires)])
    return { x, wanted: settings.target[i] === "1", a: ofA, b: ofB, out, fires: (out ?? ofA).fires }
  })
  const tried = everyUnit(dialect).slice(0, step)
  return {
    dialect,
    a,
    b,
    output,
    rows,
    now: rows[2 * Number(settings.x1) + Number(settings.x2)]!,
    code: rows.map((row) => (row.fires ? 1 : 0)).join(""),
    target: settings.target,
    right: rows.filter((row) => row.fires === row.wanted).length,
    tried: tried.length,
    found: new Set(tried.map((unit) => codeOf((x) => answer(dialect, unit, x).fires))),
  }
}
