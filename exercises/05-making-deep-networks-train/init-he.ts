/** @file Exercise: He's initialisation from scratch, judged by the draws that it is given. */
import { randn } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

const he = (body: string) => `function he(draws: Tensor): Tensor {\n  ${body}\n}`
const scaled = (variance: string) =>
  he(`const [fanOut, fanIn] = draws.shape\n  return draws.mul(Math.sqrt(${variance}))`)

export default defineExercise({
  kind: "function",
  title: "Build it yourself: He’s start",
  prompt:
    "Write `he(draws)`: it gets a matrix of independent standard normal numbers in the shape of a weight, and returns the weights of a ReLU layer with He's variance.",
  conventions: [
    "`draws` is [fanOut, fanIn], as everywhere in this book: one row for each unit",
    "He's rule in its fan-in version, for ReLU",
    "return a tensor of the same shape; draw nothing yourself",
  ],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  entry: "he",
  starter: "function he(draws: Tensor): Tensor {\n  const [fanOut, fanIn] = draws.shape\n  TODO()\n}",
  solution: scaled("2 / fanIn"),
  probes: (random) => [
    { args: [randn([40, 10], { generator: random })], note: "10 inputs, 40 units" },
    { args: [randn([3, 50], { generator: random })], note: "50 inputs, 3 units" },
    { args: [randn([7, 7], { generator: random })], note: "a square layer" },
    { args: [randn([5, 1], { generator: random })], note: "a single input" },
  ],
  misconceptions: [
    {
      id: "init.fan-out",
      says: "Your weights have the spread $\\sqrt{2/n_\\text{out}}$: you divided by the number of rows, which are units. A unit adds up the numbers of its own row, so divide by the columns.",
      code: scaled("2 / fanOut"),
    },
    {
      id: "init.xavier-for-he",
      says: "That is Xavier's rule, $2/(n_\\text{in}+n_\\text{out})$. He's has the fan-in alone.",
      code: scaled("2 / (fanIn + fanOut)"),
    },
    {
      id: "init.lecun-for-he",
      says: "Your variance is $1/n_\\text{in}$: right for tanh. ReLU throws half of the mean square away; put it back with a 2.",
      code: scaled("1 / fanIn"),
    },
    {
      id: "init.variance-as-std",
      says: "You multiplied by $2/n_\\text{in}$. That is the variance; normal draws are multiplied by the standard deviation, its root.",
      code: he("return draws.mul(2 / draws.shape[1])"),
    },
    {
      id: "init.bound-for-std",
      says: "You multiplied by $\\sqrt{6/n_\\text{in}}$, the bound of the **uniform** version. These draws are normal.",
      code: scaled("6 / fanIn"),
    },
    {
      id: "init.divided-by-the-rule",
      says: "You divided by the standard deviation. More inputs need smaller weights: multiply.",
      code: he("return draws.div(Math.sqrt(2 / draws.shape[1]))"),
    },
  ],
  hints: [
    "Multiplying a standard normal number by $s$ gives it the standard deviation $s$.",
    "The variance is 2 divided by the fan-in. Which of the two sizes is that?",
    "`draws.mul(Math.sqrt(2 / fanIn))`",
  ],
  explanation:
    "One line, and the difference between the networks of the race. The rule looks at the number of terms in a unit's sum: the length of a row. A test on a square layer would not have noticed if you had taken the other one.",
})
