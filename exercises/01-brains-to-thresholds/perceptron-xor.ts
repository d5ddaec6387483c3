/** @file Exercise: predict how many updates the perceptron makes on XOR in 25 passes. */
import { defineExercise } from "../lib/exercise.ts"

const run = (wrong: string, after = "") => `const X = [
  [0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1],
]
const y = [-1, 1, 1, -1] // XOR
let w = [0, 0, 0]
let updates = 0
for (let pass = 1; pass <= 25; pass++) {
  for (let i = 0; i < 4; i++) {
    const [x1, x2, one] = X[i]
    const z = w[0] * x1 + w[1] * x2 + w[2] * one
    if (${wrong}) {
      w = w.map((wj, j) => wj + y[i] * X[i][j])
      updates++
    }
  }${after}
}
updates`

export default defineExercise({
  kind: "predict",
  title: "XOR, 25 passes",
  prompt:
    "No line separates XOR. How many updates will this program have made after 25 passes? Follow the first pass by hand before you answer.",
  conventions: ["a score of exactly 0 is a mistake for both classes"],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  label: "updates",
  tolerance: { rtol: 0, atol: 0.25 },
  solution: run("y[i] * z <= 0"),
  misconceptions: [
    {
      id: "perceptron.gives-up",
      says: "You stopped after the first pass. The program has no way of knowing that XOR cannot be separated: it goes on.",
      code: run("y[i] * z <= 0", "\n  if (pass === 1) break"),
    },
    {
      id: "perceptron.one-per-pass",
      says: "A line can get three of the four right, but w does not wait there: it moves within the pass. Follow the first pass row by row.",
      code: "25 * 1",
    },
    {
      id: "perceptron.step-at-0",
      says: "You took a score of 0 as right, so nothing moved. Here 0 is a mistake for both classes.",
      code: run("y[i] * z < 0"),
    },
    {
      id: "perceptron.zero-is-negative",
      says: "You took a score of 0 as class −1. Then (0, 0) is right at the start and the cycle is another one. Here 0 is a mistake for both classes.",
      code: run("y[i] !== (z > 0 ? 1 : -1)"),
    },
  ],
  hints: [
    "Start: every score is 0, so (0, 0) is a mistake. It is subtracted, and *w* = (0, 0, −1).",
    "Next, (0, 1) has score −1 and class +1. What is *w* after that? And after the other two?",
    "After one pass *w* is back at (0, 0, 0). So every pass is like the first.",
  ],
  explanation:
    "Each of the four examples is a mistake when its turn comes: −(0, 0, 1), +(0, 1, 1), +(1, 0, 1), −(1, 1, 1). The four steps add up to zero, so *w* is back where it began and the same four mistakes return in every pass, for ever.",
})
