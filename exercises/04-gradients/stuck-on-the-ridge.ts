/** @file Exercise: predict where gradient descent ends when it starts exactly on the ridge of a saddle. */
import { defineExercise } from "../lib/exercise.ts"

const walk = (result: string, y = "0") => `let x = 1
let y = ${y}
for (let k = 0; k < 500; k++) {
  x -= 0.1 * 2 * x // f(x, y) = x² − y²
  y += 0.1 * 2 * y
}
${result}`

export default defineExercise({
  kind: "predict",
  title: "On the ridge",
  prompt:
    "The surface $f(x,y) = x^2 - y^2$ falls without end along $y$. You start at $(1, 0)$ and walk 500 steps downhill. What is $y$ at the end?",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  label: "y after 500 steps",
  tolerance: { rtol: 0, atol: 1e-9 },
  solution: walk("y"),
  misconceptions: [
    {
      id: "gd.saddle-escapes",
      says: "It would grow like that from any $y$ other than 0. But 0 times anything is 0: on the ridge there is no slope along $y$ to follow.",
      code: walk("y", "1"),
    },
    {
      id: "gd.saddle-axis",
      says: "That is the start of $x$, which shrinks. The question is about $y$.",
      code: "1",
    },
  ],
  hints: [
    "What is the slope along $y$ at $(1, 0)$?",
    "Follow the first step by hand: $y \\leftarrow y + 0.2\\,y$.",
  ],
  explanation:
    "The slope along $y$ is $-2y$, and it is exactly 0 on the ridge. Gradient descent slides along $x$ into the saddle point and stays. The slightest noise would free it.",
})
