/** @file Exercise: how many rows of XOR one unit can get right. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "number",
  title: "How close can one unit come?",
  prompt: "Of the four rows of XOR, how many can a single unit get right at best?",
  conventions: ["any weights and any threshold; the unit fires if $w_1x_1+w_2x_2\\ge\\theta$"],
  difficulty: "warm-up",
  minutes: 1,
  revision: 1,
  label: "rows right",
  solution: `const X = [[0, 0], [0, 1], [1, 0], [1, 1]]
const XOR = [0, 1, 1, 0]
let answer = 0
for (const w1 of [-1, 0, 1])
  for (const w2 of [-1, 0, 1])
    for (const theta of [-1.5, -0.5, 0.5, 1.5]) {
      const right = X.filter(([a, b], i) =>
        (w1 * a + w2 * b >= theta ? 1 : 0) === XOR[i])
      answer = Math.max(answer, right.length)
    }`,
  misconceptions: [
    {
      id: "gate.half-of-xor",
      says: "Two are right even if the unit never fires. Take OR: it fails in one row only.",
      code: "const answer = 2",
    },
    {
      id: "gate.xor-by-one",
      says: "All four would be XOR itself, and no single unit can do that. Which row goes wrong with the weights (1, 1) and θ = 1?",
      code: "const answer = 4",
    },
  ],
  hints: ["Try OR, the gate that looks most like XOR. In how many rows do they differ?"],
  explanation:
    "OR, NAND and four others each miss a single row. Never all four: that is the wall of this lesson. A score of three out of four does not mean that a little more fiddling would do it.",
})
