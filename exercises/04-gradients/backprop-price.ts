/** @file Exercise: what a gradient costs, in time. */
import { defineExercise } from "../lib/exercise.ts"

const at = (answer: string) => `const t = 8\nconst answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "The price of a gradient",
  prompt:
    "One forward pass of a deep network with a million weights takes {{t}} ms. About how long does it take to compute the loss **and** all its derivatives?",
  conventions: [
    "count matrix products only; all layers are of about the same size",
    "what the forward pass keeps need not be computed again",
  ],
  difficulty: "core",
  minutes: 1,
  revision: 1,
  variants: (random) => ({ t: random.integer(3, 20) }),
  label: "time (ms)",
  tolerance: { rtol: 0.02, atol: 1e-6 },
  solution: at("t + 2 * t"),
  misconceptions: [
    {
      id: "backprop.back-as-forward",
      says: "That is two passes in all. Forward is one; the way back costs about *two* more: each layer needs one product for the gradient of its weights and one for the message to the layer below.",
      code: at("2 * t"),
    },
    {
      id: "backprop.price-of-nudging",
      says: "That is what nudging costs: one forward pass for each weight. One sweep back finds all derivatives together.",
      code: at("t + 1000000 * t"),
    },
    {
      id: "backprop.central-nudging",
      says: "That is what central differences cost: two forward passes for each weight. One sweep back finds all derivatives together.",
      code: at("2 * 1000000 * t"),
    },
    {
      id: "backprop.free",
      says: "That is the forward pass alone. The sweep back is cheap, but not free.",
      code: at("t"),
    },
  ],
  hints: [
    "How many matrix products does a layer need forward, how many back?",
    "Forward one, back two: one for its weights, one for what it passes on.",
  ],
  explanation:
    "One product forward, two back: about three forward passes for a loss and a million derivatives. The number of weights does not enter. Nudging each weight would take hours for what the sweep does in milliseconds.",
})
