/** @file Exercise: what the perceptron promises on separable data, and what it does not. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "What it promises",
  prompt: "The data are separable and you start from *w* = 0. Which of these are true? There may be several.",
  conventions: ["inputs include the constant 1 that carries the bias"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  options: [
    {
      id: "widest",
      text: "It ends with the separator that has the widest margin.",
      right: false,
      says: "It stops at the first separator that it meets. Nothing in the rule looks for a wide margin.",
    },
    {
      id: "scale-all",
      text: "Multiplying all inputs by 10, the constant one included, leaves the number of mistakes unchanged.",
      right: true,
      says: "Yes. R and the margin both grow tenfold, and every score keeps its sign along the whole run.",
    },
    {
      id: "learning-rate",
      text: "A learning rate of 10 makes it finish with fewer mistakes.",
      right: false,
      says: "From w = 0 the learning rate multiplies every w of the run by 10. No sign changes, so no mistake is saved.",
    },
    {
      id: "order",
      text: "Another order of the examples can end at another separator.",
      right: true,
      says: "Yes. Each move depends on the weights that it meets. Hebb's sum did not care about the order; this rule does.",
    },
    {
      id: "monotone",
      text: "After each update fewer examples are wrong than before it.",
      right: false,
      says: "An update repairs one example and may break others. Look down the last column of the table of AND's eighteen updates.",
    },
    {
      id: "probability",
      text: "A score of 0.9 means that the class is +1 with probability 0.9.",
      right: false,
      says: "The score is an unscaled distance from the line. Double w and it doubles; the decision stays.",
    },
  ],
  hints: [
    "Two of them are true.",
    "For the scaling questions, follow the first update: what happens to *w*, and what to the sign of every later score?",
  ],
  explanation:
    "The theorem promises one thing: finitely many mistakes, at most (*R*/γ)². It says nothing about which separator you get, and nothing about each single step. Starting from 0, a common factor in all inputs or in the learning rate runs through the whole computation without changing one sign.",
})
