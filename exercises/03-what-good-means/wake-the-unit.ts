/** @file Exercise: choose a loss and a learning rate that wake a saturated unit. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "tune",
  title: "Wake the unit",
  prompt:
    "One sigmoid unit, input 1, truth 0. Its weight and its bias begin somewhere between 2 and 4, so it is certain, and wrong. Choose a loss and a learning rate with which at least four of the five runs bring the output below 0.1 within 30 steps.",
  difficulty: "core",
  minutes: 4,
  revision: 1,
  knobs: {
    loss: { label: "loss", options: ["½ squared error", "binary cross-entropy"], start: "½ squared error" },
    eta: { label: "learning rate η", from: 0.01, to: 1, start: 0.1 },
  },
  train: `function train({ loss, eta }, seed) {
  const random = new Generator(seed)
  let w = random.uniform(2, 4)
  let b = random.uniform(2, 4)
  const curve = []
  for (let step = 0; step <= 30; step++) {
    const p = 1 / (1 + Math.exp(-(w + b)))
    curve.push(p)
    const dz = loss === "binary cross-entropy" ? p : p * p * (1 - p)
    w -= eta * dz
    b -= eta * dz
  }
  return curve
}`,
  goal: {
    says: "the output comes below 0.1 within 30 steps",
    reached: (curve) => curve.some((p) => p < 0.1),
    line: 0.1,
  },
  seeds: [21, 22, 23, 24, 25],
  need: 4,
  region: {
    settings: [
      { loss: "binary cross-entropy", eta: 0.6 },
      { loss: "binary cross-entropy", eta: 0.8 },
      { loss: "binary cross-entropy", eta: 1 },
    ],
    rate: 1,
    of: 200,
  },
  misconceptions: [
    {
      id: "bce.squares-asleep",
      says: "Under squared error the push has the factor $p(1-p)$, which is nearly 0 here. Even the largest learning rate that you may choose does not make up for it. What does the other loss push with?",
      settings: { loss: "½ squared error", eta: 1 },
      when: ({ loss }) => loss === "½ squared error",
    },
    {
      id: "bce.rate-too-small",
      says: "The right loss: look how evenly the curves set out. But each step moves the score by at most twice the learning rate, and there are 30 of them.",
      settings: { loss: "binary cross-entropy", eta: 0.05 },
      when: ({ loss }) => loss === "binary cross-entropy",
    },
  ],
  hints: [
    "With which loss is the first step of a unit that is certain and wrong the longest?",
    "Under cross-entropy the score $w + b$ falls by nearly $2\\eta$ a step as long as $p \\approx 1$. It begins near 6 and must come below −2.2.",
  ],
  explanation:
    "Under cross-entropy the push is $p - y$, nearly 1 while the unit is wrong, so the score falls at a steady pace. Under squared error the same push is multiplied by $p(1-p)$, some thousandths here: a hundred times the learning rate would be needed, and that would blow up as soon as the unit wakes.",
})
