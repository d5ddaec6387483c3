/**
 * @file Signal through thirty floors: what goes up a deep network at its start, and what comes down. Owns controls,
 * presets and code; the network, the pictures and the words lie in floors/.
 */

import { gainOf, model, ROWS, type Scheme, type State } from "./floors/building.ts"
import { describe, meaning, reveal, table, takeaway } from "./floors/tell.ts"
import { drawDown, drawSpread, drawUp, RIDGES_HEIGHT, SPREAD_HEIGHT, WIDTH } from "./floors/views.ts"
import { defineExplorable, type Params } from "./lib/explorable.ts"

const controls = {
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
  g,
  scheme,
  width: 96,
  depth: 30,
  normalise: false,
  ...more,
})

const CODE: Readonly<Record<string, string>> = { tanh: "z.tanh()", relu: "z.relu()", linear: "z" }

function code(settings: Settings, seed: number): string {
  const { g, scheme, width, depth, normalise } = settings
  const weight =
    scheme === "zeros"
      ? "zeros([n, n], f64)"
      : scheme === "constant"
        ? "full([n, n], 1 / n, f64)"
        : `randn([n, n], draw).mul(${gainOf(settings)} / Math.sqrt(n))`
  const norm = normalise
    ? "\n  const c = z.sub(z.mean(0))\n  z = c.div(c.square().mean(0).add(1e-12).sqrt())"
    : ""
  return `const [n, floors] = [${width}, ${depth}]
const f64 = { dtype: "float64" } as const
const draw = { generator: new Generator(${seed}), ...f64 }
let h = randn([${ROWS}, n], draw)
const gradient = randn([${ROWS}, n], draw) // for the way down
const rows = []
for (let floor = 1; floor <= floors; floor++) {
  const W = ${weight}
  let z = h.matmul(W.transpose())${norm}
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
    { name: "tanh, half of it", params: set("tanh", "own", { gain: 0.5 }) },
    { name: "tanh, variance 1", params: set("tanh", "normal") },
    { name: "linear, gain 1.1", params: set("linear", "own", { gain: 1.1 }) },
    { name: "constant", params: set("tanh", "constant") },
    { name: "zeros", params: set("relu", "zeros") },
    { name: "ReLU, Xavier, normalised", params: set("relu", "lecun", { normalise: true }) },
  ],
  model,
  steps: ({ depth }) => depth,
  start: 30,
  unit: "floor",
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
  },
  key: "Blue: the signal, from the first floor to the last. Magenta: a gradient that enters at the top and comes down. Dashed: the theory for endless width; the thin line is 1. Below, one histogram for each floor, the first at the bottom: a spike in the middle is a signal that dies, walls at the edges are one that saturates or blows up.",
  describe: (_settings, s) => describe(s),
  place: (control, settings, s) => meaning(control, settings, s),
  table: (_settings, s) => table(s),
  predict: {
    about: { g: "relu", scheme: "lecun", width: 96, depth: 30, normalise: false },
    reveal: 30,
    question: ({ depth }) =>
      `A signal of size 1 goes up ${depth} floors of ReLU units, whose weights have Xavier's variance 1/n. How much of it reaches the top?`,
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
