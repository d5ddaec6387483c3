/** @file Exercise: every shape in a network of two dense layers. */
import { defineExercise } from "../lib/exercise.ts"

const shapes = (rows: string) => `const N = 32
const D = 784
const H = 128
const C = 10
const answer = [${rows}]`

export default defineExercise({
  kind: "table",
  title: "Every shape",
  prompt:
    "A batch of {{N}} images with {{D}} pixels each passes a {{D}}–{{H}}–{{C}} network, written as in this book's code: $H = g(XW^{(1)\\top} + b^{(1)})$, $S = HW^{(2)\\top}+b^{(2)}$. Fill in the shapes.",
  conventions: ["weights are stored as out × in", "examples are rows"],
  difficulty: "core",
  minutes: 3,
  revision: 1,
  columns: ["rows", "columns"],
  rows: ["X", "W of layer 1", "H", "W of layer 2", "S"],
  tolerance: { rtol: 0, atol: 0.1 },
  variants: (random) => ({
    N: random.integer(20, 60),
    D: random.integer(700, 900),
    H: random.integer(100, 200),
    C: random.integer(5, 15),
  }),
  solution: shapes("[N, D], [H, D], [N, H], [C, H], [N, C]"),
  misconceptions: [
    {
      id: "layers.in-by-out",
      says: "Your weights are in × out, as Keras stores them. Here they are out × in: a row for each unit.",
      code: shapes("[N, D], [D, H], [N, H], [H, C], [N, C]"),
    },
    {
      id: "layers.examples-in-columns",
      says: "Your examples stand in columns. Here each is a row, so that every activation has {{N}} rows.",
      code: shapes("[D, N], [H, D], [H, N], [C, H], [C, N]"),
    },
    {
      id: "layers.batch-in-weights",
      says: "The batch size has got into your weights. They are the same for 1 example and for 1000.",
      code: shapes("[N, D], [N, H], [N, H], [N, C], [N, C]"),
    },
    {
      id: "layers.bias-column",
      says: "You gave each weight matrix a column for the bias. That is the notation with $\\Theta$; here the bias is a vector of its own.",
      code: shapes("[N, D], [H, D + 1], [N, H], [C, H + 1], [N, C]"),
    },
  ],
  hints: [
    "Which of the four numbers {{N}}, {{D}}, {{H}}, {{C}} belong to the data, and which to the network?",
    "$X$ has a row for each example; $W$ a row for each unit that it leads **to**.",
  ],
  explanation:
    "The weights know only inputs and units; the activations have a row for each example. Check a product by its inner numbers: N × D times D × H.",
})
