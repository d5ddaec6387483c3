/** @file Exercise: what hinge, logistic and squared loss charge for four margins. */
import { defineExercise } from "../lib/exercise.ts"

const prices = (hinge: string, logistic: string, squared: string) => `const margins = [-1, 0, 0.5, 3]
const answer = margins.map((m) => [${hinge}, ${logistic}, ${squared}])`

const HINGE = "Math.max(0, 1 - m)"
const LOGISTIC = "Math.log(1 + Math.exp(-m))"
const SQUARED = "(1 - m) ** 2"

export default defineExercise({
  kind: "table",
  title: "A price list of your own",
  prompt:
    "Fill in what each loss charges for a margin $m = y\\,s$: hinge $\\max(0, 1-m)$, logistic $\\ln(1+e^{-m})$, squared $(1-m)^2$.",
  conventions: ["natural logarithm; three significant digits suffice"],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  columns: ["hinge", "logistic", "squared"],
  rows: ["m = −1", "m = 0", "m = 0.5", "m = 3"],
  filled: [
    [0, 1],
    [2, 1],
  ],
  solution: prices(HINGE, LOGISTIC, SQUARED),
  misconceptions: [
    {
      id: "margin.perceptron",
      says: "Your hinge column is $\\max(0,-m)$, the perceptron's. The hinge loss is content only when the margin has reached 1.",
      code: prices("Math.max(0, -m)", LOGISTIC, SQUARED),
    },
    {
      id: "margin.too-right-is-free",
      says: "You charge nothing for a squared error beyond a margin of 1. It has no such mercy: $(1-3)^2$ is what it charges there.",
      code: prices(HINGE, LOGISTIC, "Math.max(0, 1 - m) ** 2"),
    },
    {
      id: "margin.negative-hinge",
      says: "A price below 0 in the hinge column: it is the *larger* of 0 and $1-m$.",
      code: prices("1 - m", LOGISTIC, SQUARED),
    },
    {
      id: "ce.bits",
      says: "Your logistic column is in bits. With the natural logarithm a margin of 0 costs $\\ln 2$.",
      code: `const margins = [-1, 0, 0.5, 3]
const answer = margins.map((m, i) => [${HINGE}, i % 2 ? Math.log2(1 + Math.exp(-m)) : ${LOGISTIC}, ${SQUARED}])`,
    },
    {
      id: "margin.sign",
      says: "Your logistic price rises with the margin. The exponent is $-m$: the more right the decision, the smaller the price.",
      code: `const margins = [-1, 0, 0.5, 3]
const answer = margins.map((m, i) => [${HINGE}, i % 2 ? Math.log(1 + Math.exp(m)) : ${LOGISTIC}, ${SQUARED}])`,
    },
    {
      id: "margin.square-of-m",
      says: "You squared the margin. The squared error compares the score with the label, so it charges $(1-m)^2$ and is 0 at $m=1$.",
      code: prices(HINGE, LOGISTIC, "m ** 2"),
    },
  ],
  hints: [
    "At $m=0$ the three prices are 1, $\\ln 2$ and 1.",
    "At $m=3$ the decision is right with room to spare. Two of the three losses still charge something.",
    "$\\ln(1+e^{-3}) \\approx e^{-3}$, since $e^{-3}$ is small.",
  ],
  explanation:
    "Read the last row. Hinge charges nothing, logistic about a twentieth, and squared error charges 4, as much as for a margin of −1. It takes a score that is far on the right side for a miss.",
})
