/** @file Exercise: what to change when training explodes after momentum was switched on. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "It worked without",
  prompt:
    "A network trains well with plain gradient descent. You set `momentum: 0.9`, change nothing else, and the loss explodes. What do you try first?",
  difficulty: "core",
  minutes: 1,
  revision: 1,
  options: [
    {
      id: "lower",
      text: "Divide the learning rate by about ten.",
      right: true,
      says: "Yes. Along a steady slope the velocity reaches $1/(1-0.9) = 10$ gradients, so a step is up to ten times as long as before.",
    },
    {
      id: "one",
      text: "Set the momentum to 1, so that it damps fully.",
      right: false,
      says: "With $\\rho = 1$ nothing is ever lost: the velocity grows for ever. To get plain descent back, $\\rho$ must be 0.",
    },
    {
      id: "higher",
      text: "Raise the learning rate, so that the gradient outweighs the velocity.",
      right: false,
      says: "The velocity *is* made of gradients. A larger $\\eta$ lengthens each step further.",
    },
    {
      id: "sign",
      text: "Turn the sign of the velocity, since it pushes uphill.",
      right: false,
      says: "The velocity is a sum of gradients and is subtracted like one. Turning its sign makes descent climb.",
    },
  ],
  hints: ["How long is a step, once the velocity has settled, compared with one of plain descent?"],
  explanation:
    "The velocity is a sum, up to $1/(1-\\rho)$ times the gradient. Switching momentum on is therefore also a rise of the learning rate, which $\\eta$ has to take back.",
})
