/** @file Exercise: the sum and the answer of five threshold units, by hand. */
import { defineExercise } from "../lib/exercise.ts"

const answers = (sum: string, fires = "sum >= theta") => `
const cases = [
  { w: [1, 1, 1], theta: 2, x: [1, 0, 1] },
  { w: [2, -1], theta: 2, x: [1, 1] },
  { w: [-1, -1], theta: -1, x: [1, 0] },
  { w: [3, -2, 1], theta: 3, x: [1, 1, 1] },
  { w: [1, 1], theta: 0, x: [0, 0] },
]
const answer = cases.map(({ w, theta, x }) => {
  const sum = ${sum}
  return [sum, ${fires} ? 1 : 0]
})`
const weighted = "w.reduce((total, wi, i) => total + wi * x[i], 0)"

export default defineExercise({
  kind: "table",
  title: "Does it fire?",
  prompt:
    "Five units, one input each. Fill in the weighted sum, and 1 if the unit fires, 0 if it stays silent.\n\n- **a** weights (1, 1, 1), θ = 2, input (1, 0, 1)\n- **b** weights (2, −1), θ = 2, input (1, 1)\n- **c** weights (−1, −1), θ = −1, input (1, 0)\n- **d** weights (3, −2, 1), θ = 3, input (1, 1, 1)\n- **e** weights (1, 1), θ = 0, input (0, 0)",
  conventions: ["a unit fires if its sum is **at least** θ"],
  difficulty: "warm-up",
  minutes: 2,
  revision: 1,
  columns: ["sum", "fires"],
  rows: ["a", "b", "c", "d", "e"],
  solution: answers(weighted),
  misconceptions: [
    {
      id: "gate.at-threshold",
      says: "You let a unit that reaches its threshold exactly stay silent. It fires: the sum has to be at least θ. Look at a, c and e.",
      code: answers(weighted, "sum > theta"),
    },
    {
      id: "gate.negative-silent",
      says: "In case c you kept the unit silent because its sum is negative. Only the comparison counts: −1 is at least −1.",
      code: answers(weighted, "sum >= 0 && sum >= theta"),
    },
    {
      id: "gate.no-inhibition",
      says: "You added the sizes of the weights. A negative weight speaks against firing: its product is subtracted.",
      code: answers("w.reduce((total, wi, i) => total + Math.abs(wi) * x[i], 0)"),
    },
    {
      id: "gate.all-weights",
      says: "You added up all the weights. A weight counts only where its input is 1.",
      code: answers("w.reduce((total, wi) => total + wi, 0)"),
    },
    {
      id: "gate.counts-inputs",
      says: "Your sums are the numbers of inputs that are on. Each of them counts as much as its weight says.",
      code: answers("x.reduce((total, xi) => total + xi, 0)"),
    },
  ],
  hints: [
    "Multiply each weight by its input and add up. Where the input is 0, the weight plays no part.",
    "The sums are 2, 1, −1, 2 and 0. Now compare each with its own θ.",
  ],
  explanation:
    "Three of the five stand exactly on their threshold, and by the rule of this lesson they fire. Case c has a negative sum and fires all the same; case e gets nothing at all and fires, because nothing is asked of it.",
})
