/**
 * @file Optimizer relay: six optimizers from one start, on one landscape, under the same noise. They differ in what they
 * remember. Owns presets and question; the runs, pictures and words lie in relay/.
 */
import { defineExplorable } from "./lib/explorable.ts"
import { format } from "./lib/number.ts"
import {
  drawLanes,
  drawLosses,
  drawMap,
  drawMemory,
  INSET,
  LANES_HEIGHT,
  LOSS_HEIGHT,
  lanes,
  MAP_HEIGHT,
  MEMORY_HEIGHT,
  WIDTH,
} from "./relay/pictures.ts"
import { controls, model, STEPS, X, Y } from "./relay/run.ts"
import { code, describe, OPTIONS, reveal, table, takeaway } from "./relay/tell.ts"

const USUAL = {
  surface: "ravine",
  lr: 0.03,
  scaled: 0.1,
  rho: 0.9,
  beta: 0.9,
  noise: false,
  start: [-3.4, 1.2],
} as const

export default defineExplorable({
  title: "Optimizer relay",
  takeaway: (_params, state) => takeaway(state),
  controls,
  presets: [
    { name: "ravine", params: { ...USUAL, focus: "momentum" } },
    { name: "too long a step", params: { ...USUAL, lr: 0.105, focus: "sgd" } },
    { name: "no memory", params: { ...USUAL, rho: 0, focus: "momentum" } },
    {
      name: "bend",
      params: { ...USUAL, surface: "bend", focus: "nesterov", start: [-3, 2] as const },
    },
    {
      name: "saddle",
      params: { ...USUAL, surface: "saddle", focus: "adam", start: [0.001, 2] as const },
    },
    { name: "noise", params: { ...USUAL, noise: true, focus: "rmsprop" } },
    { name: "Adam, η = 0.3", params: { ...USUAL, scaled: 0.3, focus: "adam" } },
  ],
  model,
  steps: () => STEPS,
  start: 20,
  unit: "step",
  strides: [{ name: "10 steps", steps: 10 }],
  seeded: ["noise", true],
  views: {
    map: {
      title: "The method that you look into",
      width: WIDTH,
      height: MAP_HEIGHT,
      scale: { x: X, y: Y, inset: INSET },
      draw: drawMap,
    },
    memory: {
      title: "Its rule, and what it remembers",
      width: WIDTH,
      height: MEMORY_HEIGHT,
      side: "left",
      draw: drawMemory,
    },
    lanes: {
      title: "All six: press one to look into it",
      width: WIDTH,
      height: LANES_HEIGHT,
      draw: drawLanes,
      targets: lanes,
    },
    losses: { title: "The heights", width: WIDTH, height: LOSS_HEIGHT, draw: drawLosses },
  },
  key: "Violet is yours to drag: all six start there. Magenta: minus the gradient times the learning rate. Teal: the step that was made; the dashed shape is narrow along an axis that lets little of a gradient through. Bars to the right (blue) are positive, to the left (orange) negative; each row has its own scale. All six get the same noise.",
  describe: (_params, state) => describe(state),
  place: (control, _params, state) => (control === "start" ? `f = ${format(state.runs.sgd[0]!.f)}` : ""),
  table: (_params, state) => table(state),
  predict: {
    about: { ...USUAL },
    reveal: 60,
    question: ({ lr, scaled }) =>
      `In the ravine SGD, momentum and Nesterov take η = ${format(lr)}, the others ${format(scaled)}. Which of the six is lowest after 60 steps?`,
    options: OPTIONS,
    answer: (_params, state) => reveal(state),
  },
  code,
})
