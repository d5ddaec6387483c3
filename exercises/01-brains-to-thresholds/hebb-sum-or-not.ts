/** @file Exercise: what follows from the weights being a sum. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "A sum, and what follows",
  prompt:
    "A unit has learnt AND by Hebb's rule, in bipolar coding and one pass from zero. Which of these are true? There may be several.",
  difficulty: "core",
  minutes: 3,
  revision: 1,
  options: [
    {
      id: "order",
      text: "With the rows in another order it ends at the same weights.",
      right: true,
      says: "Yes: a sum does not depend on the order of its terms. The weights on the way differ, the last ones do not.",
    },
    {
      id: "second-pass",
      text: "A second pass changes the weights but no answer.",
      right: true,
      says: "Yes. It adds the same sum again, so all weights and all scores double. The signs stay.",
    },
    {
      id: "repeated-row",
      text: "Showing one row five times in the pass can change an answer.",
      right: true,
      says: "Yes. That row counts five times in the sum, and its cross-talk can shout down another.",
    },
    {
      id: "stops",
      text: "As soon as all four answers are right, the weights stay as they are.",
      right: false,
      says: "The rule never looks at an answer. In the order of the table all four are right after row 3, and row 4 moves the weights all the same.",
    },
    {
      id: "rate",
      text: "With changes of 0.1 instead of 1 it would need more passes.",
      right: false,
      says: "All weights and scores would be a tenth as large, with the same signs. One pass is enough, or no number is.",
    },
    {
      id: "separable",
      text: "Where this rule fails, no weights would do.",
      right: false,
      says: "Look at the four patterns of the cube: the rule fails, and a plane that separates them exists. (For the full table of two inputs it happens to be true.)",
    },
  ],
  hints: [
    "Three are true. Write the weights as a sum over rows and ask what each statement does to the sum.",
    "Multiplying all weights by a positive number changes no sign of any score.",
  ],
  explanation:
    "$w=\\sum_n t^{(n)}x^{(n)}$: the order drops out, a second pass or another step size only rescales, and a repeated row gets more weight. Nothing in the sum asks whether an answer is right.",
})
