/** @file Exercise: what dividing by the size of the gradients does, and what it does not. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "What the division buys",
  prompt: "Which of these are true? There may be several.",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "stall",
      text: "After a very long training, AdaGrad's steps tend to 0 even where the gradient does not.",
      right: true,
      says: "Yes. The sum of squares only grows, and a constant gradient is divided by a root of $t$.",
    },
    {
      id: "rescale",
      text: "If every gradient of one parameter is ten times as large from the start, Adam moves it just as before, but for ε.",
      right: true,
      says: "Yes. Mean and root grow by the same ten, and their quotient stays.",
    },
    {
      id: "second",
      text: "They estimate the curvature of the loss.",
      right: false,
      says: "No second derivative is used. $s$ holds squares of *first* derivatives, which may be large where the loss is not curved at all.",
    },
    {
      id: "variance",
      text: "Adam's $v$ is the variance of the gradient.",
      right: false,
      says: "It is the mean of the *squares*, and nothing is subtracted before squaring. A constant gradient has variance 0, and $v$ tends to its square.",
    },
    {
      id: "no-rate",
      text: "With them there is no learning rate to choose.",
      right: false,
      says: "There is one, and it decides how far a parameter moves in a step. Compare the counts for Adam 1, 0.1 and 0.01.",
    },
  ],
  hints: ["Two of them are true.", "What does AdaGrad's sum do after a million steps?"],
  explanation:
    "Dividing by the root of a sum or a mean of squares takes out the scale of each parameter. It knows nothing of curvature, and leaves one number to choose: how long a step of size 1 is.",
})
