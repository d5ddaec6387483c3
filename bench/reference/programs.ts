/** @file The networks that the reference programs can train: which kernels follow on which, with addresses fixed beforehand. */
import type { Layer, TrainTask } from "../task.ts"
import type { Reference } from "./module.ts"

/** Some layers in one go. Addresses in, addresses out. */
interface Stage {
  forward(x: number): number
  /** The first stage's input needs no gradient. */
  backward(dy: number, first: boolean): number
}

const codes = { none: 0, relu: 1, tanh: 2, sigmoid: 3 }

/** All parameters in one vector, and their gradients in another, so that the optimizer is one pass. */
class Parameters {
  readonly count: number
  readonly value: number
  readonly gradient: number
  readonly #offsets: number[] = []

  constructor(reference: Reference, layers: readonly Layer[]) {
    const initial = layers.flatMap(initialValues)
    this.count = initial.reduce((sum, values) => sum + padded(values), 0)
    this.value = reference.allocate(this.count)
    this.gradient = reference.allocate(this.count)
    let at = 0
    for (const values of initial) {
      reference.numbers(this.value + at, values.length).set(values)
      this.#offsets.push(at)
      at += 4 * padded(values)
    }
  }

  /** Where the next parameter and its gradient lie, in the order of the layers. */
  next(): { value: number; gradient: number } {
    const at = this.#offsets.shift() ?? 0
    return { value: this.value + at, gradient: this.gradient + at }
  }
}

const padded = (values: Float32Array): number => (values.length + 3) & ~3

function initialValues(layer: Layer): Float32Array[] {
  if (layer.kind === "dense" || layer.kind === "conv") return [layer.weight, layer.bias]
  if (layer.kind === "batchNorm") return [new Float32Array(layer.size).fill(1), new Float32Array(layer.size)]
  return []
}

function dense(
  reference: Reference,
  layer: Extract<Layer, { kind: "dense" }>,
  parameters: Parameters,
  rows: number,
  activation: number,
): Stage {
  const { inputs, outputs } = layer
  const w = parameters.next()
  const b = parameters.next()
  const y = reference.allocate(rows * outputs)
  const dx = reference.allocate(rows * inputs)
  let x = 0
  return {
    forward(input) {
      x = input
      reference.matmul([rows, outputs, inputs], x, [inputs, 1], w.value, [outputs, 1], y)
      reference.kernels.biasActivation(y, b.value, rows, outputs, activation)
      return y
    },
    backward(dy, first) {
      reference.kernels.biasActivationGradient(dy, y, b.gradient, rows, outputs, activation)
      reference.matmul([inputs, outputs, rows], x, [1, inputs], dy, [outputs, 1], w.gradient)
      if (!first) reference.matmul([rows, inputs, outputs], dy, [outputs, 1], w.value, [1, outputs], dx)
      return dx
    },
  }
}

function batchNorm(reference: Reference, size: number, parameters: Parameters, rows: number): Stage {
  const gamma = parameters.next()
  const beta = parameters.next()
  const normalized = reference.allocate(rows * size)
  const scale = reference.allocate(size)
  const running = reference.allocate(2 * size)
  reference.numbers(running + 4 * size, size).fill(1)
  let h = 0
  return {
    forward(x) {
      h = x
      reference.kernels.batchNorm(h, normalized, gamma.value, beta.value, scale, running, rows, size)
      return h
    },
    backward(dy) {
      reference.kernels.batchNormGradient(
        ...[dy, h, normalized, gamma.value, scale, gamma.gradient, beta.gradient, rows, size],
      )
      return dy
    },
  }
}

function convPool(
  reference: Reference,
  layer: Extract<Layer, { kind: "conv" }>,
  parameters: Parameters,
  rows: number,
): Stage {
  const { filters, image } = layer
  const w = parameters.next()
  const b = parameters.next()
  const count = rows * filters * ((image.height - 2) >> 1) * ((image.width - 2) >> 1)
  const h = reference.allocate(count)
  const from = reference.allocate(count)
  const sizes = [rows, filters, image.height, image.width]
  let x = 0
  return {
    forward(input) {
      x = input
      reference.kernels.convPool(x, w.value, b.value, h, from, ...sizes)
      return h
    },
    backward(dy) {
      reference.kernels.convPoolGradient(x, dy, h, from, w.gradient, b.gradient, ...sizes)
      return dy
    },
  }
}

/** The stages of a network, or null where no program was written for one of its layers. */
function stagesOf(
  reference: Reference,
  { layers, batchSize }: TrainTask,
  parameters: Parameters,
): Stage[] | null {
  const stages: Stage[] = []
  for (let l = 0; l < layers.length; l++) {
    const layer = layers[l]
    const next = layers[l + 1]?.kind
    if (layer.kind === "dense") {
      const fused = next === "relu" || next === "tanh" || next === "sigmoid" ? next : "none"
      if (fused !== "none") l++
      stages.push(dense(reference, layer, parameters, batchSize, codes[fused]))
    } else if (layer.kind === "batchNorm" && next === "relu" && layer.size % 4 === 0) {
      l++
      stages.push(batchNorm(reference, layer.size, parameters, batchSize))
    } else if (layer.kind === "conv" && layer.image.channels === 1 && layer.kernel === 3 && l === 0) {
      if (next !== "relu" || layers[l + 2]?.kind !== "maxPool") return null
      l += 2
      stages.push(convPool(reference, layer, parameters, batchSize))
    } else if (layer.kind !== "flatten") return null
  }
  return stages
}

/** One training step on batch t, which gives the loss; null where there is no program for the network. */
export function trainer(reference: Reference, task: TrainTask): ((t: number) => number) | null {
  const { layers, batches, batchSize, outputs, rule } = task
  const { kernels } = reference
  const parameters = new Parameters(reference, layers)
  const stages = stagesOf(reference, task, parameters)
  if (!stages) return null
  const xs = batches.map(({ x }) => reference.place(x))
  const ys = batches.map(({ y }) => reference.place(y))
  const { value, gradient, count } = parameters
  const mean = reference.allocate(count)
  const squares = reference.allocate(count)
  const d = reference.allocate(batchSize * outputs)
  return (t) => {
    const at = t % batches.length
    let h = xs[at]
    for (const stage of stages) h = stage.forward(h)
    const loss =
      task.loss === "mse"
        ? kernels.squaredError(h, ys[at], d, batchSize * outputs)
        : kernels.crossEntropy(h, ys[at], d, batchSize, outputs)
    let dh = d
    for (let l = stages.length - 1; l >= 0; l--) dh = stages[l].backward(dh, l === 0)
    if (rule.kind === "adam") {
      const rate = rule.lr / (1 - 0.9 ** (t + 1))
      kernels.adam(value, gradient, mean, squares, count, rate, 1 / (1 - 0.999 ** (t + 1)))
    } else if (rule.momentum > 0) kernels.momentum(value, gradient, mean, count, rule.lr, rule.momentum)
    else kernels.sgd(value, gradient, count, rule.lr)
    return loss
  }
}
