/** @file Exercise: the gradient by a leaf that is used twice. */
import { defineExercise } from "../lib/exercise.ts"

const at = (answer: string) => `const x = 2\nconst y = 3\nconst answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "Used twice",
  prompt: "Let $f = x\\cdot y + x$. What is $\\partial f/\\partial x$ at $x = 2$, $y = 3$?",
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "∂f/∂x",
  solution: at("y + 1"),
  misconceptions: [
    {
      id: "backprop.lost-path",
      says: "That is what comes back through the product. There is a second path from $x$ to $f$: the plain $x$ at the end of the sum. Its message has to be added.",
      code: at("y"),
    },
    {
      id: "backprop.other-path-only",
      says: "That is what comes back through the plain $x$ alone. The product sends a message too.",
      code: at("1"),
    },
    {
      id: "backprop.multiplier-not-swapped",
      says: "That is the derivative by $y$. The slope of the product by $x$ is the *other* factor, and there is a second path from $x$ besides.",
      code: at("x"),
    },
    {
      id: "backprop.value-for-slope",
      says: "That is the value of $f$. The question is how fast it changes when $x$ does.",
      code: at("x * y + x"),
    },
  ],
  hints: [
    "Draw it: $p = x\\cdot y$, then $f = p + x$. How many arrows leave $x$?",
    "Two messages come back to $x$: one from $p$, one from $f$ itself.",
  ],
  explanation:
    "A nudge of $x$ reaches $f$ by two paths. Through the product it counts $y = 3$ times, directly it counts once. The changes add up: $3 + 1$.",
})
