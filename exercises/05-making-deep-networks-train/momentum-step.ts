/** @file Exercise: gradient descent with momentum on any loss, written by the reader. */
import { randn, tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const head = `function descend(
  A: Tensor,
  start: Tensor,
  eta: number,
  rho: number,
  steps: number,
) {
  const slope = (x: Tensor) => A.matmul(x)`
const program = (body: string, before = "let v = start.mul(0)") => `${head}
  let x = start
  ${before}
  for (let k = 0; k < steps; k++) {
    ${body}
  }
  return x
}`

export default defineExercise({
  kind: "function",
  title: "Build it yourself: momentum",
  prompt:
    "Walk down the bowl $\\tfrac12 x^\\top A x$ with momentum, form A. Its slope is given. Return the place after `steps` steps.",
  conventions: [
    "`A` [D, D], `start` [D]; return a tensor [D]",
    "the velocity begins at 0",
    "`steps` may be 0: then the place is `start`",
  ],
  difficulty: "hard",
  minutes: 6,
  revision: 1,
  entry: "descend",
  starter: `${head}
  TODO()
}`,
  solution: program("v = v.mul(rho).add(slope(x))\n    x = x.sub(v.mul(eta))"),
  probes: (random) => {
    const bowl = tensor([
      [2, 1, 0],
      [1, 8, -1],
      [0, -1, 3],
    ])
    return [
      { args: [bowl, tensor([3, 3, -2]), 0.07, 0.9, 4], note: "four steps with ρ = 0.9" },
      { args: [bowl, randn([3], { generator: random }), 0.05, 0.6, 7] },
      { args: [bowl, tensor([1, -1, 2]), 0.1, 0, 3], note: "without momentum" },
      { args: [bowl, tensor([1, 2, 3]), 0.1, 0.9, 0], note: "no steps" },
    ]
  },
  misconceptions: [
    {
      id: "momentum.no-memory",
      says: "Your places are those of plain gradient descent: the velocity is forgotten after each step.",
      code: program("v = slope(x)\n    x = x.sub(v.mul(eta))"),
    },
    {
      id: "momentum.ema",
      says: "You keep a running *mean*: $\\rho v + (1-\\rho)g$. Momentum adds the whole gradient to what is left.",
      code: program("v = v.mul(rho).add(slope(x).mul(1 - rho))\n    x = x.sub(v.mul(eta))"),
    },
    {
      id: "momentum.old-v",
      says: "You walk with the velocity from before the update, so the first step does not move at all.",
      code: program("x = x.sub(v.mul(eta))\n    v = v.mul(rho).add(slope(x))"),
    },
    {
      id: "momentum.sign",
      says: "You climb. The velocity is made of gradients, which point uphill: subtract it.",
      code: program("v = v.mul(rho).add(slope(x))\n    x = x.add(v.mul(eta))"),
    },
    {
      id: "momentum.one-old-gradient",
      says: "You remember the last gradient only. The velocity carries *all* of them, each fainter than the next.",
      code: program("const g = slope(x)\n    x = x.sub(g.add(v.mul(rho)).mul(eta))\n    v = g"),
    },
    {
      id: "nesterov.for-momentum",
      says: "That is Nesterov's step in the library's form, $g + \\rho v$. Momentum walks along $v$ itself.",
      code: program(
        "const g = slope(x)\n    v = v.mul(rho).add(g)\n    x = x.sub(g.add(v.mul(rho)).mul(eta))",
      ),
    },
  ],
  hints: [
    "You need two things that survive a step: `x` and `v`. Declare both before the loop.",
    "Two lines in the loop: the velocity first, from `rho`, `v` and `slope(x)`; then the place.",
    "`v = v.mul(rho).add(slope(x))`, then subtract `eta` times it.",
  ],
  explanation:
    "Two lines. All of the difference to gradient descent is that `v` is declared outside of the loop and so outlives a step.",
})
