/** @file The rows of the bench: what is computed, from which data, how often, and how near the answers must be. */
import { normal, normals, uniforms } from "./random.ts"
import type { Batch, Layer, Rule, Task, TrainTask } from "./task.ts"

export interface Workload {
  id: string
  title: string
  /** What one iteration is. */
  what: string
  unit: "step" | "product" | "pass" | "epoch"
  make(): Task
  /** Floating-point operations of an iteration, where they are what counts. */
  flops?: number
  /** Iterations before the answer is compared. */
  checkAfter: number
  /** Largest relative difference of the answer from plain loops. */
  tolerance: number
  /** Most iterations of warm-up, and of one repeat: bounded, so that all engines stay in the same phase of training. */
  warmUp: number
  repeat: number
  /** The row whose time this one's is set beside. */
  beside?: string
}

const forever = Number.POSITIVE_INFINITY

function dense(inputs: number, outputs: number, seed: number, gain: number): Layer {
  const weight = normals(inputs * outputs, seed, Math.sqrt(gain / inputs))
  return { kind: "dense", inputs, outputs, weight, bias: new Float32Array(outputs) }
}

/** A multilayer perceptron: 1 / fan-in for tanh (Glorot), 2 / fan-in for ReLU (He). */
function perceptron(sizes: number[], hidden: "relu" | "tanh", seed: number): Layer[] {
  const gain = hidden === "relu" ? 2 : 1
  return sizes.slice(1).flatMap((outputs, l): Layer[] => {
    const layer = dense(sizes[l], outputs, seed + l, gain)
    return l === sizes.length - 2 ? [layer] : [layer, { kind: hidden }]
  })
}

/** Three arms of a spiral. */
function spirals(count: number, batchSize: number): Batch[] {
  const uniform = uniforms(7)
  return Array.from({ length: count }, () => {
    const batch = emptyBatch(batchSize, 2, 3)
    for (let i = 0; i < batchSize; i++) {
      const label = i % 3
      const radius = uniform()
      const angle = (label * 2 * Math.PI) / 3 + 4 * radius + 0.2 * normal(uniform)
      batch.x[2 * i] = radius * Math.cos(angle)
      batch.x[2 * i + 1] = radius * Math.sin(angle)
      mark(batch, i, label, 3)
    }
    return batch
  })
}

/** Noisy copies of ten sparse prototypes of 28 × 28 pixels: the size and the sparsity of handwritten digits. */
function digits(count: number, batchSize: number): Batch[] {
  const prototypes = Array.from({ length: 10 }, (_, k) => {
    const uniform = uniforms(100 + k)
    return Float32Array.from({ length: 784 }, () => {
      const value = uniform()
      return value > 0.75 ? value : 0
    })
  })
  const uniform = uniforms(11)
  return Array.from({ length: count }, () => {
    const batch = emptyBatch(batchSize, 784, 10)
    for (let i = 0; i < batchSize; i++) {
      const label = Math.floor(uniform() * 10)
      mark(batch, i, label, 10)
      for (let j = 0; j < 784; j++)
        batch.x[i * 784 + j] = 0.6 * prototypes[label][j] + (uniform() < 0.2 ? 0.4 * uniform() : 0)
    }
    return batch
  })
}

function emptyBatch(size: number, inputs: number, outputs: number): Batch {
  return {
    x: new Float32Array(size * inputs),
    y: new Float32Array(size * outputs),
    labels: new Int32Array(size),
  }
}

function mark(batch: Batch, row: number, label: number, classes: number): void {
  batch.labels[row] = label
  batch.y[row * classes + label] = 1
}

function classifier(layers: Layer[], input: number[], outputs: number, rule: Rule, batches: Batch[]): Task {
  const batchSize = batches[0].labels.length
  return {
    kind: "train",
    layers,
    input,
    outputs,
    loss: "crossEntropy",
    rule,
    batchSize,
    batches,
    readEvery: false,
  }
}

function xor(readEvery: boolean): TrainTask {
  return {
    kind: "train",
    layers: [...perceptron([2, 4, 1], "tanh", 3), { kind: "sigmoid" }],
    input: [2],
    outputs: 1,
    loss: "mse",
    rule: { kind: "sgd", lr: 0.5, momentum: 0 },
    batchSize: 4,
    batches: [
      {
        x: new Float32Array([0, 0, 0, 1, 1, 0, 1, 1]),
        y: new Float32Array([0, 1, 1, 0]),
        labels: new Int32Array([0, 1, 1, 0]),
      },
    ],
    readEvery,
  }
}

