/** @file Exercise: what adding to, and multiplying, all logits does to the probabilities. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "Shift or scale",
  prompt: "The scores are 3.2, 5.1 and −1.7. Which of these statements are true?",
  difficulty: "warm-up",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "add",
      text: "Adding 10 to all three scores changes no probability.",
      right: true,
      says: "True. Every exponential is multiplied by $e^{10}$, and the factor cancels.",
    },
    {
      id: "add-one",
      text: "Adding 10 to the first score alone leaves the other two probabilities as they are.",
      right: false,
      says: "All three share one denominator. Raise one score and the other two shares shrink.",
    },
    {
      id: "times",
      text: "Multiplying all scores by 10 makes the distribution bolder: the largest share grows.",
      right: true,
      says: "True. The differences become ten times larger, and differences become ratios.",
    },
    {
      id: "times-same",
      text: "Multiplying all scores by 10 changes nothing, because the factor cancels.",
      right: false,
      says: "A factor in the *exponent* is a power: $e^{10s} = (e^{s})^{10}$. It does not cancel. Only an added constant does.",
    },
    {
      id: "order",
      text: "Neither adding 10 to all scores nor multiplying them all by 10 changes which class has the largest probability.",
      right: true,
      says: "True. Both keep the order of the scores, and softmax keeps it too.",
    },
  ],
  hints: [
    "Write $e^{s+10}$ as a product.",
    "Write $e^{10 s}$ as a power of $e^{s}$. What happens to the ratio of two of them?",
  ],
  explanation:
    "Softmax sees only differences. Adding a constant keeps them; multiplying stretches them, which makes the largest share larger still.",
})
