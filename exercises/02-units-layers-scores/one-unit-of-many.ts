/** @file Exercise: the pre-activation of one unit of a layer, by hand. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const a = 3
const b = -2
const W = [
  [1, 4, 2],
  [a, -1, 5],
  [7, 2, -3],
]
const bias = [10, 20, 30]
const x = [2, b, 1]
${answer}`

export default defineExercise({
  kind: "number",
  title: "The second of three",
  prompt:
    "A layer has the weights (1, 4, 2), ({{a}}, −1, 5) and (7, 2, −3) as its rows, and the biases 10, 20 and 30. The input is (2, {{b}}, 1). What is $z_2$, the pre-activation of the **second** unit?",
  conventions: ["$z=Wx+b$; units are counted from 1"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "z₂",
  tolerance: { rtol: 1e-9, atol: 1e-6 },
  variants: (random) => ({ a: random.integer(3, 7), b: -random.integer(2, 5) }),
  solution: program("const answer = bias[1] + W[1].reduce((sum, w, j) => sum + w * x[j], 0)"),
  misconceptions: [
    {
      id: "layers.column-for-row",
      says: "You went down the second **column**. A unit's weights are a **row**: row 2 belongs to unit 2.",
      code: program("const answer = bias[1] + W.reduce((sum, row, i) => sum + row[1] * x[i], 0)"),
    },
    {
      id: "layers.bias-forgotten",
      says: "The weighted sum is right; the unit's bias, 20, is missing.",
      code: program("const answer = W[1].reduce((sum, w, j) => sum + w * x[j], 0)"),
    },
    {
      id: "layers.counted-from-zero",
      says: "That is the third unit. On paper, units are counted from 1.",
      code: program("const answer = bias[2] + W[2].reduce((sum, w, j) => sum + w * x[j], 0)"),
    },
    {
      id: "layers.bias-times-input",
      says: "You multiplied the bias by the second input. A bias is added as it is: its own input is the constant 1.",
      code: program("const answer = bias[1] * x[1] + W[1].reduce((sum, w, j) => sum + w * x[j], 0)"),
    },
  ],
  hints: [
    "Row 2 of the weights times the input, entry by entry.",
    "Three products, their sum, and then the bias 20.",
  ],
  explanation:
    "Unit 2 reads row 2: its three weights times the three inputs, plus its own bias. The other rows do not matter to it.",
})
