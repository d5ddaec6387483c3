/** @file Exercise: why gradients are added to what is there. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "Why += ?",
  prompt: "The backward pass says `input.grad += slope * entry.grad`. Why is it `+=`, and not `=`?",
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  options: [
    {
      id: "paths",
      text: "A value can be used in several places, and each of them sends a message.",
      right: true,
      says: "Yes. A nudge of the value changes the result along every path, and the changes add up. With `=` only the message that comes last would count.",
    },
    {
      id: "average",
      text: "The gradient is a mean over the examples, so it has to be summed first.",
      right: false,
      says: "There need not be any examples: $x\\cdot y + x$ has none. If the loss is a mean over examples, the mean is a node of the graph like any other.",
    },
    {
      id: "momentum",
      text: "It remembers the gradients of earlier steps, which makes training smoother.",
      right: false,
      says: "That is momentum, a choice of the optimizer. Gradients left over from an earlier step are a mistake here: clear them first.",
    },
    {
      id: "rounding",
      text: "Adding small numbers little by little rounds less.",
      right: false,
      says: "It would not matter here: most nodes get a single message. The question is what happens when there are two.",
    },
  ],
  hints: ["Think of $f = x\\cdot y + x$. How many messages does $x$ get?"],
  explanation:
    "The chain rule for several paths is a sum. A value that is used three times gets three messages, and its derivative is complete only when all of them have come in. That is also why the sweep must go in reverse order.",
})
