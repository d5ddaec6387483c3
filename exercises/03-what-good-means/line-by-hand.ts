/** @file Exercise: the line with the smallest mean squared error on five points, found by hand or by any means. */
import { defineExercise } from "../lib/exercise.ts"

const leastSquares = (answer: string) => `const x = [0, 1, 2, 3, 4]
const y = [1, 3, 2, 5, 4]
const mean = (v) => v.reduce((sum, a) => sum + a, 0) / v.length
const slopeOf = (x, y) => {
  const above = x.map((a, i) => (a - mean(x)) * (y[i] - mean(y)))
  return mean(above) / mean(x.map((a) => (a - mean(x)) ** 2))
}
const slope = slopeOf(x, y)
const intercept = mean(y) - slope * mean(x)
const answer = [${answer}]`

export default defineExercise({
  kind: "table",
  title: "The best line for five points",
  prompt:
    "Move the two sliders above until the risk is as small as you can make it. Which line is it? (A line that you have calculated is as good.)",
  conventions: ["the points are (0, 1), (1, 3), (2, 2), (3, 5) and (4, 4)", "right within 0.01"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  columns: ["slope", "intercept"],
  rows: ["the line"],
  tolerance: { rtol: 0, atol: 0.01 },
  solution: leastSquares("[slope, intercept]"),
  misconceptions: [
    {
      id: "line.through-the-ends",
      says: "That is the line through the first and the last point. It does nothing for the three between them: all five pay.",
      code: leastSquares("[(y[4] - y[0]) / 4, y[0]]"),
    },
    {
      id: "line.through-zero",
      says: "Your line goes through the origin, with the best slope that such a line can have. The intercept is yours to choose as well.",
      code: leastSquares("[mean(x.map((a, i) => a * y[i])) / mean(x.map((a) => a * a)), 0]"),
    },
    {
      id: "line.flat",
      says: "The flat line at the mean height. It is the best line **without** a slope; tilt it, and the risk falls further.",
      code: leastSquares("[0, mean(y)]"),
    },
    {
      id: "line.swapped",
      says: "You exchanged slope and intercept. The intercept is the height of the line at $x=0$.",
      code: leastSquares("[intercept, slope]"),
    },
    {
      id: "line.x-from-y",
      says: "That line has the smallest *horizontal* misses. A prediction is a height, so the misses are measured vertically.",
      code: leastSquares("[1 / slopeOf(y, x), mean(y) - mean(x) / slopeOf(y, x)]"),
    },
  ],
  hints: [
    "Change one slider until the risk no longer falls, then the other, and then the first again: they depend on each other.",
    "The best line goes through the point of the two means, (2, 3).",
    "So the intercept is 3 minus twice the slope, and only one number is left to find.",
  ],
  explanation:
    "The best line has slope 0.8 and intercept 1.4, and its mean squared error is 0.72. No line has less. You looked for it by trying, one slider at a time. Two numbers are few enough for that; the weights of a network are not, and there you need to be told which way is down.",
})
