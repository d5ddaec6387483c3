/** @file Exercise: which line of code belongs to which library, from a shape. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "Whose line is it?",
  prompt:
    "You find a saved layer with 784 inputs and 128 units. Its weight has the shape (784, 128), its bias the shape (128,). The batch `X` is (32, 784). Which lines compute the layer?",
  conventions: ["`@` is the matrix product, `.T` the transpose"],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "keras",
      text: "`X @ W + b`",
      right: true,
      says: "Right: (32, 784) times (784, 128). The weight is stored as in × out, as in Keras.",
    },
    {
      id: "torch",
      text: "`X @ W.T + b`",
      right: false,
      says: "PyTorch's line. It needs a weight of shape (128, 784); here the inner numbers would be 784 and 128.",
    },
    {
      id: "left",
      text: "`W @ X + b`",
      right: false,
      says: "(784, 128) times (32, 784) has no meaning: the inner numbers are 128 and 32.",
    },
    {
      id: "columns",
      text: "`(W.T @ X.T).T + b`",
      right: true,
      says: "Right, if roundabout: (128, 784) times (784, 32), turned back. It is the transpose of the transpose of `X @ W`.",
    },
    {
      id: "column-bias",
      text: "`X @ W + b.reshape(-1, 1)`",
      right: false,
      says: "The bias has become a column of 128 and the product has 32 rows. It fails; with 128 examples it would **not** fail, and be wrong.",
    },
  ],
  hints: ["Write the shapes under the letters. The inner two must agree.", "Two of the lines are right."],
  explanation:
    "The shape tells: (784, 128) is in × out, so the input stands on the left and nothing is transposed. Transposing a whole product reverses it: $(XW)^\\top=W^\\top X^\\top$.",
})
