/**
 * @file Backprop bookkeeping: an expression on the engine's tape, forward and back, one message at a time, with boxes to
 * fill in. Owns controls, presets and code; tape, pictures and words lie in backprop/.
 */
import * as entry from "./backprop/entry-view.ts"
import * as picture from "./backprop/graph-view.ts"
import { GRAPHS, type Graph, type GraphName, isGraph } from "./backprop/graphs.ts"
import { lengthOf, type State, state } from "./backprop/tape.ts"
import { describe, meaning, reveal, table, takeaway } from "./backprop/tell.ts"
import { defineExplorable, type Params, type Slider } from "./lib/explorable.ts"

const leaf = (label: string, graph: GraphName, value: number) =>
  ({
    type: "slider",
    label,
    value,
    min: -6,
    max: 6,
    step: 0.1,
    when: ["graph", graph],
  }) as const satisfies Slider

const controls = {
  graph: {
    type: "choice",
    label: "Expression",
    value: "neuron",
    options: Object.entries(GRAPHS)
      .filter(([value]) => value !== "folded")
      .map(([value, { label }]) => ({ value, label })),
  },
  folded: {
    type: "toggle",
    label: "Fold the last four gates into one σ",
    value: false,
    when: ["graph", "neuron"],
  },
  fills: { type: "toggle", label: "Let me fill in the next box", value: false },
  guess: {
    type: "slider",
    label: "Your number for the box marked ?",
    value: 0,
    min: -200,
    max: 200,
    step: 0.1,
    when: ["fills", true],
  },
  productX: leaf("x", "product", GRAPHS.product.leaves.x),
  productY: leaf("y", "product", GRAPHS.product.leaves.y),
  productZ: leaf("z", "product", GRAPHS.product.leaves.z),
  forkX: leaf("x", "fork", GRAPHS.fork.leaves.x),
  forkY: leaf("y", "fork", GRAPHS.fork.leaves.y),
  maxX: leaf("x", "max", GRAPHS.max.leaves.x),
  maxY: leaf("y", "max", GRAPHS.max.leaves.y),
  maxZ: leaf("z", "max", GRAPHS.max.leaves.z),
  neuronW0: leaf("w₀", "neuron", GRAPHS.neuron.leaves.w0),
  neuronX0: leaf("x₀", "neuron", GRAPHS.neuron.leaves.x0),
  neuronW1: leaf("w₁", "neuron", GRAPHS.neuron.leaves.w1),
  neuronX1: leaf("x₁", "neuron", GRAPHS.neuron.leaves.x1),
  neuronW2: leaf("w₂, the bias", "neuron", GRAPHS.neuron.leaves.w2),
  lossS0: leaf("s₀, the true class", "loss", GRAPHS.loss.leaves.s0),
  lossS1: leaf("s₁", "loss", GRAPHS.loss.leaves.s1),
  lossS2: leaf("s₂", "loss", GRAPHS.loss.leaves.s2),
} as const

type Settings = Params<typeof controls>

const nameOf = ({ graph, folded }: Settings): GraphName =>
  graph === "neuron" && folded ? "folded" : isGraph(graph) ? graph : "neuron"

/** The values of the leaves of the expression at hand; the folded neuron has those of the long one. */
function leavesOf(settings: Settings): Record<string, number> {
  const name = nameOf(settings)
  const prefix = name === "folded" ? "neuron" : name
  const values: Readonly<Record<string, unknown>> = settings
  return Object.fromEntries(
    Object.keys(GRAPHS[name].leaves).map((leaf) => [
      leaf,
      Number(values[prefix + leaf[0]!.toUpperCase() + leaf.slice(1)]),
    ]),
  )
}

const model = (settings: Settings, _seed: number, step: number): State =>
  state(nameOf(settings), leavesOf(settings), step, settings.fills, settings.guess)

function code(settings: Settings): string {
  const graph: Graph = GRAPHS[nameOf(settings)]
  const leaves = leavesOf(settings)
  const names = [...Object.keys(leaves), ...graph.gates.map(({ name }) => name)]
  return `const leaf = (value: number) =>
  tensor(value, { dtype: "float64", requiresGrad: true })
${Object.entries(leaves)
  .map(([name, value]) => `const ${name} = leaf(${value})`)
  .join("\n")}
${graph.gates.map(({ name, code }) => `const ${name} = ${code}`).join("\n")}
graph(f, { ${names.join(", ")} })`
}

const show = (graph: GraphName, folded = false): Partial<Settings> => ({ graph, folded, fills: false })

export default defineExplorable({
  title: "Backprop bookkeeping",
  takeaway: (_settings, s) => takeaway(s),
  controls,
  presets: [
    { name: "(x + y) · z", params: show("product") },
    { name: "x used twice", params: show("fork") },
    { name: "max gate", params: show("max") },
    { name: "neuron in small steps", params: show("neuron") },
    { name: "σ folded", params: show("neuron", true) },
    { name: "cross-entropy", params: show("loss") },
    { name: "fill in a neuron", params: { graph: "neuron", folded: false, fills: true } },
  ],
  model,
  steps: (settings) => lengthOf(nameOf(settings)),
  start: 18,
  unit: "entry",
  views: {
    graph: {
      title: "The graph: value, and under it the gradient",
      width: picture.WIDTH,
      height: picture.HEIGHT,
      draw: picture.drawGraph,
      targets: picture.boxes,
    },
    rule: {
      title: "The entry at hand",
      width: entry.WIDTH,
      height: entry.RULE_HEIGHT,
      side: "left",
      draw: entry.drawRule,
    },
    tape: {
      title: "The engine’s tape",
      width: entry.WIDTH,
      height: entry.TAPE_HEIGHT,
      draw: entry.drawTape,
    },
  },
  key: "Press a box to go to the next moment at which it is written. Teal: the leaves. Bold: values, going down. Magenta: gradients, coming up; each message is upstream × local slope, and is added to what the box holds. Thick: what was written last. “Wiggled” is the same derivative by moving the leaf a little: it appears when the sweep is done. To fill in from the start, press Reset first.",
  describe: (_settings, s) => describe(s),
  place: (control, _settings, s) => (control === "guess" ? "" : meaning(s)),
  table: (_settings, s) => table(s),
  predict: {
    about: { graph: "fork", fills: false },
    reveal: lengthOf("fork"),
    question: (_settings, s) =>
      `In f = ${s.graph.whole} the leaf x is used twice. What will its gradient be?`,
    options: [
      { id: "product", text: "The message from the product alone: y" },
      { id: "sum", text: "The sum of both messages: y + 1" },
      { id: "last", text: "The message that comes last: 1" },
      { id: "mean", text: "The mean of both messages" },
    ],
    answer: (_settings, s) => reveal(s),
  },
  code,
})
