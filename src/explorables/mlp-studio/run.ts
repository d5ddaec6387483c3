/**
 * @file One training of the studio, by the book's engine: every step's weights and losses are kept, so that any step that
 * was reached once can be looked at again for nothing. Knows no picture.
 */
import {
  Adadelta,
  Adagrad,
  Adam,
  AdamW,
  concat,
  Dropout,
  ELU,
  full,
  Generator,
  initializers,
  jit,
  kaimingNormal,
  LeakyReLU,
  Linear,
  type Module,
  type Optimizer,
  ReLU,
  RMSprop,
  Sequential,
  SGD,
  Sigmoid,
  stack,
  Tanh,
  type Tensor,
  tensor,
  xavierUniform,
  zeros,
} from "../../../engine/index.ts"
import type { LabelledPoint } from "../lib/explorable.ts"
import type { Settings } from "./controls.ts"
import { type Data, dataOf, FEATURES } from "./data.ts"
import { type Kind, type Layer, readNet } from "./net.ts"

/** Sizes and functions of all layers with weights, the output included. */
export interface Shape {
  features: readonly number[]
  layers: readonly Layer[]
}

export function shapeOf(settings: Settings): Shape {
  const chosen = FEATURES.map((_, i) => i).filter((i) => settings[FEATURES[i]!.id as "f1"])
  return {
    features: chosen.length > 0 ? chosen : [0],
    layers: [...readNet(settings.net, settings.g as Kind).layers, { units: 1, kind: "linear" }],
  }
}

/** Inputs of each layer with weights. */
export const fanIns = ({ features, layers }: Shape): number[] => [
  features.length,
  ...layers.slice(0, -1).map(({ units }) => units),
]

export function countOf(shape: Shape): number {
  const into = fanIns(shape)
  return shape.layers.reduce((sum, { units }, l) => sum + units * (into[l]! + 1), 0)
}

const MODULES: Readonly<Record<Exclude<Kind, "linear">, () => Module>> = {
  tanh: () => new Tanh(),
  relu: () => new ReLU(),
  sigmoid: () => new Sigmoid(),
  leaky: () => new LeakyReLU(),
  elu: () => new ELU(),
}

/** Weights as the chosen rule draws them, and biases of 0 (or 0.1, or PyTorch's). */
function begin(layer: Linear, rule: string, generator: Generator): void {
  const { shape } = layer.weight
  const [out] = shape as [number, number]
  const weights: Record<string, () => Tensor> = {
    xavier: () => xavierUniform(shape, { generator }),
    he: () => kaimingNormal(shape, { generator }),
    half: () => initializers.uniform(shape, { generator, low: -0.5, high: 0.5 }),
    normal: () => initializers.normal(shape, { generator }),
    zeros: () => zeros(shape),
  }
  const drawn = weights[rule]
  if (!drawn) return
  layer.weight.assign(drawn())
  layer.bias?.assign(rule === "half" ? full([out], 0.1) : zeros([out]))
}

export function optimizerOf({ rule, lr, l2 }: Settings, parameters: Tensor[]): Optimizer {
  switch (rule) {
    case "momentum":
      return new SGD(parameters, { lr, momentum: 0.9 })
    case "nesterov":
      return new SGD(parameters, { lr, momentum: 0.9, nesterov: true })
    case "adagrad":
      return new Adagrad(parameters, { lr })
    case "rmsprop":
      return new RMSprop(parameters, { lr })
    case "adadelta":
      return new Adadelta(parameters, { lr })
    case "adam":
      return new Adam(parameters, { lr })
    case "adamw":
      return new AdamW(parameters, { lr, weightDecay: l2 })
    default:
      return new SGD(parameters, { lr })
  }
}

/** [N, features] and [N, 1] with ±1. */
function tensorsOf(points: readonly LabelledPoint[], features: readonly number[]): [Tensor, Tensor] {
  const x = Float32Array.from(points.flatMap((p) => features.map((f) => FEATURES[f]!.of(p.x, p.y))))
  const y = Float32Array.from(points, ({ label }) => label)
  return [tensor(x).reshape([points.length, features.length]), tensor(y).reshape([points.length, 1])]
}

/** Mean loss of scores s for labels ±1: ½ (tanh s − y)², or −ln σ(y s). */
const lossOf = (settings: Settings, s: Tensor, y: Tensor): Tensor =>
  settings.loss === "squared" ? s.tanh().sub(y).square().mean().mul(0.5) : s.mul(y).neg().softplus().mean()

