/** @file Exercise: tanh from a value of the sigmoid, by hand. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const sigma = (z) => 1 / (1 + Math.exp(-z))\n${answer}`

export default defineExercise({
  kind: "number",
  title: "A tanh from a table of sigmoids",
  prompt:
    "You have no tanh, only a table of the sigmoid: σ(0.35) = 0.5866, σ(0.7) = 0.6682, σ(1.4) = 0.8022. What is tanh 0.7?",
  conventions: ["three significant digits are enough"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "tanh 0.7",
  solution: program("const answer = 2 * sigma(2 * 0.7) - 1"),
  misconceptions: [
    {
      id: "act.tanh-no-stretch",
      says: "You used $\\sigma(0.7)$. The tanh is twice as quick as the sigmoid: look up $2z$ in the table.",
      code: program("const answer = 2 * sigma(0.7) - 1"),
    },
    {
      id: "act.tanh-half",
      says: "You looked up half of $z$. The tanh is quicker than the sigmoid, so it needs the value at $2z$.",
      code: program("const answer = 2 * sigma(0.35) - 1"),
    },
    {
      id: "act.tanh-not-centred",
      says: "Above 1 there is no tanh. After stretching to the range 0 to 2, take 1 off.",
      code: program("const answer = 2 * sigma(1.4)"),
    },
    {
      id: "act.tanh-not-stretched-up",
      says: "That is the sigmoid itself, between 0 and 1. The tanh runs from −1 to 1: stretch by 2, take 1 off.",
      code: program("const answer = sigma(1.4)"),
    },
  ],
  hints: ["$\\tanh z = 2\\,\\sigma(2z)-1$. What is $2z$?", "Twice 0.8022, less 1."],
  explanation:
    "$2\\,\\sigma(1.4)-1$. The two functions are the same S, in two frames: anything that a tanh unit can do, a sigmoid unit can do with other weights.",
})
