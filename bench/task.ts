/** @file The contract between the harness and an engine: what is to be computed, as data. Knows no engine. */

/** A layer of a network with its initial parameters. Everything is row-major; images are [N, C, H, W]. */
export type Layer =
  | { kind: "dense"; inputs: number; outputs: number; weight: Float32Array; bias: Float32Array }
  | { kind: "conv"; image: Image; filters: number; kernel: number; weight: Float32Array; bias: Float32Array }
  /** The largest of each 2 × 2 window. */
  | { kind: "maxPool"; image: Image }
  | { kind: "flatten"; image: Image }
  /** γ = 1, β = 0, ε = 1e-5, running mean and variance moved by 0.1. */
  | { kind: "batchNorm"; size: number }
  | { kind: "relu" | "tanh" | "sigmoid" }

export interface Image {
  channels: number
  height: number
  width: number
}

export type Rule =
  | { kind: "sgd"; lr: number; momentum: number }
  /** β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
  | { kind: "adam"; lr: number }

export interface Batch {
  x: Float32Array
  /** Targets of the squared error, or one-hot rows. */
  y: Float32Array
  /** The same as class numbers. */
  labels: Int32Array
}

/** C = A B of two n × n matrices. Answer: the last entry of C. */
export interface MatmulTask {
  kind: "matmul"
  n: number
  a: Float32Array
  b: Float32Array
}

/**
 * Full training steps: forward, loss, backward, update; step t takes batch t modulo their number.
 * Answer: the loss of the last step, before its update.
 */
export interface TrainTask {
  kind: "train"
  layers: Layer[]
  /** Shape of one example, without the batch. */
  input: number[]
  outputs: number
  loss: "mse" | "crossEntropy"
  rule: Rule
  batchSize: number
  batches: Batch[]
  /** Bring the loss to JavaScript in every step, as a cell does that draws its curve. */
  readEvery: boolean
}

/** h ← tanh(h W) through all weights; mean and standard deviation (dividing by count) of every layer are read. Answer: the last deviation. */
export interface SignalTask {
  kind: "signal"
  rows: number
  units: number
  x: Float32Array
  weights: Float32Array[]
}

/** Σ tanh(2x + 1) σ(x) − relu(x). Answer: the sum. */
export interface ChainTask {
  kind: "chain"
  x: Float32Array
}

/** Loss Σ p g, whose gradient is g, and one step of Adam on p, from p = 1. Answer: the loss of the last step. */
export interface AdamTask {
  kind: "adam"
  gradient: Float32Array
  lr: number
}

/**
 * An epoch as TensorFlow Playground makes it: all training examples in batches, each with a step of SGD down its mean of
 * ½ (ŷ − y)², then the losses of the training and the held-out examples. Answer: the training loss.
 */
export interface EpochTask {
  kind: "epoch"
  /** Inputs, hidden units of each layer, one output; tanh after every layer. */
  sizes: number[]
  layers: Layer[]
  lr: number
  batchSize: number
  train: Batch
  held: Batch
}

export type Task = MatmulTask | TrainTask | SignalTask | ChainTask | AdamTask | EpochTask

/** Computes `times` times, back to back, and gives the answer when all of it is done. */
export type Run = (times: number) => number | Promise<number>

export interface Surroundings {
  /** Where the files of engines that load some are served: a URL that ends in a slash. */
  assets: string
}

export interface Engine {
  /** What it says of itself: version, device, instruction set. */
  facts: Record<string, string | number | boolean>
  /** A task with its data resident; null where the engine does not offer what the task needs. */
  prepare(task: Task): Run | null | Promise<Run | null>
}

/** Every adapter exports one of these as `start`. */
export type Start = (surroundings: Surroundings) => Promise<Engine>
