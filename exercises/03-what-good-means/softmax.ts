/** @file Exercise: the softmax of a vector or of the rows of a matrix, for scores of any size, with its gradient graded. */
import { type Generator, type Tensor, tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"
import { smallerTensors } from "../lib/shrink.ts"

const softmax = (body: string) => `function softmax(s: Tensor): Tensor {
${body}
}`

const scores = (random: Generator, rows: number, columns: number, scale = 2) =>
  tensor(Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal(0, scale))))

const rowSums = (result: { shape: number[]; tolist(): unknown }): number[] => {
  const rows = (result.shape.length === 1 ? [result.tolist()] : result.tolist()) as number[][]
  return rows.map((row) => row.reduce((sum, p) => sum + p, 0))
}

export default defineExercise({
  kind: "function",
  title: "Build it yourself: a softmax that never overflows",
  prompt:
    "Write `softmax(s)`: turn scores into probabilities, $p_k = e^{s_k} / \\sum_j e^{s_j}$. `s` is one vector of scores or a matrix with one example a row. Scores may be as large as 1000. Build it from `exp`, `sum` and `max`.",
  conventions: [
    "`s` has shape [C] or [N, C]; the result has the same shape",
    "each row of a matrix is one example and sums to 1",
    "scores of ±1000 must give finite probabilities",
  ],
  difficulty: "core",
  minutes: 8,
  revision: 4,
  entry: "softmax",
  starter: softmax("  TODO()"),
  without: ["softmax", "logSoftmax"],
  solution: softmax(`  const top = s.max(-1, { keepDim: true })
  const e = s.sub(top.detach()).exp()
  return e.div(e.sum(-1, { keepDim: true }))`),
  probes: (random) => [
    { args: [tensor([3.2, 5.1, -1.7])], note: "the cat’s three scores", gradients: [0] },
    { args: [scores(random, 4, 3)], note: "four examples, three classes", gradients: [0] },
    { args: [scores(random, 2, 5)], note: "two examples, five classes" },
    { args: [tensor([1000, 1001, 999])], note: "scores near 1000", gradients: [0] },
    {
      args: [
        tensor([
          [1000, 1001, 999],
          [-800, -801, -799.5],
        ]),
      ],
      note: "rows near 1000 and near −800 together",
    },
    { args: [tensor([-1000, 1000, 999])], note: "scores from −1000 to 1000", gradients: [0] },
  ],
  properties: [
    {
      says: "every row sums to 1",
      holds: (_, result) => {
        const sums = rowSums(result as { shape: number[]; tolist(): unknown })
        const off = sums.findIndex((sum) => !(Math.abs(sum - 1) <= 1e-4))
        return off < 0 ? undefined : `Row ${off} sums to ${sums[off].toPrecision(5)}, not to 1.`
      },
    },
    {
      says: "whatever the scores, rows sum to 1 and no probability is negative",
      holds: (_, result) => {
        const p = result as Tensor
        const sums = rowSums(p)
        const off = sums.findIndex((sum) => !(Math.abs(sum - 1) <= 1e-4))
        if (off >= 0)
          return `With the scores below, row ${off} of your result sums to ${sums[off].toPrecision(5)}, not to 1.`
        return Array.from(p.data()).every((v) => v >= 0)
          ? undefined
          : "One of your probabilities is negative."
      },
      probes: (random) =>
        Array.from({ length: 12 }, (_, i) => ({
          args: [scores(random, random.integer(1, 6), random.integer(1, 7), 10 ** (i % 4))],
        })),
      shrink: ([s]) => smallerTensors(s as Tensor).map((smaller) => [smaller]),
    },
  ],
  misconceptions: [
    {
      id: "softmax.overflow",
      says: "Right for small scores, `NaN` for large ones: $e^{1000}$ is infinite. Subtract the largest score of each row before `exp`; the probabilities do not change.",
      code: softmax("  const e = s.exp()\n  return e.div(e.sum(-1, { keepDim: true }))"),
    },
    {
      id: "softmax.global-max",
      says: "You subtracted one maximum for all rows. Far below it every `exp` rounds to 0, and 0/0 is `NaN`: each row needs its own maximum.",
      code: softmax("  const e = s.sub(s.max()).exp()\n  return e.div(e.sum(-1, { keepDim: true }))"),
    },
    {
      id: "softmax.axis",
      says: "Your columns sum to 1. Each row is one example: take the maximum and the sum along the last dimension.",
      code: softmax(
        "  const e = s.sub(s.max(0, { keepDim: true })).exp()\n  return e.div(e.sum(0, { keepDim: true }))",
      ),
    },
    {
      id: "softmax.total",
      says: "You divided by the sum over the whole matrix, so that all rows together sum to 1. Keep one sum for each row: `sum(-1, { keepDim: true })`.",
      code: softmax("  const e = s.sub(s.max(-1, { keepDim: true })).exp()\n  return e.div(e.sum())"),
    },
    {
      id: "softmax.no-exp",
      says: "You divided the scores by their sum. Without `exp` a negative score gives a negative “probability”.",
      code: softmax("  return s.div(s.sum(-1, { keepDim: true }))"),
    },
    {
      id: "softmax.unnormalised",
      says: "These are the exponentials, shifted and positive, but they do not sum to 1 yet: divide each row by its sum.",
      code: softmax("  return s.sub(s.max(-1, { keepDim: true })).exp()"),
    },
    {
      id: "softmax.log",
      says: "These are logarithms of probabilities, all of them negative. The task asks for the probabilities themselves.",
      code: softmax(
        "  const t = s.sub(s.max(-1, { keepDim: true }))\n  return t.sub(t.exp().sum(-1, { keepDim: true }).log())",
      ),
    },
    {
      id: "softmax.sigmoid",
      says: "You squashed every score on its own. A sigmoid for each class does not know the other classes, so the row does not sum to 1.",
      code: softmax("  return s.sigmoid()"),
    },
    {
      id: "softmax.sign",
      says: "The largest score got the smallest probability: a minus sign has slipped in front of the scores.",
      code: softmax(
        "  const e = s.min(-1, { keepDim: true }).sub(s).exp()\n  return e.div(e.sum(-1, { keepDim: true }))",
      ),
    },
    {
      id: "softmax.detached",
      says: "Your probabilities are right, but they were built from numbers read out of the tensor, so no gradient can flow back to `s`. Stay with the operations of tensors.",
      code: softmax(`  const t = s.detach()
  const e = t.sub(t.max(-1, { keepDim: true })).exp()
  return e.div(e.sum(-1, { keepDim: true }))`),
    },
    {
      id: "softmax.exponentials",
      says: "These are the exponentials alone: positive, but they do not sum to 1, and $e^{1000}$ is infinite. Divide each row by its sum, and think of large scores then.",
      code: softmax("  return s.exp()"),
    },
  ],
  hints: [
    "What happens to the probabilities if you add the same number to all scores of a row?",
    "Subtract the largest score of each row first: the largest exponent is then 0. `s.max(-1, { keepDim: true })` broadcasts against `s`.",
    "With `e = s.sub(top).exp()` the result is `e.div(e.sum(-1, { keepDim: true }))`.",
  ],
  explanation:
    "Softmax does not change when all scores of a row move together: the factor $e^{-m}$ cancels between numerator and denominator. So you may move them to where `exp` is safe. The last dimension is the row for a matrix and the whole of a vector, which is why one line serves both. The shift cancels in the gradient as well, so the maximum may be detached.",
})
