/** @file Exercise: the backward pass of a dense layer for a batch, built by the reader. */
import { defineExercise } from "../lib/exercise.ts"
import { normal } from "../lib/probes.ts"

const program = (
  dW: string,
  db: string,
  dH: string,
) => `function denseBackward(H: Tensor, W: Tensor, delta: Tensor) {
  const dW = ${dW}
  const db = ${db}
  const dH = ${dH}
  return { dW, db, dH }
}`
const [W, b, H] = ["delta.transpose().matmul(H)", "delta.sum(0)", "delta.matmul(W)"]

export default defineExercise({
  kind: "function",
  title: "Build it yourself: a layer goes back",
  prompt:
    "A dense layer computes $Z = HW^\\top + b$ for a batch. From above comes `delta`, the gradient of the loss by $Z$. Return the gradients by $W$, $b$ and $H$.",
  conventions: [
    "`H` has shape [N, I], `W` [O, I], `delta` [N, O]",
    "return `{ dW, db, dH }` with the shapes of `W`, `b` [O] and `H`",
    "`delta` already contains the 1/N of the mean loss",
  ],
  difficulty: "core",
  minutes: 5,
  revision: 1,
  entry: "denseBackward",
  starter: `function denseBackward(H: Tensor, W: Tensor, delta: Tensor) {
  // two matrix products and a sum; the shapes decide
  TODO()
  return { dW, db, dH }
}`,
  solution: program(W, b, H),
  probes: (random) => [
    {
      args: [normal(random, 4, 3), normal(random, 5, 3), normal(random, 4, 5)],
      note: "four examples, three inputs, five units",
    },
    {
      args: [normal(random, 3, 6), normal(random, 2, 6), normal(random, 3, 2)],
      note: "three examples, six inputs, two units",
    },
    {
      args: [normal(random, 3, 3), normal(random, 3, 3), normal(random, 3, 3)],
      note: "all sizes 3, so that any product fits",
    },
  ],
  misconceptions: [
    {
      id: "backprop.transpose",
      says: "Your `dW` is transposed: it has a row for each input. `W` has a row for each unit, and so has its gradient.",
      code: program("H.transpose().matmul(delta)", b, H),
    },
    {
      id: "backprop.db",
      says: "Your `db` is a mean over the batch. The messages of all examples add; the 1/N is in `delta` already.",
      code: program(W, "delta.mean(0)", H),
    },
    {
      id: "backprop.db-over-units",
      says: "Your `db` adds over the units: one number for each example. The bias has one for each unit, so add over the examples.",
      code: program(W, "delta.sum(1)", H),
    },
    {
      id: "backprop.db-first-row",
      says: "Your `db` is the message of the first example alone. Every example adds the same bias, so all their messages count.",
      code: program(W, "delta.slice([0], [1]).reshape([-1])", H),
    },
    {
      id: "backprop.double-mean",
      says: "Your `dW` and `db` are too small by the number of examples: the mean is already in `delta`.",
      code: program(`${W}.div(H.shape[0])`, "delta.mean(0)", H),
    },
    {
      id: "backprop.local-times-value",
      says: "Your `dH` is multiplied by `H`. A dense layer's slope by its input is the weight alone; slopes of an activation come later.",
      code: program(W, b, `${H}.mul(H)`),
    },
  ],
  hints: [
    "Write the three shapes that you want beside the three that you have. For each, only one product fits.",
    "`dW` is (O × N) times (N × I); `dH` is (N × O) times (O × I).",
    "`delta.transpose().matmul(H)`, `delta.sum(0)` and `delta.matmul(W)`.",
  ],
  explanation:
    "The weight is used by every example, so its messages add over the batch: that is the inner dimension N of $\\delta^\\top H$. The input is used by every unit: that is the inner dimension O of $\\delta W$. The bias is copied to every row, so its messages add. The probe with equal sizes is there because a wrong transpose fits too.",
})
