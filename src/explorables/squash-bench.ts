/**
 * @file Squash bench: a bell of pre-activations under an activation function. In a deep network the slopes of the
 * layers are multiplied. Owns controls, presets and code; the sums, the pictures and the words lie in squash/.
 */
import { defineExplorable, type Params } from "./lib/explorable.ts"
import * as bench from "./squash/bench-view.ts"
import { FUNCTIONS, type Kind } from "./squash/functions.ts"
import * as slopes from "./squash/slope-views.ts"
import { LAYERS, model, PLACES } from "./squash/state.ts"
import { describe, meaning, reveal, table, takeaway } from "./squash/tell.ts"

const controls = {
  g: {
    type: "choice",
    label: "Function g",
    value: "tanh",
    options: Object.entries(FUNCTIONS).map(([value, { name }]) => ({ value, label: name })),
  },
  alpha: { type: "slider", label: "Leak α", value: 0.2, min: 0, max: 1, step: 0.01, when: ["g", "leaky"] },
  mean: { type: "slider", label: "Push the bell: mean", value: 0, min: -6, max: 6, step: 0.1 },
  width: { type: "slider", label: "Widen the bell: deviation", value: 1, min: 0.1, max: 4, step: 0.1 },
  z: { type: "slider", label: "One unit: its z", value: 2, min: -8, max: 8, step: 0.1 },
} as const

type Settings = Params<typeof controls>

/** A whole setting: what it does not name is as usual. */
const set = (g: Kind, more: Partial<Settings> = {}): Partial<Settings> => ({ g, mean: 0, width: 1, ...more })

function code({ g, alpha, mean, width }: Settings, _seed: number, layers: number): string {
  return `// write a function of your own here
const g = (z: Tensor) => ${FUNCTIONS[g as Kind].code(alpha)}
const bell = linspace(-4, 4, ${PLACES}, { dtype: "float64" })
const density = bell.square().div(-2).exp()
const share = density.div(density.sum())
const z = bell.mul(${width}).add(${mean})
const slope = grad((t: Tensor) => g(t).sum())(z)
const average = (t: Tensor) => t.mul(share).sum().item()
const rms = Math.sqrt(average(slope.square()))
const typical = Math.exp(average(slope.abs().log()))
const layers = ${layers}
table([{
  "flat units": average(slope.abs().lt(0.05)),
  "dead units": average(slope.eq(0)),
  "typical path": typical ** layers,
  "root mean square": rms ** layers,
}])`
}

export default defineExplorable({
  title: "Squash bench",
  takeaway: (_settings, s) => takeaway(s),
  controls,
  presets: [
    { name: "tanh", params: set("tanh") },
    { name: "tanh, narrow bell", params: set("tanh", { width: 0.3 }) },
    { name: "tanh, wide bell", params: set("tanh", { width: 3 }) },
    { name: "sigmoid", params: set("sigmoid") },
    { name: "sigmoid, pushed to 4", params: set("sigmoid", { mean: 4 }) },
    { name: "ReLU", params: set("relu") },
    { name: "ReLU, pushed to −3", params: set("relu", { mean: -3 }) },
    { name: "leaky, α = 0.2", params: set("leaky", { alpha: 0.2 }) },
    { name: "ELU", params: set("elu") },
    { name: "GELU", params: set("gelu") },
    { name: "no function", params: set("linear") },
  ],
  model,
  steps: () => LAYERS,
  start: 20,
  unit: "layer",
  strides: [{ name: "10 layers", steps: 10 }],
  seeded: true,
  views: {
    bench: {
      title: "The bell, the function, and what comes out",
      width: bench.WIDTH,
      height: bench.HEIGHT,
      draw: bench.drawBench,
    },
    slopes: {
      title: "How steep it is where the units are",
      width: slopes.WIDTH,
      height: slopes.SLOPES_HEIGHT,
      draw: slopes.drawSlopes,
    },
    depth: {
      title: "The product of slopes, layer after layer",
      width: slopes.WIDTH,
      height: slopes.DEPTH_HEIGHT,
      draw: slopes.drawDepth,
    },
  },
  key: "Bars below: where the pre-activations are; bars at the right: what the units hand on. Orange is flat, with a slope under 0.05; teal is alive. The dot is one unit, its magenta line the tangent. Each thin line is one path through the layers, meeting another unit of the bell in each, with weights of 1; a red cross is where it met a slope of 0. Dashed magenta: the root mean square over all units.",
  describe: (_settings, s) => describe(s),
  place: (control, _settings, s) => meaning(control, s),
  table: (_settings, s) => table(s),
  predict: {
    about: { g: "sigmoid", mean: 0, width: 1 },
    reveal: 20,
    question: () =>
      "A gradient of 1 passes 20 layers of sigmoid units. Their pre-activations are spread around 0, where a sigmoid is steepest. What is left of it on a typical path?",
    options: [
      { id: "half", text: "about half" },
      { id: "hundredth", text: "about a hundredth" },
      { id: "millionth", text: "about a millionth" },
      { id: "nothing", text: "less than a thousand-millionth" },
    ],
    answer: (_settings, s) => reveal(s),
  },
  code,
})
