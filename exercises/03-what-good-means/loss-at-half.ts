/** @file Exercise: the cross-entropy of a probability of one half, in nats. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "number",
  title: "Half sure",
  prompt:
    "The network gives the true class a probability of 0.5. What is the cross-entropy loss of this example?",
  conventions: ["in nats: the natural logarithm", "three significant digits are enough"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "loss (nats)",
  tolerance: { rtol: 5e-3, atol: 0 },
  solution: "const answer = -Math.log(0.5)",
  misconceptions: [
    {
      id: "ce.log-base",
      says: "That is the logarithm to base 10. Your calculator's `log` key is base 10; the loss uses `ln`.",
      code: "const answer = -Math.log10(0.5)",
    },
    {
      id: "ce.bits",
      says: "That is the loss in *bits*. Right idea, another unit: the question asks for nats, with the natural logarithm.",
      code: "const answer = -Math.log2(0.5)",
    },
    {
      id: "ce.sign",
      says: "A loss cannot be negative here: $\\ln 0.5$ is, so the minus sign in $-\\ln p$ is missing.",
      code: "const answer = Math.log(0.5)",
    },
    {
      id: "ce.one-minus-p",
      says: "You subtracted the probability from 1. That is a loss too, but not this one: cross-entropy takes a logarithm.",
      code: "const answer = 1 - 0.5",
    },
  ],
  hints: ["The loss is $-\\ln p_y$.", "$\\ln 0.5 = -\\ln 2$."],
  explanation: "$-\\ln 0.5 = \\ln 2$. Each halving of the probability of the truth costs another $\\ln 2$.",
})
