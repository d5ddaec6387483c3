/** @file Exercise: Hebb's rule on NOR in bipolar coding, row by row. */
import { defineExercise } from "../lib/exercise.ts"

const trace = (rule: string, before = "") => `
const X = [[1, 1, 1], [1, -1, 1], [-1, 1, 1], [-1, -1, 1]]
const t = [-1, -1, -1, 1]
let w = [0, 0, 0]
const answer = []
X.forEach((x, n) => {
  ${before}${rule}
})`
const all = "w = w.map((wi, i) => wi + t[n] * x[i])\n  answer.push(w)"

export default defineExercise({
  kind: "table",
  title: "NOR, row by row",
  prompt:
    "NOR fires only if both inputs are off. In bipolar coding its targets are −1, −1, −1, +1. Start from (0, 0, 0) and fill in $(w_1, w_2, b)$ **after** each row.",
  conventions: [
    "the rule is $w\\leftarrow w+t\\,x$; the input of the bias is always 1",
    "every row goes on with the weights of the row above",
  ],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  columns: ["w₁", "w₂", "b"],
  rows: ["1: (1, 1) → −1", "2: (1, −1) → −1", "3: (−1, 1) → −1", "4: (−1, −1) → +1"],
  solution: trace(all),
  misconceptions: [
    {
      id: "hebb.not-cumulative",
      says: "Your rows hold only the change. Add it to the row above: the weights are carried along.",
      code: trace("answer.push(x.map((xi) => t[n] * xi))"),
    },
    {
      id: "hebb.shifted",
      says: "Each of your rows shows the weights from before its pattern. Write down what the row leaves behind.",
      code: trace("answer.push(w)\n  w = w.map((wi, i) => wi + t[n] * x[i])"),
    },
    {
      id: "hebb.binary",
      says: "You treated an input of −1 as 0. Here −1 times the target counts: −1 times −1 is +1.",
      code: trace("w = w.map((wi, i) => wi + t[n] * Math.max(0, x[i]))\n  answer.push(w)"),
    },
    {
      id: "hebb.bias",
      says: "Your bias stays 0. It is a weight whose input is always 1, so every row changes it by the target.",
      code: trace("w = w.map((wi, i) => (i < 2 ? wi + t[n] * x[i] : 0))\n  answer.push(w)"),
    },
    {
      id: "hebb.perceptron-rule",
      says: "You changed the weights only where the unit was wrong. Hebb's rule does not look at the answer: every row counts.",
      code: trace(
        "if (t[n] * z <= 0) w = w.map((wi, i) => wi + t[n] * x[i])\n  answer.push(w)",
        "const z = w.reduce((sum, wi, i) => sum + wi * x[i], 0)\n  ",
      ),
    },
    {
      id: "hebb.targets-forgotten",
      says: "You added the inputs as they are. Each is multiplied by its target first, and three of the targets are −1.",
      code: trace("w = w.map((wi, i) => wi + x[i])\n  answer.push(w)"),
    },
  ],
  hints: [
    "The change of row 1 is −1 times (1, 1, 1).",
    "After row 1 the weights are (−1, −1, −1). The change of row 2 is −1 times (1, −1, 1), which is (−1, 1, −1).",
  ],
  explanation:
    "The weights end at (−2, −2, −2): each input speaks against firing, and so does the bias. The scores are −6, −2, −2 and +2. NOR is OR with all signs turned, and so are its weights.",
})
