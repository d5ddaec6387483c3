/** @file Exercise: predict the gradient of the hinge loss by the scores of one picture. */
import { defineExercise } from "../lib/exercise.ts"

const program = (last: string) => `const s = tensor([2.5, 4, -1, 3.8, 3.2])
const y = tensor(3, { dtype: "int32" }) // the class with 3.8
const gradient = grad((t: Tensor) => multiclassHinge(t, y))(s)
${last}`

export default defineExercise({
  kind: "predict",
  title: "Who gets pushed",
  prompt:
    "Five classes; the right one is the fourth, with 3.8. What is the gradient of the hinge loss by the five scores? Count before you compute.",
  conventions: ["$\\Delta = 1$; one picture", "write a list as [1, 0, −1]"],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  label: "gradient",
  tolerance: { rtol: 0, atol: 0.05 },
  solution: program("gradient.tolist()"),
  misconceptions: [
    {
      id: "hingegrad.y-row",
      says: "The right class collects one minus for **each** rival that comes too close, and two do.",
      code: program("gradient.tolist().map((g) => Math.max(g, -1))"),
    },
    {
      id: "hingegrad.y-zero",
      says: "The rivals are right. But every violated term holds $-s_y$ as well, so the right class is pushed too.",
      code: program("gradient.tolist().map((g) => Math.max(g, 0))"),
    },
    {
      id: "hingegrad.no-margin",
      says: "You counted the rivals that are *ahead*. The one with 3.2 is behind and still too close: 3.2 − 3.8 + 1 > 0.",
      code: program("grad((t: Tensor) => multiclassHinge(t, y, { margin: 0 }))(s).tolist()"),
    },
    {
      id: "hingegrad.sizes",
      says: "Those are the prices, not their slopes. A rival that is too high by 1.2 or by 0.4 has the same slope, 1.",
      code: program(
        "const price = s.tolist().map((v, j) => (j === 3 ? 0 : Math.max(0, v - 3.8 + 1)))\nprice.map((v, j) => (j === 3 ? -price[1] - price[4] : v))",
      ),
    },
    {
      id: "hingegrad.sign",
      says: "These are the directions in which the scores should **go**. The gradient points uphill, so its signs are the opposite.",
      code: program("gradient.neg().tolist()"),
    },
    {
      id: "hingegrad.all-rivals",
      says: "You pushed every rival. Those with 2.5 and −1 keep their distance of 1: their terms are flat.",
      code: program("grad((t: Tensor) => multiclassHinge(t, y, { margin: 100 }))(s).tolist()"),
    },
  ],
  hints: [
    "A rival pays if its score is above 3.8 − 1 = 2.8. Which do?",
    "Each of those gets 1. What makes the whole row sum to zero?",
  ],
  explanation:
    "Above 2.8 are the rivals with 4 and with 3.2: each gets 1, however far above it is. The right class gets minus their number. The rest are content.",
})
