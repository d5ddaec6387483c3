/** @file Exercise: find a step size that brings gradient descent down a narrow bowl within a budget of steps. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "tune",
  title: "Thirty steps to the bottom",
  prompt:
    "A bowl has curvature 5 along $x_1$ and 0.8 along $x_2$. Five walks begin at random places. Choose the step size with which at least four of them come below $10^{-6}$ within 30 steps.",
  difficulty: "core",
  minutes: 4,
  revision: 1,
  knobs: { eta: { label: "step size η", from: 0.001, to: 1, start: 0.1 } },
  train: `function train({ eta }, seed) {
  const random = new Generator(seed)
  let x1 = random.uniform(2, 4)
  let x2 = random.uniform(-4, -2)
  const curve = []
  for (let k = 0; k <= 30; k++) {
    curve.push((5 * x1 ** 2 + 0.8 * x2 ** 2) / 2)
    x1 -= eta * 5 * x1
    x2 -= eta * 0.8 * x2
  }
  return curve
}`,
  goal: {
    says: "f comes below 10⁻⁶ within 30 steps",
    reached: (curve) => curve.some((f) => f < 1e-6),
    line: 1e-6,
    log: true,
  },
  seeds: [11, 12, 13, 14, 15],
  need: 4,
  region: { settings: [{ eta: 2 / 5.8 }, { eta: 0.29 }, { eta: 0.32 }, { eta: 0.347 }], rate: 1, of: 200 },
  misconceptions: [
    {
      id: "gd.beyond-limit",
      says: "Your walks climb along $x_1$. Its curvature is 5, so every step size above $2/5$ diverges, however flat the other direction is.",
      settings: { eta: 0.45 },
      when: ({ eta }) => Number(eta) > 0.4,
    },
    {
      id: "gd.steepest-at-once",
      says: "$1/5$ lands on the bottom of $x_1$ at once, and then you wait for $x_2$: it shrinks by 0.84 a step. Spend more on the flat direction.",
      settings: { eta: 0.2 },
      when: ({ eta }) => Math.abs(Number(eta) - 0.2) < 0.005,
    },
    {
      id: "gd.at-the-limit",
      says: "You are so close to the limit $2/5$ that $x_1$ jumps from wall to wall and hardly loses height. Go back a little.",
      settings: { eta: 0.395 },
      when: ({ eta }) => Number(eta) > 0.34 && Number(eta) <= 0.4,
    },
    {
      id: "gd.too-short",
      says: "Every walk goes down smoothly, and slowly: along $x_2$ a step takes off only 0.8 times your step size. You have room up to $2/5$.",
      settings: { eta: 0.1 },
      when: ({ eta }) => Number(eta) < 0.3,
    },
  ],
  hints: [
    "Which direction sets the limit, and what is it? Which direction makes you wait?",
    "Both directions shrink equally fast at $2/(\\mu_{\\max} + \\mu_{\\min})$.",
  ],
  explanation:
    "The best constant step is $2/(5+0.8)$, where both directions shrink by the same factor a step. A little less is fine, much less leaves you waiting for the flat direction, and $2/5$ is the wall.",
})
