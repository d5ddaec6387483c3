/**
 * @file Switchboard 1943: a threshold unit is one cut through the square of its inputs, and two of sixteen functions
 * have no single cut. Owns controls, presets and code; the units and the pictures lie in switchboard/.
 */
import { defineExplorable } from "./lib/explorable.ts"
import * as table from "./switchboard/rows-view.ts"
import * as square from "./switchboard/square-view.ts"
import * as sums from "./switchboard/sum-view.ts"
import * as tell from "./switchboard/tell.ts"
import { everyUnit, FUNCTIONS, model, OUTPUTS, type Settings } from "./switchboard/unit.ts"

const weight = { type: "slider", min: -2, max: 2, step: 0.25 } as const
const threshold = { type: "slider", min: -4, max: 4, step: 0.25 } as const
const second = ["units", "two"] as const

const controls = {
  target: {
    type: "choice",
    label: "Wanted",
    value: "0110",
    options: [...FUNCTIONS].map(([value, label]) => ({ value, label })),
  },
  x1: { type: "toggle", label: "Input x₁ is on", value: true },
  x2: { type: "toggle", label: "Input x₂ is on", value: true },
  w1: { ...weight, label: "Weight w₁", value: 1 },
  w2: { ...weight, label: "Weight w₂", value: 1 },
  theta: { ...threshold, label: "Threshold θ", value: 0.5 },
  units: {
    type: "choice",
    label: "Machine",
    value: "one",
    options: [
      { value: "one", label: "one unit" },
      { value: "two", label: "units A and B, and an output" },
    ],
  },
  v1: { ...weight, label: "Weight of x₁ in B", value: -1, when: second },
  v2: { ...weight, label: "Weight of x₂ in B", value: -1, when: second },
  phi: { ...threshold, label: "Threshold of B", value: -0.5, when: second },
  gate: {
    type: "choice",
    label: "Output",
    value: "or",
    options: Object.entries(OUTPUTS).map(([value, { says }]) => ({ value, label: says })),
    when: second,
  },
  dialect: {
    type: "choice",
    label: "Dialect",
    value: "signed",
    options: [
      { value: "signed", label: "signed weights" },
      { value: "veto", label: "1943: a minus is a veto" },
    ],
  },
} as const

const one = (target: string, w1: number, w2: number, theta: number, dialect = "signed") => ({
  target,
  w1,
  w2,
  theta,
  dialect,
  units: "one",
})
const two = (
  target: string,
  [w1, w2, theta]: readonly [number, number, number],
  [v1, v2, phi]: readonly [number, number, number],
  gate: string,
) => ({ target, w1, w2, theta, units: "two", v1, v2, phi, gate, dialect: "signed" })

function code(settings: Settings, _seed: number, step: number): string {
  const { dialect, w1, w2, theta, units, v1, v2, phi, gate, target } = settings
  const unit =
    dialect === "veto"
      ? `const unit = (w: number[], theta: number, x: number[]) => {
  if (w.some((wi, i) => wi < 0 && x[i] === 1)) return 0 // a veto
  const exciting = w.filter((wi, i) => wi > 0 && x[i] === 1)
  return exciting.length >= theta - 1e-9 ? 1 : 0
}`
      : `const unit = (w: number[], theta: number, x: number[]) =>
  w[0] * x[0] + w[1] * x[1] >= theta - 1e-9 ? 1 : 0`
  const a = `unit([${w1}, ${w2}], ${theta}, x)`
  const { w, theta: limit } = OUTPUTS[gate]!
  const output =
    units === "two"
      ? `{
  const [a, b] = [${a}, unit([${v1}, ${v2}], ${phi}, x)]
  return ${w[0]} * a + ${w[1]} * b >= ${limit} ? 1 : 0
}`
      : a
  const thresholds = dialect === "veto" ? "[0, 1, 2, 3]" : "[-1.5, -0.5, 0.5, 1.5]"
  const search =
    step === 0
      ? ""
      : `const found = new Set<string>()
let tried = 0
for (const w1 of [-1, 0, 1])
  for (const w2 of [-1, 0, 1])
    for (const theta of ${thresholds})
      if (tried++ < ${step})
        found.add(X.map((x) => unit([w1, w2], theta, x)).join(""))
display(\`\${found.size} of 16 functions found\`)
`
  return `const X = [[0, 0], [0, 1], [1, 0], [1, 1]]
${unit}
const circuit = (x: number[]) => ${output}
const wanted = [${[...target].join(", ")}] // ${FUNCTIONS.get(target)}
${search}table(X.map((x, i) => ({ "x₁": x[0], "x₂": x[1], wanted: wanted[i], output: circuit(x) })))`
}

