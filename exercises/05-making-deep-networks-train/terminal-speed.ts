/** @file Exercise: how fast momentum gets on a steady slope. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const hundredths = 99
const gradient = 3
const rho = hundredths / 100
const answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "Terminal speed",
  prompt:
    "The gradient is {{gradient}} at every step, for ever. What does the velocity tend to when $\\rho$ is 0.{{hundredths}}?",
  conventions: ["form A: $v \\leftarrow \\rho v + g$; the learning rate is not in it"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "velocity in the long run",
  variants: (random) => ({
    hundredths: [75, 80, 90, 95, 96, 98, 99][random.integer(0, 7)] ?? 90,
    gradient: random.integer(2, 8),
  }),
  solution: program("gradient / (1 - rho)"),
  misconceptions: [
    {
      id: "momentum.mean",
      says: "That is the gradient itself, as if the velocity were a mean. It is a *sum* of old gradients, and grows beyond each of them.",
      code: program("gradient"),
    },
    {
      id: "momentum.one-old-gradient",
      says: "That is the velocity after two steps: the new gradient and what is left of one old one. The ones before have left something too.",
      code: program("gradient * (1 + rho)"),
    },
    {
      id: "momentum.lost-share",
      says: "That is the share that is lost at each step, times the gradient. In the long run the loss, $(1-\\rho)v$, *equals* the gradient; what is $v$ then?",
      code: program("gradient * (1 - rho)"),
    },
  ],
  hints: [
    "In the long run the velocity no longer changes: $v = \\rho v + g$.",
    "Solve $v = \\rho v + g$ for $v$.",
  ],
  explanation:
    "From $v = \\rho v + g$ follows $v = g/(1-\\rho)$: each step loses the share $1-\\rho$ of the velocity, and the gradient makes up for it. With $\\rho = 0.99$ that is a hundred gradients, so the same $\\eta$ walks a hundred times as far.",
})
