/** @file Exercise: what goes back through a max gate. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const f = ({ x, y, z }: Record<string, Tensor>) => x.maximum(y).mul(z)
const g = grad(f)({ x: tensor(1), y: tensor(4), z: tensor(2) })
const answer = ${answer}
answer`

export default defineExercise({
  kind: "predict",
  title: "Winner takes all",
  prompt: "What are the three gradients of $f = \\max(x, y)\\cdot z$ at $(1, 4, 2)$?",
  conventions: ["in the order $x$, $y$, $z$, with commas between"],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  label: "gradients by x, y, z",
  solution: program("[g.x.item(), g.y.item(), g.z.item()]"),
  misconceptions: [
    {
      id: "backprop.max-distributes",
      says: "You let the max gate pass to both inputs, as a sum would. A small nudge of $x$ changes nothing: 1 is far from being the larger one.",
      code: program("[g.y.item(), g.y.item(), g.z.item()]"),
    },
    {
      id: "backprop.no-upstream",
      says: "The winner's local slope is 1, but what arrives is not: the product sends $z$ back to the max gate.",
      code: program("[0, 1, g.z.item()]"),
    },
    {
      id: "backprop.max-loser",
      says: "You sent the message to the smaller input. The larger one decides, so the larger one gets it.",
      code: program("[g.y.item(), 0, g.z.item()]"),
    },
    {
      id: "backprop.multiplier-not-swapped",
      says: "The product swaps: the max gate gets $z$, and $z$ gets the value of the max gate.",
      code: program("[0, g.z.item(), g.y.item()]"),
    },
  ],
  hints: [
    "First the product: what does it send to the max gate, what to $z$?",
    "Then the max gate: would $f$ notice if $x$ were 1.1?",
  ],
  explanation:
    "The product sends $z = 2$ to the max gate and $\\max(1, 4) = 4$ to $z$. The max gate routes its 2 to $y$, which won; $x$ gets 0. ReLU is a max gate with 0 as its rival, and max-pooling is one with many inputs.",
})
