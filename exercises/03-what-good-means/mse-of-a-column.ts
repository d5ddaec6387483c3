/** @file Exercise: a mean squared error that averages over all pairs, to find and mend. */
import { randn, tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const program = (body: string) => `function meanSquaredError(X: Tensor, w: Tensor, y: Tensor): Tensor {
  const prediction = X.matmul(w)
  ${body}
}`

export default defineExercise({
  kind: "debug",
  title: "The error that never reaches zero",
  prompt:
    "`X` holds one example a row, `w` one weight a row, so `X.matmul(w)` is a **column** of predictions. Even with perfect weights this mean squared error is not 0. Nothing crashes. Find the bug and mend it.",
  conventions: [
    "`X` has shape [N, D], `w` has shape [D, 1], `y` has shape [N]",
    "return the **mean** over the N examples, a scalar tensor, without a factor ½",
  ],
  difficulty: "core",
  minutes: 5,
  revision: 1,
  entry: "meanSquaredError",
  without: ["mse"],
  starter: program("return prediction.sub(y).square().mean()"),
  solution: program("return prediction.squeeze(1).sub(y).square().mean()"),
  probes: (random) => [
    {
      args: [
        tensor([
          [1, 2],
          [3, -1],
          [0, 4],
        ]),
        tensor([[2], [1]]),
        tensor([4, 5, 4]),
      ],
      note: "perfect weights",
    },
    {
      args: [
        randn([5, 3], { generator: random }),
        randn([3, 1], { generator: random }),
        randn([5], { generator: random }).add(2),
      ],
      note: "five examples, three features",
      gradients: [1],
    },
    {
      args: [
        randn([1, 4], { generator: random }),
        randn([4, 1], { generator: random }),
        tensor([random.uniform(3, 5)]),
      ],
      note: "one example",
      gradients: [1],
    },
  ],
  misconceptions: [
    {
      id: "broadcast.NxN",
      says: "Your loss averages $N^2$ differences: a column [N, 1] minus a vector [N] is a matrix [N, N], every prediction against every label. Bring both to one shape first.",
      code: program("return prediction.sub(y).square().mean()"),
    },
    {
      id: "mse.sum",
      says: "You divide $N^2$ squares by $N$. The column minus the vector is still a matrix, so there are too many differences.",
      code: program("return prediction.sub(y).square().sum().div(X.shape[0])"),
    },
    {
      id: "mse.sum-not-mean",
      says: "The shapes are right now, but you add the squares up. The loss is their mean.",
      code: program("return prediction.squeeze(1).sub(y).square().sum()"),
    },
    {
      id: "mse.half",
      says: "Your loss is half as large as it should be. Here the convention is the mean of the squares, without a ½.",
      code: program("return prediction.squeeze(1).sub(y).square().mean().div(2)"),
    },
    {
      id: "mse.absolute",
      says: "You averaged the sizes of the misses. The *squared* error charges their squares.",
      code: program("return prediction.squeeze(1).sub(y).abs().mean()"),
    },
    {
      id: "mse.of-means",
      says: "You compare the mean prediction with the mean label. Misses up and down cancel that way. Square each miss first.",
      code: program("return prediction.mean().sub(y.mean()).square()"),
    },
  ],
  hints: [
    "Write down the shape of `prediction`, the shape of `y`, and the shape of their difference.",
    "[N, 1] minus [N] is [N, N]: the column is repeated sideways and the vector downwards.",
    "`prediction.squeeze(1)` has shape [N]; so would `y.reshape([-1, 1])` be a column.",
  ],
  explanation:
    "Broadcasting turned a column and a vector into a matrix of all pairs. The mean over it is a number that looks like a loss, has gradients, and even falls in training. `mse` of the engine refuses two shapes that differ, for this reason. In your own formulas, look at the shapes.",
})
