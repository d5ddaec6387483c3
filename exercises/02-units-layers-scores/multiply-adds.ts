/** @file Exercise: how many multiply–adds one example costs. */
import { defineExercise } from "../lib/exercise.ts"

const program = (answer: string) => `const D = 3072\nconst H = 50\nconst C = 10\n${answer}`

export default defineExercise({
  kind: "number",
  title: "The price of one look",
  prompt:
    "How many multiply–adds does the forward pass of **one** example cost in a {{D}}–{{H}}–{{C}} network?",
  conventions: [
    "one multiply–add for each product of a weight and an input",
    "biases and activation functions are not counted",
  ],
  difficulty: "warm-up",
  minutes: 2,
  revision: 1,
  label: "multiply–adds",
  tolerance: { rtol: 0, atol: 0.5 },
  variants: (random) => ({
    D: random.integer(500, 3000),
    H: random.integer(30, 90),
    C: random.integer(5, 20),
  }),
  solution: program("const answer = D * H + H * C"),
  misconceptions: [
    {
      id: "layers.parameters-for-work",
      says: "You counted the parameters. A bias is added, not multiplied, so it is no multiply–add.",
      code: program("const answer = D * H + H + H * C + C"),
    },
    {
      id: "layers.all-multiplied",
      says: "You multiplied the three sizes. That would connect every input with every output through every unit; but the layers come one after the other, so their costs add up.",
      code: program("const answer = D * H * C"),
    },
    {
      id: "layers.second-forgotten",
      says: "The first layer is right. The second one has work too.",
      code: program("const answer = D * H"),
    },
    {
      id: "layers.shortcut",
      says: "You let the inputs go straight to the outputs as well. Each layer sees only the one before it.",
      code: program("const answer = D * H + H * C + D * C"),
    },
  ],
  hints: [
    "How many weights has the first layer? Each is used once.",
    "{{D}} times {{H}}, plus {{H}} times {{C}}.",
  ],
  explanation:
    "Each weight is used exactly once for each example, so the work of an example is the number of weights. This is special to dense layers: a convolution uses each weight many times.",
})
