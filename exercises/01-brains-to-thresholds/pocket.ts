/** @file Exercise: the pocket algorithm, which keeps the best weights that a perceptron has met. */
import { defineExercise } from "../lib/exercise.ts"
import { BITS, rows, signs, XOR } from "../lib/probes.ts"

interface Variant {
  /** When the weights go into the pocket. */
  better?: string
  /** How they go in. */
  keep?: string
  /** Where the comparison stands: after each update or after each pass. */
  inPass?: string
  afterPass?: string
  returns?: string
}
const compare = (better: string, keep: string) => `const errors = countErrors(w, X, y)
        if (${better}) {
          best = errors
          pocket = ${keep}
        }`

const pocketed = ({ better = "errors < best", keep = "w", ...v }: Variant = {}) => `function pocket(
  X: number[][], y: number[], passes: number,
) {
  let w = X[0].map(() => 0)
  let pocket = w
  let best = countErrors(w, X, y)
  for (let pass = 0; pass < passes; pass++) {
    for (let i = 0; i < X.length; i++) {
      if (y[i] * score(w, X[i]) <= 0) {
        w = w.map((wj, j) => wj + y[i] * X[i][j])
        ${v.inPass ?? compare(better, keep)}
      }
    }
    ${v.afterPass ?? ""}
  }
  return ${v.returns ?? "pocket"}
}`

export default defineExercise({
  kind: "function",
  title: "The pocket algorithm",
  prompt:
    "Write `pocket(X, y, passes)` for data that no line separates. Run the perceptron from *w* = 0 for exactly `passes` passes with η = 1. After each update count how many examples the new *w* gets wrong, and keep the best *w* so far in your pocket. Return the pocket.",
  conventions: [
    "`countErrors` counts the examples with *y w*ᵀ*x* ≤ 0 over the **whole** data set",
    "a newcomer replaces the pocket only if it has **fewer** errors; a tie keeps the older one",
    "the starting weights lie in the pocket at first",
    "each row of `X` ends in the constant 1; labels are ±1",
  ],
  difficulty: "hard",
  minutes: 12,
  revision: 2,
  entry: "pocket",
  given: `function score(w: number[], x: number[]) {
  return x.reduce((sum, xj, j) => sum + w[j] * xj, 0)
}
function countErrors(w: number[], X: number[][], y: number[]) {
  return X.filter((x, i) => y[i] * score(w, x) <= 0).length
}`,
  starter: `function pocket(X: number[][], y: number[], passes: number) {
  let w = X[0].map(() => 0)
  for (let pass = 0; pass < passes; pass++) {
    for (let i = 0; i < X.length; i++) {
      TODO()
    }
  }
  return w
}`,
  solution: pocketed(),
  probes: (random) => {
    const X = rows(random, 8, 2, 5)
    return [
      {
        args: [BITS, XOR, 3],
        note: "XOR, three passes",
      },
      {
        args: [
          [
            [2, 1, 1],
            [1, 3, 1],
            [-1, -2, 1],
            [-3, 1, 1],
            [3, -1, 1],
            [1, 1, 1],
            [-2, 2, 1],
          ],
          [1, 1, -1, -1, 1, -1, 1],
          4,
        ],
        note: "seven examples with one in the wrong camp",
      },
      {
        args: [
          [
            [3, 1, -2, 1],
            [1, -2, 2, 1],
            [-1, 2, 3, 1],
            [2, 2, 1, 1],
            [-3, -1, 1, 1],
            [1, 1, -1, 1],
          ],
          [1, -1, 1, -1, -1, -1],
          5,
        ],
        note: "six examples with three inputs",
      },
      // Found by search: one pass more, one pass fewer and each of the mistakes below end elsewhere.
      {
        args: [
          [
            [1, 0, 1],
            [-2, -2, 1],
            [-2, 0, 1],
            [-1, 1, 1],
            [1, -3, 1],
            [0, 2, 1],
          ],
          [1, 1, -1, 1, -1, 1],
          2,
        ],
        note: "six examples, exactly two passes",
      },
      {
        args: [X, signs(random, X), 6],
        note: "random examples with random labels",
      },
    ]
  },
  misconceptions: [
    {
      id: "pocket.last",
      says: "These are the weights of the last update, not the best. Either you returned `w`, or pocket and `w` are one array that later updates changed: make a new array for each update.",
      code: pocketed({ returns: "w" }),
    },
    {
      id: "pocket.ties",
      says: "On a tie you took the newcomer. The convention keeps the older weights: replace them only if the new count is smaller.",
      code: pocketed({ better: "errors <= best" }),
    },
    {
      id: "pocket.per-pass",
      says: "You looked only at the end of each pass. The best weights may turn up in the middle of one: compare after each update.",
      code: pocketed({ inPass: "", afterPass: compare("errors < best", "w") }),
    },
    {
      id: "pocket.most-errors",
      says: "Your pocket holds the weights with the most errors. Fewer is better.",
      code: pocketed({ better: "errors > best" }),
    },
    {
      id: "pocket.forgets-best",
      says: "You compared with the first count all along. When weights go into the pocket, remember their count too.",
      code: pocketed({ inPass: "if (countErrors(w, X, y) < best) pocket = w" }),
    },
  ],
  hints: [
    "You need three variables: the wandering `w`, the `pocket`, and `best`, the number of errors of the pocket.",
    "After each update: `const errors = countErrors(w, X, y)`. If that is below `best`, remember both the count and the weights.",
    "Write updates as `w = w.map(…)`. That makes a new array, so what lies in the pocket stays as it was.",
  ],
  explanation:
    "The perceptron itself is untouched; you only watch it and remember. Given enough updates in random order, the pocket holds an optimal line with a probability that tends to 1 (Gallant 1990). The price is a count over all examples after each update.",
})
