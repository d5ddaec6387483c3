/** @file Exercise: an output error that lacks the slope of its sigmoid, to find and mend. */
import { randn } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const program = (delta: string) => `function outputGradient(
  H: Tensor, W: Tensor, b: Tensor, Y: Tensor,
) {
  const Z = H.matmul(W.transpose()).add(b)
  const A = Z.sigmoid()
  // half the squared error, mean over the examples
  const delta = ${delta}
  return { dW: delta.transpose().matmul(H), db: delta.sum(0) }
}`

export default defineExercise({
  kind: "debug",
  title: "The error that was copied",
  prompt:
    "The gradient of this output layer was copied from a classifier with softmax and cross-entropy. But here the output is a sigmoid, and the loss is half the squared error. Finite differences disagree. Mend it.",
  conventions: [
    "`H` [N, I], `W` [O, I], `b` [O], `Y` [N, O]",
    "the loss is $\\frac1N\\sum_n\\sum_i\\frac12(a_{ni}-y_{ni})^2$",
  ],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  entry: "outputGradient",
  starter: program("A.sub(Y).div(H.shape[0])"),
  solution: program("A.sub(Y).mul(A).mul(A.neg().add(1)).div(H.shape[0])"),
  probes: (random) => {
    const normal = (...shape: number[]) => randn(shape, { generator: random })
    return [
      { args: [normal(4, 3), normal(2, 3), normal(2), normal(4, 2).sigmoid()], note: "four examples, 3–2" },
      { args: [normal(3, 2), normal(5, 2), normal(5), normal(3, 5).sigmoid()], note: "three examples, 2–5" },
    ]
  },
  misconceptions: [
    {
      id: "backprop.no-output-slope",
      says: "The error is still $a-y$. The sigmoid stands between the score and the loss, and its slope does not cancel here.",
      code: program("A.sub(Y).div(H.shape[0])"),
    },
    {
      id: "act.sigmoid-of-z",
      says: "You took the slope to be $z(1-z)$. It is $a(1-a)$, with $a=\\sigma(z)$.",
      code: program("A.sub(Y).mul(Z).mul(Z.neg().add(1)).div(H.shape[0])"),
    },
    {
      id: "act.double",
      says: "You applied the sigmoid twice: `A` is $\\sigma(z)$ already, and the slope is $a(1-a)$.",
      code: program("A.sub(Y).mul(A.sigmoid()).mul(A.sigmoid().neg().add(1)).div(H.shape[0])"),
    },
    {
      id: "act.tanh-for-sigmoid",
      says: "$1-a^2$ is the slope of tanh. That of the sigmoid is $a(1-a)$.",
      code: program("A.sub(Y).mul(A.square().neg().add(1)).div(H.shape[0])"),
    },
    {
      id: "backprop.value-for-slope",
      says: "You multiplied by $a$, the value of the sigmoid. Its slope is $a(1-a)$.",
      code: program("A.sub(Y).mul(A).div(H.shape[0])"),
    },
  ],
  hints: [
    "Draw the last three nodes: score, sigmoid, loss. What does each send back?",
    "The loss sends $(a-y)/N$ to $a$. What does the sigmoid multiply it by?",
  ],
  explanation:
    "With cross-entropy the slope of the logarithm, $1/a$, cancels the slope of the sigmoid, and $a-y$ is left. The squared error has no logarithm, so $a(1-a)$ stays. A unit that is certain and wrong has a slope near 0: it learns slowest when it most needs to. That is one reason why classifiers use cross-entropy.",
})
