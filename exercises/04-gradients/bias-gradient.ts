/** @file Exercise: sum or mean for the gradient of a bias. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "Sum or mean?",
  prompt:
    "The loss is the mean over $N$ examples. Somebody computes `db = delta.mean(0)`, since “the loss is a mean too”. With $\\delta = (P-Y)/N$ at the output, what is right?",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "sum",
      text: "The sum over the examples: the $1/N$ is in δ already.",
      right: true,
      says: "Yes. The mean is a node of the graph, right behind the losses. Its slope $1/N$ was multiplied in at the very start of the sweep, once.",
    },
    {
      id: "mean",
      text: "The mean: otherwise the gradient grows with the batch.",
      right: false,
      says: "It would, if δ were $P-Y$. But δ is divided by $N$ already, and a mean would divide by it twice.",
    },
    {
      id: "both",
      text: "Either: a factor can be put into the learning rate.",
      right: false,
      says: "Not here. `dW` would keep its size and `db` would be $N$ times smaller, so weights and biases would learn at different rates.",
    },
    {
      id: "units",
      text: "The mean over the units, so that every example has one number.",
      right: false,
      says: "The gradient has the shape of the bias: one number for each *unit*.",
    },
  ],
  hints: ["Where in the graph does the division by $N$ stand, and how often does the sweep pass it?"],
  explanation:
    "The bias is copied to every example, and a copy adds. There is one mean in the graph, at the loss, and its factor has been handed down by every message since.",
})
