/** @file Exercise: how far Adam's first step goes. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const gradient = 40
const thousandths = 3
const eta = thousandths / 1000
const answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "The first step of Adam",
  prompt:
    "Adam, with $\\eta$ = {{thousandths}}/1000, makes its first step. The gradient is {{gradient}}. How far does the parameter move?",
  conventions: ["β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸", "give the length of the step, without a sign"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "length of the step",
  tolerance: { rtol: 5e-3, atol: 0 },
  variants: (random) => ({ gradient: random.integer(20, 90), thousandths: random.integer(2, 9) }),
  solution: program("(eta * gradient) / (Math.sqrt(gradient ** 2) + 1e-8)"),
  misconceptions: [
    {
      id: "adam.no-scale",
      says: "That is the step of plain gradient descent. Adam divides by the size of the gradient.",
      code: program("eta * gradient"),
    },
    {
      id: "adam.no-correction",
      says: "That is the step without correction: $0.1/\\sqrt{0.001}$ times too long. Both means are far below what they will be; divide by $1-\\beta$.",
      code: program("(eta * 0.1) / Math.sqrt(0.001)"),
    },
    {
      id: "adam.one-hat",
      says: "You corrected the squares, and not the mean of the gradients: your step is a tenth of the right one.",
      code: program("eta * 0.1"),
    },
    {
      id: "adam.no-sqrt",
      says: "You divided by the mean of the *squares*. Take its root first, so that it has the size of a gradient.",
      code: program("eta / gradient"),
    },
  ],
  hints: [
    "After one step and the correction, what are $\\hat m$ and $\\hat v$?",
    "$\\hat m = g$ and $\\hat v = g^2$.",
  ],
  explanation:
    "After the correction $\\hat m = g$ and $\\sqrt{\\hat v} = |g|$, so the step is $\\eta g/|g|$: the learning rate, in the direction of the sign.",
})
