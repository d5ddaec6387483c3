/** @file Exercise: mend a listing of momentum that climbs. */
import { defineExercise } from "../lib/exercise.ts"

const program = (velocity: string, place: string) => `function path(
  x: number,
  eta: number,
  rho: number,
  steps: number,
) {
  const places = []
  let v = 0
  for (let k = 0; k < steps; k++) {
    const dx = 4 * x ** 3 - 6 * x + 1
    ${velocity}
    ${place}
    places.push(x)
  }
  return places
}`

export default defineExercise({
  kind: "debug",
  title: "A listing that climbs",
  prompt:
    "This listing is meant to minimise $x^4 - 3x^2 + x$ by momentum, form A. `dx` is the slope, and it is right. The places run away. Mend it.",
  conventions: ["return the list of the places after each step", "momentum begins with velocity 0"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  entry: "path",
  starter: program("v = rho * v + dx", "x += eta * v"),
  solution: program("v = rho * v + dx", "x -= eta * v"),
  probes: (random) => [
    { args: [2, 0.01, 0.9, 4], note: "from 2 with ρ = 0.9" },
    { args: [-1.7, 0.02, 0.5, 5], note: "from −1.7 with ρ = 0.5" },
    { args: [random.uniform(1.4, 1.9), 0.015, 0.8, 3] },
    { args: [1.5, 0.03, 0, 3], note: "without momentum" },
  ],
  misconceptions: [
    {
      id: "momentum.sign",
      says: "It still climbs: the velocity is a sum of slopes, and slopes point uphill. One minus turns it, in front of the step or of `dx`; two turn it back.",
      code: program("v = rho * v + dx", "x += eta * v"),
    },
    {
      id: "momentum.negative-memory",
      says: "You turned the sign of the *memory*. Now each push works against the one before; it should carry on.",
      code: program("v = -rho * v + dx", "x -= eta * v"),
    },
    {
      id: "momentum.no-memory",
      says: "It goes down, but without memory: the velocity before no longer counts.",
      code: program("v = dx", "x -= eta * v"),
    },
    {
      id: "momentum.rho-on-both",
      says: "The minus is right. But $\\rho$ now multiplies the new slope as well; only the old velocity loses a share.",
      code: program("v = rho * (v + dx)", "x -= eta * v"),
    },
  ],
  hints: [
    "Print the first two places from 2. Is the slope at 2 positive? Then which way is down?",
    "Gradient descent subtracts. Momentum subtracts a sum of gradients.",
  ],
  explanation:
    "The gradient points uphill, and so does a sum of gradients. `x -= eta * v` goes down. You could also put the minus into the velocity, `v = rho * v - dx`, and add: that is form B but for where $\\eta$ stands.",
})
