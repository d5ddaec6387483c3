/** @file Exercise: why a row of the hidden error is mostly zero. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "Two silent units",
  prompt: "In the first row of $\\delta^{(1)}$ two of the three numbers are 0. Why?",
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  options: [
    {
      id: "off",
      text: "For the first example these two units had a negative pre-activation, so their slope is 0.",
      right: true,
      says: "Yes. Nudging $z$ from −1.9 to −1.8 changes nothing above it, so nothing comes back. For the second example the same units are on.",
    },
    {
      id: "right",
      text: "The network was right about the first example, so there is nothing to learn from it.",
      right: false,
      says: "Then all of its row would be small, at the output too. There the error is −0.25 for the true class.",
    },
    {
      id: "weights",
      text: "The weights that lead from these units are zero.",
      right: false,
      says: "None of them is. Look at $\\nabla_H$, before the slope is multiplied in: both numbers are there.",
    },
    {
      id: "dead",
      text: "These units are dead: no example can ever reach them again.",
      right: false,
      says: "They are off for *this* example. In the second row both get a message, and so do their weights.",
    },
  ],
  hints: ["Compare the rows of $Z^{(1)}$, $H$ and $\\delta^{(1)}$."],
  explanation:
    "A ReLU that is off passes nothing, in either direction. It is a matter of unit *and* example: the gradient of its weights adds over the batch, and other examples contribute. Only a unit that is off for every example is dead.",
})
