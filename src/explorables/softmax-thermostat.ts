/**
 * @file Softmax thermostat: a number added to all scores cancels, a factor does not, and the gradient is p − Y.
 * Owns controls, presets and code; the sums and the pictures lie in softmax/.
 */
import { defineExplorable, type Params } from "./lib/explorable.ts"
import * as bars from "./softmax/bars.ts"
import { listed, number } from "./softmax/numerals.ts"
import * as price from "./softmax/price.ts"
import { CLASSES, type Class, METHODS, type Method, model, UNITS, type Unit } from "./softmax/state.ts"
import { describe, meaning, reveal, table, takeaway } from "./softmax/tell.ts"
import * as triangle from "./softmax/triangle.ts"

const logit = { type: "slider", min: -10, max: 10, step: 0.1 } as const

const controls = {
  cat: { ...logit, label: "Score of cat", value: 3.2 },
  car: { ...logit, label: "Score of car", value: 5.1 },
  frog: { ...logit, label: "Score of frog", value: -1.7 },
  temperature: {
    type: "slider",
    label: "Temperature T",
    value: 1,
    min: 0.1,
    max: 10,
    step: 0.1,
    scale: "log",
  },
  shift: { type: "slider", label: "Add c to every score", value: 0, min: -1000, max: 1000, step: 10 },
  truth: {
    type: "choice",
    label: "True class",
    value: "cat",
    options: CLASSES.map((name) => ({ value: name, label: name })),
  },
  method: {
    type: "choice",
    label: "Softmax",
    value: "stable",
    options: [
      { value: "stable", label: "stable" },
      { value: "naive32", label: "naive, 32 bits" },
      { value: "naive64", label: "naive, 64 bits" },
    ],
  },
  unit: {
    type: "choice",
    label: "Unit of the loss",
    value: "nats",
    options: [
      { value: "nats", label: "nats" },
      { value: "bits", label: "bits" },
      { value: "ten", label: "base 10" },
    ],
  },
} as const

type Settings = Params<typeof controls>

/** A whole setting: what it does not name is as usual. */
const scores = (cat: number, car: number, frog: number, more: Partial<Settings> = {}): Partial<Settings> => ({
  cat,
  car,
  frog,
  temperature: 1,
  shift: 0,
  truth: "cat",
  method: "stable",
  unit: "nats",
  ...more,
})

function code({ cat, car, frog, temperature, shift, truth, method, unit }: Settings): string {
  const { dtype } = METHODS[method as Method]
  const moved = `scores${shift === 0 ? "" : `.add(${shift})`}${temperature === 1 ? "" : `.div(${temperature})`}`
  const y = CLASSES.indexOf(truth as Class)
  const log = UNITS[unit as Unit]
  const scale = unit === "nats" ? "" : ` / Math.log(${log.base})`
  const [formula, shares, loss] =
    method === "stable"
      ? ["", "softmax(z)", `crossEntropy(t, tensor(${y}, { dtype: "int32" }))`]
      : [
          "const naive = (t: Tensor) => t.exp().div(t.exp().sum())\n",
          "naive(z)",
          `naive(t).slice([${y}], [${y + 1}]).log().neg().sum()`,
        ]
  return `const names = [${CLASSES.map((name) => `"${name}"`).join(", ")}]
const scores = tensor([${cat}, ${car}, ${frog}], { dtype: "${dtype}" })
const z = ${moved}
${formula}const p = ${shares}.tolist() as number[]
const lossOf = (t: Tensor) => ${loss}
const gradient = grad(lossOf)(z).tolist() as number[]
display(\`loss ${log.name}: \${lossOf(z).item()${scale}}\`)
table(names.map((name, k) => ({ class: name, p: p[k], "p − Y": gradient[k] })))`
}

export default defineExplorable({
  title: "Softmax thermostat",
  takeaway: (_settings, s) => takeaway(s),
  controls,
  presets: [
    { name: "cat picture", params: scores(3.2, 5.1, -1.7) },
    { name: "car picture", params: scores(1.3, 4.9, 2, { truth: "car" }) },
    { name: "frog picture", params: scores(2.2, 2.5, -3.1, { truth: "frog" }) },
    { name: "sure and right", params: scores(6, 0, -1) },
    { name: "sure and wrong", params: scores(-1, 5, 0) },
    { name: "knows nothing", params: scores(0, 0, 0) },
    { name: "hot, T = 10", params: scores(3.2, 5.1, -1.7, { temperature: 10 }) },
    { name: "1000, 1001, 999: naive", params: scores(0, 1, -1, { shift: 1000, method: "naive32" }) },
    { name: "loss in base 10", params: scores(3.2, 5.1, -1.7, { unit: "ten" }) },
  ],
  model,
  views: {
    logits: {
      title: "Logits z = (score + c) / T",
      width: bars.WIDTH,
      height: bars.LOGITS_HEIGHT,
      draw: bars.drawLogits,
    },
    shares: {
      title: "Probabilities p",
      width: bars.WIDTH,
      height: bars.P_HEIGHT,
      side: "left",
      draw: bars.drawProbabilities,
    },
    gradient: {
      title: "Gradient p − Y",
      width: bars.WIDTH,
      height: bars.GRADIENT_HEIGHT,
      side: "left",
      draw: bars.drawGradient,
    },
    price: {
      title: "What the true class pays",
      width: price.WIDTH,
      height: price.HEIGHT,
      draw: price.drawPrice,
    },
    triangle: {
      title: "All mixtures of the three",
      width: triangle.WIDTH,
      height: triangle.HEIGHT,
      draw: triangle.drawTriangle,
    },
  },
  key: "A tick marks the true class. Logits: blue to the right of 0, orange to the left; dashed frames are the scores before the division by T. Under each probability stands the division that makes it; the dashed frame is its target Y = 1. Magenta: the loss falls when a logit moves against its bar. In the triangle each corner is one class for certain; the teal line is the path of the temperature, from the winner’s corner (cold) to the middle (hot), and the magenta arrow is Y − p, which points at the truth.",
  describe: (_settings, s) => describe(s),
  place: (control, _settings, s) => meaning(control, s),
  means: ["NaN"],
  table: (_settings, s) => table(s),
  predict: {
    about: { shift: 100, temperature: 1, method: "stable" },
    question: (_settings, s) =>
      `Add ${number(s.shift)} to every score, so that they are ${listed(s.scores.map((v) => number(v)))}. What happens to the probabilities?`,
    options: [
      { id: "same", text: "Nothing at all" },
      { id: "closer", text: "They move together: the scores are nearly alike now" },
      { id: "bolder", text: "The largest takes nearly everything" },
      { id: "breaks", text: "The sum overflows: there are none" },
    ],
    answer: (_settings, s) => reveal(s),
  },
  code,
})
