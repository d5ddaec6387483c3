/** @file Exercise: the spread of activations three tanh layers down, with small weights. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const n = 500\nconst std = 0.01\n${answer}`

export default defineExercise({
  kind: "number",
  title: "Three layers down",
  prompt:
    "Inputs with standard deviation 1 go through three tanh layers. Each has a fan-in of 500 and weights of standard deviation 0.01. About how large is the standard deviation of the third layer's activations?",
  conventions: ["take tanh for a straight line, since its inputs are small", "within 6 % is right"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  label: "standard deviation",
  tolerance: { rtol: 0.06, atol: 0 },
  solution: program("const answer = (std * Math.sqrt(n)) ** 3"),
  misconceptions: [
    {
      id: "init.one-layer",
      says: "That is the first layer. Two more follow, each with the same factor.",
      code: program("const answer = std * Math.sqrt(n)"),
    },
    {
      id: "init.two-layers",
      says: "That is the second layer. One more.",
      code: program("const answer = (std * Math.sqrt(n)) ** 2"),
    },
    {
      id: "init.std-adds",
      says: "You let standard deviations add up: 500 · 0.01. For independent terms the **variances** add up, so the factor has a root: $0.01\\sqrt{500}$.",
      code: program("const answer = (std * n) ** 3"),
    },
    {
      id: "init.no-fan-in",
      says: "You multiplied by 0.01 three times. Each unit adds 500 terms, which widens the sum by $\\sqrt{500}$.",
      code: program("const answer = std ** 3"),
    },
    {
      id: "init.variance-for-std",
      says: "That is the variance. Take its root.",
      code: program("const answer = (std * Math.sqrt(n)) ** 6"),
    },
    {
      id: "init.factor-times-layers",
      says: "You divided the first layer's spread by 3. Layers multiply: the factor is raised to the third power.",
      code: program("const answer = (std * Math.sqrt(n)) / 3"),
    },
  ],
  hints: [
    "Var(z) = n Var(w) E[h²]: what does one layer do to the variance, and to its root?",
    "One layer multiplies the standard deviation by $0.01\\sqrt{500}\\approx0.2236$.",
  ],
  explanation:
    "The factor is 0.2236 for each layer, and its third power is 0.0112. The measured value is a little smaller, about 0.0106, since tanh shrinks the first layer slightly. After ten layers the signal is below a millionth.",
})
