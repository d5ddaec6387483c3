/** @file Exercise: a leaky ReLU that swaps its branches for a steep slope, to find and mend. */
import { tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"
import { places } from "../lib/probes.ts"

const leaky = (body: string) => `function leaky(z: Tensor, alpha: number): Tensor {
  ${body}
}`

export default defineExercise({
  kind: "debug",
  title: "The larger of two",
  prompt:
    "This leaky ReLU works for $\\alpha=0.01$ and $\\alpha=0.2$. Somebody tries $\\alpha=2$ (a network may learn its $\\alpha$, after all), and something else comes out. Mend it for **every** $\\alpha$: $z$ where $z>0$, and $\\alpha z$ elsewhere.",
  conventions: [
    "`z` is a tensor of any shape, `alpha` a number of any size and sign",
    "return a tensor of the same shape",
  ],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  entry: "leaky",
  without: ["leakyRelu"],
  starter: leaky("return maximum(z.mul(alpha), z)"),
  solution: leaky("return z.relu().sub(z.neg().relu().mul(alpha))"),
  probes: () => [
    { args: [places(), 0.01], note: "α = 0.01" },
    {
      args: [
        tensor([
          [-3, -0.5, 1.5],
          [0.5, 4, -2],
        ]),
        0.2,
      ],
      note: "a matrix, α = 0.2",
      gradients: [0],
    },
    { args: [places(), 2], note: "α = 2" },
    { args: [tensor([-3, -0.5, 0.5, 4]), 2], note: "α = 2, and its slope", gradients: [0] },
    { args: [places(), -1], note: "α = −1" },
    { args: [places(), 0], note: "α = 0" },
  ],
  misconceptions: [
    {
      id: "act.leak-by-maximum",
      says: "For $\\alpha=2$ the larger of $2z$ and $z$ is $2z$ on the right and $z$ on the left: the branches are swapped. Decide by the sign of $z$, not by which is larger.",
      code: leaky("return maximum(z.mul(alpha), z)"),
    },
    {
      id: "act.leak-by-minimum",
      says: "The minimum is right for $\\alpha\\ge1$, and swaps the branches below. Decide by the sign of $z$ instead.",
      code: leaky("return minimum(z.mul(alpha), z)"),
    },
    {
      id: "act.no-leak",
      says: "You return 0 on the left: a plain ReLU. There the leak belongs, $\\alpha z$.",
      code: leaky("return z.relu()"),
    },
    {
      id: "act.leak-clamped",
      says: "You forced $\\alpha$ into the range in which the maximum works. Mend the function, not its argument: with $\\alpha=2$ it should give $2z$ on the left.",
      code: leaky("return maximum(z.mul(Math.min(1, Math.max(0, alpha))), z)"),
    },
    {
      id: "act.leak-added",
      says: "You added $\\alpha z$ to a ReLU: on the right that makes the slope $1+\\alpha$. It should be 1.",
      code: leaky("return z.relu().add(z.mul(alpha))"),
    },
    {
      id: "act.leak-constant",
      says: "On the left you return $-\\alpha$ wherever you are. The leak is a slope: $\\alpha$ times $z$.",
      code: leaky("return where(z.gt(0), z, z.mul(0).sub(alpha))"),
    },
    {
      id: "act.step-for-relu",
      says: "On the right your function is a step: it answers 1 for every positive $z$. A hinge lets positive inputs pass unchanged, 0.5 as 0.5 and 4 as 4.",
      code: leaky("return where(z.gt(0), 1, z.mul(alpha))"),
    },
  ],
  hints: [
    "Which of $2z$ and $z$ is larger at $z=3$? Which one do you want there?",
    "`where(condition, a, b)` picks from `a` where the condition is true, and `z.gt(0)` is a condition.",
  ],
  explanation:
    "$\\max(\\alpha z,z)$ is leaky ReLU only for $0\\le\\alpha\\le1$. Above 1 the larger of the two is the wrong one. The sign of $z$ decides, whatever $\\alpha$ is: `where(z.gt(0), z, z.mul(alpha))`, or the positive part less $\\alpha$ times the negative part.",
})
