/** @file Exercise: why all weights may not start at one half. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "All weights one half",
  prompt:
    "Somebody starts a network with **every** weight of a hidden layer of 100 units at 0.5, and trains it for a day. What is wrong?",
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  options: [
    {
      id: "twins",
      text: "All 100 units compute the same, receive the same gradient, and remain one unit.",
      right: true,
      says: "Yes. Same input, same weights, same output, same error: nothing can ever tell them apart.",
    },
    {
      id: "large",
      text: "0.5 is too large. With 0.01 it would work.",
      right: false,
      says: "0.01 everywhere is just as symmetric. Size is the next question; first the weights must differ.",
    },
    {
      id: "positive",
      text: "All weights are positive. Half of them should be −0.5, in the same pattern for each unit.",
      right: false,
      says: "With the same pattern for each unit the units are still copies of each other. They must differ between units, not within one.",
    },
    {
      id: "biases",
      text: "Nothing, as long as the inputs differ.",
      right: false,
      says: "Different examples do give different outputs, but the same one in all 100 units. The gradients are the same for each unit, too.",
    },
  ],
  hints: [
    "Pick two of the units. Is there anything in which they differ, on the way there or on the way back?",
    "Would a smaller constant change that?",
  ],
  explanation:
    "The trouble is not the size but the symmetry. Gradient descent treats equal units equally, so they stay equal. Random weights make them different from the first step on.",
})
