/** @file Exercise: gradient descent on the mean squared error of a line, written by the reader. */
import { randn, tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const fitLine = (body: string) => `function fitLine(x: Tensor, y: Tensor, stepSize: number, steps: number) {
  let w = x.sum().mul(0)
  let b = x.sum().mul(0)
  for (let k = 0; k < steps; k++) {
${body}
  }
  return [w, b]
}`

export default defineExercise({
  kind: "function",
  title: "Build it yourself: fit a line",
  prompt:
    "Write `fitLine(x, y, stepSize, steps)`. Start from $w = 0$, $b = 0$, take exactly `steps` steps of gradient descent on $J(w,b)=\\frac1N\\sum_i(wx_i+b-y_i)^2$ and return `[w, b]`.",
  conventions: [
    "`x` and `y` are tensors of shape [N]; return two numbers (or two scalar tensors) in an array",
    "the loss is the **mean** of the squared errors, without a factor ½",
    "both gradients are taken at the same point, before either parameter moves",
  ],
  difficulty: "core",
  minutes: 12,
  revision: 2,
  entry: "fitLine",
  starter: `function fitLine(x: Tensor, y: Tensor, stepSize: number, steps: number) {
  let w = 0
  let b = 0
  for (let k = 0; k < steps; k++) {
    TODO()
  }
  return [w, b]
}`,
  solution: `function fitLine(x: Tensor, y: Tensor, stepSize: number, steps: number) {
  let w = x.sum().mul(0)
  let b = x.sum().mul(0)
  for (let k = 0; k < steps; k++) {
    const error = x.mul(w).add(b).sub(y)
    const gradW = error.mul(x).mean().mul(2)
    const gradB = error.mean().mul(2)
    w = w.sub(gradW.mul(stepSize))
    b = b.sub(gradB.mul(stepSize))
  }
  return [w, b]
}`,
  probes: (random) => [
    {
      args: [tensor([0, 1, 2, 3, 4]), tensor([1, 3, 2, 5, 4]), 0.05, 1],
      note: "one step on the five points",
    },
    {
      args: [tensor([0, 1, 2, 3, 4]), tensor([1, 3, 2, 5, 4]), 0.05, 7],
      note: "seven steps on the five points",
    },
    {
      args: [randn([6], { generator: random }), randn([6], { generator: random }).add(2), 0.13, 3],
      note: "six random points, three steps",
    },
    { args: [tensor([1, -2, 0.5]), tensor([0.5, 3, -1]), 0.1, 0], note: "no step at all" },
  ],
  misconceptions: [
    {
      id: "gd.sign",
      says: "You climb instead of descending: **subtract** the gradient.",
      code: fitLine(`    const error = x.mul(w).add(b).sub(y)
    const gradW = error.mul(x).mean().mul(2)
    const gradB = error.mean().mul(2)
    w = w.add(gradW.mul(stepSize))
    b = b.add(gradB.mul(stepSize))`),
    },
    {
      id: "gd.sum-not-mean",
      says: "Your gradients are those of the *sum* of the squares. The loss is their mean: divide by $N$.",
      code: fitLine(`    const error = x.mul(w).add(b).sub(y)
    const gradW = error.mul(x).sum().mul(2)
    const gradB = error.sum().mul(2)
    w = w.sub(gradW.mul(stepSize))
    b = b.sub(gradB.mul(stepSize))`),
    },
    {
      id: "gd.forgot-two",
      says: "Your steps are half as long as they should be: the derivative of a square brings down a factor 2.",
      code: fitLine(`    const error = x.mul(w).add(b).sub(y)
    w = w.sub(error.mul(x).mean().mul(stepSize))
    b = b.sub(error.mean().mul(stepSize))`),
    },
    {
      id: "gd.one-after-the-other",
      says: "You moved $w$ first and computed the gradient of $b$ with the *new* $w$. Both gradients belong to the same point: compute both, then move both.",
      code: fitLine(`    const gradW = x.mul(w).add(b).sub(y).mul(x).mean().mul(2)
    w = w.sub(gradW.mul(stepSize))
    const gradB = x.mul(w).add(b).sub(y).mean().mul(2)
    b = b.sub(gradB.mul(stepSize))`),
    },
    {
      id: "gd.no-intercept",
      says: "Your slope moves but your intercept stays at 0. $b$ has a gradient as well: twice the mean error.",
      code: fitLine(`    const gradW = x.mul(w).add(b).sub(y).mul(x).mean().mul(2)
    w = w.sub(gradW.mul(stepSize))`),
    },
    {
      id: "gd.no-input-factor",
      says: "Both of your gradients are the same. The gradient of $w$ has a factor $x_i$ in every term; only that of $b$ has none.",
      code: fitLine(`    const error = x.mul(w).add(b).sub(y)
    const gradB = error.mean().mul(2)
    w = w.sub(gradB.mul(stepSize))
    b = b.sub(gradB.mul(stepSize))`),
    },
    {
      id: "loop.no-zero-grad",
      says: "Your steps pile up: the second one uses the sum of the first two gradients, and so on. Each step takes the gradient of this point alone; start from 0 again.",
      code: fitLine(`    const error = x.mul(w).add(b).sub(y)
    gradW = gradW.add(error.mul(x).mean().mul(2))
    gradB = gradB.add(error.mean().mul(2))
    w = w.sub(gradW.mul(stepSize))
    b = b.sub(gradB.mul(stepSize))`).replace("  for", "  let gradW = w, gradB = b\n  for"),
    },
    {
      id: "broadcast.NxN",
      says: "Somewhere a column of shape [N, 1] met a vector of shape [N], and broadcasting made N × N errors of it: every point against every label. Keep all shapes at [N].",
      code: fitLine(`    const column = x.reshape([-1, 1])
    const error = column.mul(w).add(b).sub(y)
    w = w.sub(error.mul(column).mean().mul(2).mul(stepSize))
    b = b.sub(error.mean().mul(2).mul(stepSize))`),
    },
    {
      id: "gd.no-learning-rate",
      says: "Your steps ignore `stepSize`: they are what you get with a step size of 1.",
      code: fitLine(`    const error = x.mul(w).add(b).sub(y)
    w = w.sub(error.mul(x).mean().mul(2))
    b = b.sub(error.mean().mul(2))`),
    },
  ],
  alternates: [
    {
      id: "gd.autograd",
      says: "You let the engine differentiate. Exactly right, and what you will do from now on.",
      code: `function fitLine(x: Tensor, y: Tensor, stepSize: number, steps: number) {
  let theta = { w: x.sum().mul(0), b: x.sum().mul(0) }
  const loss = ({ w, b }: typeof theta) => x.mul(w).add(b).sub(y).square().mean()
  for (let k = 0; k < steps; k++) {
    const g = grad(loss)(theta)
    theta = { w: theta.w.sub(g.w.mul(stepSize)), b: theta.b.sub(g.b.mul(stepSize)) }
  }
  return [theta.w, theta.b]
}`,
    },
  ],
  hints: [
    "The error of every point at once is `x.mul(w).add(b).sub(y)`.",
    "The gradient of $w$ is twice the mean of error times $x$; that of $b$ is twice the mean error.",
    "Compute both gradients before you change either parameter. Then `w = w − stepSize · gradW`, and the same for `b`.",
  ],
  explanation:
    "The chain rule turns each square into $2\\cdot$error, times $x_i$ for the slope and times 1 for the intercept; the mean keeps its $\\frac1N$. Both gradients are taken at the same $(w, b)$, because a step of gradient descent moves all parameters at once.",
})
