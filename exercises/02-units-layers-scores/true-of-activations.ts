/** @file Exercise: seven statements on activation functions. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "What is true?",
  prompt: "Choose all statements that are true.",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "twenty",
      text: "A chain of twenty sigmoid units, with weights of 1, leaves less than $10^{-12}$ of a gradient.",
      right: true,
      says: "True: at most $0.25^{20}$, about $9\\times10^{-13}$.",
    },
    {
      id: "tanh-safe",
      text: "With tanh there are no vanishing gradients, since its slope is 1.",
      right: false,
      says: "Its slope is 1 at exactly $z=0$ and less everywhere else. The product still shrinks, only more slowly.",
    },
    {
      id: "corner",
      text: "The corner of ReLU at 0 breaks gradient descent, because there is no derivative.",
      right: false,
      says: "Any value from 0 to 1 is a valid slope there, frameworks take 0, and a sum is hardly ever exactly 0.",
    },
    {
      id: "leak-range",
      text: "The range of leaky ReLU is all real numbers.",
      right: true,
      says: "True for every leak above 0: on the left it goes down without end, however slowly.",
    },
    {
      id: "sum-to-one",
      text: "The sigmoid outputs of one layer sum to one.",
      right: false,
      says: "Each sigmoid looks at its own $z$ only. Softmax is what sums to one.",
    },
    {
      id: "dead",
      text: "A ReLU that is negative for one example is dead.",
      right: false,
      says: "It is closed for that example. It is dead only if it is closed for **all** of them, since then nothing can open it.",
    },
    {
      id: "elu",
      text: "An ELU far below 0 learns about as slowly as a saturated sigmoid.",
      right: true,
      says: "True: its slope there is $\\alpha e^z$, and at $-10$ that is $4.5\\times10^{-5}$.",
    },
  ],
  hints: [
    "Three of them are true.",
    "For each of the others, find one place $z$ that shows that it is false.",
  ],
  explanation:
    "Slopes decide what a network can learn. Keep the three numbers in mind: at most ¼ for the sigmoid, at most 1 for tanh, exactly 0 or 1 for ReLU.",
})
