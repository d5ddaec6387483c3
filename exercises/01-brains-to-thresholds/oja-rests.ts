/** @file Exercise: set the point at which two weights come to rest under Oja's rule. */
import { defineExercise } from "../lib/exercise.ts"

const point = (place: string) => `let w = [0.5, 0]
const inputs = [[4, 3], [-1.5, 2], [-4, -3], [1.5, -2]]
for (let n = 0; n < 400; n++) {
  const x = inputs[n % 4]
  const y = w[0] * x[0] + w[1] * x[1]
  w = w.map((wi, i) => wi + 0.01 * y * (x[i] - y * wi))
}
const answer = ${place}`

export default defineExercise({
  kind: "sketch",
  title: "Where the weights come to rest",
  prompt:
    "A unit with two weights sees four inputs again and again: (4, 3), (−1.5, 2), (−4, −3) and (1.5, −2). It starts at $w=(0.5,\\,0)$ and learns by Oja's rule, in small steps, for a long time. Set the point at which $w$ comes to rest.",
  conventions: ["there is no teacher: $y=w^\\top x$", "within 0.15 in both directions is close enough"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  x: { label: "w₁", from: -1.5, to: 1.5, step: 0.1 },
  y: { label: "w₂", from: -1.5, to: 1.5, step: 0.1 },
  at: "point",
  truth: point("w"),
  tolerance: 0.05,
  misconceptions: [
    {
      id: "oja.second-direction",
      says: "That is the other direction of the cloud, along (−1.5, 2). The inputs vary more along (4, 3), and the stronger direction wins.",
      code: point("[-w[1], w[0]]"),
    },
    {
      id: "oja.wrong-end",
      says: "The line is right, the end of it is not. From (0.5, 0) the output for (4, 3) is positive, so $w$ is pulled towards (4, 3), not away from it.",
      code: point("[-w[0], -w[1]]"),
    },
    {
      id: "oja.no-decay",
      says: "The direction is right, and $w$ is still growing: that is Hebb's rule. Oja's decay stops it at the length 1.",
      code: point("[1.5, 1.125]"),
    },
    {
      id: "oja.stays",
      says: "You kept the direction of the start and only made it longer. The start decides to which end $w$ goes, the inputs decide the direction.",
      code: point("[1, 0]"),
    },
    {
      id: "oja.mean",
      says: "That is the mean of the inputs. The rule does not look for a middle: both (4, 3) and (−4, −3) pull to the same side, since $y$ changes its sign too.",
      code: point("[0, 0]"),
    },
    {
      id: "oja.each-to-one",
      says: "You let each weight go to 1. The length of the whole vector goes to 1: $w_1^2+w_2^2=1$.",
      code: point("[1, 1]"),
    },
  ],
  hints: [
    "Along which line do the inputs lie farthest from the origin?",
    "And how long is $w$ when growth and decay cancel?",
    "(4, 3) has the length 5.",
  ],
  explanation:
    "The four inputs lie on two lines at a right angle. Along (4, 3) they are twice as far out, so their correlations stretch that direction four times as much, and $w$ turns to it. Oja's decay makes it 1 long: (4, 3)/5 = (0.8, 0.6). From a start on the other side it would have been (−0.8, −0.6), which cuts the plane in the same way.",
})
