/** @file Exercise: all gradients of a network with one hidden layer, built by the reader. */
import { randn, tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const head = `function gradients(
  X: Tensor, Y: Tensor,
  W1: Tensor, b1: Tensor,
  W2: Tensor, b2: Tensor,
) {`
const forward = `  const Z = X.matmul(W1.transpose()).add(b1)
  const H = Z.relu()
  const P = H.matmul(W2.transpose()).add(b2).softmax(1)`
const program = ({
  d2 = "P.sub(Y).div(X.shape[0])",
  dH = "d2.matmul(W2)",
  d1 = "where(Z.gt(0), dH, 0)",
  dW1 = "d1.transpose().matmul(X)",
  dW2 = "d2.transpose().matmul(H)",
  sum = "sum(0)",
}) => `${head}
${forward}
  const d2 = ${d2}
  const dH = ${dH}
  const d1 = ${d1}
  return {
    W1: ${dW1},
    b1: d1.${sum},
    W2: ${dW2},
    b2: d2.${sum},
  }
}`

const labels = (classes: number[], count: number) =>
  tensor(classes.map((c) => Array.from({ length: count }, (_, k) => (k === c ? 1 : 0))))

export default defineExercise({
  kind: "function",
  title: "Build it yourself: the whole way back",
  prompt:
    "Write the backward pass of the network $X \\to Z \\to H = \\max(0, Z) \\to S \\to P = \\operatorname{softmax}(S)$ under the **mean** cross-entropy. Forward is given. Return the gradients of all four parameters.",
  conventions: [
    "`X` [N, D], `Y` one-hot [N, C], `W1` [H, D], `b1` [H], `W2` [C, H], `b2` [C]",
    "return `{ W1, b1, W2, b2 }`, each with the shape of its parameter",
    "natural logarithm; the slope of the ReLU at 0 is 0",
  ],
  difficulty: "hard",
  minutes: 12,
  revision: 1,
  entry: "gradients",
  without: ["grad", "valueAndGrad", "backward"],
  starter: `${head}
${forward}
  TODO()
  return { W1: dW1, b1: db1, W2: dW2, b2: db2 }
}`,
  solution: program({}),
  probes: (random) => {
    const normal = (...shape: number[]) => randn(shape, { generator: random })
    return [
      {
        args: [
          tensor([
            [1, -2],
            [0.5, 1],
          ]),
          labels([2, 0], 3),
          tensor([
            [0.5, -0.3],
            [-0.2, 0.8],
            [0.1, 0.4],
          ]),
          tensor([0.1, -0.1, 0.2]),
          tensor([
            [0.3, -0.6, 0.2],
            [-0.4, 0.1, 0.5],
            [0.7, 0.2, -0.3],
          ]),
          tensor([0, 0.1, -0.1]),
        ],
        note: "the network of the lesson",
      },
      {
        args: [normal(5, 3), labels([1, 0, 2, 3, 1], 4), normal(6, 3), normal(6), normal(4, 6), normal(4)],
        note: "five examples, 3–6–4",
      },
      {
        args: [normal(4, 2), labels([0, 1, 1, 0], 2), normal(7, 2), normal(7), normal(2, 7), normal(2)],
        note: "four examples, 2–7–2",
      },
    ]
  },
  misconceptions: [
    {
      id: "backprop.no-mask",
      says: "Your hidden error goes through every ReLU, also through those that were off. Multiply by the slope: 0 where $z\\le0$.",
      code: program({ d1: "dH" }),
    },
    {
      id: "cegrad.no-N",
      says: "Your gradients are those of the *sum* of the losses. The mean divides by the number of examples, at the start of the sweep.",
      code: program({ d2: "P.sub(Y)" }),
    },
    {
      id: "cegrad.extra-jacobian",
      says: "You multiplied the error at the output by $p(1-p)$ as well. Softmax and cross-entropy together give $p-y$; there is no further slope.",
      code: program({ d2: "P.sub(Y).mul(P).mul(P.neg().add(1)).div(X.shape[0])" }),
    },
    {
      id: "backprop.db",
      says: "Your biases get a mean over the batch. The $1/N$ is in δ already: add.",
      code: program({ sum: "mean(0)" }),
    },
    {
      id: "backprop.double-mean",
      says: "You divided by the number of examples twice: once in δ, and again in every gradient.",
      code: program({
        dW1: "d1.transpose().matmul(X).div(X.shape[0])",
        dW2: "d2.transpose().matmul(H).div(X.shape[0])",
        sum: "mean(0)",
      }),
    },
    {
      id: "backprop.slope-is-value",
      says: "You multiplied by the *value* of the ReLU in place of its slope. The slope is 1 where the unit is on.",
      code: program({ d1: "dH.mul(H)" }),
    },
    {
      id: "backprop.sign",
      says: "All your signs are turned round. The error is prediction minus target, $p-y$.",
      code: program({ d2: "Y.sub(P).div(X.shape[0])" }),
    },
    {
      id: "backprop.z-for-h",
      says: "Your `W2` gradient uses $Z$. The second layer was fed with $H$, the values behind the ReLU.",
      code: program({ dW2: "d2.transpose().matmul(Z)" }),
    },
  ],
  hints: [
    "Start with the δ of the output, $(P-Y)/N$. Then two messages of layer 2, the mask, two messages of layer 1.",
    "`where(Z.gt(0), dH, 0)` lets through what the ReLU let through.",
    "For each layer: `delta.transpose().matmul(input)` and `delta.sum(0)`.",
  ],
  explanation:
    "Six lines, and nothing in them is special to this network: a dense layer gives two products and a sum, an activation gives a mask. What the engine does when you call `backward()` on this loss is the same, one tape entry at a time.",
})
