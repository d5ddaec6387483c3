/** @file Exercise: Adam on a given row of gradients, written by the reader. */
import { randn, tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const head = "function adam(x: Tensor, gradients: Tensor[], eta: number) {"
const means = ({
  m = "m.mul(0.9).add(g.mul(0.1))",
  v = "v.mul(0.999).add(g.mul(g).mul(0.001))",
}) => `    const g = gradients[k]
    m = ${m}
    v = ${v}`
const program = (parts: { m?: string; v?: string }, step: string, t = "k + 1") => `${head}
  let m = x.mul(0)
  let v = x.mul(0)
  for (let k = 0; k < gradients.length; k++) {
    const t = ${t}
${means(parts)}
    ${step}
  }
  return x
}`
const right = `const mHat = m.div(1 - 0.9 ** t)
    const vHat = v.div(1 - 0.999 ** t)
    x = x.sub(mHat.mul(eta).div(vHat.sqrt().add(1e-8)))`

export default defineExercise({
  kind: "function",
  title: "Build it yourself: Adam",
  prompt:
    "Write Adam. The gradients of all steps are given, in order; return the parameters after the last one.",
  conventions: [
    "`x` [D], each of `gradients` [D]; return a tensor [D]",
    "β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, added after the root",
    "both means begin at 0, and both are corrected",
  ],
  difficulty: "hard",
  minutes: 8,
  revision: 1,
  entry: "adam",
  starter: `${head}\n  TODO()\n}`,
  solution: program({}, right),
  probes: (random) => {
    const normal = () => randn([3], { generator: random })
    return [
      {
        args: [
          tensor([1, -2, 0.5]),
          [tensor([4, -0.5, 2]), tensor([-3, -1, 6]), tensor([0.5, 2, 1]), tensor([5, 1, -4])],
          0.3,
        ],
        note: "four steps",
      },
      { args: [tensor([0, 0, 0]), [normal(), normal(), normal()], 0.05] },
      {
        args: [tensor([0, 0]), [tensor([1e-7, -2e-8]), tensor([3e-8, 4e-7]), tensor([-1e-7, 1e-8])], 0.5],
        note: "tiny gradients, where ε counts",
      },
    ]
  },
  misconceptions: [
    {
      id: "adam.no-correction",
      says: "Your means are not corrected: both begin at 0 and are too small for a while. Divide by $1-\\beta^t$.",
      code: program({}, "x = x.sub(m.mul(eta).div(v.sqrt().add(1e-8)))"),
    },
    {
      id: "adam.t0",
      says: "NaN at the first step: $t$ starts at 1. At $t=0$ the correction $1-\\beta^t$ is 0, and you divide by it.",
      code: program({}, right, "k"),
    },
    {
      id: "adam.beta-not-power",
      says: "You divide by $1-\\beta$ at every step. The correction is $1-\\beta^t$: it fades as the means fill up.",
      code: program({}, "x = x.sub(m.div(0.1).mul(eta).div(v.div(0.001).sqrt().add(1e-8)))"),
    },
    {
      id: "adam.eps",
      says: "Your ε stands under the root. There it counts as $\\sqrt\\varepsilon = 10^{-4}$, and small gradients hardly move.",
      code: program(
        {},
        "x = x.sub(m.div(1 - 0.9 ** t).mul(eta).div(v.div(1 - 0.999 ** t).add(1e-8).sqrt()))",
      ),
    },
    {
      id: "adam.no-sqrt",
      says: "You divide by the mean of the squares. Take its root: only that has the size of a gradient.",
      code: program({}, "x = x.sub(m.div(1 - 0.9 ** t).mul(eta).div(v.div(1 - 0.999 ** t).add(1e-8)))"),
    },
    {
      id: "adam.no-memory",
      says: "Your means hold the last gradient only, so each step is η times a sign.",
      code: program({ m: "g.mul(1)", v: "g.mul(g)" }, "x = x.sub(m.mul(eta).div(v.sqrt().add(1e-8)))"),
    },
  ],
  hints: [
    "Declare `m` and `v` before the loop, both zeros like `x`.",
    "With `t = k + 1`: `m.div(1 - 0.9 ** t)` is the corrected mean.",
    "Only the corrected ones go into the step; `m` and `v` themselves stay as they are.",
  ],
  explanation:
    "Two means, two corrections, one step. The corrected values are made anew each time: correcting `m` in place would correct it again at the next step.",
})
