/** @file Exercise: a backward pass in which one path overwrites another, to find and mend. */
import { defineExercise } from "../lib/exercise.ts"

const program = (bySum: string, byProduct: string) => `function gradients(x: number, y: number): number[] {
  const p = x * y
  const s = p + x
  // f = s², so the way back begins with its slope, 2s
  const ds = 2 * s
  const dp = ds
  let dx = ${bySum}
  ${byProduct}
  const dy = x * dp
  return [dx, dy]
}`

export default defineExercise({
  kind: "debug",
  title: "The path that got lost",
  prompt:
    "This function goes back through $f = (x\\cdot y + x)^2$ by hand. Finite differences agree with its gradient by $y$, but not with the one by $x$. Find the bug and mend it.",
  conventions: ["returns [∂f/∂x, ∂f/∂y]"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  entry: "gradients",
  starter: program("ds", "dx = y * dp"),
  solution: program("ds", "dx += y * dp"),
  probes: (random) => [
    { args: [2, 3], note: "x = 2, y = 3" },
    { args: [-1.5, 0.4], note: "a negative x" },
    { args: [random.uniform(0.5, 2), random.uniform(-4, -2)], note: "a random point" },
    { args: [random.uniform(-3, -2), random.uniform(1, 3)], note: "another random point" },
  ],
  misconceptions: [
    {
      id: "backprop.lost-path",
      says: "The message of the product still overwrites the one of the sum. `x` is used twice: add.",
      code: program("ds", "dx = y * dp"),
    },
    {
      id: "backprop.other-path-only",
      says: "Now the message of the product is missing, and only the plain `x` counts. Both belong to `dx`.",
      code: program("ds", ""),
    },
    {
      id: "backprop.paths-multiplied",
      says: "You multiplied the two messages. Along *one* path slopes multiply; messages of *different* paths add.",
      code: program("ds", "dx *= y * dp"),
    },
    {
      id: "backprop.no-upstream",
      says: "You added the local slope `y` alone. The message of the product is `y` times what arrives at `p`.",
      code: program("ds", "dx += y"),
    },
  ],
  hints: [
    "How many arrows leave `x` in the graph, and how many messages does `dx` hold at the end?",
    "The second assignment to `dx` throws the first away.",
  ],
  explanation:
    "`x` reaches `s` by two paths. The line with `=` replaced the message of the first by that of the second, and nothing crashed: the gradient was merely wrong, and a training with it would still creep downhill. Such bugs are found by comparing with finite differences, not by looking at the loss.",
})
