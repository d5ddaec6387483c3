/** @file Exercise: the largest stable step size of a parabola, from its curvature. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const c = 3\n${answer}`

export default defineExercise({
  kind: "number",
  title: "The largest stable step",
  prompt: "You run gradient descent on *f*(*x*) = {{c}} *x*². Below which step size does it converge?",
  conventions: ["give the limit itself, as a number or as a fraction such as 2/7"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 2,
  label: "limit of η",
  tolerance: { rtol: 5e-3, atol: 0 },
  variants: (random) => ({ c: random.integer(3, 13) }),
  solution: program("const curvature = 2 * c // the second derivative of c·x²\nconst answer = 2 / curvature"),
  misconceptions: [
    {
      id: "gd.coefficient-for-curvature",
      says: "You divided by the {{c}} in front of *x*². The curvature is the *second derivative* of {{c}} *x*², which is larger.",
      code: program("const answer = 2 / c"),
    },
    {
      id: "gd.limit-is-best",
      says: "That is $1/\\mu$, the step that lands on the minimum at once. You may go further than that, up to the point where each jump ends as far away as it began.",
      code: program("const answer = 1 / (2 * c)"),
    },
    {
      id: "gd.limit-of-x-squared",
      says: "That would be the limit for $x^2$. This parabola is steeper.",
      code: program("const answer = 1"),
    },
    {
      id: "gd.limit-inverted",
      says: "Upside down: a sharper curve allows *smaller* steps, so the curvature belongs in the denominator.",
      code: program("const answer = (2 * c) / 2"),
    },
  ],
  hints: [
    "What is the second derivative of {{c}} *x*²?",
    "With the curvature $\\mu$, a step multiplies the distance from the minimum by $1 - \\eta\\mu$. When is that between −1 and 1?",
  ],
  explanation:
    "The second derivative $\\mu$ is twice {{c}}, and the factor of a step is $1 - \\eta\\mu$. It stays above −1 as long as $\\eta < 2/\\mu$.",
})
