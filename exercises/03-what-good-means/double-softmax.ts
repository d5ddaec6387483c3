/** @file Exercise: a training step whose loss can never reach zero, to find and mend. */
import { tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"
import { labels, normal } from "../lib/probes.ts"

const program = (result: string) => `function batchLoss(x: Tensor, W: Tensor, b: Tensor, y: Tensor): Tensor {
  const scores = x.matmul(W).add(b)
  ${result}
}`

export default defineExercise({
  kind: "debug",
  title: "The loss that stops at 0.31",
  prompt:
    "This classifier of two classes trains, but however long you wait, its loss never falls below 0.31, even when every answer is right. Find the bug and mend it.",
  conventions: ["`crossEntropy(scores, y)` expects scores and class indices, and returns the mean in nats"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  entry: "batchLoss",
  starter: program("const p = scores.softmax(1)\n  return crossEntropy(p, y)"),
  solution: program("return crossEntropy(scores, y)"),
  probes: (random) => [
    {
      args: [normal(random, 4, 3), normal(random, 3, 2), normal(random, 2), labels([0, 1, 1, 0])],
      note: "four random examples, two classes",
      gradients: [1, 2],
    },
    {
      args: [normal(random, 5, 2), normal(random, 2, 3).mul(3), normal(random, 3), labels([2, 1, 0, 0, 2])],
      note: "five random examples, three classes",
      gradients: [1, 2],
    },
    {
      args: [
        tensor([
          [1, 0],
          [0, 1],
        ]),
        tensor([
          [20, -20],
          [-20, 20],
        ]),
        tensor([0, 0]),
        labels([0, 1]),
      ],
      note: "a perfect classifier",
    },
  ],
  misconceptions: [
    {
      id: "ce.softmax-twice",
      says: "Softmax is still applied twice: once by you, once inside `crossEntropy`. Hand it the scores.",
      code: program("const p = scores.softmax(1)\n  return crossEntropy(p, y)"),
    },
    {
      id: "ce.sigmoid-first",
      says: "A sigmoid in place of the softmax squeezes the scores into 0 to 1 just the same. `crossEntropy` wants the scores as they are.",
      code: program("return crossEntropy(scores.sigmoid(), y)"),
    },
    {
      id: "ce.softmax-axis",
      says: "Changing the dimension of the softmax does not help: `crossEntropy` applies its own. Hand it the scores.",
      code: program("return crossEntropy(scores.softmax(0), y)"),
    },
  ],
  alternates: [
    {
      id: "ce.log-softmax-nll",
      code: program("return nll(scores.logSoftmax(1), y)"),
      says: "You split the loss in two, log-softmax and negative log-likelihood. That is what `crossEntropy` does inside.",
    },
  ],
  hints: [
    "What does `crossEntropy` do with its first argument before it takes the logarithm?",
    "With probabilities as scores, what is the largest difference between two of them?",
  ],
  explanation:
    "`crossEntropy` applies the softmax itself. Given probabilities, it sees scores that differ by at most 1, so its own probabilities never pass $e/(1+e)$ with two classes, and the loss never falls below $\\ln(1+e^{-1})$.",
})
