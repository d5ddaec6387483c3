/** @file Exercise: the largest stable step size of a parabola, from its curvature. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "number",
  title: "The largest stable step",
  prompt: "You run gradient descent on $f(x) = 3x^2$. Below which step size does it converge?",
  conventions: ["give the limit itself, as a number or as a fraction such as 2/7"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "limit of η",
  tolerance: { rtol: 5e-3, atol: 0 },
  solution: "const curvature = 6 // the second derivative of 3x²\nconst answer = 2 / curvature",
  misconceptions: [
    {
      id: "gd.coefficient-for-curvature",
      says: "You divided by the 3 in front of $x^2$. The curvature is the *second derivative* of $3x^2$, which is larger.",
      code: "const answer = 2 / 3",
    },
    {
      id: "gd.limit-is-best",
      says: "That is $1/\\mu$, the step that lands on the minimum at once. You may go further than that, up to the point where each jump ends as far away as it began.",
      code: "const answer = 1 / 6",
    },
    {
      id: "gd.limit-of-x-squared",
      says: "That would be the limit for $x^2$. This parabola is steeper.",
      code: "const answer = 1",
    },
    {
      id: "gd.limit-inverted",
      says: "Upside down: a sharper curve allows *smaller* steps, so the curvature belongs in the denominator.",
      code: "const answer = 6 / 2",
    },
  ],
  hints: [
    "What is the second derivative of $3x^2$?",
    "With the curvature $\\mu$, a step multiplies the distance from the minimum by $1 - \\eta\\mu$. When is that between −1 and 1?",
  ],
  explanation:
    "The second derivative is $\\mu = 6$, so the factor of a step is $1 - 6\\eta$. It stays above −1 as long as $\\eta < 2/6$, a third.",
})
