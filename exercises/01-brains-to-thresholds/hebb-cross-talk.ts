/** @file Exercise: the score of a stored pattern, with the cross-talk of two others. */
import { defineExercise } from "../lib/exercise.ts"

const scoreOf = (sum: string) => `const a = [1, 1, 1, -1, 1]
const b = [1, -1, 1, -1, 1]
const c = [-1, 1, -1, 1, 1]
const dot = (p, q) => p.reduce((sum, pi, i) => sum + pi * q[i], 0)
const answer = ${sum}`

export default defineExercise({
  kind: "number",
  title: "Shouted down?",
  prompt:
    "A unit has stored three patterns by Hebb's rule, each ending in the constant 1:\n\n- **a** = (1, 1, 1, −1, 1) with target +1\n- **b** = (1, −1, 1, −1, 1) with target −1\n- **c** = (−1, 1, −1, 1, 1) with target +1\n\nWhat is the score of pattern **a** afterwards?",
  conventions: ["one pass from zero, $w\\leftarrow w+t\\,x$"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  label: "score of a",
  solution: scoreOf("dot(a, a) - dot(b, a) + dot(c, a)"),
  misconceptions: [
    {
      id: "hebb.own-part-only",
      says: "That is the pattern's own part, its squared length. Add the cross-talk of b and c.",
      code: scoreOf("dot(a, a)"),
    },
    {
      id: "hebb.cross-talk-only",
      says: "That is the cross-talk alone. The pattern's own part, its target times its squared length, comes on top.",
      code: scoreOf("dot(c, a) - dot(b, a)"),
    },
    {
      id: "hebb.targets-forgotten",
      says: "You added all overlaps as they are. Each is multiplied by the target of its pattern, and b has target −1.",
      code: scoreOf("dot(a, a) + dot(b, a) + dot(c, a)"),
    },
    {
      id: "hebb.bias",
      says: "You left out the last entry, the constant 1. It belongs to every pattern and counts in every overlap.",
      code: scoreOf("[a, b, c].map((p) => dot(p, a) - 1).reduce((sum, d, k) => sum + [1, -1, 1][k] * d, 0)"),
    },
  ],
  hints: [
    "You do not need the weights. The score of **a** is its own part plus target times overlap for each other pattern.",
    "The overlap of **b** and **a** is 1 − 1 + 1 + 1 + 1 = 3, and the target of **b** is −1.",
  ],
  explanation:
    "Its own part is 5. **b** resembles it (overlap 3) and has the other target: −3. **c** is nearly its opposite (overlap −1) with the same target: −1. Of 5 only 1 is left. The answer is still right, and one more pattern like **b** would have turned it over.",
})
