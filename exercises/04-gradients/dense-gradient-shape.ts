/** @file Exercise: predict the shape of a weight gradient. */
import { defineExercise } from "../lib/exercise.ts"

const program = (last: string) => `// 32 pictures of 3072 numbers, 50 hidden units
const X = zeros([32, 3072])
const delta = zeros([32, 50]) // gradient by the pre-activations
const dW = delta.transpose().matmul(X)
${last}`

export default defineExercise({
  kind: "predict",
  title: "The shape of a gradient",
  prompt:
    "The first layer of a network takes 3072 inputs to 50 units. What is the shape of its weight gradient?",
  conventions: ["write a shape as [2, 3] or as 2 × 3"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "shape of dW",
  tolerance: { rtol: 0, atol: 0.1 },
  solution: program("dW.shape"),
  misconceptions: [
    {
      id: "backprop.transpose",
      says: "The right numbers in the wrong order. `W` has one row for each *unit*, so its gradient has too.",
      code: program("dW.transpose().shape"),
    },
    {
      id: "backprop.per-example",
      says: "That is one gradient for each picture. All pictures use the same weights, so their messages are added: the product sums over the 32.",
      code: program("const each = [32, ...dW.shape]\neach"),
    },
    {
      id: "backprop.shape-of-delta",
      says: "That is the shape of δ, one number a picture and unit. The weights have a number for each unit and *input*.",
      code: program("delta.shape"),
    },
  ],
  hints: ["What is the shape of `W` itself?", "(50 × 32) times (32 × 3072)"],
  explanation:
    "A gradient always has the shape of what it belongs to. The 32 has vanished: it is the dimension that the product sums over, because every picture uses the same weights.",
})
