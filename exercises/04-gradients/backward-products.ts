/** @file Exercise: the multiplications of a dense layer's backward pass. */
import { defineExercise } from "../lib/exercise.ts"

const at = (answer: string) => `const n = 32\nconst i = 100\nconst o = 10\nconst answer = ${answer}`

export default defineExercise({
  kind: "number",
  title: "The price of one layer",
  prompt:
    "A dense layer in the middle of a network takes {{i}} inputs to {{o}} units, for a batch of {{n}} examples. How many multiplications does its **backward** pass take?",
  conventions: [
    "count the multiplications of the matrix products only",
    "a product of (p × q) with (q × r) takes p·q·r of them",
  ],
  difficulty: "core",
  minutes: 2,
  revision: 1,
  variants: (random) => ({
    n: random.integer(20, 64),
    i: random.integer(50, 200),
    o: random.integer(5, 30),
  }),
  label: "multiplications",
  solution: at("2 * n * i * o"),
  misconceptions: [
    {
      id: "backprop.one-product",
      says: "That is one product, as many as forward. Backward there are two: one for the weights, one for the message to the layer below.",
      code: at("n * i * o"),
    },
    {
      id: "backprop.per-example-cost",
      says: "That is for a single example. The batch multiplies it.",
      code: at("2 * i * o"),
    },
    {
      id: "backprop.with-forward",
      says: "That is forward and backward together. The backward pass has two products.",
      code: at("3 * n * i * o"),
    },
    {
      id: "backprop.adds-sizes",
      says: "You added the sizes of the products' sides. A product of (p × q) with (q × r) takes p·q·r multiplications.",
      code: at("2 * (n + i + o)"),
    },
  ],
  hints: [
    "Which products does a layer need on the way back?",
    "$\\delta^\\top H$ and $\\delta W$: both join all three sizes.",
  ],
  explanation:
    "$\\delta^\\top H$ takes $o\\cdot n\\cdot i$ multiplications, $\\delta W$ takes $n\\cdot o\\cdot i$: twice the forward product. The first layer needs only one of them, since nobody asks for the gradient of the data.",
})
