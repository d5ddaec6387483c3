/** @file Exercise: sketch how one weight grows and settles under Oja's rule. */
import { defineExercise } from "../lib/exercise.ts"

const curve = (height: string) => `let w = 0.05
const answer = Array.from({ length: 61 }, (_, n) => {
  const point = [n, ${height}]
  w += 0.1 * w * (1 - w * w) // y = w x, and x² = 1
  return point
})`

export default defineExercise({
  kind: "sketch",
  title: "From almost nothing to 1",
  prompt:
    "A unit with a single weight sees inputs of +1 and −1. The weight starts at 0.05 and learns by Oja's rule with η = 0.1. Sketch the weight over 60 examples.",
  conventions: ["$y=w\\,x$ and $x^2=1$, so that the rule becomes $w\\leftarrow w+0.1\\,w\\,(1-w^2)$"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  x: { label: "number of examples", from: 0, to: 60, step: 1 },
  y: { label: "weight", from: 0, to: 2, step: 0.05 },
  at: [0, 10, 20, 30, 40, 60],
  tolerance: 0.06,
  features: [
    {
      says: "it never falls",
      holds: (heights) => heights.every((h, i) => i === 0 || h >= heights[i - 1]!),
    },
    { says: "it ends near 1", holds: (heights) => Math.abs(heights.at(-1)! - 1) <= 0.1 },
  ],
  truth: curve("w"),
  misconceptions: [
    {
      id: "oja.plain-hebb",
      says: "That is Hebb's rule: it grows by 10 % an example and goes on. Near 1 Oja's decay takes back all that Hebb adds.",
      code: curve("Math.min(2, 0.05 * 1.1 ** n)"),
    },
    {
      id: "oja.straight",
      says: "You let it grow by the same amount each time. The change is 0.1 times the weight itself: tiny at first, and larger as it grows.",
      code: curve("0.05 + (0.95 * n) / 60"),
    },
    {
      id: "oja.fast-first",
      says: "You let it leap at first and slow down later. A small weight makes a small output, and a small output teaches little: it starts slowly.",
      code: curve("1 - 0.95 * 0.9 ** n"),
    },
  ],
  hints: [
    "While the weight is small, $w^2$ hardly counts, and each example adds 10 %. How many examples until 0.05 has become about 0.35?",
    "0.05 · 1.1²⁰ is about 0.34. And where is the change $0.1\\,w\\,(1-w^2)$ zero?",
  ],
  explanation:
    "First it grows like Hebb's weight, by 10 % an example, from almost nothing: slow to see. Around example 30 the decay wakes up, and from then on the weight creeps to 1, where growth and decay cancel. Curves of this S shape come back wherever something feeds on itself until it meets a limit.",
})
