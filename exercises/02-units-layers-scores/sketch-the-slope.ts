/** @file Exercise: the slope of tanh, drawn by the reader before the book draws it. */
import { defineExercise } from "../lib/exercise.ts"

const curve = (slope: string) =>
  `const answer = Array.from({ length: 121 }, (_, i) => (i - 60) / 20).map((z) => [z, ${slope}])`

export default defineExercise({
  kind: "sketch",
  title: "Draw the slope of tanh",
  prompt:
    "Without looking back: draw the **slope** of $\\tanh z$ from $z=-3$ to 3. How high is it in the middle, and how far out is it flat?",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  x: { label: "z", from: -3, to: 3, step: 1 },
  y: { label: "slope of tanh", from: -1, to: 1.5, step: 0.05 },
  at: [-3, -2, -1, 0, 1, 2, 3],
  truth: curve("1 - Math.tanh(z) ** 2"),
  tolerance: 0.06,
  features: [
    { says: "it is never negative: tanh only rises", holds: (heights) => heights.every((h) => h >= -0.02) },
    {
      says: "it is highest in the middle and falls on both sides",
      holds: ([a, b, c, d, e, f, g]) => d! > c! && d! > e! && c! > b! && e! > f! && b! >= a! && f! >= g!,
    },
  ],
  misconceptions: [
    {
      id: "act.sketched-value",
      says: "You drew tanh itself, from −1 to 1. Its slope says how fast it rises: nearly 0 at both ends, most in the middle.",
      code: curve("Math.tanh(z)"),
    },
    {
      id: "act.sigmoid-slope",
      says: "That is the slope of the sigmoid, at most a quarter and wide. The tanh is steeper in the middle and flat sooner.",
      code: curve("1 / (1 + Math.exp(-z)) / (1 + Math.exp(z))"),
    },
    {
      id: "act.too-wide",
      says: "The height is right. But the tanh is done much sooner: at $z=2$ its slope is 0.07.",
      code: curve("1 - Math.tanh(z / 2) ** 2"),
    },
    {
      id: "act.slope-odd",
      says: "Your slope is negative on one side. The tanh rises everywhere, on the left too: a slope is negative only where a function falls.",
      code: curve("(z < 0 ? -1 : 1) * (1 - Math.tanh(z) ** 2)"),
    },
  ],
  hints: [
    "Its slope is $1-\\tanh^2 z$. What is that at 0, and where tanh is nearly 1?",
    "At ±1 it is 0.42, at ±2 it is 0.07.",
  ],
  explanation:
    "A bell: 1 in the middle, 0.42 at ±1, 0.07 at ±2, 0.01 at ±3. Whoever wants gradients to pass through a tanh keeps its pre-activations between −1 and 1. This is what good initial weights are made for.",
})
