/** @file Exercise: what backpropagation is, and what it is taken for. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "What it is, and what it is not",
  prompt: "Which of these are true of backpropagation? There may be several.",
  difficulty: "core",
  minutes: 3,
  revision: 1,
  options: [
    {
      id: "exact",
      text: "But for rounding, its gradient is exact.",
      right: true,
      says: "Yes. Each slope is the true slope at the values of the forward pass; nothing is approximated by a nudge.",
    },
    {
      id: "tie",
      text: "At a tie of a max gate there is no slope, so an implementation picks one.",
      right: true,
      says: "Yes. Any split of the message between the two is defensible; engines differ, and almost never does it matter.",
    },
    {
      id: "stores",
      text: "It needs the values of the forward pass, so they have to be kept.",
      right: true,
      says: "Yes. The slope of a product is the other factor's *value*. This is why training needs more memory than using a network.",
    },
    {
      id: "learning",
      text: "It is the rule by which a network changes its weights.",
      right: false,
      says: "It only finds the gradient. Gradient descent, or another optimizer, changes the weights.",
    },
    {
      id: "symbolic",
      text: "It derives a formula for each derivative, then puts the numbers in.",
      right: false,
      says: "Only numbers travel back. A formula for each derivative would explode: it repeats the same parts over and over.",
    },
    {
      id: "smooth",
      text: "It works only if every operation has a slope everywhere.",
      right: false,
      says: "Almost everywhere is enough. ReLU, the absolute value and max all have corners, and train well.",
    },
  ],
  hints: ["Three of them are true.", "Which one speaks of changing weights? Which one would need a formula?"],
  explanation:
    "Backpropagation turns a forward pass, whose values it keeps, into exact derivatives, for any operations that have slopes almost everywhere. What is done with the derivatives is not its business.",
})
