/** @file Exercise: what certainty costs when it is wrong. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "Certain, and wrong",
  prompt:
    "A model says **exactly 1.0** for a student who fails. What is the binary cross-entropy of this one answer?",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "infinite",
      text: "Infinite.",
      right: true,
      says: "Yes: $-\\ln(1-1) = -\\ln 0$. The mean over a million examples is infinite too. Never output exactly 0 or 1; compute the loss from the logit.",
    },
    {
      id: "one",
      text: "1, because the answer is wrong by 1.",
      right: false,
      says: "1 is what the zero–one loss, the absolute and the squared error charge. The logarithm has no such ceiling.",
    },
    {
      id: "zero",
      text: "0, because $\\ln 1 = 0$.",
      right: false,
      says: "$-\\ln p$ is the price for somebody who passes. This student failed: look at the other term, $-\\ln(1-p)$.",
    },
    {
      id: "hundred",
      text: "100, because libraries cut the logarithm off at −100.",
      right: false,
      says: "Some do, so that one example cannot ruin a mean. That is an emergency brake of the program and not the loss. The formula says something else.",
    },
  ],
  hints: ["Which probability did the model give to what really happened?", "What is the logarithm of 0?"],
  explanation:
    "The model declared impossible what happened, and no finite price makes up for that. It sounds harsh, but it is what makes honesty pay. A sigmoid of a finite score is never exactly 1 on paper; in 32-bit numbers it is, above a score of about 17. Hence the formula from the logit.",
})
