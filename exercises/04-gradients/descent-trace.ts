/** @file Exercise: three steps of gradient descent on x², by hand, for a short and a long step size. */
import { defineExercise } from "../lib/exercise.ts"

const trace = (update: string) => `
const stepSizes = [0.1, 0.9]
const answer = stepSizes.map((eta) => {
  let x = 4
  const row = []
  for (let k = 0; k < 3; k++) {
    ${update}
    row.push(x)
  }
  return row
})`

export default defineExercise({
  kind: "table",
  title: "Three steps by hand",
  prompt:
    "Minimise $f(x) = x^2$ from $x_0 = 4$. Fill in where you stand after one, two and three steps, once with $\\eta = 0.1$ and once with $\\eta = 0.9$.",
  conventions: [
    "the slope of $x^2$ is $2x$",
    "each step starts where the one before ended",
    "three significant digits are enough",
  ],
  difficulty: "warm-up",
  minutes: 3,
  revision: 1,
  columns: ["x₁", "x₂", "x₃"],
  rows: ["η = 0.1", "η = 0.9"],
  tolerance: { rtol: 1e-3, atol: 1e-6 },
  solution: trace("x = x - eta * 2 * x"),
  misconceptions: [
    {
      id: "gd.sign",
      says: "You are climbing: your numbers move away from 0. The gradient points uphill, so it is **subtracted**.",
      code: trace("x = x + eta * 2 * x"),
    },
    {
      id: "gd.no-slope",
      says: "You moved by the step size alone. A step is the step size *times the slope*, and the slope of $x^2$ is $2x$.",
      code: trace("x = x - eta"),
    },
    {
      id: "gd.value-for-slope",
      says: "You multiplied the step size by the height $x^2$. A step uses the slope, $2x$.",
      code: trace("x = x - eta * x * x"),
    },
    {
      id: "gd.forgot-two",
      says: "Your slope is half of the right one: the derivative of $x^2$ is $2x$, not $x$.",
      code: trace("x = x - eta * x"),
    },
    {
      id: "gd.old-gradient",
      says: "You used the slope at $x_0$ for every step. Look again after each step: the slope at $x_1$ is $2x_1$.",
      code: trace("x = x - eta * 2 * 4"),
    },
  ],
  hints: [
    "At $x_0 = 4$ the slope is 8. With $\\eta = 0.1$ the step is 0.8 long.",
    "Every step multiplies $x$ by $1 - 2\\eta$. Work out that factor once for each row.",
    "For $\\eta = 0.9$ the factor is negative: you land on the other side of 0.",
  ],
  explanation:
    "Each step multiplies $x$ by $1 - 2\\eta$. For $\\eta = 0.1$ that is 0.8, so you come closer from one side. For $\\eta = 0.9$ it is $-0.8$: just as quick, but you change sides every time.",
})
