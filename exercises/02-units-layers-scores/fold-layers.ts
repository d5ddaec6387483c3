/** @file Exercise: two dense layers without an activation function, folded into one. */
import { randn } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const fold = (body: string) => `function fold(W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) {
${body}
}`

export default defineExercise({
  kind: "function",
  title: "Fold two layers into one",
  prompt:
    "Write `fold(W1, b1, W2, b2)`: the weights and the bias of the one layer that does what $W_2(W_1x+b_1)+b_2$ does. Return them as a pair, `[W, b]`.",
  conventions: [
    "`W1` is [H, D], `b1` is [H], `W2` is [C, H], `b2` is [C]",
    "return `[W, b]` of shapes [C, D] and [C]",
  ],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  entry: "fold",
  starter: fold("  TODO()"),
  solution: fold("  const W = W2.matmul(W1)\n  const b = W2.matmul(b1).add(b2)\n  return [W, b]"),
  probes: (random) => [
    {
      args: [
        randn([5, 3], { generator: random }),
        randn([5], { generator: random }),
        randn([2, 5], { generator: random }),
        randn([2], { generator: random }),
      ],
      note: "3 inputs, 5 in the middle, 2 outputs",
    },
    {
      args: [
        randn([4, 4], { generator: random }),
        randn([4], { generator: random }),
        randn([4, 4], { generator: random }),
        randn([4], { generator: random }),
      ],
      note: "4 inputs, 4 in the middle, 4 outputs: every order of factors fits, one is right",
    },
  ],
  misconceptions: [
    {
      id: "layers.first-bias-lost",
      says: "The bias of the first layer is missing. It goes through the second layer too: `W2` times `b1`, plus `b2`.",
      code: fold("  return [W2.matmul(W1), b2]"),
    },
    {
      id: "layers.second-bias-lost",
      says: "You carried the first bias through, but the second one, `b2`, has to be added.",
      code: fold("  return [W2.matmul(W1), W2.matmul(b1)]"),
    },
    {
      id: "layers.transposed",
      says: "Your matrix is the transpose of the right one: $(W_2W_1)^\\top$ has a row for each input, but a weight matrix has a row for each output.",
      code: fold("  return [W2.matmul(W1).transpose(), W2.matmul(b1).add(b2)]"),
    },
  ],
  hints: [
    "Multiply out $W_2(W_1x+b_1)+b_2$ on paper, and collect what stands before $x$.",
    "`W2.matmul(W1)` has the shape [C, D]. A matrix times a vector, `W2.matmul(b1)`, has the shape [C].",
  ],
  explanation:
    "$W=W_2W_1$ and $b=W_2b_1+b_2$. The first layer acts first and stands on the right. Fold again and again, and any stack of layers without functions becomes one.",
})
