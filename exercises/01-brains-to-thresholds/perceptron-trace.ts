/** @file Exercise: the first two passes of the perceptron over AND with inputs 0 and 1, row by row. */
import { defineExercise } from "../lib/exercise.ts"

const trace = (rule: string) => `
const X = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
const y = [-1, -1, -1, 1]
let w = [0, 0, 0]
const answer = []
for (let pass = 0; pass < 2; pass++) {
  X.forEach((x, i) => {
    const z = w[0] * x[0] + w[1] * x[1] + w[2] * x[2]
    ${rule}
  })
}`

export default defineExercise({
  kind: "table",
  title: "Two passes over AND",
  prompt:
    "The inputs are 0 and 1, the classes −1, −1, −1, +1. Start from (0, 0, 0) with η = 1 and present the rows in this order, twice. Fill in (w₁, w₂, b) **after** each row.",
  conventions: [
    "a score of exactly 0 is a mistake for both classes",
    "every row goes on with the weights of the row above",
  ],
  difficulty: "core",
  minutes: 6,
  revision: 1,
  columns: ["w₁", "w₂", "b"],
  rows: [
    "pass 1: 0 0 → −1",
    "pass 1: 0 1 → −1",
    "pass 1: 1 0 → −1",
    "pass 1: 1 1 → +1",
    "pass 2: 0 0 → −1",
    "pass 2: 0 1 → −1",
    "pass 2: 1 0 → −1",
    "pass 2: 1 1 → +1",
  ],
  filled: [
    [0, 0],
    [0, 1],
    [0, 2],
  ],
  solution: trace(`if (y[i] * z <= 0) w = w.map((wj, j) => wj + y[i] * x[j])
    answer.push(w)`),
  misconceptions: [
    {
      id: "perceptron.not-cumulative",
      says: "Your rows hold only the change. Add it to the row above: the weights are carried along.",
      code: trace(`const change = y[i] * z <= 0 ? x.map((xj) => y[i] * xj) : [0, 0, 0]
    w = w.map((wj, j) => wj + change[j])
    answer.push(change)`),
    },
    {
      id: "perceptron.updates-when-right",
      says: "You changed the weights on every row. A row that is already right must leave them alone.",
      code: trace(`w = w.map((wj, j) => wj + y[i] * x[j])
    answer.push(w)`),
    },
    {
      id: "perceptron.step-at-0",
      says: "You let a score of exactly 0 pass as −1. In training, 0 is a mistake for both classes; look at (0, 0) in pass 2.",
      code: trace(`const wrong = answer.length === 0 || (y[i] > 0 ? z <= 0 : z > 0)
    if (wrong) w = w.map((wj, j) => wj + y[i] * x[j])
    answer.push(w)`),
    },
    {
      id: "perceptron.no-bias",
      says: "Your bias stays where the first row left it. Its input is the constant 1, so every update moves it by the class.",
      code: trace(`if (y[i] * z <= 0) w = w.map((wj, j) => (j < 2 || answer.length === 0 ? wj + y[i] * x[j] : wj))
    answer.push(w)`),
    },
    {
      id: "perceptron.restarts",
      says: "Your second pass begins from (0, 0, 0) again. A pass goes on with the weights that the last one left.",
      code: trace(`if (answer.length === 4) w = [0, 0, 0]
    const score = w[0] * x[0] + w[1] * x[1] + w[2] * x[2]
    if (y[i] * score <= 0) w = w.map((wj, j) => wj + y[i] * x[j])
    answer.push(w)`),
    },
  ],
  hints: [
    "Pass 1 has two updates: the row that is filled in, and one more.",
    "After the first row the score of (0, 1) is 0·0 + 0·1 − 1 = −1. Its class is −1, so nothing happens.",
    "At the end of pass 1 the weights are (1, 1, 0). Now (0, 0) has score 0 and is subtracted: only *b* changes.",
  ],
  explanation:
    "Two updates in the first pass, three in the second. The bias sinks little by little, because every mistake on a −1 row lowers it and only (1, 1) raises it; meanwhile (1, 1) keeps lifting both weights. The tug of war goes on for six more passes; the ninth is the first without a mistake.",
})
