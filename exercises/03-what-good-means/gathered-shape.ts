/** @file Exercise: predict the shape of the shares that `gather` picks from a batch. */
import { defineExercise } from "../lib/exercise.ts"

const program = (last: string) => `const S = zeros([5, 3])
const y = tensor([0, 2, 1, 1, 0], { dtype: "int32" })
const own = S.softmax(1).gather(1, y.reshape([-1, 1]))
${last}`

export default defineExercise({
  kind: "predict",
  title: "One share from each row",
  prompt:
    "Five examples, three classes. `gather` picks the share of the true class from each row. What is the shape of `own`?",
  conventions: ["write a shape as [2, 3] or as 2 × 3"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "shape of own",
  tolerance: { rtol: 0, atol: 0.1 },
  solution: program("own.shape"),
  misconceptions: [
    {
      id: "shape.gather-squeezes",
      says: "There are five numbers, one a row, but `gather` does not drop the dimension that it picks along. Its result has the shape of the index.",
      code: program("own.squeeze(1).shape"),
    },
    {
      id: "shape.gather-keeps-all",
      says: "That is the shape of the shares. `gather` takes only as many from each row as the index has columns.",
      code: program("S.shape"),
    },
    {
      id: "shape.gather-transposed",
      says: "Rows are examples, here as everywhere: one share a row stands in a column.",
      code: program("own.transpose().shape"),
    },
  ],
  hints: [
    "What is the shape of the index, `y.reshape([-1, 1])`?",
    "`gather` returns one value for each entry of the index.",
  ],
  explanation:
    "The index has shape [5, 1], and so has the result. Subtract this column from a vector of shape [5] and broadcasting makes a 5 × 5 matrix of it, without a word: hence the `squeeze(1)` in the next exercise.",
})
