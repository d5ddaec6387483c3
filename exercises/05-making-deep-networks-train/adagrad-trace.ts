/** @file Exercise: three steps of AdaGrad with given gradients, by hand. */
import { defineExercise } from "../lib/exercise.ts"

const trace = (memory: string, step = "6 * g / Math.sqrt(s)") => `
let s = 0
const answer = []
for (const g of [3, 4, -12]) {
  ${memory}
  answer.push([s, ${step}])
}`

export default defineExercise({
  kind: "table",
  title: "A sum of squares",
  prompt:
    "AdaGrad meets the gradients 3, 4 and −12, one after the other, with $\\eta = 6$. Fill in the accumulator $s$ after each, and the step $\\eta g/\\sqrt s$ that is subtracted.",
  conventions: ["$s$ begins at 0", "ε is left out", "three significant digits, or a fraction"],
  difficulty: "warm-up",
  minutes: 3,
  revision: 1,
  columns: ["s", "step"],
  rows: ["g = 3", "g = 4", "g = −12"],
  tolerance: { rtol: 3e-3, atol: 1e-6 },
  solution: trace("s = s + g * g"),
  misconceptions: [
    {
      id: "adagrad.no-root",
      says: "You divided by $s$ itself. It holds *squares*; its root has the size of a gradient.",
      code: trace("s = s + g * g", "6 * g / s"),
    },
    {
      id: "adagrad.no-memory",
      says: "Your $s$ is only the last square, so every step is as long as η. AdaGrad keeps all squares.",
      code: trace("s = g * g"),
    },
    {
      id: "adagrad.no-square",
      says: "You added the gradients. Their *squares* are added, so that signs do not cancel.",
      code: trace("s = s + Math.abs(g)"),
    },
    {
      id: "adagrad.sign-lost",
      says: "Sizes right, sign lost: the last gradient is negative, so its step is too.",
      code: trace("s = s + g * g", "6 * Math.abs(g) / Math.sqrt(s)"),
    },
    {
      id: "adagrad.eta-for-gradient",
      says: "Your steps are $\\eta/\\sqrt s$: the gradient itself is missing in the numerator.",
      code: trace("s = s + g * g", "6 / Math.sqrt(s)"),
    },
  ],
  hints: [
    "After the first gradient $s = 9$, whose root is 3.",
    "After the second $s = 9 + 16$.",
    "The roots are 3, 5 and 13.",
  ],
  explanation:
    "The sums are 9, 25 and 169, with roots 3, 5, 13. The first step is η itself, as always when nothing is remembered. The third gradient is four times the first, and its step is shorter.",
})