function convNet(): Task {
  const image = { channels: 1, height: 28, width: 28 }
  const maps = { channels: 8, height: 26, width: 26 }
  const pooled = { channels: 8, height: 13, width: 13 }
  const weight = normals(8 * 9, 61, Math.sqrt(2 / 9))
  return classifier(
    [
      { kind: "conv", image, filters: 8, kernel: 3, weight, bias: new Float32Array(8) },
      { kind: "relu" },
      { kind: "maxPool", image: maps },
      { kind: "flatten", image: pooled },
      dense(8 * 13 * 13, 10, 62, 1),
    ],
    [1, 28, 28],
    10,
    { kind: "sgd", lr: 0.02, momentum: 0.9 },
    digits(4, 32),
  )
}

/** Points of a disc and of the ring around it, ±1: the first set of TensorFlow Playground, half of it held out. */
function playground(): Task {
  const sizes = [2, 4, 2, 1]
  const half = (seed: number, count: number): Batch => {
    const uniform = uniforms(seed)
    const batch = emptyBatch(count, 2, 1)
    for (let i = 0; i < count; i++) {
      const radius = i % 2 === 0 ? 2.5 * uniform() : 3.5 + 1.5 * uniform()
      const angle = 2 * Math.PI * uniform()
      batch.x[2 * i] = radius * Math.sin(angle)
      batch.x[2 * i + 1] = radius * Math.cos(angle)
      batch.y[i] = i % 2 === 0 ? 1 : -1
    }
    return batch
  }
  return {
    kind: "epoch",
    sizes,
    layers: [...perceptron(sizes, "tanh", 81), { kind: "tanh" }],
    lr: 0.03,
    batchSize: 10,
    train: half(83, 250),
    held: half(85, 250),
  }
}

/** Of a million gradients one in ten is of normal size; `tiny` makes the others so small that they, or their squares, are subnormal. */
function gradients(tiny: boolean): Float32Array {
  const g = normals(1_000_000, 71)
  if (tiny) for (let i = 0; i < g.length; i++) if (i % 10 !== 0) g[i] *= i % 2 === 0 ? 1e-20 : 1e-38
  return g
}

/** Multiplications and additions of a training step: forward and ∂W for every layer, ∂X for all but the first. */
function flopsOf(sizes: number[], batchSize: number): number {
  return sizes
    .slice(1)
    .reduce((sum, outputs, l) => sum + 2 * batchSize * sizes[l] * outputs * (l === 0 ? 2 : 3), 0)
}

function matmul(n: number): Workload {
  return {
    id: `a${n}`,
    title: `Matrix product ${n} × ${n}`,
    what: `C = A B, float32, all ${n} × ${n}`,
    unit: "product",
    make: () => ({ kind: "matmul", n, a: normals(n * n, 21), b: normals(n * n, 22) }),
    flops: 2 * n ** 3,
    checkAfter: 1,
    tolerance: 1e-3,
    warmUp: forever,
    repeat: forever,
  }
}

