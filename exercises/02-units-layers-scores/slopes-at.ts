/** @file Exercise: slopes of four activation functions at four places, by hand. */
import { defineExercise } from "../lib/exercise.ts"

const grid = (
  sigmoid: string,
  tanh: string,
  relu: string,
  leaky: string,
) => `const s = (z) => 1 / (1 + Math.exp(-z))
const t = Math.tanh
const slopes = [(z) => ${sigmoid}, (z) => ${tanh}, (z) => ${relu}, (z) => ${leaky}]
const answer = [-2, 1, 3].map((z) => slopes.map((slope) => slope(z)))`

const right = ["s(z) * (1 - s(z))", "1 - t(z) ** 2", "z > 0 ? 1 : 0", "z > 0 ? 1 : 0.1"] as const

export default defineExercise({
  kind: "table",
  title: "Four slopes at four places",
  prompt:
    "You are given the values σ(−2) = 0.1192, σ(1) = 0.7311, σ(3) = 0.9526 and tanh(−2) = −0.9640, tanh 1 = 0.7616, tanh 3 = 0.9951. Fill in the **slopes**.",
  conventions: ["the leak is α = 0.1", "three decimals are enough"],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  columns: ["sigmoid", "tanh", "ReLU", "leaky ReLU"],
  rows: ["z = −2", "z = 1", "z = 3"],
  tolerance: { rtol: 1e-3, atol: 5e-4 },
  solution: grid(...right),
  misconceptions: [
    {
      id: "act.sigmoid-of-z",
      says: "You put $z$ itself into $p(1-p)$ and into $1-t^2$. The formulas take the function's **value**: $\\sigma(z)$ and $\\tanh z$.",
      code: grid("z * (1 - z)", "1 - z ** 2", right[2], right[3]),
    },
    {
      id: "act.tanh-as-sigmoid",
      says: "Your column for tanh uses the sigmoid's formula, $t(1-t)$. For tanh it is $1-t^2$.",
      code: grid(right[0], "t(z) * (1 - t(z))", right[2], right[3]),
    },
    {
      id: "act.tanh-no-square",
      says: "Your column for tanh holds $1-t$. The value is squared first: $1-t^2$, which is the same on both sides of 0.",
      code: grid(right[0], "1 - t(z)", right[2], right[3]),
    },
    {
      id: "act.tanh-of-z",
      says: "Your column for tanh holds $1-z^2$. The formula takes the function's **value**: $1-\\tanh^2z$.",
      code: grid(right[0], "1 - z ** 2", right[2], right[3]),
    },
    {
      id: "act.relu-sign",
      says: "At −2 you let the ReLU fall with slope −1. There it is flat: 0 all along, so its slope is 0.",
      code: grid(right[0], right[1], "Math.sign(z)", right[3]),
    },
    {
      id: "act.relu-open",
      says: "A slope of 1 everywhere would be a straight line. The ReLU has a bend: left of 0 it is flat, and its slope is 0.",
      code: grid(right[0], right[1], "1", right[3]),
    },
    {
      id: "act.relu-value",
      says: "Your columns for the hinges hold their values. A slope is the same all along a straight piece: 1 on the right.",
      code: grid(right[0], right[1], "Math.max(0, z)", "Math.max(0.1 * z, z)"),
    },
    {
      id: "act.values",
      says: "These are the functions' values, not their slopes.",
      code: grid("s(z)", "t(z)", "Math.max(0, z)", "Math.max(0.1 * z, z)"),
    },
    {
      id: "act.leak-forgotten",
      says: "Your leaky ReLU does not leak: at −2 its slope is the leak, 0.1, not 0.",
      code: grid(right[0], right[1], right[2], "z > 0 ? 1 : 0"),
    },
    {
      id: "act.leak-negative",
      says: "At −2 the leaky ReLU rises as everywhere, only slowly: its slope is +0.1. Its *value* is negative.",
      code: grid(right[0], right[1], right[2], "z > 0 ? 1 : -0.1"),
    },
  ],
  hints: [
    "$\\sigma'=\\sigma(1-\\sigma)$ and $\\tanh'=1-\\tanh^2$. Both need the value of the function only.",
    "The slope of a straight line does not depend on where you stand.",
  ],
  explanation:
    "At 3 the sigmoid keeps a slope of 0.045 and the tanh 0.010: the tanh, four times as steep at 0, is flat sooner. The hinges know no such thing: 1 on the right, however far you go.",
})
