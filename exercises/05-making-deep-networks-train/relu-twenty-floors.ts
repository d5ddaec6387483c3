/** @file Exercise: what twenty ReLU layers leave when the factor 2 is missing. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const layers = 20\n${answer}`

export default defineExercise({
  kind: "number",
  title: "The factor that was forgotten",
  prompt:
    "A ReLU network of {{layers}} layers starts with weights of standard deviation $1/\\sqrt{n}$ instead of $\\sqrt{2/n}$. By which factor have these layers multiplied the standard deviation of the signal?",
  conventions: ["wide layers without biases", "two significant digits suffice; $2^{-3}$ may be typed as 1/8"],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  label: "factor",
  tolerance: { rtol: 0.02, atol: 0 },
  variants: (random) => ({ layers: 2 * random.integer(7, 14) }),
  solution: program("const answer = 2 ** (-layers / 2)"),
  misconceptions: [
    {
      id: "init.mean-square-for-std",
      says: "That is the factor of the mean **square**: ½ for each layer. The standard deviation is multiplied by its root, $1/\\sqrt2$.",
      code: program("const answer = 2 ** -layers"),
    },
    {
      id: "init.inverted",
      says: "The signal shrinks: half of it is cut off in each layer. Turn the fraction over.",
      code: program("const answer = 2 ** (layers / 2)"),
    },
    {
      id: "init.added-over-layers",
      says: "You divided by the number of layers. Factors of layers multiply.",
      code: program("const answer = 1 / layers"),
    },
    {
      id: "init.one-relu",
      says: "That is one layer. It happens in each of them.",
      code: program("const answer = Math.SQRT1_2"),
    },
  ],
  hints: [
    "A bell around 0 goes into the ReLU. What share of its mean square comes out?",
    "Each layer multiplies the standard deviation by $1/\\sqrt2$.",
  ],
  explanation:
    "Two layers together halve the standard deviation. Twenty layers leave $2^{-10}$, less than a thousandth. The missing factor is only 1.41 a layer; depth makes it matter.",
})
