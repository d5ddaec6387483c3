/** @file Exercise: the bound on the number of mistakes, from a separator that is at hand. */
import { defineExercise } from "../lib/exercise.ts"

const bound = (body: string) => `
const X = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
const y = [-1, -1, -1, 1]
const w = [3, 2, -4]
const score = (x) => x[0] * w[0] + x[1] * w[1] + x[2] * w[2]
const slack = Math.min(...X.map((x, i) => y[i] * score(x)))
${body}`

export default defineExercise({
  kind: "number",
  title: "How many mistakes at most?",
  prompt:
    "Somebody hands you the separator $w = (3, 2, -4)$ of AND with inputs 0 and 1, before you start. Which upper bound $R^2/\\gamma^2$ on the number of mistakes does this separator give?",
  conventions: [
    "every $x$ ends in the constant 1, which counts in $R$",
    "$\\gamma$ is the smallest $y\\,u^\\top x$ for the **unit** vector $u = w/\\lVert w\\rVert$, bias included",
  ],
  difficulty: "core",
  minutes: 5,
  revision: 1,
  label: "mistakes at most",
  tolerance: { rtol: 1e-3, atol: 1e-6 },
  solution: bound("const answer = 3 / (slack / Math.sqrt(29)) ** 2"),
  misconceptions: [
    {
      id: "margin.not-normalised",
      says: "You used w itself. The margin belongs to a unit vector: divide the smallest score by the length of w, the square root of 29.",
      code: bound("const answer = 3 / slack ** 2"),
    },
    {
      id: "margin.no-constant",
      says: "You left the constant 1 out of R. The longest example is (1, 1, 1), so R² is 3.",
      code: bound("const answer = 2 / (slack / Math.sqrt(29)) ** 2"),
    },
    {
      id: "margin.bias-left-out",
      says: "You divided by the length of (3, 2) alone. In this theorem the bias is a weight like the others: the length is that of (3, 2, −4).",
      code: bound("const answer = 3 / (slack / Math.sqrt(13)) ** 2"),
    },
    {
      id: "margin.not-squared",
      says: "That is R/γ. The bound is its square.",
      code: bound("const answer = Math.sqrt(3) / (slack / Math.sqrt(29))"),
    },
  ],
  hints: [
    "Compute $y\\,w^\\top x$ for the four examples. The smallest of them is 1.",
    "$\\lVert w\\rVert^2 = 9 + 4 + 16$, and $R^2$ is the squared length of $(1, 1, 1)$.",
    "The bound is $R^2\\,\\lVert w\\rVert^2 / 1^2$.",
  ],
  explanation:
    "The four values of $y\\,w^\\top x$ are 4, 2, 1 and 1, so $\\gamma = 1/\\sqrt{29}$ and the bound is $3\\cdot29$. Every separator gives a valid bound; the one with the widest margin gives the smallest, 51. The run itself makes 18 mistakes.",
})
