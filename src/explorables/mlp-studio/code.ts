/** @file The cell that builds the studio's network: trained anew from the same seeds, or with its weights written out. Draws nothing. */
import type { Settings } from "./controls.ts"
import { CONDITION, dataOf, FEATURES } from "./data.ts"
import { applyEdits, indexOfSpot, spotAt } from "./edits.ts"
import { type Formula, readFormula } from "./formula.ts"
import { heightsOf } from "./heights.ts"
import type { Kind } from "./net.ts"
import { weightsOf } from "./pass.ts"
import { isRegression } from "./problem.ts"
import { type Run, runOf } from "./run.ts"
import { PLANE, type Sample } from "./sample.ts"
import { fanIns, type Shape, shapeOf } from "./shape.ts"

const LAYERS: Readonly<Record<Kind, string>> = {
  tanh: "new nn.Tanh()",
  relu: "new nn.ReLU()",
  sigmoid: "new nn.Sigmoid()",
  leaky: "new nn.LeakyReLU()",
  elu: "new nn.ELU()",
  linear: "",
}

const TERMS: Readonly<Record<string, string>> = {
  f1: "x",
  f2: "y",
  f3: "x * x",
  f4: "y * y",
  f5: "x * y",
  f6: "Math.sin(x)",
  f7: "Math.sin(y)",
}

const INITS: Readonly<Record<string, string>> = {
  xavier: "xavierUniform(weight.shape, { generator: draw })",
  he: "kaimingNormal(weight.shape, { generator: draw })",
  half: "initializers.uniform(weight.shape, { generator: draw, low: -0.5, high: 0.5 })",
  normal: "initializers.normal(weight.shape, { generator: draw })",
  zeros: "zeros(weight.shape)",
}

function optimizerOf({ rule, lr, l2 }: Settings): string {
  const names: Record<string, string> = {
    momentum: `SGD(weights, { lr: ${lr}, momentum: 0.9 })`,
    nesterov: `SGD(weights, { lr: ${lr}, momentum: 0.9, nesterov: true })`,
    adagrad: `Adagrad(weights, { lr: ${lr} })`,
    rmsprop: `RMSprop(weights, { lr: ${lr} })`,
    adadelta: `Adadelta(weights, { lr: ${lr} })`,
    adam: `Adam(weights, { lr: ${lr} })`,
    adamw: `AdamW(weights, { lr: ${lr}, weightDecay: ${l2} })`,
  }
  return names[rule] ?? `SGD(weights, { lr: ${lr} })`
}

const SETS: Readonly<Record<string, (draw: string, part: number) => string>> = {
  circle: (draw, part) => `circles(n, { ${draw}, noise: ${2 * part} })`,
  xor: (draw, part) => `xor(n, { ${draw}, noise: ${2 * part} })`,
  gauss: (draw, part) => `gaussians(n, { ${draw}, std: ${0.7 + 3 * part} })`,
  spiral: (draw, part) => `spirals(n, { ${draw}, noise: ${2 * part} })`,
  moons: (draw, part) => `moons(n, { ${draw}, noise: ${0.02 + 0.6 * part} })`,
}

const list = (points: readonly Sample[]): string =>
  JSON.stringify(points.map(({ x, y, label }) => [x, y, label]))
    .replaceAll("],[", "], [")
    .replaceAll(",", ", ")
    .replaceAll(",  ", ", ")

/** Points all over the plane, with what `told` says of a place; `fit`: what is left out of them. */
function scattered(
  { n, noise, share, dataSeed }: Settings,
  told: string,
  value: string,
  fit: string,
): string {
  const moved = noise > 0 ? `const moved = randn([n, 2], { generator: source }).tolist<number[][]>()\n` : ""
  const [x, y] =
    noise > 0 ? [`x + ${noise / 50} * moved[i][0]`, `y + ${noise / 50} * moved[i][1]`] : ["x", "y"]
  return `const n = ${n}
const source = new Generator(${dataSeed})
const places = initializers.uniform([n, 2], { generator: source, low: ${PLANE[0]}, high: ${PLANE[1]} }).tolist<number[][]>()
${moved}${told}
const all = places.map(([x, y]${noise > 0 ? ", i" : ""}) => [${x}, ${y}, ${value}])${fit}
const order = new Generator(${dataSeed + 1000}).permutation(all.length)
const points = Array.from(order.slice(0, Math.max(1, Math.round((all.length * ${share}) / 100))), (i) => all[i])`
}

function conditioned(settings: Settings): string {
  const asked = readFormula(settings.formula)
  const { code } = "of" in asked ? asked : (readFormula(CONDITION) as Formula)
  return scattered(
    settings,
    `const condition = (x: number, y: number) => ${code}`,
    "condition(x, y) ? 1 : -1",
    "",
  )
}