export const workloads: readonly Workload[] = [
  matmul(64),
  matmul(256),
  matmul(1024),
  {
    id: "b",
    title: "XOR net",
    what: "training step: 2-4-1, tanh and sigmoid, squared error, batch 4, SGD",
    unit: "step",
    make: () => xor(false),
    checkAfter: 100,
    tolerance: 2e-3,
    warmUp: forever,
    repeat: forever,
  },
  {
    id: "b1",
    title: "XOR net, loss read",
    what: "the same, and the loss comes to JavaScript in every step",
    unit: "step",
    make: () => xor(true),
    checkAfter: 100,
    tolerance: 2e-3,
    warmUp: forever,
    repeat: forever,
  },
  {
    id: "studio",
    title: "Epoch of a playground",
    what: "epoch of TensorFlow Playground: 2-4-2-1, tanh, 250 examples in batches of 10, SGD; losses of 250 and of 250 held out",
    unit: "epoch",
    make: playground,
    checkAfter: 20,
    tolerance: 5e-3,
    warmUp: 2000,
    repeat: 1000,
  },
  {
    id: "c",
    title: "Spiral net",
    what: "training step: 2-16-16-3, ReLU, cross-entropy, batch 32, Adam",
    unit: "step",
    make: () =>
      classifier(perceptron([2, 16, 16, 3], "relu", 5), [2], 3, { kind: "adam", lr: 0.01 }, spirals(8, 32)),
    flops: flopsOf([2, 16, 16, 3], 32),
    checkAfter: 50,
    tolerance: 2e-3,
    warmUp: 600,
    repeat: 400,
  },
  {
    id: "d",
    title: "Digits net",
    what: "training step: 784-128-10, ReLU, cross-entropy, batch 64, SGD with momentum",
    unit: "step",
    make: () =>
      classifier(
        perceptron([784, 128, 10], "relu", 13),
        [784],
        10,
        { kind: "sgd", lr: 0.05, momentum: 0.9 },
        digits(8, 64),
      ),
    flops: flopsOf([784, 128, 10], 64),
    checkAfter: 10,
    tolerance: 5e-3,
    warmUp: 80,
    repeat: 40,
  },
  {
    id: "e",
    title: "Deeper digits net",
    what: "training step: 784-512-256-10, ReLU, cross-entropy, batch 256, Adam",
    unit: "step",
    make: () =>
      classifier(
        perceptron([784, 512, 256, 10], "relu", 17),
        [784],
        10,
        { kind: "adam", lr: 0.001 },
        digits(4, 256),
      ),
    flops: flopsOf([784, 512, 256, 10], 256),
    checkAfter: 3,
    tolerance: 5e-3,
    warmUp: 10,
    repeat: 5,
  },
  {
    id: "f",
    title: "Signal through ten layers",
    what: "1000 × 500 through ten tanh layers of 500 units; mean and deviation of each",
    unit: "pass",
    make: () => ({
      kind: "signal",
      rows: 1000,
      units: 500,
      x: normals(1000 * 500, 31),
      weights: Array.from({ length: 10 }, (_, l) => normals(500 * 500, 40 + l, Math.sqrt(1 / 500))),
    }),
    flops: 10 * 2 * 1000 * 500 * 500,
    checkAfter: 1,
    tolerance: 2e-3,
    warmUp: forever,
    repeat: forever,
  },
  {
    id: "g",
    title: "Elementwise chain",
    what: "Σ tanh(2x + 1) σ(x) − relu(x) over 10⁶ numbers",
    unit: "pass",
    make: () => ({ kind: "chain", x: normals(1_000_000, 51) }),
    checkAfter: 1,
    tolerance: 1e-3,
    warmUp: forever,
    repeat: forever,
  },
  {
    id: "conv",
    title: "Convolution net",
    what: "training step: 28 × 28, eight 3 × 3 filters, ReLU, 2 × 2 max pooling, dense 10, batch 32, SGD with momentum",
    unit: "step",
    make: convNet,
    checkAfter: 10,
    tolerance: 5e-3,
    warmUp: 80,
    repeat: 40,
  },
  {
    id: "norm",
    title: "Batch-norm net",
    what: "training step: 784-128-10 with batch norm before the ReLU, batch 64, SGD with momentum",
    unit: "step",
    make: () =>
      classifier(
        [dense(784, 128, 13, 2), { kind: "batchNorm", size: 128 }, { kind: "relu" }, dense(128, 10, 14, 2)],
        [784],
        10,
        { kind: "sgd", lr: 0.05, momentum: 0.9 },
        digits(8, 64),
      ),
    flops: flopsOf([784, 128, 10], 64),
    checkAfter: 10,
    tolerance: 5e-3,
    warmUp: 80,
    repeat: 40,
  },
  {
    id: "adam",
    title: "Optimizer step",
    what: "loss Σ p g over 10⁶ parameters, its gradient, a step of Adam",
    unit: "step",
    make: () => ({ kind: "adam", gradient: gradients(false), lr: 0.001 }),
    checkAfter: 5,
    tolerance: 2e-3,
    warmUp: 60,
    repeat: 20,
  },
  {
    id: "subnormal",
    title: "Optimizer step, tiny gradients",
    what: "the same; nine gradients in ten so small that Adam’s means or squares are subnormal",
    unit: "step",
    make: () => ({ kind: "adam", gradient: gradients(true), lr: 0.001 }),
    checkAfter: 5,
    tolerance: 2e-3,
    warmUp: 60,
    repeat: 20,
    beside: "adam",
  },
]

/** The row of that id. Throws: RangeError where there is none. */
export function workload(id: string): Workload {
  const found = workloads.find((row) => row.id === id)
  if (!found)
    throw new RangeError(
      `bench: there is no row "${id}"; there are ${workloads.map((w) => w.id).join(", ")}.`,
    )
  return found
}
