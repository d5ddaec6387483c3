/** @file Exercise: one step of Nesterov's method, line by line. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "parsons",
  title: "Look, then walk",
  prompt: "Build one step of Nesterov's method. Its velocity is form B's: the step itself.",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  label: "one step of Nesterov’s method",
  blocks: [
    { id: "ahead", code: "const ahead = x + rho * v" },
    { id: "slope", code: "const g = slope(ahead)" },
    { id: "velocity", code: "v = rho * v - eta * g" },
    { id: "move", code: "x = x + v" },
  ],
  misconceptions: [
    {
      id: "nesterov.slope-here",
      says: "You measure the slope where you stand. That is momentum; Nesterov measures it where the velocity will carry you.",
      code: "const g = slope(x)",
      instead: "slope",
    },
    {
      id: "nesterov.ahead-undamped",
      says: "Of the old velocity only the share `rho` survives the step, so you will be carried by `rho * v`, not by `v`.",
      code: "const ahead = x + v",
      instead: "ahead",
    },
    {
      id: "momentum.sign",
      says: "This velocity points uphill, and you add it to `x`. In form B the minus belongs to the gradient.",
      code: "v = rho * v + eta * g",
      instead: "velocity",
    },
    {
      id: "momentum.old-v",
      says: "You walk before the velocity is updated: the gradient that you measured does not count in this step.",
      order: ["move", "velocity"],
    },
  ],
  hints: ["Where will the old velocity carry you?", "The place comes last."],
  explanation:
    "Go along what is left of the velocity in thought, measure there, correct the velocity, and walk. The walk starts at `x`, not at `ahead`: the look ahead only tells you the slope.",
})