function valued(settings: Settings): string {
  const { code, by, some } = heightsOf(settings)
  return scattered(
    settings,
    `const value = (x: number, y: number) => ${code}`,
    by === 1 ? "value(x, y)" : `value(x, y) / ${by}`,
    some ? ".filter(([, , value]) => Number.isFinite(value))" : "",
  )
}

/** The training points as rows of x, y and class or value: drawn anew from the same seeds, or written out. */
function pointsOf(settings: Settings): string {
  const { data, target, n, noise, share, dataSeed, mine } = settings
  const own = mine.length > 0 ? `\npoints.push(...${list(mine)})` : ""
  if (isRegression(settings) && target !== "own") return valued(settings) + own
  if (!isRegression(settings) && data === "formula") return conditioned(settings) + own
  const set = isRegression(settings) ? undefined : SETS[data]
  if (!set) return `const points = ${list(dataOf(settings).train)}`
  const taken = Math.max(1, Math.round((n * share) / 100))
  const first = data === "circle" || data === "xor" ? 1 : 0
  const [x, y] = data === "moons" ? ["2.8 * x - 1.4", "2.8 * y - 0.7"] : ["x", "y"]
  return `const n = ${n}
const drawn = ${set(`generator: new Generator(${dataSeed})`, noise / 100)}
const [places, classes] = [drawn.x.tolist<number[][]>(), drawn.y.tolist<number[]>()]
const order = new Generator(${dataSeed + 1000}).permutation(n).slice(0, ${taken})
const points = Array.from(order, (i) => {
  const [x, y] = places[i]
  return [${x}, ${y}, classes[i] === ${first} ? 1 : -1]
})${own}`
}

function lossOf(settings: Settings): string {
  if (isRegression(settings)) return "s.sub(y).square().mean().mul(0.5)"
  return settings.loss === "squared"
    ? "s.tanh().sub(y).square().mean().mul(0.5)"
    : "s.mul(y).neg().softplus().mean()"
}

/** What is said of scores and labels: the accuracy, or the error. */
const measureOf = (settings: Settings, scores: string, labels: string): string =>
  isRegression(settings)
    ? `error: ${scores}.sub(${labels}).square().mean().sqrt().item()`
    : `accuracy: ${scores}.mul(${labels}).gt(0).to("float32").mean().item()`

/** The network as a list of layers. */
function networkOf(shape: Shape, settings: Settings): string {
  const into = fanIns(shape)
  const lines = shape.layers.flatMap(({ units, kind }, l) => [
    `new nn.Linear(${into[l]}, ${units}, { generator: draw })`,
    ...(l < shape.layers.length - 1 && LAYERS[kind] ? [LAYERS[kind]] : []),
    ...(l < shape.layers.length - 1 && settings.drop > 0
      ? [`new nn.Dropout(${settings.drop}, { generator: masks })`]
      : []),
  ])
  return `const net = new nn.Sequential(\n  ${lines.join(",\n  ")},\n)`
}

const featuresOf = (shape: Shape): string =>
  `const inputs = (x: number, y: number) => [${shape.features.map((f) => TERMS[FEATURES[f]!.id]).join(", ")}]`

/**
 * What was set by hand, in updates: from which to which one a number has that value. What training comes to where a unit
 * is held is written out.
 */
function byHand(run: Run, step: number): (number | string)[][] {
  const { shape, edits, stride, thetas } = run
  const rows: (number | string)[][] = []
  const row = (from: number, to: number | string, index: number, value: number) => {
    const { layer, unit, input } = spotAt(shape, index)
    rows.push([from, to, layer, unit, input, Number(value.toPrecision(9))])
  }
  const last = Math.min(step, thetas.length - 1)
  let held = new Map<number, { from: number; value: number }>()
  for (const at of [...new Set(edits.map((edit) => edit.step))].filter((at) => at <= last)) {
    const now = edits.filter((edit) => edit.step === at)
    const theta = thetas[at]!.slice()
    const after = new Map([...held].map(([index, { value }]) => [index, value]))
    applyEdits(shape, edits, at, theta, after)
    for (const [index, { from, value }] of held)
      if (after.get(index) !== value) row(from, at * stride, index, value)
    for (const edit of now)
      if ("at" in edit) {
        const index = indexOfSpot(shape, edit.at)
        if (!after.has(index)) row(at * stride, at * stride, index, theta[index]!)
      }
    held = new Map(
      [...after].map(([index, value]) => {
        const before = held.get(index)
        return [index, before?.value === value ? before : { from: at * stride, value }]
      }),
    )
  }
  for (const [index, { from, value }] of held) row(from, "Infinity", index, value)
  return rows
}

