/**
 * @file Wires that fire together: without a teacher Hebb's rule turns w towards the main axis of its inputs and never
 * stops growing; Oja's term holds it. Owns controls, presets and code; the run and its pictures lie in hebb/.
 */
import { lastStep, model, POINTS, ruleOf, type Settings, STEPS } from "./hebb/run.ts"
import * as tell from "./hebb/tell.ts"
import * as views from "./hebb/views.ts"
import { defineExplorable } from "./lib/explorable.ts"
import { defaults } from "./lib/params.ts"

const near = [-2, 2] as const

const controls = {
  rule: {
    type: "choice",
    label: "Rule",
    value: "hebb",
    options: [
      { value: "hebb", label: "Hebb: + η y x" },
      { value: "oja", label: "Oja: + η y (x − y w)" },
      { value: "anti", label: "turned round: − η y x" },
    ],
  },
  eta: {
    type: "slider",
    label: "Learning rate η",
    value: 0.02,
    min: 0.001,
    max: 0.2,
    step: 0.1,
    scale: "log",
  },
  long: {
    type: "handle",
    label: "Long axis",
    value: [1.6, 0.8],
    view: "cloud",
    x: near,
    y: near,
    step: 0.1,
  },
  short: { type: "slider", label: "Width across it", value: 0.5, min: 0, max: 1.5, step: 0.1 },
  start: {
    type: "handle",
    label: "First w",
    value: [-0.2, 0.7],
    view: "cloud",
    x: near,
    y: near,
    step: 0.1,
  },
} as const

/** A preset is a whole setting: what it does not name is as usual. */
const usual = defaults(controls)

const STEP: Record<string, string> = {
  hebb: "w = w.map((wi, i) => wi + eta * y * x[i])",
  oja: "w = w.map((wi, i) => wi + eta * y * (x[i] - y * wi))",
  anti: "w = w.map((wi, i) => wi - eta * y * x[i])",
}

function code({ rule, eta, long, short, start }: Settings, seed: number, step: number): string {
  return `const random = new Generator(${seed})
const long = [${long.join(", ")}] // standard deviation along it
const size = Math.hypot(...long)
const [u, v] = size === 0 ? [1, 0] : long.map((a) => a / size)
const X = Array.from({ length: ${POINTS} }, () => {
  const along = size * random.normal()
  const across = ${short} * random.normal()
  return [along * u - across * v, along * v + across * u]
})
const eta = ${eta}
let w = [${start.join(", ")}]
for (let n = 0; n < ${step}; n++) {
  const x = X[n % ${POINTS}]
  const y = w[0] * x[0] + w[1] * x[1]
  ${STEP[ruleOf(rule)]}
}
const result = { w, length: Math.hypot(...w) }
result`
}

export default defineExplorable({
  title: "Wires that fire together",
  takeaway: (_settings, s) => tell.takeaway(s),
  controls,
  presets: [
    { name: "Hebb", params: usual },
    { name: "Oja", params: { ...usual, rule: "oja" } },
    { name: "Oja from afar", params: { ...usual, rule: "oja", start: [1.8, -1.8] } },
    { name: "a round cloud", params: { ...usual, rule: "oja", long: [0.9, 0.5], short: 1 } },
    { name: "no second direction", params: { ...usual, rule: "oja", short: 0 } },
    { name: "turned round", params: { ...usual, rule: "anti" } },
    { name: "too large a step", params: { ...usual, rule: "oja", eta: 0.2, long: [2, 1.4] } },
  ],
  model,
  steps: lastStep,
  start: 20,
  unit: "example",
  strides: [
    { name: "10 examples", steps: 10 },
    { name: "40 examples", steps: POINTS },
  ],
  seeded: true,
  views: {
    cloud: {
      title: "The cloud and w",
      width: views.WIDTH,
      height: views.CLOUD_HEIGHT,
      scale: { x: views.PLANE, y: views.PLANE, inset: views.INSET },
      draw: views.drawCloud,
    },
    length: {
      title: "Its length",
      width: views.WIDTH,
      height: views.TIME_HEIGHT,
      draw: views.drawLength,
    },
    angle: {
      title: "Its direction",
      width: views.WIDTH,
      height: views.TIME_HEIGHT,
      draw: views.drawAngle,
    },
    matrix: {
      title: "Correlations: the mean of each product",
      width: views.WIDTH,
      height: views.MATRIX_HEIGHT,
      side: "left",
      draw: views.drawMatrix,
    },
  },
  key: "The teal arrow is w, the magenta line its way so far; the large dot is the example seen last. Dashed: the main axis of the points, which is an eigenvector of the correlations; dotted: the other axis, and the circle on which w has the length 1. Where w leaves the picture, the arrow stops at the edge. In the curves the teal part has been seen, the dotted part is still to come.",
  describe: (_settings, s) => tell.describe(s),
  place: (control, _settings, s) => tell.meaning(control, s),
  table: (_settings, s) => tell.table(s),
  predict: {
    about: { rule: "hebb" },
    reveal: STEPS,
    question: (_settings, s) =>
      `Under Hebb’s rule the points are shown again and again. What will have become of w after ${STEPS} examples, with η = ${s.eta}?`,
    options: [
      { id: "settles", text: "It lies along the cloud and has settled at length 1" },
      { id: "grows", text: "It lies along the cloud and grows with every example" },
      { id: "across", text: "It lies across the cloud and grows" },
      { id: "still", text: "It has not changed much: the points cancel out" },
    ],
    answer: (_settings, s) => tell.reveal(s),
  },
  code,
})
