/**
 * @file Unit by unit: the forward pass of the book's running network, one weighted sum after the other, in the notation
 * of this book, of Keras, or with the bias absorbed. Owns controls, presets and code; the rest lies in unit/.
 */
import { defineExplorable, type Params } from "./lib/explorable.ts"
import * as matrix from "./unit/matrix-view.ts"
import * as network from "./unit/network-view.ts"
import { type G, LAYERS, model, UNITS } from "./unit/state.ts"
import * as sum from "./unit/sum-view.ts"
import { describe, reveal, table, takeaway } from "./unit/tell.ts"

const input = { type: "slider", min: -3, max: 3, step: 0.1 } as const

const controls = {
  x1: { ...input, label: "Input x₁", value: 1 },
  x2: { ...input, label: "Input x₂", value: -2 },
  g: {
    type: "choice",
    label: "Function of the hidden units",
    value: "relu",
    options: [
      { value: "relu", label: "ReLU" },
      { value: "tanh", label: "tanh" },
    ],
  },
  notation: {
    type: "choice",
    label: "Notation",
    value: "book",
    options: [
      { value: "book", label: "this book" },
      { value: "keras", label: "Keras" },
      { value: "theta", label: "Θ, bias inside" },
    ],
  },
} as const

type Settings = Params<typeof controls>

const rows = (W: readonly (readonly number[])[]): string => W.map((row) => `[${row.join(", ")}]`).join(", ")
const [first, second] = LAYERS
const APPLIED: Record<G, string> = { relu: "z1.relu()", tanh: "z1.tanh()" }

function code({ x1, x2, g, notation }: Settings): string {
  const make = { dtype: "float64" } as const
  const f64 = `const f64 = ${JSON.stringify(make)
    .replace(/"(\w+)":/, " $1: ")
    .replace("}", " }")} as const`
  const matrices = (named: string) =>
    `const ${named}1 = tensor([${rows(first.W)}], f64)\nconst ${named}2 = tensor([${rows(second.W)}], f64)`
  const biases = `const b1 = tensor([${first.b.join(", ")}], f64)\nconst b2 = tensor([${second.b.join(", ")}], f64)`
  const x = `const x = tensor([${x1}, ${x2}], f64)`
  const steps = {
    book: `${matrices("W")}
${biases}
const z1 = W1.matmul(x).add(b1)
const h = ${APPLIED[g as G]}
const s = W2.matmul(h).add(b2)`,
    keras: `${matrices("W")}
${biases}
// Keras stores the transposes, in × out
const [K1, K2] = [W1.transpose(), W2.transpose()]
const z1 = x.matmul(K1).add(b1)
const h = ${APPLIED[g as G]}
const s = h.matmul(K2).add(b2)`,
    theta: `const Theta1 = tensor([${rows(first.W.map((row, i) => [first.b[i]!, ...row]))}], f64)
const Theta2 = tensor([${rows(second.W.map((row, i) => [second.b[i]!, ...row]))}], f64)
const one = tensor([1], f64)
const z1 = Theta1.matmul(concat([one, x]))
const h = ${APPLIED[g as G]}
const s = Theta2.matmul(concat([one, h]))`,
  }[notation as "book" | "keras" | "theta"]
  return `${f64}\n${x}\n${steps}\ntable([0, 1, 2].map((i) => ({ unit: i + 1, z: z1.tolist()[i], h: h.tolist()[i], score: s.tolist()[i] })))`
}

export default defineExplorable({
  title: "Unit by unit",
  takeaway: (_settings, s) => takeaway(s),
  controls,
  presets: [
    { name: "example 1: (1, −2)", params: { x1: 1, x2: -2 } },
    { name: "example 2: (0.5, 1)", params: { x1: 0.5, x2: 1 } },
    { name: "all closed: (−1, −1)", params: { x1: -1, x2: -1, g: "relu" } },
  ],
  model,
  steps: () => UNITS,
  start: 1,
  unit: "unit",
  views: {
    network: {
      title: "The network, and what leads into the unit",
      width: network.WIDTH,
      height: network.HEIGHT,
      draw: network.drawNetwork,
    },
    sum: { title: "Its weighted sum", width: sum.WIDTH, height: sum.HEIGHT, draw: sum.drawSum },
    matrix: {
      title: "The same sum as a matrix product",
      width: matrix.WIDTH,
      height: matrix.HEIGHT,
      draw: matrix.drawMatrix,
    },
  },
  key: "Circles are inputs and units, squares the constant 1 whose weight is the bias. The violet circle is the unit at hand; teal lines lead into it, with their weights. In the sum each bar begins where the one above ended: blue to the right, orange to the left. In the matrices violet cells are what this unit reads and makes.",
  describe: (_settings, s) => describe(s),
  table: (_settings, s) => table(s),
  predict: {
    about: { x1: -1, x2: 1, g: "relu" },
    reveal: 3,
    question: () =>
      "Let (−1, 1) go in. How many of the three hidden ReLU units have a pre-activation above 0?",
    options: ["0", "1", "2", "3"].map((id) => ({ id, text: id })),
    answer: (_settings, s) => reveal(s),
  },
  code,
})
