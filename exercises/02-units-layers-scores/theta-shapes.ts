/** @file Exercise: shapes of weight matrices that hold the biases. */
import { defineExercise } from "../lib/exercise.ts"

const shapes = (rows: string) => `const a = 3
const b = 5
const c = 4
const answer = [${rows}]`

export default defineExercise({
  kind: "table",
  title: "With the bias inside",
  prompt:
    "A network has layers of {{a}}, {{b}} and {{c}} (inputs first). In the notation with $\\Theta$, where each matrix holds the biases too, what are the shapes of $\\Theta^{(1)}$ and $\\Theta^{(2)}$?",
  conventions: ["$z^{(l+1)}=\\Theta^{(l)}a^{(l)}$ with $a_0=1$; the first layer is the input"],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  columns: ["rows", "columns"],
  rows: ["Θ⁽¹⁾", "Θ⁽²⁾"],
  tolerance: { rtol: 0, atol: 0.1 },
  variants: (random) => {
    const [a, b, c] = [random.integer(3, 5), random.integer(7, 9), random.integer(11, 14)]
    return { a, b, c }
  },
  solution: shapes("[b, a + 1], [c, b + 1]"),
  misconceptions: [
    {
      id: "layers.theta-without-bias",
      says: "These are the shapes of $W$. A $\\Theta$ holds the biases as one more **column**, which meets the constant $a_0=1$.",
      code: shapes("[b, a], [c, b]"),
    },
    {
      id: "layers.theta-transposed",
      says: "You have them in × out. $\\Theta$ stands on the left of a column of inputs, so it has a row for each unit that it leads to.",
      code: shapes("[a + 1, b], [b + 1, c]"),
    },
    {
      id: "layers.theta-bias-as-unit",
      says: "One more **row** would compute the next layer's constant. Nothing is computed there: it is set to 1. The bias is one more column.",
      code: shapes("[b + 1, a], [c + 1, b]"),
    },
    {
      id: "layers.theta-both",
      says: "A column for the bias is right. The extra row is not: the constant 1 of the next layer is put in, not computed.",
      code: shapes("[b + 1, a + 1], [c + 1, b + 1]"),
    },
  ],
  hints: [
    "Without biases $\\Theta^{(1)}$ would be {{b}} × {{a}}.",
    "Where does the constant input $a_0=1$ meet its weights: in a row or in a column?",
  ],
  explanation:
    "$\\Theta^{(l)}$ has a row for each unit of layer $l+1$, and a column for each unit of layer $l$ plus one for the constant: $s_{l+1}\\times(s_l+1)$.",
})
