/** @file Exercise: a dense layer for a batch, with its gradient graded. */
import { tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"
import { layer } from "../lib/probes.ts"

const dense = (body: string) => `function dense(X: Tensor, W: Tensor, b: Tensor): Tensor {
  ${body}
}`

export default defineExercise({
  kind: "function",
  title: "Build it yourself: a dense layer",
  prompt: "Write `dense(X, W, b)`: the pre-activations of a dense layer for a whole batch.",
  conventions: [
    "`X` is [N, D], examples in rows; `W` is [H, D], out × in; `b` is [H]",
    "return $Z$ of shape [N, H], without an activation function",
  ],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  entry: "dense",
  starter: dense("TODO()"),
  solution: dense("return X.matmul(W.transpose()).add(b)"),
  probes: (random) => [
    {
      args: [
        tensor([
          [1, -2],
          [0.5, 1],
        ]),
        tensor([
          [0.5, -0.3],
          [-0.2, 0.8],
          [0.1, 0.4],
        ]),
        tensor([0.1, -0.1, 0.2]),
      ],
      note: "the running network",
      gradients: [0, 1, 2],
    },
    {
      args: layer(random, 4, 3, 5),
      note: "4 examples, 3 inputs, 5 units",
      gradients: [0, 1, 2],
    },
    {
      args: layer(random, 3, 3, 3),
      note: "everything 3: each mistake fits, too",
    },
  ],
  misconceptions: [
    {
      id: "layers.bias-forgotten",
      says: "The product is right. The bias is missing: add `b` to every row.",
      code: dense("return X.matmul(W.transpose())"),
    },
    {
      id: "layers.bias-subtracted",
      says: "You took the bias off. In this book it is added; a threshold would be subtracted.",
      code: dense("return X.matmul(W.transpose()).sub(b)"),
    },
    {
      id: "layers.activated",
      says: "You applied a ReLU: nothing below 0 comes out. The task asks for the pre-activations.",
      code: dense("return X.matmul(W.transpose()).add(b).relu()"),
    },
    {
      id: "layers.result-transposed",
      says: "Your result is the transpose of the right one: units in rows, examples in columns. Here each example is a row, in and out.",
      code: dense("return W.matmul(X.transpose()).add(b.reshape([-1, 1]))"),
    },
    {
      id: "layers.detached",
      says: "The values are right, but they were built from numbers read out of the tensors, so no gradient flows back. Stay with the operations of tensors.",
      code: dense("return X.detach().matmul(W.detach().transpose()).add(b.detach())"),
    },
  ],
  hints: [
    "`X` is N × D and `W` is H × D. Which of the two must be turned, so that the inner numbers agree?",
    "`X.matmul(W.transpose())` is N × H. Adding a vector of H numbers adds it to every row.",
  ],
  explanation:
    "Row $n$ of $X$ meets row $i$ of $W$: that is entry $(n,i)$ of $XW^\\top$. Broadcasting adds the bias to every row, since shapes are matched from the right.",
})
