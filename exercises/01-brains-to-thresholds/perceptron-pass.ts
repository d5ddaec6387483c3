/** @file Exercise: one pass of the perceptron over a data set, written by the reader. */
import { defineExercise } from "../lib/exercise.ts"
import { AND, BITS, telling } from "../lib/probes.ts"

const pass = (wrong: string, move: string, seen = "w") => `function perceptronPass(
  w: number[], X: number[][], y: number[], lr: number,
) {
  let mistakes = 0
  const first = w
  for (let i = 0; i < X.length; i++) {
    const x = X[i]
    const z = x.reduce((sum, xj, j) => sum + ${seen}[j] * xj, 0)
    if (${wrong}) {
      w = w.map((wj, j) => ${move})
      mistakes++
    }
  }
  return { w, mistakes }
}`

export default defineExercise({
  kind: "function",
  title: "Build it yourself: one pass of the perceptron",
  prompt:
    "Write `perceptronPass(w, X, y, lr)`. Go once through the examples in order. Whenever one is a mistake, move *w* by η *yx* **at once**, so that the next example meets the new weights. Return `{ w, mistakes }`.",
  conventions: [
    "each row of `X` ends in the constant 1, so the last weight is the bias",
    "labels are +1 and −1",
    "an example is a mistake if *y w*ᵀ*x* ≤ 0: a score of exactly 0 counts",
    "`w`, `X`, `y` are plain arrays; return a new array and leave the old one as it is",
  ],
  difficulty: "core",
  minutes: 8,
  revision: 3,
  pure: true,
  entry: "perceptronPass",
  starter: `function perceptronPass(
  w: number[], X: number[][], y: number[], lr: number,
) {
  let mistakes = 0
  for (let i = 0; i < X.length; i++) {
    TODO()
  }
  return { w, mistakes }
}`,
  solution: `function perceptronPass(
  w: number[], X: number[][], y: number[], lr: number,
) {
  let mistakes = 0
  for (let i = 0; i < X.length; i++) {
    const x = X[i]
    let z = 0
    for (let j = 0; j < x.length; j++) z += w[j] * x[j]
    if (y[i] * z <= 0) {
      w = w.map((wj, j) => wj + lr * y[i] * x[j])
      mistakes++
    }
  }
  return { w, mistakes }
}`,
  probes: (random) => {
    const five = telling(random, 5, 3)
    const nine = telling(random, 9, 2)
    return [
      {
        args: [[0, 0, 0], BITS, AND, 0.5],
        note: "AND from zero weights, learning rate 0.5",
      },
      {
        args: [
          [2, -1, 0.5],
          [
            [1, 3, 1],
            [-2, 1, 1],
            [2, 2, 1],
            [1, -1, 1],
            [-3, -1, 1],
          ],
          [1, -1, -1, 1, 1],
          0.25,
        ],
        note: "right and wrong examples of both classes",
      },
      {
        args: [
          [1, -2, 1, 1],
          [
            [2, 1, -1, 1],
            [0, 1, 3, 1],
          ],
          [1, -1],
          2,
        ],
        note: "a score of exactly 0 in each class",
      },
      { args: [five.w, five.X, five.y, 1.5], note: "five random examples with three inputs" },
      { args: [nine.w, nine.X, nine.y, 0.5], note: "nine random examples with two inputs" },
    ]
  },
  properties: [
    {
      says: "no mistake, no change",
      holds: ([before], result) => {
        const { w, mistakes } = result as { w: number[]; mistakes: number }
        const same = (before as number[]).every((v, j) => v === w[j])
        return mistakes === 0 && !same
          ? `mistakes is 0, but the weights went from (${(before as number[]).join(", ")}) to (${w.join(", ")})`
          : undefined
      },
      probes: () => [
        {
          args: [[1, 1, -1.5], BITS, AND, 0.5],
          note: "weights that are right already",
        },
      ],
    },
  ],
  misconceptions: [
    {
      id: "perceptron.sign",
      says: "Your weights move away from the target. A missed example of class +1 must be added: the step is `+ lr * y * x`.",
      code: pass("y[i] * z <= 0", "wj - lr * y[i] * x[j]"),
    },
    {
      id: "perceptron.updates-when-right",
      says: "Your numbers are what you get if every example moves w. Examples that are right must leave it unchanged.",
      code: pass("true", "wj + lr * y[i] * x[j]"),
    },
    {
      id: "perceptron.no-bias",
      says: "The weights are right, but the last entry, the bias, did not move. Treat it as a weight whose input is 1.",
      code: pass("y[i] * z <= 0", "j < w.length - 1 ? wj + lr * y[i] * x[j] : wj"),
    },
    {
      id: "perceptron.raw-activation",
      says: "You moved by (y − z) x, with the score z itself: that is the delta rule. A mistake of the perceptron moves w by y x, however large the score.",
      code: pass("y[i] * z <= 0", "wj + lr * (y[i] - z) * x[j]"),
    },
    {
      id: "perceptron.pm1-targets",
      says: "You compared labels of ±1 with an output of 0 or 1, so an example of class −1 can never be right. Here the output is the sign of the score.",
      code: pass("y[i] - (z > 0 ? 1 : 0) !== 0", "wj + lr * (y[i] - (z > 0 ? 1 : 0)) * x[j]"),
    },
    {
      id: "perceptron.no-lr",
      says: "Your numbers are exactly those for a learning rate of 1: `lr` is not used.",
      code: pass("y[i] * z <= 0", "wj + y[i] * x[j]"),
    },
    {
      id: "perceptron.step-at-0",
      says: "You let a score of exactly 0 pass. By this book's convention it is a mistake for both classes: use <= 0.",
      code: pass("y[i] * z < 0", "wj + lr * y[i] * x[j]"),
    },
    {
      id: "perceptron.zero-is-negative",
      says: "You count a score of 0 as class −1, so only class +1 is corrected there. In training it is a mistake for both classes.",
      code: pass("y[i] !== (z > 0 ? 1 : -1)", "wj + lr * y[i] * x[j]"),
    },
    {
      id: "perceptron.old-weights",
      says: "Every score was computed with the weights from before the pass. The perceptron moves at once: the next example meets the new weights.",
      code: pass("y[i] * z <= 0", "wj + lr * y[i] * x[j]", "first"),
    },
  ],
  alternates: [
    {
      id: "perceptron.half-error",
      says: "Right. You moved by half of (label − output), which is the same step when both are ±1.",
      code: `function perceptronPass(w: number[], X: number[][], y: number[], lr: number) {
  let mistakes = 0
  X.forEach((x, i) => {
    let z = 0
    for (let j = 0; j < x.length; j++) z += w[j] * x[j]
    const output = z === 0 ? -y[i] : Math.sign(z)
    const error = (y[i] - output) / 2
    if (error !== 0) mistakes += 1
    w = w.map((wj, j) => wj + lr * error * x[j])
  })
  return { w, mistakes }
}`,
    },
  ],
  hints: [
    "The score of example `i` is the sum of `w[j] * X[i][j]` over `j`.",
    "Test `y[i] * z <= 0`. If it holds, make a new array with `w.map((wj, j) => …)` and count the mistake.",
    "The new weight is `wj + lr * y[i] * X[i][j]`. Do it inside the loop, before the next example.",
  ],
  explanation:
    "Four lines: score, test, move, count. Multiplying label and score handles both classes and the tie in one test. Because *w* moves inside the loop, the order of the examples matters, unlike in Hebb's rule. Call this function until `mistakes` is 0 and you have Rosenblatt's algorithm.",
})
