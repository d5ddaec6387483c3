/** @file Exercise: which variance keeps the gradient level where layers change their width. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "Level on the way back",
  prompt:
    "A linear layer has 300 inputs and 100 outputs. With which variance of its weights has the **gradient** that leaves it the same variance as the one that enters?",
  conventions: ["the gradient enters at the outputs and leaves at the inputs"],
  difficulty: "hard",
  minutes: 3,
  revision: 1,
  options: [
    {
      id: "out",
      text: "1/100",
      right: true,
      says: "Yes. Each input collects the gradient of 100 outputs, so a sum of 100 terms must be kept level.",
    },
    {
      id: "in",
      text: "1/300",
      right: false,
      says: "That keeps the **signal** level: a unit adds 300 inputs. On the way back count the terms of the sum that arrives at one input.",
    },
    {
      id: "both",
      text: "2/400",
      right: false,
      says: "That is Xavier's compromise. It is exact in neither direction unless the two widths agree.",
    },
    {
      id: "half",
      text: "2/300",
      right: false,
      says: "That is He's rule, for a signal through ReLU. Here nothing is cut off, and we go the other way.",
    },
    {
      id: "never",
      text: "None: with different widths no variance can do it.",
      right: false,
      says: "None does it in **both** directions. For one direction alone there is one.",
    },
  ],
  hints: [
    "The gradient by the inputs is $W^\\top\\delta$. How many terms has each of its sums?",
    "Each of the 300 inputs reaches 100 outputs.",
  ],
  explanation:
    "Forwards a sum has $n_\\text{in}$ terms, backwards $n_\\text{out}$. So level gradients ask for $1/n_\\text{out}$, and a level signal for $1/n_\\text{in}$. Xavier averages the two denominators.",
})
