/** @file The sample graphs: leaves, gates in the order in which they are recorded, and each gate's slope in symbols. */
import type { Tensor } from "../../../engine/index.ts"

/** One op of the engine with the names of what it takes and makes. */
export interface Gate {
  name: string
  inputs: readonly string[]
  /** What it computes, in symbols: "x + y". */
  formula: string
  /** Its slope by each input, in symbols: ["y", "x"] for a product. */
  slopes: readonly string[]
  apply(...inputs: Tensor[]): Tensor
  /** The same as code. */
  code: string
}

export interface Graph {
  label: string
  /** Names of the leaves, with the values that they start from. */
  leaves: Readonly<Record<string, number>>
  gates: readonly Gate[]
  /** The whole expression, in symbols. */
  whole: string
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"

/** "w0" as it is read: "w₀". */
export function shown(name: string): string {
  return name.replace(/\d/g, (d) => SUBSCRIPTS[Number(d)]!)
}

type Make = (name: string, ...inputs: string[]) => Gate

const gate =
  (
    method: string,
    formula: (...names: string[]) => string,
    slopes: (result: string, ...names: string[]) => string[],
    apply: Gate["apply"],
  ): Make =>
  (name, ...inputs) => {
    const names = inputs.map(shown)
    return {
      name,
      inputs,
      formula: formula(...names),
      slopes: slopes(shown(name), ...names),
      apply,
      code: method.replace("$0", inputs[0]!).replace("$1", inputs[1] ?? ""),
    }
  }

const add = gate(
  "$0.add($1)",
  (a, b) => `${a} + ${b}`,
  () => ["1", "1"],
  (a, b) => a!.add(b!),
)
const sub = gate(
  "$0.sub($1)",
  (a, b) => `${a} − ${b}`,
  () => ["1", "−1"],
  (a, b) => a!.sub(b!),
)
const mul = gate(
  "$0.mul($1)",
  (a, b) => `${a} · ${b}`,
  (_, a, b) => [b!, a!],
  (a, b) => a!.mul(b!),
)
const max = gate(
  "$0.maximum($1)",
  (a, b) => `max(${a}, ${b})`,
  (_, a, b) => [`1 if ${a} wins`, `1 if ${b} wins`],
  (a, b) => a!.maximum(b!),
)
const neg = gate(
  "$0.neg()",
  (a) => `−${a}`,
  () => ["−1"],
  (a) => a!.neg(),
)
const exp = gate(
  "$0.exp()",
  (a) => `exp(${a})`,
  (y, a) => [`exp(${a}) = ${y}`],
  (a) => a!.exp(),
)
const plusOne = gate(
  "$0.add(1)",
  (a) => `${a} + 1`,
  () => ["1"],
  (a) => a!.add(1),
)
const inverse = gate(
  "$0.reciprocal()",
  (a) => `1/${a}`,
  (_, a) => [`−1/${a}²`],
  (a) => a!.reciprocal(),
)
const log = gate(
  "$0.log()",
  (a) => `ln ${a}`,
  (_, a) => [`1/${a}`],
  (a) => a!.log(),
)
const sigmoid = gate(
  "$0.sigmoid()",
  (a) => `σ(${a})`,
  (y) => [`${y}·(1 − ${y})`],
  (a) => a!.sigmoid(),
)

const weighted = [mul("a", "w0", "x0"), mul("b", "w1", "x1"), add("s", "a", "b"), add("z", "s", "w2")]
const neuron = { w0: 2, x0: -1, w1: -3, x1: -2, w2: -3 }

export const GRAPHS = {
  product: {
    label: "(x + y) · z",
    leaves: { x: -2, y: 5, z: -4 },
    gates: [add("q", "x", "y"), mul("f", "q", "z")],
    whole: "(x + y) · z",
  },
  fork: {
    label: "x · y + x",
    leaves: { x: 2, y: 3 },
    gates: [mul("p", "x", "y"), add("f", "p", "x")],
    whole: "x · y + x",
  },
  max: {
    label: "max(x, y) · z",
    leaves: { x: 1, y: 4, z: 2 },
    gates: [max("m", "x", "y"), mul("f", "m", "z")],
    whole: "max(x, y) · z",
  },
  neuron: {
    label: "sigmoid neuron",
    leaves: neuron,
    gates: [...weighted, neg("n", "z"), exp("e", "n"), plusOne("d", "e"), inverse("f", "d")],
    whole: "σ(w₀x₀ + w₁x₁ + w₂)",
  },
  folded: {
    label: "folded neuron",
    leaves: neuron,
    gates: [...weighted, sigmoid("f", "z")],
    whole: "σ(w₀x₀ + w₁x₁ + w₂)",
  },
  loss: {
    label: "cross-entropy",
    leaves: { s0: 3.2, s1: 5.1, s2: -1.7 },
    gates: [
      exp("e0", "s0"),
      exp("e1", "s1"),
      exp("e2", "s2"),
      add("a", "e0", "e1"),
      add("t", "a", "e2"),
      log("l", "t"),
      sub("f", "l", "s0"),
    ],
    whole: "ln(exp(s₀) + exp(s₁) + exp(s₂)) − s₀",
  },
} as const satisfies Record<string, Graph>

export type GraphName = keyof typeof GRAPHS

export const isGraph = (name: string): name is GraphName => name in GRAPHS