export default defineExplorable({
  title: "Switchboard 1943",
  takeaway: (_settings, s) => tell.takeaway(s),
  controls,
  presets: [
    { name: "the bird’s AND", params: one("0001", 1, 1, 2) },
    { name: "OR", params: one("0111", 1, 1, 1) },
    { name: "NAND", params: one("1110", -1, -1, -1) },
    { name: "x₁ → x₂", params: one("1101", -1, 1, 0) },
    { name: "XOR with one unit", params: one("0110", 1, 1, 0.5) },
    { name: "XOR with three", params: two("0110", [1, 1, 0.5], [-1, -1, -1.5], "and") },
    { name: "XNOR with three", params: two("1001", [1, 1, 1.5], [-1, -1, -0.5], "or") },
    { name: "1943: x₁ only", params: one("0010", 1, -1, 1, "veto") },
    { name: "1943: NAND?", params: one("1110", -1, -1, 0, "veto") },
  ],
  model,
  steps: (settings) => everyUnit(settings.dialect === "veto" ? "veto" : "signed").length,
  unit: "unit",
  strides: [{ name: "4 units", steps: 4 }],
  views: {
    square: {
      title: "The square of the inputs",
      width: square.WIDTH,
      height: square.HEIGHT,
      draw: square.drawSquare,
    },
    rows: {
      title: "The truth table",
      width: table.WIDTH,
      height: table.ROWS_HEIGHT,
      side: "left",
      draw: table.drawRows,
    },
    sums: {
      title: "The sums, and the threshold",
      width: sums.WIDTH,
      height: sums.HEIGHT,
      draw: sums.drawSums,
    },
    stamps: {
      title: "Stamp book: what a search finds with one unit",
      width: table.WIDTH,
      height: table.STAMPS_HEIGHT,
      draw: table.drawStamps,
    },
  },
  key: "Blue discs are inputs for which 1 is wanted, orange triangles those for which 0 is wanted; the digit beside each is what comes, a red cross marks a wrong one. In the tinted part the machine fires; with two units, A is the solid line and B the dashed one. The violet ring is the input that is switched on. On the line of sums the teal bar is the threshold: whatever stands on it or to its right fires. Play goes through every wiring of one unit and prints a stamp for each new function; your own has a violet frame, and ▸ is the one wanted.",
  describe: (_settings, s) => tell.describe(s),
  place: (control, _settings, s) => tell.meaning(control, s),
  table: (_settings, s) => tell.table(s),
  predict: {
    about: { dialect: "veto" },
    reveal: 36,
    question: (_settings, { dialect }) =>
      `In the dialect of 1943 no weight is negative: a wire that inhibits is a veto, and while it is on the unit is silent. A search tries all ${everyUnit(dialect).length} ways to wire one unit. How many of the 16 stamps stay empty?`,
    options: [
      { id: "none", text: "None: a veto is as good as any minus" },
      { id: "two", text: "Two, as with signed weights" },
      { id: "five", text: "Five" },
      { id: "eight", text: "Eight, half of them" },
    ],
    answer: (_settings, s) => tell.reveal(s),
  },
  code,
})
