/** @file Exercise: the hinge loss of a network before any training. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const classes = 10
const answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "The first number",
  prompt:
    "A linear classifier of {{classes}} classes starts with tiny random weights. What is its mean multiclass hinge loss before any training, to a good approximation?",
  conventions: ["$\\Delta = 1$; the sum over the wrong classes, the mean over the pictures"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "loss",
  variants: (random) => ({ classes: random.integer(5, 60) }),
  solution: program("classes - 1"),
  misconceptions: [
    {
      id: "hinge.includes-y",
      says: "You counted the right class among its own rivals. It has {{classes}} − 1 of them.",
      code: program("classes"),
    },
    {
      id: "hinge.log-classes",
      says: "That is the logarithm of the number of classes: what *cross-entropy* says of a network that knows nothing. The hinge loss has no logarithm.",
      code: program("Math.log(classes)"),
    },
    {
      id: "hinge.zero-at-start",
      says: "A loss of 0 would mean that every right class leads by 1. With all scores near 0 nobody leads.",
      code: program("0"),
    },
    {
      id: "hinge.one-rival",
      says: "That is one rival's share. Each of the wrong classes is too high by about 1.",
      code: program("1"),
    },
  ],
  hints: ["All scores are nearly 0. What does one rival cost?", "How many rivals are there?"],
  explanation:
    "With all scores near 0 each of the {{classes}} − 1 rivals is too high by the whole margin, so each costs 1. A loss far from that on the first batch means that scores are not small, or that the formula is another one.",
})