export class Run {
  readonly shape: Shape
  readonly data: Data
  /** Parameters after each step, from the first: weights and biases of each layer in turn. */
  readonly thetas: Float32Array[] = []
  readonly trainLosses: number[] = []
  readonly heldLosses: number[] = []
  /** Updates in an epoch. */
  readonly batches: number
  /** The step from which on a value is beyond what a number holds; the run stands still there. */
  lost: number | undefined
  readonly #step: (x: Tensor, y: Tensor) => Tensor
  readonly #look: () => [Tensor, Tensor]
  readonly #batches: [Tensor, Tensor][]
  readonly #stride: number
  #updates = 0

  constructor(settings: Settings, seed: number) {
    const shape = shapeOf(settings)
    this.shape = shape
    this.data = dataOf(settings)
    const generator = new Generator(seed)
    const into = fanIns(shape)
    const linears = shape.layers.map(({ units }, l) => new Linear(into[l]!, units, { generator }))
    for (const layer of linears) begin(layer, settings.init, generator)
    const masks = new Generator(seed + 2 ** 20)
    const net = new Sequential(
      ...linears.flatMap((layer, l): Module[] => {
        if (l === linears.length - 1) return [layer]
        const { kind } = shape.layers[l]!
        const curve = kind === "linear" ? [] : [MODULES[kind]()]
        const drop = settings.drop > 0 ? [new Dropout(settings.drop, { generator: masks })] : []
        return [layer, ...curve, ...drop]
      }),
    )
    const parameters = net.parameters()
    const optimizer = optimizerOf(settings, parameters)
    const weights = linears.map(({ weight }) => weight)
    const l2 = settings.rule === "adamw" ? 0 : settings.l2
    this.#step = jit((x, y) => {
      net.train()
      let value = lossOf(settings, net.forward(x), y)
      if (l2 > 0)
        for (const w of weights)
          value = value.add(
            w
              .square()
              .sum()
              .mul(l2 / 2),
          )
      if (settings.l1 > 0) for (const w of weights) value = value.add(w.abs().sum().mul(settings.l1))
      value.backward()
      optimizer.step()
      optimizer.zeroGrad()
      return value
    })
    const { train, held } = this.data
    const [tx, ty] = tensorsOf(train, shape.features)
    const [hx, hy] = tensorsOf(held.length > 0 ? held : train, shape.features)
    this.#look = jit(() => {
      net.eval()
      const losses = [lossOf(settings, net.forward(tx), ty), lossOf(settings, net.forward(hx), hy)]
      return [stack(losses).detach(), concat(parameters.map((p) => p.detach().flatten()))]
    })
    const size = settings.batch === "all" ? train.length : Math.min(train.length, Number(settings.batch))
    this.batches = Math.ceil(train.length / size)
    this.#batches = Array.from({ length: this.batches }, (_, b) =>
      tensorsOf(train.slice(b * size, (b + 1) * size), shape.features),
    )
    this.#stride = settings.grain === "batch" ? 1 : this.batches
    this.#keep()
  }

  /** Goes on until that step has been reached. */
  reach(step: number): void {
    while (this.lost === undefined && this.thetas.length <= step) {
      for (let i = 0; i < this.#stride; i++) {
        const [x, y] = this.#batches[this.#updates++ % this.batches]!
        this.#step(x, y)
      }
      this.#keep()
    }
  }

  /** Epochs that are over at a step. */
  epochs(step: number): number {
    return (step * this.#stride) / this.batches
  }

  #keep(): void {
    const [losses, theta] = this.#look()
    const [train, held] = losses.data()
    const values = theta.data() as Float32Array
    if (!Number.isFinite(train! + held!) || !values.every(Number.isFinite)) {
      this.lost = this.thetas.length
      return
    }
    this.thetas.push(values)
    this.trainLosses.push(train!)
    this.heldLosses.push(held!)
  }
}

/** What a training does not depend on: what is looked at. */
const LOOKS: readonly string[] = [
  "probe",
  "focus",
  "mute",
  "layer",
  "across",
  "up",
  "showHeld",
  "cuts",
  "export",
]
const kept = new Map<string, Run>()
const MOST_KEPT = 4

/** The training of these settings, reached at least to that step. A few of the latest are remembered. */
export function runOf(settings: Settings, seed: number, step: number): Run {
  const what = Object.entries(settings).filter(([name]) => !LOOKS.includes(name))
  const key = JSON.stringify([what, seed])
  const run = kept.get(key) ?? new Run(settings, seed)
  kept.delete(key)
  kept.set(key, run)
  for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old)
  run.reach(step)
  return run
}
