/**
 * @file MLP studio: a network in the plane that the reader builds, trains and takes apart. Owns presets and question; data,
 * training, pictures and words lie in mlp-studio/.
 */
import { defineExplorable } from "./lib/explorable.ts"
import { defaults } from "./lib/params.ts"
import { code } from "./mlp-studio/code.ts"
import { controls, type Settings } from "./mlp-studio/controls.ts"
import { through } from "./mlp-studio/hand.ts"
import { drawHistograms, HISTOGRAM_HEIGHT } from "./mlp-studio/histogram-view.ts"
import { drawLoss, LOSS_HEIGHT } from "./mlp-studio/loss-view.ts"
import { drawNetwork, NETWORK_HEIGHT, pressNetwork } from "./mlp-studio/network-view.ts"
import { drawNumbers, NUMBERS_HEIGHT } from "./mlp-studio/numbers-view.ts"
import { drawOutput, drawSpace, HEIGHT, INSET, SPACE_HEIGHT, WIDTH } from "./mlp-studio/plane-views.ts"
import { answer, muted, OPTIONS, question } from "./mlp-studio/predict.ts"
import { PLANE } from "./mlp-studio/sample.ts"
import { model, stepsOf } from "./mlp-studio/state.ts"
import { describe, meaning, table, takeaway } from "./mlp-studio/tell.ts"
import { COLUMNS, rows, write } from "./mlp-studio/tree.ts"

const {
  own: _own,
  formula: _formula,
  height: _height,
  values: _values,
  probe: _probe,
  export: _export,
  ...USUAL
} = defaults(controls) as Settings

/** A whole setting: what it does not name is as at first; the reader's own text and view of it stay. */
const set = (more: Partial<Settings>): Partial<Settings> => ({ ...USUAL, lr: 0.03, ...more })

/** Where the transport stands at first. */
const START = 150

/** As the Playground begins. */
const PLAYGROUND = { init: "half", loss: "squared", rule: "sgd", batch: "10" } as const

export default defineExplorable({
  title: "MLP studio",
  takeaway: (_settings, state) => takeaway(state),
  controls,
  presets: [
    { name: "two layers", params: USUAL },
    { name: "3 tanh units", params: set({ net: "3" }) },
    { name: "linear units", params: set({ g: "linear", net: "20" }) },
    { name: "x₁x₂ alone", params: set({ data: "xor", net: "", f1: false, f2: false, f5: true }) },
    { name: "spiral, 20 units", params: set({ data: "spiral", net: "20", share: 100 }) },
    { name: "spiral, 3 units", params: set({ data: "spiral", net: "3", share: 100 }) },
    { name: "spiral, deep ReLU", params: set({ data: "spiral", net: "8, 8, 4", g: "relu", init: "he" }) },
    {
      name: "learnt by heart",
      params: set({ data: "moons", noise: 40, n: 60, net: "12, 12", showHeld: true }),
    },
    {
      name: "held back by L2",
      params: set({ data: "moons", noise: 40, n: 60, net: "12, 12", showHeld: true, l2: 0.02 }),
    },
    { name: "all zeros", params: set({ init: "zeros" }) },
    { name: "regression: plane", params: set({ problem: "regression", net: "" }) },
    {
      name: "regression: bumps",
      params: set({ problem: "regression", target: "bumps", net: "8, 6", n: 300, share: 70 }),
    },
    { name: "seed 000", params: set({ ...PLAYGROUND, net: "1", g: "sigmoid" }) },
  ],
  through,
  model,
  steps: stepsOf,
  start: START,
  large: true,
  unit: "step",
  speeds: [5, 40, 250],
  strides: [
    { name: "10 steps", steps: 10 },
    { name: "100 steps", steps: 100 },
  ],
  seeded: true,
  views: {
    output: {
      title: "The plane: what the network says",
      width: WIDTH,
      height: HEIGHT,
      scale: { x: PLANE, y: PLANE, inset: INSET },
      draw: drawOutput,
    },
    space: {
      title: "The same plane, as a hidden layer sees it",
      width: WIDTH,
      height: SPACE_HEIGHT,
      side: "left",
      draw: drawSpace,
    },
    network: {
      title: "The network: what each unit says",
      width: WIDTH,
      height: NETWORK_HEIGHT,
      draw: drawNetwork,
      press: pressNetwork,
    },
    loss: { title: "The loss", width: WIDTH, height: LOSS_HEIGHT, draw: drawLoss },
    histograms: {
      title: "Weights, activations, gradients by layer",
      width: WIDTH,
      height: HISTOGRAM_HEIGHT,
      side: "left",
      folded: true,
      draw: drawHistograms,
    },
    numbers: {
      title: "One example, forward and back",
      width: WIDTH,
      height: NUMBERS_HEIGHT,
      draw: drawNumbers,
    },
  },
  key: "Blue is above 0, orange below; discs are of class +1 or a value above 0, triangles of −1 or below. Click into the plane to add a point. Wider lines are larger weights, dashed ones negative; click a line to set its weight, a unit to look into it, an input to use it. The ring is around the example in numbers; magenta goes back.",
  describe: (_settings, state) => describe(state),
  place: meaning,
  table: (_settings, state) => table(state),
  tree: { title: "The network, part by part", columns: COLUMNS, rows, write },
  predict: {
    // Computed when it is asked for, not when the file is read.
    get about() {
      return { ...USUAL, ...muted(defaults(controls) as Settings, 0, START) }
    },
    reveal: START,
    question,
    options: OPTIONS,
    answer,
  },
  code,
})
