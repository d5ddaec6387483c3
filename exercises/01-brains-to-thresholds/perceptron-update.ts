/** @file Exercise: one presentation of an example to the perceptron, four times, by hand. */
import { defineExercise } from "../lib/exercise.ts"

const updates = (rule: string) => `
const cases = [
  { w: [1, 1, 0], x: [-1, -1, 1], y: 1 },
  { w: [2, -1, 1], x: [1, 2, 1], y: -1 },
  { w: [2, 1, -1], x: [3, -1, 1], y: 1 },
  { w: [1, -2, 0], x: [2, 1, 1], y: -1 },
]
const answer = cases.map(({ w, x, y }) => {
  const z = w[0] * x[0] + w[1] * x[1] + w[2] * x[2]
  ${rule}
})`

export default defineExercise({
  kind: "table",
  title: "Add, subtract or leave alone",
  prompt:
    "Four times you hold weights (w₁, w₂, b) and see one example *x*, which ends in the constant 1, with its class. Fill in the weights after the example. Take η = 1.\n\n- **a** weights (1, 1, 0), example (−1, −1, 1), class +1\n- **b** weights (2, −1, 1), example (1, 2, 1), class −1\n- **c** weights (2, 1, −1), example (3, −1, 1), class +1\n- **d** weights (1, −2, 0), example (2, 1, 1), class −1",
  conventions: [
    "an example is a mistake if *y w*ᵀ*x* ≤ 0; a score of exactly 0 is a mistake for both classes",
    "the four cases have nothing to do with each other",
  ],
  difficulty: "warm-up",
  minutes: 3,
  revision: 1,
  columns: ["w₁", "w₂", "b"],
  rows: ["a", "b", "c", "d"],
  solution: updates("return y * z <= 0 ? w.map((wj, j) => wj + y * x[j]) : w"),
  misconceptions: [
    {
      id: "perceptron.sign",
      says: "Your weights move away from the target. A missed example of class +1 is added to w, one of class −1 is subtracted.",
      code: updates("return y * z <= 0 ? w.map((wj, j) => wj - y * x[j]) : w"),
    },
    {
      id: "perceptron.updates-when-right",
      says: "You changed w in every case. In case c the score is 4 and the class is +1: it is right, so w stays. (Moving every time is Hebb's rule.)",
      code: updates("return w.map((wj, j) => wj + y * x[j])"),
    },
    {
      id: "perceptron.step-at-0",
      says: "Look at case d again: its score is exactly 0, and in training that counts as a mistake.",
      code: updates("return y * z < 0 ? w.map((wj, j) => wj + y * x[j]) : w"),
    },
    {
      id: "perceptron.no-bias",
      says: "w₁ and w₂ are right, b did not move. The bias is a weight whose input is always 1: it learns too.",
      code: updates("return y * z <= 0 ? w.map((wj, j) => (j < 2 ? wj + y * x[j] : wj)) : w"),
    },
    {
      id: "perceptron.raw-activation",
      says: "You multiplied x by y minus the score (the delta rule). The perceptron asks only whether it was wrong, and then adds y times x.",
      code: updates("return y * z <= 0 ? w.map((wj, j) => wj + (y - z) * x[j]) : w"),
    },
    {
      id: "perceptron.always-adds",
      says: "You added every missed example. Those of class −1 must be subtracted: the step is y times x.",
      code: updates("return y * z <= 0 ? w.map((wj, j) => wj + x[j]) : w"),
    },
  ],
  hints: [
    "First the score: multiply *w* and *x* entry by entry and add up. In case a it is −1 − 1 + 0 = −2.",
    "Then compare its sign with the class. Same sign: copy *w*. Opposite sign, or 0: move.",
    "To move means *w* + *x* for class +1 and *w* − *x* for class −1, in all three entries.",
  ],
  explanation:
    "The scores are −2, 1, 4 and 0. The first two have the wrong sign and the last has none, so those three move; the third is right and teaches nothing. One move changes the score of the same example by *y*‖*x*‖²: in case a from −2 to +1, which repairs it at once. That is not always so.",
})
