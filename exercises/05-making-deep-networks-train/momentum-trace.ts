/** @file Exercise: three steps of momentum on x² by hand, velocity and place. */
import { defineExercise } from "../lib/exercise.ts"

const trace = (velocity: string, place = "x = x - 0.1 * v", row = "[v, x]", before = "") => `
let x = 10
let v = 0
const answer = []
for (let step = 0; step < 3; step++) {
  ${before}
  ${velocity}
  ${place}
  answer.push(${row})
}`

export default defineExercise({
  kind: "table",
  title: "Three steps with momentum",
  prompt:
    "Minimise $f(x) = x^2$ from $x = 10$ with momentum, form A: $\\eta = 0.1$, $\\rho = 0.5$. Fill in velocity and place after each of three steps.",
  conventions: [
    "the slope of $x^2$ is $2x$",
    "the velocity begins at 0",
    "three significant digits are enough",
  ],
  difficulty: "warm-up",
  minutes: 3,
  revision: 1,
  columns: ["v", "x"],
  rows: ["step 1", "step 2", "step 3"],
  tolerance: { rtol: 1e-3, atol: 1e-6 },
  solution: trace("v = 0.5 * v + 2 * x"),
  misconceptions: [
    {
      id: "momentum.sign",
      says: "You are climbing: the velocity points uphill, like the gradients it is made of, so it is **subtracted**.",
      code: trace("v = 0.5 * v + 2 * x", "x = x + 0.1 * v"),
    },
    {
      id: "momentum.no-memory",
      says: "Your velocity is the gradient alone. Half of the velocity before belongs to it as well.",
      code: trace("v = 2 * x"),
    },
    {
      id: "momentum.ema",
      says: "You took half of the new gradient too. That would be a mean; momentum adds the *whole* gradient.",
      code: trace("v = 0.5 * v + 0.5 * 2 * x"),
    },
    {
      id: "momentum.old-v",
      says: "You walked with the velocity before it was updated. First the velocity, then the place.",
      code: trace("v = 0.5 * v + 2 * x", "x = x - 0.1 * old", "[v, x]", "const old = v"),
    },
    {
      id: "momentum.form-b",
      says: "Your velocity has the learning rate and the minus inside: that is form B. Its places are right; here $v$ is the sum of gradients itself.",
      code: trace("v = 0.5 * v - 0.1 * 2 * x", "x = x + v"),
    },
  ],
  hints: [
    "At 10 the slope is 20, and nothing is remembered yet: $v = 20$.",
    "Second step: half of 20 remains, and the slope at the new place is added.",
    "After the first step you stand at 8. Then $v = 10 + 16$.",
  ],
  explanation:
    "The velocities are 20, 26 and 23.8. The second is larger than the first although the slope has become smaller: what remains of the first push comes on top. The third is smaller again, since the slope falls faster than the memory fills.",
})
