/** @file Exercise: a pass of Oja's rule with one factor missing, to find and mend. */
import type { Generator } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const program = (step: string, y = "w[0] * x[0] + w[1] * x[1]", after = "") => `function oja(
  w: number[], X: number[][], lr: number,
) {
  for (const x of X) {
    const y = ${y}
    w = ${step}${after}
  }
  return w
}`

const points = (random: Generator, n: number) =>
  Array.from({ length: n }, () => [random.uniform(-2, 2), random.uniform(-1, 1)])

export default defineExercise({
  kind: "debug",
  title: "The weight that will not stay",
  prompt:
    "This pass of Oja's rule should end near length 1, along the main axis of the points. Instead its weights wander about, and how far they go depends on where the points lie. One factor is missing. Mend it.",
  conventions: ["`w` has two entries, `X` holds points in the plane; return the new weights"],
  difficulty: "hard",
  minutes: 5,
  revision: 1,
  entry: "oja",
  starter: program("w.map((wi, i) => wi + lr * y * (x[i] - wi))"),
  solution: program("w.map((wi, i) => wi + lr * y * (x[i] - y * wi))"),
  probes: (random) => [
    {
      args: [
        [0.5, -0.25],
        [
          [2, 1],
          [-1, 0.5],
          [0.5, -1.5],
        ],
        0.1,
      ],
      note: "three points",
    },
    { args: [[1, 0.5], points(random, 12), 0.05], note: "twelve random points" },
    { args: [[-0.2, 0.9], points(random, 30), 0.1], note: "thirty random points, larger steps" },
  ],
  misconceptions: [
    {
      id: "oja.no-y",
      says: "The decay is still $-y\\,w$. Its sign hangs on the sign of y: half of the time the weights grow by it. It has to be $-y^2w$, which always shrinks.",
      code: program("w.map((wi, i) => wi + lr * y * (x[i] - wi))"),
    },
    {
      id: "oja.plain-hebb",
      says: "You took the decay away. That is Hebb's rule, whose weights grow for ever.",
      code: program("w.map((wi, i) => wi + lr * y * x[i])"),
    },
    {
      id: "oja.sign",
      says: "Your decay has the wrong sign: it makes long weights longer. Subtract y times w inside of the bracket.",
      code: program("w.map((wi, i) => wi + lr * y * (x[i] + y * wi))"),
    },
    {
      id: "oja.normalised",
      says: "You divide by the length after each step. That keeps it at exactly 1, and Oja's rule is what is left of it for small steps. Here the rule itself is asked for.",
      code: program("w.map((wi, i) => (wi + lr * y * x[i]) / size)").replace(
        "    w = ",
        "    const size = Math.hypot(w[0] + lr * y * x[0], w[1] + lr * y * x[1])\n    w = ",
      ),
    },
    {
      id: "oja.constant-decay",
      says: "Your weights forget at a constant rate, whatever the unit does. Then they die out or grow, depending on the points. The decay has to grow with y².",
      code: program("w.map((wi, i) => wi + lr * (y * x[i] - wi))"),
    },
  ],
  hints: [
    "Look at the term without x. For which points does it make w shorter, for which longer?",
    "The rule is $w\\leftarrow w+\\eta\\,y\\,(x-y\\,w)$.",
  ],
  explanation:
    "With $x-w$ the decay is $-\\eta\\,y\\,w$, and $y$ is negative for about half of the points: then the weights are stretched. With $x-y\\,w$ it is $-\\eta\\,y^2w$, never a stretch. It balances Hebb's growth where the length is 1.",
})