/** The function that sets them, to be called before the first update and after each. */
function setting(run: Run, step: number): string {
  const rows = byHand(run, step)
  if (rows.length === 0) return ""
  return `// Set by hand: from update, to update, layer, unit, input (−1: bias), value.
const byHand = [
  ${rows.map((row) => `[${row.join(", ")}]`).join(",\n  ")},
]
const setByHand = (t: number) => {
  for (const [from, to, l, unit, input, value] of byHand) {
    if (t < from || t > to) continue
    const { weight, bias } = layers[l]
    const part = input < 0 ? bias! : weight
    const values = part.detach().flatten().tolist<number[]>()
    values[input < 0 ? unit : unit * weight.shape[1] + input] = value
    part.assign(tensor(values).reshape(part.shape))
  }
}
setByHand(0)
`
}

/** Training, line by line the same as the figure's. */
function training(settings: Settings, seed: number, step: number): string {
  const shape = shapeOf(settings)
  const run = runOf(settings, seed, settings.edits === "" ? 0 : step)
  const hand = setting(run, step)
  const updates = settings.grain === "batch" ? step : step * run.batches
  const size = settings.batch === "all" ? "points.length" : `Math.min(points.length, ${settings.batch})`
  const init = INITS[settings.init]
  const penalty =
    (settings.l2 > 0 && settings.rule !== "adamw"
      ? `\n  for (const { weight } of layers) loss = loss.add(weight.square().sum().mul(${settings.l2 / 2}))`
      : "") +
    (settings.l1 > 0
      ? `\n  for (const { weight } of layers) loss = loss.add(weight.abs().sum().mul(${settings.l1}))`
      : "")
  return `${pointsOf(settings)}
${featuresOf(shape)}
const draw = new Generator(${seed})
${settings.drop > 0 ? `const masks = new Generator(${seed + 2 ** 20})\n` : ""}${networkOf(shape, settings)}
const layers = net.layers.filter((layer) => layer instanceof nn.Linear)
${
  init
    ? `for (const { weight, bias } of layers) {
  weight.assign(${init})
  bias!.assign(full(bias!.shape, ${settings.init === "half" ? 0.1 : 0}))
}
`
    : ""
}const weights = net.parameters()
const optimizer = new optim.${optimizerOf(settings)}
const lossOf = (s: Tensor, y: Tensor) => ${lossOf(settings)}
const X = tensor(points.map(([x, y]) => inputs(x, y)))
const Y = tensor(points.map(([, , label]) => [label]))
const update = ${hand ? "" : "jit("}(x: Tensor, y: Tensor) => {
  let loss = lossOf(net.forward(x), y)${penalty}
  loss.backward()
  optimizer.step()
  optimizer.zeroGrad()
  return loss
}${hand ? "" : ")"}
const size = ${size}
const batches = Math.ceil(points.length / size)
${hand}for (let t = 0; t < ${updates}; t++) {
  const from = size * (t % batches)
  const to = Math.min(points.length, from + size)
  update(X.slice([from, 0], [to, X.shape[1]]), Y.slice([from, 0], [to, 1]))${hand ? "\n  setByHand(t + 1)" : ""}
}
net.eval()
const scores = net.forward(X)
display({ loss: lossOf(scores, Y).item(), ${measureOf(settings, "scores", "Y")} })`
}

/** The trained network itself. */
function trained(settings: Settings, seed: number, step: number): string {
  const run = runOf(settings, seed, step)
  const { shape } = run
  const theta = run.thetas[Math.min(step, run.thetas.length - 1)]!
  const list = (values: Float32Array) => [...values].map((v) => Number(v.toPrecision(6)))
  const layers = weightsOf(shape, theta).map(({ w, b, inputs }, l) => {
    const matrix = Array.from({ length: b.length }, (_, u) => list(w.subarray(u * inputs, (u + 1) * inputs)))
    const { kind } = shape.layers[l]!
    const curve: Record<string, string> = {
      relu: ".relu()",
      tanh: ".tanh()",
      sigmoid: ".sigmoid()",
      leaky: ".leakyRelu(0.01)",
      elu: ".elu()",
      linear: "",
    }
    const [W, B] = [matrix, list(b)].map((v) => JSON.stringify(v).replaceAll(",", ", "))
    return `h = h.matmul(tensor(${W}).transpose()).add(${B})${l < shape.layers.length - 1 ? curve[kind] : ""}`
  })
  const output = isRegression(settings) ? "the output is the value" : "above 0 the class is +1"
  return `// Trained for ${step} ${settings.grain === "batch" ? "updates" : "epochs"}; ${output}.
${featuresOf(shape)}
function score(points: number[][]): Tensor {
  let h = tensor(points.map(([x, y]) => inputs(x, y)))
  ${layers.join("\n  ")}
  return h.flatten()
}
${pointsOf(settings)}
const scores = score(points)
const labels = tensor(points.map(([, , label]) => label))
display({ ${measureOf(settings, "scores", "labels")} })`
}

export function code(settings: Settings, seed: number, step: number): string {
  return settings.export === "weights" ? trained(settings, seed, step) : training(settings, seed, step)
}
