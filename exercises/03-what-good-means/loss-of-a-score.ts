/** @file Exercise: sketch how the loss of an example falls as the score of its true class rises. */
import { defineExercise } from "../lib/exercise.ts"

const curve = (
  loss: string,
) => `const others = Math.log(Math.exp(5.1) + Math.exp(-1.7)) // car and frog together
const answer = Array.from({ length: 51 }, (_, i) => {
  const s = i / 5 // the cat's score
  return [s, ${loss}]
})`

export default defineExercise({
  kind: "sketch",
  title: "What a better score is worth",
  prompt:
    "Car and frog keep their scores of 5.1 and −1.7. You turn up the score of the **cat**, the true class, from 0 to 10. Sketch its loss.",
  difficulty: "core",
  minutes: 3,
  revision: 1,
  x: { label: "score of the cat", from: 0, to: 10, step: 1 },
  y: { label: "loss (nats)", from: 0, to: 8, step: 0.25 },
  at: [0, 2, 4, 5, 6, 8, 10],
  tolerance: 0.05,
  features: [
    {
      says: "it falls all the way",
      holds: (heights) => heights.every((h, i) => i === 0 || h <= heights[i - 1]),
    },
  ],
  truth: curve("Math.log(1 + Math.exp(others - s))"),
  misconceptions: [
    {
      id: "ce.one-minus-p",
      says: "You drew $1 - p$, which never exceeds 1. The loss is $-\\ln p$: certain and wrong costs without limit.",
      code: curve("1 - 1 / (1 + Math.exp(others - s))"),
    },
    {
      id: "ce.is-hinge",
      says: "That is a hinge loss: it asks for a lead of 1. Cross-entropy asks for no margin. Where the cat draws level with the car its share is one half, and the loss $\\ln 2$.",
      code: curve("Math.max(0, others - s + 1)"),
    },
    {
      id: "ce.rises",
      says: "Your curve rises like the share of the cat. The loss falls when the share rises.",
      code: curve("1 / (1 + Math.exp(others - s))"),
    },
    {
      id: "ce.halves",
      says: "You let every point of score halve the loss. Far below the car each point takes off the *same amount*, nearly 1.",
      code: curve("5.1 * 2 ** -s"),
    },
  ],
  hints: [
    "Use $\\ell = -s_y + \\ln\\sum_j e^{s_j}$. At 0 the car is nearly all of the sum, so the loss is about 5.1.",
    "As long as the car leads clearly the sum does not change, and only $-s_y$ does: what is the slope?",
    "At 5.1 cat and car are level. Half a share costs $\\ln 2 \\approx 0.7$.",
  ],
  explanation:
    "Two straight lines and a bend. While the cat is behind, one more point of score is worth one nat less of loss: a steady push, however wrong the answer is. Once it leads, the loss creeps towards 0 and never arrives. Its slope is $p - 1$, from −1 to almost 0.",
})
