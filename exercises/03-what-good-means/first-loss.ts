/** @file Exercise: read the first loss of a training run as a symptom. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "The first loss is 6.9",
  prompt:
    "You build a network for **ten** classes, initialise it, and before any training the mean cross-entropy on a batch is 6.9. What is the most likely reason?",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "scale",
      text: "The scores are too large: the untrained network is confidently wrong.",
      right: true,
      says: "Yes. Ten classes should start at $\\ln 10$. Three times that means large, random scores: check the initialisation and whether the inputs are scaled.",
    },
    {
      id: "normal",
      text: "Nothing is wrong. Losses start high and fall.",
      right: false,
      says: "How high is not arbitrary. A network that knows nothing gives each of ten classes a share of one tenth and pays $\\ln 10$, not three times as much.",
    },
    {
      id: "rate",
      text: "The learning rate is too high.",
      right: false,
      says: "No step has been taken yet, so the learning rate has had no say.",
    },
    {
      id: "thousand",
      text: "With ten classes, ln 1000 ≈ 6.9 is what you should expect.",
      right: false,
      says: "$\\ln 1000$ is right for a *thousand* classes. Which is a clue, too: is the output layer perhaps 1000 wide by mistake?",
    },
  ],
  hints: [
    "What does a network pay that gives every class the same probability?",
    "Compare 6.9 with $\\ln 10$. Can ignorance alone cost that much?",
  ],
  explanation:
    "Equal shares cost $\\ln C$. More than that needs *confidence in wrong answers*, and an untrained network is confident only if its scores are large: weights too big, inputs not scaled, or an output layer of the wrong width.",
})
