/** @file Exercise: a whole layer of threshold units, written by the reader. */
import type { Generator } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const layer = (fires: string, sum = "W[k].reduce((total, w, i) => total + w * x[i], 0)") =>
  `function layer(W: number[][], theta: number[], x: number[]) {
  return theta.map((_, k) => {
    const sum = ${sum}
    return ${fires}
  })
}`

const whole = (random: Generator, n: number) => Array.from({ length: n }, () => random.integer(-3, 4))
const bits = (random: Generator, n: number) => Array.from({ length: n }, () => random.integer(0, 2))

/** Units of which some fire and some do not, one of them exactly at its threshold. */
function drawn(random: Generator, units: number, inputs: number) {
  for (;;) {
    const W = Array.from({ length: units }, () => whole(random, inputs))
    const x = bits(random, inputs)
    const sums = W.map((w) => w.reduce((total, wi, i) => total + wi * x[i], 0))
    const theta = sums.map((sum, k) => (k === 0 ? sum : sum + (random.uniform() < 0.5 ? -1 : 1)))
    const answers = sums.map((sum, k) => sum >= theta[k])
    if (answers.includes(false) && x.includes(0) && x.includes(1)) return { W, theta, x }
  }
}

export default defineExercise({
  kind: "function",
  title: "Build it yourself: a layer of threshold units",
  prompt:
    "Write `layer(W, theta, x)`. Each row of `W` holds the weights of one unit, `theta` holds their thresholds, and all of them see the same input `x`. Return the list of their answers, 1 or 0. With two calls of this function you can build XOR.",
  conventions: [
    "a unit fires if its weighted sum is **at least** its threshold",
    "`W` has one row a unit and one column an input; the numbers of units and inputs differ",
  ],
  difficulty: "core",
  minutes: 5,
  revision: 1,
  entry: "layer",
  starter: `function layer(W: number[][], theta: number[], x: number[]) {
  TODO()
}`,
  solution: `function layer(W: number[][], theta: number[], x: number[]) {
  return W.map((w, k) => {
    let sum = 0
    for (let i = 0; i < x.length; i++) sum += w[i] * x[i]
    return sum >= theta[k] ? 1 : 0
  })
}`,
  probes: (random) => {
    const many = drawn(random, 11, 3)
    const few = drawn(random, 9, 4)
    return [
      {
        args: [
          [
            [1, 1],
            [-1, -1],
            [2, -1],
          ],
          [1, -1, 1.5],
          [1, 0],
        ],
        note: "OR, NAND and a third unit, on their thresholds",
      },
      {
        args: [
          [
            [1, 1],
            [-1, -1],
            [2, -1],
          ],
          [1, -1, 1.5],
          [1, 1],
        ],
        note: "the same units, both inputs on",
      },
      {
        args: [
          [
            [0.5, -2, 1.25],
            [-1, 3, 0.5],
          ],
          [1.75, -2],
          [1, 0, 1],
        ],
        note: "weights that are no whole numbers",
      },
      {
        args: [
          [
            [2, 1],
            [1, 2],
            [3, -1],
          ],
          [3, 0.5, 2],
          [1, 0],
        ],
        note: "three units whose thresholds are far apart",
      },
      { args: [many.W, many.theta, many.x], note: "eleven random units with three inputs" },
      { args: [few.W, few.theta, few.x], note: "nine random units with four inputs" },
    ]
  },
  misconceptions: [
    {
      id: "gate.at-threshold",
      says: "A unit of yours stays silent when its sum is exactly its threshold. Here it fires: compare with >=.",
      code: layer("sum > theta[k] ? 1 : 0"),
    },
    {
      id: "gate.bias-sign",
      says: "You added the threshold to the sum. It stands on the other side: sum >= θ is sum − θ >= 0. As a bias it would be −θ.",
      code: layer("sum + theta[k] >= 0 ? 1 : 0"),
    },
    {
      id: "gate.one-threshold",
      says: "All your units use the first threshold. Unit k has its own: theta[k].",
      code: layer("sum >= theta[0] ? 1 : 0"),
    },
    {
      id: "gate.columns",
      says: "You read the weights down the columns of W. The weights of unit k are its row, W[k].",
      code: layer(
        "sum >= theta[k] ? 1 : 0",
        "x.reduce((total, xi, i) => total + ((W[i] ?? [])[k] ?? 0) * xi, 0)",
      ),
    },
    {
      id: "gate.no-inhibition",
      says: "You added the sizes of the weights. A negative weight must lower the sum.",
      code: layer("sum >= theta[k] ? 1 : 0", "W[k].reduce((total, w, i) => total + Math.abs(w) * x[i], 0)"),
    },
    {
      id: "gate.all-weights",
      says: "Your sums do not depend on x. A weight counts only where its input is on: multiply it by x[i].",
      code: layer("sum >= theta[k] ? 1 : 0", "W[k].reduce((total, w) => total + w, 0)"),
    },
    {
      id: "gate.raw-sum",
      says: "You return the weighted sums. A threshold unit says only whether its sum reaches θ: 1 or 0.",
      code: layer("sum"),
    },
  ],
  hints: [
    "Map over the rows of `W`: each row gives one answer.",
    "For row `w`, add `w[i] * x[i]` over all `i`. Then compare with `theta[k]`.",
    "`W.map((w, k) => w.reduce((total, wi, i) => total + wi * x[i], 0) >= theta[k] ? 1 : 0)`",
  ],
  explanation:
    "A layer is a list of units that look at the same input. `layer([[1, 1], [-1, -1]], [1, -1], x)` gives OR and NAND of `x`, and `layer([[1, 1]], [2], …)` of that is XOR: a network is one call inside another.",
})
