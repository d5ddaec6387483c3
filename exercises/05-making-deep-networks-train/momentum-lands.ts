/** @file Exercise: set the point where one step of momentum lands, before the book does. */
import { defineExercise } from "../lib/exercise.ts"

/** One step from (4, 1) with the velocity (2, −4), on a ravine with κ = 4. */
const step = (
  velocity: string,
  place = "[x - 0.5 * v[0], y - 0.5 * v[1]]",
  g = "[x, 4 * y]",
) => `const [x, y] = [4, 1]
const old = [2, -4]
const g = ${g}
const v = old.map((o, i) => ${velocity})
const answer = ${place}`

export default defineExercise({
  kind: "sketch",
  title: "Where does it land?",
  prompt:
    "You are at (4, 1) in the ravine $f=\\tfrac12(x^2+4y^2)$, and your velocity from the steps before is (2, −4). Take one step of momentum, form A, with $\\rho=0.5$ and $\\eta=0.5$. Set the point where you land.",
  conventions: [
    "the gradient is $(x,\\,4y)$; the new velocity comes first, then the step",
    "within 0.4 in both directions is close enough",
  ],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  x: { label: "x", from: 0, to: 8, step: 0.5 },
  y: { label: "y", from: -4, to: 4, step: 0.5 },
  at: "point",
  truth: step("0.5 * o + g[i]"),
  tolerance: 0.05,
  misconceptions: [
    {
      id: "momentum.no-memory",
      says: "That is plain gradient descent. Half of the old velocity belongs to this step as well.",
      code: step("g[i]"),
    },
    {
      id: "momentum.sign",
      says: "You walked uphill. The velocity is a sum of gradients, so it is **subtracted**.",
      code: step("0.5 * o + g[i]", "[x + 0.5 * v[0], y + 0.5 * v[1]]"),
    },
    {
      id: "momentum.velocity-alone",
      says: "You rolled on without looking at the slope here. The gradient at (4, 1) is added to what remains of the velocity.",
      code: step("0.5 * o"),
    },
    {
      id: "momentum.no-decay",
      says: "You kept the whole velocity. Only the part ρ of it survives, here one half.",
      code: step("o + g[i]"),
    },
    {
      id: "momentum.old-v",
      says: "You walked with the old velocity. It is renewed first; then you walk along the new one.",
      code: step("o"),
    },
    {
      id: "momentum.ema",
      says: "You took half of the gradient too. That would be a mean; momentum adds the whole gradient.",
      code: step("0.5 * o + 0.5 * g[i]"),
    },
    {
      id: "momentum.form-b",
      says: "You read the velocity as a step, as form B does. In form A it is a sum of gradients and points uphill.",
      code: step("0.5 * o - 0.5 * g[i]", "[x + v[0], y + v[1]]"),
    },
    {
      id: "ravine.no-kappa",
      says: "Along y the ravine is four times as steep: the slope there is $4y$.",
      code: step("0.5 * o + g[i]", undefined, "[x, y]"),
    },
  ],
  hints: [
    "First the gradient at (4, 1), both parts of it.",
    "The gradient is (4, 4), and half of the old velocity is (1, −2).",
    "The new velocity is (5, 2). Half of it is the step, and it is subtracted.",
  ],
  explanation:
    "Half of the old velocity, (1, −2), and the gradient, (4, 4), make (5, 2). Across the ravine the memory pulls against the slope, so you stop on the floor at 0; the slope alone would have thrown you over to −1. Along the ravine both push the same way: 2.5, where the slope alone moves you by 2.",
})
