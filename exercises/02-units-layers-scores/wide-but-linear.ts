/** @file Exercise: what a wide middle without an activation function can do. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  title: "A hundred idle units",
  prompt:
    "A network has 2 inputs, one middle layer of 100 units **without** an activation function, and 2 outputs. Which functions of its inputs can it compute?",
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  options: [
    {
      id: "affine",
      text: "Exactly those of one layer: a 2 × 2 matrix times $x$, plus two biases.",
      right: true,
      says: "Yes. $W_2W_1$ is a 2 × 2 matrix, and any 2 × 2 matrix can be reached.",
    },
    {
      id: "wider",
      text: "More than one layer can: it has 100 units to recombine.",
      right: false,
      says: "Each of the 100 is a sum of the two inputs, and each output is a sum of those sums. A sum of sums of two inputs is a sum of two inputs.",
    },
    {
      id: "fewer",
      text: "Fewer than one layer can: the middle loses something.",
      right: false,
      says: "A middle of *one* unit would lose something: a rank-1 matrix is all that fits through. With 2 units or more nothing is lost.",
    },
    {
      id: "curves",
      text: "Curved boundaries, but only slightly curved ones.",
      right: false,
      says: "Nothing bends at all: multiplying and adding straight lines gives straight lines. Look at the dashed line in the figure below.",
    },
  ],
  hints: [
    "Write one middle unit as a formula of $x_1$ and $x_2$. Then one output.",
    "What is the shape of $W_2W_1$?",
  ],
  explanation:
    "$W_2(W_1x+b_1)+b_2 = (W_2W_1)x+(W_2b_1+b_2)$, and $W_2W_1$ is 2 × 2 whatever the width between. 502 numbers, the power of 6.",
})
