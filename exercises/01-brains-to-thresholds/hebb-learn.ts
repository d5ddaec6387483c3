/** @file Exercise: Hebb's rule with a teacher, written by the reader. */
import type { Generator } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const program = (body: string, after = "return { w, b }") => `function hebb(
  X: number[][], t: number[], lr: number,
) {
  let w = X[0].map(() => 0)
  let b = 0
  X.forEach((x, n) => {
    ${body}
  })
  ${after}
}`
const move = "w = w.map((wi, i) => wi + lr * t[n] * x[i])"

/** Patterns of ±1 whose sum leaves no weight, nor the bias, where it began. */
function drawn(random: Generator, examples: number, inputs: number) {
  for (;;) {
    const sign = () => (random.uniform() < 0.5 ? -1 : 1)
    const X = Array.from({ length: examples }, () => Array.from({ length: inputs }, sign))
    const t = X.map(sign)
    const sums = X[0].map((_, i) => X.reduce((sum, x, n) => sum + t[n] * x[i], 0))
    const bias = t.reduce((a, b) => a + b, 0)
    if (![...sums, bias].includes(0)) return { X, t }
  }
}

export default defineExercise({
  kind: "function",
  title: "Build it yourself: Hebb’s rule",
  prompt:
    "Write `hebb(X, t, lr)`: one pass over the rows of `X` with their targets `t`, from zero. Return `{ w, b }`, the weights and the bias.",
  conventions: [
    "inputs and targets are ±1; `X` has **no** column of ones, so the bias is learnt apart",
    "each change is multiplied by `lr`",
    "the numbers of rows and inputs differ",
  ],
  difficulty: "core",
  minutes: 5,
  revision: 1,
  entry: "hebb",
  starter: `function hebb(
  X: number[][], t: number[], lr: number,
) {
  let w = X[0].map(() => 0)
  let b = 0
  TODO()
  return { w, b }
}`,
  solution: `function hebb(
  X: number[][], t: number[], lr: number,
) {
  let w = X[0].map(() => 0)
  let b = 0
  for (let n = 0; n < X.length; n++) {
    w = w.map((wi, i) => wi + lr * t[n] * X[n][i])
    b += lr * t[n]
  }
  return { w, b }
}`,
  probes: (random) => {
    const five = drawn(random, 5, 3)
    const seven = drawn(random, 7, 4)
    return [
      {
        args: [
          [
            [1, 1],
            [1, -1],
            [-1, 1],
            [-1, -1],
          ],
          [1, -1, -1, -1],
          0.5,
        ],
        note: "AND, with a step of 0.5",
      },
      {
        args: [
          [
            [1, 1, 1],
            [1, 1, -1],
            [1, -1, 1],
            [-1, 1, 1],
          ],
          [1, -1, -1, -1],
          2,
        ],
        note: "the four patterns of the cube",
      },
      { args: [five.X, five.t, 0.3], note: "five random patterns with three inputs" },
      { args: [seven.X, seven.t, 1.5], note: "seven random patterns with four inputs" },
    ]
  },
  misconceptions: [
    {
      id: "hebb.perceptron-rule",
      says: "You moved the weights only where the unit's answer was wrong. Hebb's rule does not ask for an answer: every row counts.",
      code: program(`const z = x.reduce((sum, xi, i) => sum + w[i] * xi, b)
    if (t[n] * z > 0) return
    ${move}
    b += lr * t[n]`),
    },
    {
      id: "hebb.uses-output",
      says: "You multiplied by the target less the score: that is the delta rule. Hebb's rule takes the target as it is.",
      code: program(`const z = x.reduce((sum, xi, i) => sum + w[i] * xi, b)
    w = w.map((wi, i) => wi + lr * (t[n] - z) * x[i])
    b += lr * (t[n] - z)`),
    },
    {
      id: "hebb.not-cumulative",
      says: "You return the change of the last row only. Add each change to the weights that the row before left.",
      code: program("w = x.map((xi) => lr * t[n] * xi)\n    b = lr * t[n]"),
    },
    {
      id: "hebb.binary",
      says: "You strengthened weights only where both ends are +1. A −1 counts too: −1 times −1 is +1, and unlike signs weaken.",
      code: program(`w = w.map((wi, i) => wi + (t[n] > 0 && x[i] > 0 ? lr : 0))
    b += t[n] > 0 ? lr : 0`),
    },
    {
      id: "hebb.bias",
      says: "The weights are right, but the bias stayed 0. Its input is always 1, so it changes by lr times the target.",
      code: program(move),
    },
    {
      id: "hebb.mean",
      says: "Your numbers are the sum divided by the number of rows. The rule adds the changes and does not average them.",
      code: program(
        `${move}\n    b += lr * t[n]`,
        "return { w: w.map((wi) => wi / X.length), b: b / X.length }",
      ),
    },
    {
      id: "hebb.no-lr",
      says: "Your numbers are exactly those for a step of 1: `lr` is not used.",
      code: program("w = w.map((wi, i) => wi + t[n] * x[i])\n    b += t[n]"),
    },
    {
      id: "hebb.bias-no-lr",
      says: "The weights are right, but the bias changes by the whole target. Its step is multiplied by lr as well.",
      code: program(`${move}\n    b += t[n]`),
    },
  ],
  hints: [
    "Loop over the rows. In row `n` every weight changes by `lr * t[n] * X[n][i]`.",
    "The bias is a weight whose input is always 1: it changes by `lr * t[n]`.",
  ],
  explanation:
    "Two lines in a loop. There is no test and no answer of the unit in it: that is the strength of the rule, which needs nothing but what is at both ends of a wire, and its weakness.",
})
