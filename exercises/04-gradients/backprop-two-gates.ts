/** @file Exercise: values and gradients of (x + y)·z, box by box. */
import { defineExercise } from "../lib/exercise.ts"

const sheet = (gradients: string) => `const x = 3
const y = 4
const z = -5
const q = x + y
const f = q * z
const answer = ${gradients}.map((g, i) => [[x, y, z, q, f][i], g])`

export default defineExercise({
  kind: "table",
  title: "Two gates, forward and back",
  prompt:
    "Take $f = (x + y)\\,z$ at $x$ = {{x}}, $y$ = {{y}}, $z$ = {{z}}. Fill in the two values that are missing, and the gradient of $f$ by every node. Begin at the bottom.",
  conventions: ["the gradient of $f$ by itself is 1"],
  difficulty: "warm-up",
  minutes: 3,
  revision: 1,
  variants: (random) => ({
    x: random.integer(2, 5),
    y: random.integer(3, 7),
    z: -random.integer(3, 8),
  }),
  columns: ["value", "gradient of f by it"],
  rows: ["x", "y", "z", "q = x + y", "f = q · z"],
  filled: [
    [0, 0],
    [1, 0],
    [2, 0],
  ],
  solution: sheet("[z, z, q, z, 1]"),
  misconceptions: [
    {
      id: "backprop.multiplier-not-swapped",
      says: "Each factor of the product got its *own* value as slope. The slope of $q\\cdot z$ by $q$ is the other factor, $z$.",
      code: sheet("[q, q, z, q, 1]"),
    },
    {
      id: "backprop.no-upstream",
      says: "Your $x$ and $y$ hold the local slope of the sum alone, 1. Multiply it by what arrives at $q$.",
      code: sheet("[1, 1, q, z, 1]"),
    },
    {
      id: "backprop.add-shares",
      says: "You divided what arrives at the sum between its inputs. A sum hands *all* of it to each: both slopes are 1.",
      code: sheet("[z / 2, z / 2, q, z, 1]"),
    },
    {
      id: "backprop.starts-with-value",
      says: "You began with the value of $f$ in place of 1, so every gradient is $f$ times too large.",
      code: sheet("[z * f, z * f, q * f, z * f, f]"),
    },
  ],
  hints: [
    "Forward first: $q$, then $f$. Then write 1 beside $f$ and go up.",
    "A product swaps: what arrives, times the *other* input.",
    "A sum hands on what arrives, to each of its inputs.",
  ],
  explanation:
    "The product sends $z$ to $q$ and $q$ to $z$. The sum has slopes 1 and 1, so $x$ and $y$ both get what $q$ got. Nothing else was needed: no formula for $\\partial f/\\partial x$ was ever written down.",
})
