/** @file Exercise: the first number of a product of two matrices. */
import { defineExercise } from "../lib/exercise.ts"

const product = (answer: string) => `const A = tensor([[1, 2], [3, 4]])
const B = tensor([[5, 6], [7, 8]])
const answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "Warm-up: the top left number",
  prompt:
    "Multiply $\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$ by $\\begin{pmatrix}5&6\\\\7&8\\end{pmatrix}$. Which number stands in the **top left** corner of the product?",
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "top left number",
  tolerance: { rtol: 0, atol: 1e-9 },
  solution: product("A.matmul(B).tolist()[0][0]"),
  misconceptions: [
    {
      id: "matmul.row-by-row",
      says: "17 is row times *row*: $1\\cdot5+2\\cdot6$. Go along the first row on the left, and **down** the first column on the right.",
      code: product("A.matmul(B.transpose()).tolist()[0][0]"),
    },
    {
      id: "matmul.elementwise",
      says: "You multiplied the two numbers in the corner. That is the product entry by entry. A matrix product needs a whole row and a whole column.",
      code: product("A.mul(B).tolist()[0][0]"),
    },
    {
      id: "matmul.swapped",
      says: "That is the corner of the *second* matrix times the first. The order matters: the row comes from the left one.",
      code: product("B.matmul(A).tolist()[0][0]"),
    },
    {
      id: "matmul.added",
      says: "You added the two matrices.",
      code: product("A.add(B).tolist()[0][0]"),
    },
    {
      id: "matmul.column-by-row",
      says: "You went down the column on the left: $1\\cdot5+3\\cdot7$. It is the other way round: a **row** of the left matrix, a column of the right one.",
      code: product("A.transpose().matmul(B).tolist()[0][0]"),
    },
  ],
  hints: ["First row on the left, first column on the right.", "The row is 1, 2 and the column is 5, 7."],
  explanation:
    "$1\\cdot5+2\\cdot7 = 19$. Each entry of a product is a weighted sum: a row on the left meets a column on the right. That is what a unit does with its inputs, which is why layers are written as products.",
})
