/**
 * @file Signal through thirty floors: what goes up a deep network at its start, and what comes down. Owns controls,
 * presets and code; the network, the pictures and the words lie in floors/.
 */

import { gainOf, ROWS, type Scheme } from "./floors/building.ts"
import { describe, meaning, reveal, table, takeaway } from "./floors/tell.ts"
import { model, RATE, STEPS, type State } from "./floors/training.ts"
import {
  drawDown,
  drawLoss,
  drawSpread,
  drawUp,
  LOSS_HEIGHT,
  RIDGES_HEIGHT,
  SPREAD_HEIGHT,
  WIDTH,
} from "./floors/views.ts"
import { defineExplorable, type Params } from "./lib/explorable.ts"

const controls = {
  what: {
    type: "choice",
    label: "What Play does",
    value: "climb",
    options: [
      { value: "climb", label: "climbs the floors" },
      { value: "train", label: "trains the network" },
    ],
  },
  g: {
    type: "choice",
    label: "Units",
    value: "relu",
    options: [
      { value: "relu", label: "ReLU" },
      { value: "tanh", label: "tanh" },
      { value: "linear", label: "linear" },
    ],
  },
  scheme: {
    type: "choice",
    label: "Weights",
    value: "lecun",
    options: [
      { value: "zeros", label: "zeros" },
      { value: "constant", label: "constant 1/n" },
      { value: "normal", label: "variance 1" },
      { value: "lecun", label: "Xavier, variance 1/n" },
      { value: "he", label: "He, variance 2/n" },
      { value: "own", label: "my own" },
    ],
  },
  gain: {
    type: "slider",
    label: "Gain: deviation × √n",
    value: 0.5,
    min: 0.1,
    max: 10,
    step: 0.02,
    scale: "log",
    when: ["scheme", "own"],
  },
  width: { type: "slider", label: "Width n", value: 96, min: 8, max: 128, step: 8 },
  depth: { type: "slider", label: "Floors", value: 30, min: 2, max: 30, step: 1 },
  normalise: { type: "toggle", label: "Normalise every floor", value: false },
} as const

type Settings = Params<typeof controls>

/** A whole setting: what it does not name is as usual. */
const set = (g: string, scheme: Scheme, more: Partial<Settings> = {}): Partial<Settings> => ({
  what: "climb",
  g,
  scheme,
  width: 96,
  depth: 30,
  normalise: false,
  ...more,
})

const CODE: Readonly<Record<string, string>> = { tanh: "z.tanh()", relu: "z.relu()", linear: "z" }

function code(settings: Settings, seed: number, step: number): string {
  const { what, g, scheme, width, depth, normalise } = settings
  const weight =
    scheme === "zeros"
      ? "zeros([n, n], f64)"
      : scheme === "constant"
        ? "full([n, n], 1 / n, f64)"
        : `randn([n, n], draw).mul(${gainOf(settings)} / Math.sqrt(n))`
  const mend = (indent: string) =>
    normalise
      ? `\n${indent}const c = z.sub(z.mean(0))\n${indent}z = c.div(c.square().mean(0).add(1e-12).sqrt())`
      : ""
  if (what === "train")
    return `const [n, floors] = [${width}, ${depth}]
const f64 = { dtype: "float64" } as const
const draw = { generator: new Generator(${seed}), ...f64 }
const x = randn([${ROWS}, n], draw)
randn([${ROWS}, n], draw) // the probe of the picture
const weights = Array.from({ length: floors }, () =>
  ${weight},
)
const head = randn([n, 1], draw).div(Math.sqrt(n))
const labels = randn([${ROWS}, 1], draw).gt(0).to("float64")
for (const t of [...weights, head]) t.requiresGrad = true
const optimizer = new optim.SGD([...weights, head], { lr: ${RATE} })
const losses: number[] = []
for (let k = 0; k <= ${Math.min(step, STEPS)}; k++) {
  let h = x
  for (const W of weights) {
    let z = h.matmul(W.transpose())${mend("    ")}
    h = ${CODE[g]!}
  }
  const loss = binaryCrossEntropyWithLogits(h.matmul(head), labels)
  losses.push(loss.item())
  optimizer.zeroGrad()
  loss.backward()
  optimizer.step()
}
losses`
  return `const [n, floors] = [${width}, ${depth}]
const f64 = { dtype: "float64" } as const
const draw = { generator: new Generator(${seed}), ...f64 }
let h = randn([${ROWS}, n], draw)
const gradient = randn([${ROWS}, n], draw) // for the way down
const rows = []
for (let floor = 1; floor <= floors; floor++) {
  const W = ${weight}
  let z = h.matmul(W.transpose())${mend("  ")}
  h = ${CODE[g]!}
  rows.push({ floor, signal: Math.sqrt(h.square().mean().item()) })
}
table(rows)`
}

export default defineExplorable({
  title: "Signal through thirty floors",
  takeaway: (_settings, s) => takeaway(s),
  controls,
  presets: [
    { name: "ReLU, Xavier", params: set("relu", "lecun") },
    { name: "ReLU, He", params: set("relu", "he") },
    { name: "tanh, Xavier", params: set("tanh", "lecun") },
    { name: "tanh, half", params: set("tanh", "own", { gain: 0.5 }) },
    { name: "tanh, 1", params: set("tanh", "normal") },
    { name: "linear, 1.1", params: set("linear", "own", { gain: 1.1 }) },
    { name: "constant", params: set("tanh", "constant") },
    { name: "train Xavier", params: set("relu", "lecun", { what: "train" }) },
    { name: "train He", params: set("relu", "he", { what: "train" }) },
    { name: "normalised", params: set("relu", "lecun", { normalise: true }) },
  ],
  model,
  steps: ({ what, depth }) => (what === "train" ? STEPS : depth),
  start: 30,
  seeded: true,
  views: {
    spread: {
      title: "Up and down, floor by floor",
      width: WIDTH,
      height: SPREAD_HEIGHT,
      draw: (state: State) => drawSpread(state),
    },
    up: {
      title: "What goes up: activations",
      width: WIDTH,
      height: RIDGES_HEIGHT,
      side: "left",
      draw: (state: State) => drawUp(state),
    },
    down: {
      title: "What comes down: gradients",
      width: WIDTH,
      height: RIDGES_HEIGHT,
      draw: (state: State) => drawDown(state),
    },
    loss: {
      title: "What comes of it: fifty steps of training",
      width: WIDTH,
      height: LOSS_HEIGHT,
      draw: (state: State) => drawLoss(state),
    },
  },
  key: "Blue: the signal, going up. Magenta: a gradient that enters at the top and comes down. Dashed: the theory for endless width; the thin line is 1. One histogram for each floor, the first at the bottom: a spike in the middle is a signal that dies, walls at the edges one that saturates or blows up. To train, the network gets one output and 16 coin flips to learn by heart; then all pictures show it as it is after so many steps.",
  describe: (_settings, s) => describe(s),
  place: (control, settings, s) => meaning(control, settings, s),
  table: (_settings, s) => table(s),
  predict: {
    about: { what: "climb", g: "relu", scheme: "lecun", width: 96, depth: 30, normalise: false },
    reveal: 30,
    question: ({ depth }) =>
      `A signal of size 1 goes up ${depth} floors of ReLU units, whose weights have Xavier’s variance 1/n. How much of it reaches the top?`,
    options: [
      { id: "all", text: "nearly all" },
      { id: "tenth", text: "about a tenth" },
      { id: "hundredth", text: "about a hundredth" },
      { id: "nothing", text: "less than a thousandth" },
    ],
    answer: (_settings, s) => reveal(s),
  },
  code,
})
