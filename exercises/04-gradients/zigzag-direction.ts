/** @file Exercise: which direction zigzags first when the step size grows, and why. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "Why does it zigzag along x₂?",
  prompt:
    "On the bowl $x_1^2 + x_1x_2 + 4x_2^2$ the path with $\\eta = 0.2$ jumps back and forth along $x_2$, but moves steadily along $x_1$. Why $x_2$?",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "steep",
      text: "Its curvature is the larger one, so $1 - \\eta\\mu$ is already negative there.",
      right: true,
      says: "Yes. Along the steep direction the factor is about $1 - 0.2\\cdot 8.2 = -0.6$: closer each time, but on the other side. Along the flat one it is about $+0.6$.",
    },
    {
      id: "flat",
      text: "Its curvature is the smaller one, so the step is too long for it.",
      right: false,
      says: "The other way round. Where the bowl is flat, the slope is small, and so is the step. It is the *steep* direction in which a step overshoots.",
    },
    {
      id: "start",
      text: "The walk started further from the minimum along $x_2$.",
      right: false,
      says: "The start was (3, 3): equally far in both. And the factor of a step does not depend on where you are.",
    },
    {
      id: "noise",
      text: "Gradient descent is random, and it happened to be $x_2$.",
      right: false,
      says: "Nothing here is random. Run the cell again: the same path, every time.",
    },
  ],
  hints: [
    "What does a *negative* factor $1 - \\eta\\mu$ do to the sign of the distance?",
    "Compare the coefficients: 1 for $x_1^2$, 4 for $x_2^2$.",
  ],
  explanation:
    "The distance along an eigen-direction is multiplied by $1 - \\eta\\mu$ at each step. A zigzag is a negative factor, and it appears first where $\\mu$ is largest: nearly along $x_2$.",
})
