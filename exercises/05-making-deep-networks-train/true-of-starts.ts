/** @file Exercise: statements on small, large and constant starts. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "What is true of a start?",
  prompt: "Choose all statements that are true.",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "explodes",
      text: "A deep tanh network can be saturated almost everywhere while its gradients explode.",
      right: true,
      says: "True: the few open units pass the gradient on through large weights.",
    },
    {
      id: "safe",
      text: "The smaller the weights, the safer the start.",
      right: false,
      says: "With 0.01 the ten-layer network never left the loss of a guesser: signal and gradients are too small to move it.",
    },
    {
      id: "forgets",
      text: "After a few hundred steps it no longer matters where the weights began.",
      right: false,
      says: "Where no gradient arrives, nothing changes, for hundreds of steps or for thousands. And equal units stay equal.",
    },
    {
      id: "bias",
      text: "Biases may all start at 0.",
      right: true,
      says: "True: random weights break the symmetry; biases need not do it again.",
    },
    {
      id: "relu",
      text: "With weights of variance $1/n$ a ReLU signal loses half of its mean square in each layer.",
      right: true,
      says: "True: that is why He's rule has a 2.",
    },
    {
      id: "square",
      text: "For a layer from 500 to 500 the two rules that are called Xavier differ by a factor of two.",
      right: false,
      says: "For a square layer they agree: $2/(500+500)$ is $1/500$.",
    },
  ],
  hints: ["Three of them are true.", "One of the false ones was the first network of the race."],
  explanation:
    "Two things must be right at the start: the weights must differ, and their spread must fit the fan-in. Everything else follows from the power that depth makes of one factor.",
})
