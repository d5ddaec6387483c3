/** @file Exercise: a stopping rule with a bug, to find and mend. */
import { defineExercise } from "../lib/exercise.ts"

const program = (test: string) => `function stepsUntilStill(x: number, stepSize: number, delta: number) {
  for (let step = 1; step <= 1000; step++) {
    const next = x - stepSize * 2 * x
    const change = next - x
    x = next
    ${test}
  }
  return 1000
}`

export default defineExercise({
  kind: "debug",
  title: "It stops too soon",
  prompt:
    "This program counts the steps until gradient descent on $x^2$ stands still. Started at $x = -4$ it works. Started at $x = 4$ it always answers 1. Find the bug and mend it.",
  conventions: [
    "stop after the first step whose length is at most `delta`, and return its number",
    "return 1000 if that never happens within 1000 steps",
  ],
  difficulty: "core",
  minutes: 4,
  revision: 2,
  entry: "stepsUntilStill",
  starter: program("if (change <= delta) return step"),
  solution: program("if (Math.abs(change) <= delta) return step"),
  probes: (random) => [
    { args: [4, 0.1, 1e-3], note: "from the right" },
    { args: [-4, 0.1, 1e-3], note: "from the left" },
    { args: [4, 0.9, 1e-6], note: "zigzag" },
    { args: [-3, 1.1, 1e-3], note: "a step size that diverges" },
    { args: [2 + random.uniform(), 0.05, 1e-8], note: "a random start, a strict tolerance" },
    { args: [-1, 0.3, 0.2], note: "a generous tolerance, from the left" },
    { args: [4, 0.25, 2], note: "a first step exactly as long as the tolerance" },
    { args: [4, 0.001, 0.0010816], note: "still at step 1001, one too late" },
  ],
  misconceptions: [
    {
      id: "gd.signed-stop",
      says: "The test still looks at the signed change. A step to the left is negative, and every negative number is at most `delta`. Test the *length* of the step.",
      code: program("if (change <= delta) return step"),
    },
    {
      id: "gd.stop-on-position",
      says: "You stop when $x$ is small. That works here only because the minimum happens to be at 0, and a tolerance on the position is not a tolerance on the step.",
      code: program("if (Math.abs(x) <= delta) return step"),
    },
    {
      id: "gd.exponent-e",
      says: "You stop far too early: your tolerance is not `delta` itself.",
      code: program("if (Math.abs(change) <= Math.exp(Math.log10(delta))) return step"),
    },
    {
      id: "gd.stop-reversed",
      says: "You stop when the step is *longer* than `delta`. The comparison points the wrong way.",
      code: program("if (Math.abs(change) >= delta) return step"),
    },
  ],
  hints: [
    "Print `change` for the first step from 4. Is it larger or smaller than `delta`?",
    "The rule compares a *length* with a tolerance. Which function turns a change into a length?",
  ],
  explanation:
    "From the right every change is negative, so `change <= delta` holds at once. The rule needs the norm of the step: `Math.abs` for one number, the root of the sum of squares for many.",
})
