/** @file Exercise: a network of logistic units for XNOR with one sign wrong, to find and mend. */
import { type Generator, tensor } from "../../engine/index.ts"
import { defineExercise } from "../lib/exercise.ts"

interface Parts {
  nor?: string
  output?: string
}
const program = ({ nor = "g(10, -20, -20)", output = "sub(10)" }: Parts = {}) => `function xnor(X: Tensor) {
  const g = (b: number, w1: number, w2: number) =>
    X.matmul(tensor([w1, w2])).add(b).sigmoid()
  const both = g(-30, 20, 20)
  const neither = ${nor}
  return both.add(neither).mul(20).${output}.sigmoid()
}`

const corners = [
  [0, 1],
  [1, 1],
  [0, 0],
  [1, 0],
]
const several = (random: Generator) => Array.from({ length: 7 }, () => corners[random.integer(0, 4)])

export default defineExercise({
  kind: "debug",
  title: "Are they equal?",
  prompt:
    "This network should say whether its two inputs are equal (XNOR): it ORs *both are on* and *neither is on*. But for (0, 0) it answers 0. Find the bug and mend it.",
  conventions: [
    "`X` has shape [N, 2] and holds zeros and ones; the result has shape [N]",
    "answers within 0.01 of 0 and 1 are good enough",
  ],
  difficulty: "core",
  minutes: 4,
  revision: 1,
  entry: "xnor",
  starter: program({ nor: "g(-10, -20, -20)" }),
  solution: program(),
  probes: (random) => [
    { args: [tensor(corners)], note: "the four corners" },
    { args: [tensor(several(random))], note: "seven corners at random" },
  ],
  // Logistic units are never exactly 0 or 1, and other weights than the book's are as right.
  tolerance: { rtol: 0, atol: 0.01 },
  misconceptions: [
    {
      id: "gate.bias-sign",
      says: "*neither* still never fires: its sum is −10 or less everywhere. A bias is **minus** the threshold; NOR has a negative threshold, so its bias is positive.",
      code: program({ nor: "g(-10, -20, -20)" }),
    },
    {
      id: "gate.nand-for-nor",
      says: "Your network now answers 1 everywhere. With a bias of 30 *neither* has become NAND: it fires unless both are on. One input must be enough to silence it.",
      code: program({ nor: "g(30, -20, -20)" }),
    },
    {
      id: "gate.or-for-nor",
      says: "Your network now says 1 unless both are off. *neither* has become OR: its inputs have to speak against firing.",
      code: program({ nor: "g(-10, 20, 20)" }),
    },
    {
      id: "gate.and-at-output",
      says: "Your output asks for both hidden units at once, and they never fire together, so it is always 0. One of them is enough: OR has the bias −10.",
      code: program({ output: "sub(30)" }),
    },
  ],
  hints: [
    "Compute the sum inside *neither* for (0, 0). Is it positive?",
    "NOR as a threshold unit has weights (−1, −1) and a threshold between −1 and 0. Multiply by 20 and turn the threshold into a bias.",
  ],
  explanation:
    "NOR fires if $-20x_1-20x_2\\ge-10$. On the other side of the comparison that −10 becomes a bias of **+10**. Written with a minus it is a unit that would need less than no input to fire.",
})
