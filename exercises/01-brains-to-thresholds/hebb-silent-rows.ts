/** @file Exercise: why three of the four rows of AND teach nothing in binary coding. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "Three silent rows",
  prompt:
    "With inputs and targets of 0 and 1, the rows (1, 0), (0, 1) and (0, 0) of AND changed no weight. Why?",
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  options: [
    {
      id: "targets",
      text: "Their target is 0.",
      right: true,
      says: "Yes. The change is target times input, and the target is 0 in all three rows, whatever the input.",
    },
    {
      id: "inputs",
      text: "Their inputs are 0.",
      right: false,
      says: "Not all of them: (1, 0) has its first input on, and the constant 1 is on in every row. With a target of 1 they would have changed.",
    },
    {
      id: "right-already",
      text: "The unit answered them correctly already.",
      right: false,
      says: "It did not: it fires for them. And Hebb's rule would not have noticed, since it never asks for the unit's answer.",
    },
    {
      id: "once",
      text: "They were shown only once.",
      right: false,
      says: "Zero added a thousand times is still zero. What is the change for one of these rows?",
    },
  ],
  hints: ["Write down the change of the weights, $t\\,x$, for the row (1, 0) with its target."],
  explanation:
    "The change is $t\\,x$. A target of 0 makes it zero for every weight, even for those whose input is on. That is why targets must be ±1. (And why inputs must be too: with a target of −1 an input of 0 would still be passed over.)",
})
