/** @file Exercise: gradient descent on the perceptron criterion with one sign wrong; find it. */
import { defineExercise } from "../lib/exercise.ts"
import { AND, BITS, rows, signs } from "../lib/probes.ts"

const descent = (step: string, skip = "if (y[i] * z > 0) continue", scale = "") => `function batchPerceptron(
  w: number[], X: number[][], y: number[],
  lr: number, steps: number,
) {
  for (let k = 0; k < steps; k++) {
    const gradient = w.map(() => 0)
    for (const [i, x] of X.entries()) {
      let z = 0
      for (const [j, xj] of x.entries()) z += w[j] * xj
      ${skip}
      for (const [j, xj] of x.entries()) {
        gradient[j] -= y[i] * xj${scale}
      }
    }
    w = w.map((wj, j) => ${step})
  }
  return w
}`

export default defineExercise({
  kind: "debug",
  title: "The cost that climbs",
  prompt:
    "`batchPerceptron` should take `steps` steps of gradient descent on the perceptron criterion *J* = −Σ *yᵢ wᵀxᵢ*, a sum over the mistakes *M*. Somebody copied the update from a slide, and now *J* grows with every step. Repair it.",
  conventions: [
    "*M* holds the examples with *yᵢ w*ᵀ*xᵢ* ≤ 0 at the start of the step",
    "the gradient is a **sum** over *M*, not a mean",
    "each row of `X` ends in the constant 1; labels are ±1",
  ],
  difficulty: "core",
  minutes: 5,
  revision: 3,
  entry: "batchPerceptron",
  starter: descent("wj + lr * gradient[j]"),
  solution: descent("wj - lr * gradient[j]"),
  probes: (random) => {
    const X = rows(random, 7, 2, 4)
    return [
      {
        args: [
          [1, -1, 0.5],
          [
            [2, 1, 1],
            [-1, 2, 1],
            [1, 3, 1],
            [-2, -1, 1],
            [3, -2, 1],
          ],
          [-1, 1, 1, 1, -1],
          0.25,
          1,
        ],
        note: "one step with several mistakes",
      },
      {
        args: [[0, 0, 0], BITS, AND, 0.5, 6],
        note: "six steps on AND from zero weights",
      },
      {
        args: [[1, 2, -1], X, signs(random, X), 0.5, 3],
        note: "three steps on random examples",
      },
    ]
  },
  misconceptions: [
    {
      id: "perceptron.climbs",
      says: "Still uphill: the step follows the slope of J where it should go against it. Turn one sign, and only one: two that are turned cancel.",
      code: descent("wj - lr * gradient[j]").replace("gradient[j] -=", "gradient[j] +="),
    },
    {
      id: "perceptron.updates-when-right",
      says: "Now every example takes part, also those that are right. J sums over the mistakes alone.",
      code: descent("wj - lr * gradient[j]", ""),
    },
    {
      id: "loop.no-zero-grad",
      says: "The gradient of a step still holds those of all steps before: it is filled with zeros only once. Clear it at the start of every step.",
      code: descent("wj - lr * gradient[j]")
        .replace("    const gradient = w.map(() => 0)\n", "")
        .replace("  for (let k", "  const gradient = w.map(() => 0)\n  for (let k"),
    },
    {
      id: "perceptron.raw-activation",
      says: "You weighed every mistake by its score. The slope of J is minus label times input, however large the score.",
      code: descent("wj - lr * gradient[j]", undefined, " * Math.abs(z)"),
    },
    {
      id: "perceptron.no-bias",
      says: "The weights are right, but the last entry, the bias, stays where it was. Its input is the constant 1: it learns too.",
      code: descent("j < w.length - 1 ? wj - lr * gradient[j] : wj"),
    },
    {
      id: "perceptron.no-lr",
      says: "The direction is right, but the learning rate is gone: these are the numbers for a rate of 1.",
      code: descent("wj - gradient[j]"),
    },
    {
      id: "perceptron.mean",
      says: "You divided by the number of examples. Here J is a sum over the mistakes.",
      code: descent("wj - lr * gradient[j]", undefined, " / X.length"),
    },
    {
      id: "perceptron.step-at-0",
      says: "Examples with a score of exactly 0 are left out, so from w = 0 nothing ever moves. They belong to M.",
      code: descent("wj - lr * gradient[j]", "if (y[i] * z >= 0) continue"),
    },
  ],
  hints: [
    "Work out ∇*J* by hand for one mistake of class +1. Is it *x* or −*x*?",
    "The loop that fills `gradient` is right: it subtracts label times input for every mistake.",
    "Gradient **descent** moves against the gradient. One character is wrong.",
  ],
  explanation:
    "*J* has slope −Σ *yᵢxᵢ*. Descent subtracts the slope, and the two minus signs make a plus: *w* + η Σ *yᵢxᵢ*, the rule that you know. The slide kept one of the two signs. The code still runs, throws nothing and gives numbers, so only the cost can tell you: always plot it.",
})
