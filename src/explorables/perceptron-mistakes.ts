/**
 * @file The perceptron, one mistake at a time: the plane of the points, the plane of the weights, and the count of
 * mistakes against Novikoff's bound. Owns controls and presets; the run and its pictures lie in perceptron/.
 */
import { defineExplorable, type LabelledPoint, type Params, type Point } from "./lib/explorable.ts"
import { format } from "./lib/number.ts"
import * as counting from "./perceptron/count-view.ts"
import * as data from "./perceptron/data-view.ts"
import { type State, state } from "./perceptron/run.ts"
import { describe, reveal, table, takeaway } from "./perceptron/tell.ts"
import * as weight from "./perceptron/weight-view.ts"

const at = (x: number, y: number, label: 1 | -1): LabelledPoint => ({ x, y, label })
/** The four corners in the order 00, 01, 10, 11, with 0 or −1 as the low value. */
const gate = (low: number, labels: readonly (1 | -1)[]) => [
  at(low, low, labels[0]),
  at(low, 1, labels[1]),
  at(1, low, labels[2]),
  at(1, 1, labels[3]),
]

const AND = [-1, -1, -1, 1] as const
/** Classes +1 and −1 in turn. */
const alternating = (places: readonly Point[]) => places.map(([x, y], i) => at(x, y, i % 2 === 0 ? 1 : -1))
const BLOBS = alternating([
  [0.9, 0.7],
  [0.4, -1.7],
  [1.5, 0.8],
  [-0.6, -0.4],
  [1.3, 1.4],
  [-0.8, -0.9],
  [-0.1, 1.7],
  [-0.6, 0.1],
  [1.4, 2.1],
  [-0.1, 0.4],
  [1.2, 1.3],
  [-0.7, 0.8],
])
const NARROW = alternating([
  [-2, -0.8],
  [-1.8, -1],
  [-1.1, -0.3],
  [-0.9, -0.5],
  [-0.2, 0.3],
  [0, 0.1],
  [0.7, 0.8],
  [0.9, 0.6],
  [1.5, 1.3],
  [1.7, 1.1],
  [2.2, 1.7],
  [2.3, 1.5],
])

const controls = {
  points: {
    type: "points",
    label: "Points",
    value: BLOBS,
    view: "data",
    x: data.PLANE,
    y: data.PLANE,
    step: 0.1,
    max: 20,
  },
  order: {
    type: "choice",
    label: "Order of the examples",
    value: "fixed",
    options: [
      { value: "fixed", label: "fixed" },
      { value: "shuffled", label: "shuffled" },
      { value: "hardest", label: "hardest first" },
    ],
  },
} as const

type Settings = Params<typeof controls>

/** The longest run that the code has to repeat: one line of code for each kind of order. */
const NEXT: Record<string, string> = {
  fixed: "const i = k % X.length",
  shuffled: `if (k % X.length === 0) order = random.permutation(X.length)
  const i = order[k % X.length]`,
  hardest: `const fits = X.map((x, i) => y[i] * score(x))
  const i = fits.indexOf(Math.min(...fits))`,
}

function code({ points, order }: Settings, seed: number, step: number): string {
  const draw =
    order === "shuffled" ? `const random = new Generator(${seed})\nlet order = random.permutation(0)\n` : ""
  return `const X = [${points.map((p) => `[${p.x}, ${p.y}, 1]`).join(", ")}]
const y = [${points.map((p) => p.label).join(", ")}]
let w = [0, 0, 0] // w₁, w₂, b
let mistakes = 0
const score = (x: number[]) => x[0] * w[0] + x[1] * w[1] + x[2] * w[2]
${draw}for (let k = 0; k < ${step}; k++) {
  ${NEXT[order]}
  if (y[i] * score(X[i]) > 0) continue
  w = w.map((wj, j) => wj + y[i] * X[i][j])
  mistakes++
}
const result = { w, mistakes }
result`
}

const model = ({ points, order }: Settings, seed: number, step: number): State =>
  state(points, order, seed, step)

export default defineExplorable({
  title: "The perceptron, one mistake at a time",
  takeaway: (_settings, s) => takeaway(s),
  controls,
  presets: [
    { name: "two blobs", params: { points: BLOBS } },
    { name: "AND, 0 and 1", params: { points: gate(0, AND) } },
    { name: "AND, −1 and 1", params: { points: gate(-1, AND) } },
    { name: "OR", params: { points: gate(0, [-1, 1, 1, 1]) } },
    { name: "XOR", params: { points: gate(0, [-1, 1, 1, -1]) } },
    { name: "narrow margin", params: { points: NARROW } },
  ],
  model,
  steps: (settings, seed) => model(settings, seed, 0).visits.length,
  start: 10,
  unit: "example",
  strides: [
    { name: "5 examples", steps: 5 },
    { name: "25 examples", steps: 25 },
  ],
  seeded: ["order", "shuffled"],
  views: {
    data: {
      title: "The points and the line",
      width: data.WIDTH,
      height: data.HEIGHT,
      scale: { x: data.PLANE, y: data.PLANE, inset: data.INSET },
      draw: data.drawData,
    },
    weights: {
      title: "The weights, at the present bias",
      width: weight.WIDTH,
      height: weight.HEIGHT,
      draw: weight.drawWeights,
    },
    count: {
      title: "Mistakes against the bound",
      width: counting.WIDTH,
      height: counting.HEIGHT,
      side: "left",
      draw: counting.drawCount,
    },
  },
  key: "Points: blue discs are class +1, orange triangles class −1. A red cross marks a point that is wrong now, the full ring the one seen last, the dashed ring the next. The teal arrow points to the positive side (tinted); the dashed line is the one before the update. Weights: each point is a line, grey on its wrong side. In the teal region no point is wrong; the teal dot is w, the magenta arrow its last move. A change of the bias shifts all these lines.",
  describe: (_settings, s) => describe(s),
  table: (_settings, s) => table(s),
  predict: {
    before: { steps: 5 },
    question: (_settings, { next, points }) => {
      const p = next === undefined ? undefined : points[next]
      return p
        ? `The point with the dashed ring, (${format(p.x)}, ${format(p.y)}) of class ${p.label === 1 ? "+1" : "−1"}, comes next. What does the line do?`
        : "The run has ended. What would the line do?"
    },
    options: [
      { id: "stays", text: "It stays: this point is right" },
      { id: "left", text: "It turns left (anticlockwise)" },
      { id: "right", text: "It turns right (clockwise)" },
      { id: "shifts", text: "It moves without turning, or appears" },
    ],
    answer: (_settings, s) => reveal(s),
  },
  code,
})
