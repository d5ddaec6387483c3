/** @file Exercise: choose the weights and the threshold of a unit that says "the first, but not the second". */
import { defineExercise, type Settings } from "../lib/exercise.ts"

const read = ({ w1, w2, theta }: Settings) => [Number(w1), Number(w2), Number(theta)]

export default defineExercise({
  kind: "tune",
  title: "One, but not the other",
  prompt:
    "Choose $w_1$, $w_2$ and $\\theta$ so that the unit fires for the input (1, 0) and for no other: *the first, but not the second*. The curve counts the wrong rows on the way down the truth table.",
  conventions: ["the unit fires if $w_1x_1+w_2x_2\\ge\\theta$", "many settings are right"],
  difficulty: "warm-up",
  minutes: 2,
  revision: 1,
  knobs: {
    w1: { label: "weight w₁", from: -5, to: 5, start: 1 },
    w2: { label: "weight w₂", from: -5, to: 5, start: 1 },
    theta: { label: "threshold θ", from: -5, to: 5, start: 2 },
  },
  train: `function train({ w1, w2, theta }, seed) {
  const rows = [[0, 0, 0], [0, 1, 0], [1, 0, 1], [1, 1, 0]]
  let wrong = 0
  return rows.map(([x1, x2, wanted]) => {
    const y = w1 * x1 + w2 * x2 >= theta ? 1 : 0
    if (y !== wanted) wrong++
    return wrong
  })
}`,
  goal: {
    says: "all four rows are right",
    reached: (curve) => curve.at(-1) === 0,
    line: 0,
  },
  seeds: [1],
  need: 1,
  region: {
    settings: [
      { w1: 1, w2: -1, theta: 1 },
      { w1: 1, w2: -1, theta: 0.5 },
      { w1: 3, w2: -0.5, theta: 2.75 },
      { w1: 5, w2: -5, theta: 0.1 },
      { w1: 2, w2: -4, theta: 1 },
    ],
    rate: 1,
    of: 20,
  },
  misconceptions: [
    {
      id: "gate.fires-in-silence",
      says: "Your unit fires for (0, 0): with nothing on, the sum is 0, and that reaches your θ. The threshold has to be above 0.",
      settings: { w1: 1, w2: -1, theta: 0 },
      when: (settings) => read(settings)[2] <= 0,
    },
    {
      id: "gate.too-high",
      says: "Your unit stays silent for (1, 0), where it should fire: $w_1$ alone has to reach θ.",
      settings: { w1: 1, w2: -1, theta: 2 },
      when: (settings) => read(settings)[0] < read(settings)[2],
    },
    {
      id: "gate.other-input",
      says: "Your unit fires for (0, 1). The second input should speak against firing, so its weight has to be negative.",
      settings: { w1: 1, w2: 1, theta: 1 },
      when: (settings) => read(settings)[1] >= read(settings)[2],
    },
    {
      id: "gate.weak-veto",
      says: "Your unit fires for (1, 1): the second input does not hold it back enough. Make $w_2$ more negative, or raise θ a little.",
      settings: { w1: 3, w2: -1, theta: 1 },
      when: (settings) => read(settings)[0] + read(settings)[1] >= read(settings)[2],
    },
  ],
  hints: [
    "Which sign must the weight of the second input have, if it speaks against firing?",
    "(0, 0) demands θ > 0, (1, 0) demands $w_1$ ≥ θ, (1, 1) demands $w_1+w_2$ < θ. Start with $w_1$ = 1.",
  ],
  explanation:
    "Four rows, four demands: $0<\\theta$, $w_2<\\theta$, $w_1\\ge\\theta$ and $w_1+w_2<\\theta$. With $w=(1,-1)$ every θ above 0 and up to 1 fulfils them. This unit is one of the two hidden ones in the second form of XOR.",
})
