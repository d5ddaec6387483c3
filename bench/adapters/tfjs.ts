/**
 * @file TensorFlow.js 4.22 through its core API: variables, `optimizer.minimize`, and the fused dense layer that its
 * layers API uses too. Which backend is for those who import this.
 */
import "@tensorflow/tfjs-core/dist/register_all_gradients.js"
import * as tf from "@tensorflow/tfjs-core"
import type {
  AdamTask,
  ChainTask,
  Engine,
  Image,
  Layer,
  MatmulTask,
  Rule,
  Run,
  SignalTask,
  TrainTask,
} from "../task.ts"

type Variable = tf.Variable<tf.Rank>

interface Network {
  forward(x: tf.Tensor): tf.Tensor
  variables: Variable[]
}

/** Reads one number and lets the tensor go: at once on the CPU, later on the GPU. */
type Read = (t: tf.Tensor) => number | Promise<number>

const now: Read = (t) => {
  const value = t.dataSync()[0]
  t.dispose()
  return value
}

const later: Read = async (t) => {
  const value = (await t.data())[0]
  t.dispose()
  return value
}

const readers: Record<string, Read> = { cpu: now, wasm: now, webgpu: later }

/** TensorFlow.js has channels last: the rows of the dense layer after a convolution are put into that order. */
function channelsLast(
  weight: Float32Array,
  outputs: number,
  { channels, height, width }: Image,
): Float32Array {
  const out = new Float32Array(weight.length)
  for (let c = 0; c < channels; c++)
    for (let pixel = 0; pixel < height * width; pixel++)
      for (let o = 0; o < outputs; o++)
        out[(pixel * channels + c) * outputs + o] = weight[(c * height * width + pixel) * outputs + o]
  return out
}

/** [filters, channels, k, k] → a tensor [k, k, channels, filters]. */
function filtersLast(layer: Extract<Layer, { kind: "conv" }>): tf.Tensor {
  const { filters, kernel, image, weight } = layer
  return tf.tidy(() =>
    tf.transpose(tf.tensor(weight, [filters, image.channels, kernel, kernel]), [2, 3, 1, 0]),
  )
}

function batchNorm(size: number): { forward(x: tf.Tensor2D): tf.Tensor; variables: Variable[] } {
  const gamma = tf.variable(tf.ones([size]))
  const beta = tf.variable(tf.zeros([size]))
  const mean = tf.variable(tf.zeros([size]), false)
  const variance = tf.variable(tf.ones([size]), false)
  const move = (running: Variable, value: tf.Tensor): void =>
    running.assign(tf.add(running, tf.mul(tf.sub(value, running), 0.1)))
  return {
    variables: [gamma, beta],
    forward(x) {
      const rows = x.shape[0]
      const now = tf.moments(x, 0)
      move(mean, now.mean)
      move(variance, tf.mul(now.variance, rows / (rows - 1)))
      return tf.batchNorm2d(
        x,
        now.mean as tf.Tensor1D,
        now.variance as tf.Tensor1D,
        beta as tf.Tensor1D,
        gamma as tf.Tensor1D,
        1e-5,
      )
    },
  }
}

function networkOf(layers: readonly Layer[]): Network {
  const variables: Variable[] = []
  const own = (initial: tf.Tensor): Variable => {
    const variable = tf.variable(initial)
    variables.push(variable)
    return variable
  }
  let flattened: Image | undefined
  const functionOf = (layer: Layer): ((x: tf.Tensor) => tf.Tensor) => {
    switch (layer.kind) {
      case "dense": {
        const { inputs, outputs } = layer
        const weight = flattened ? channelsLast(layer.weight, outputs, flattened) : layer.weight
        flattened = undefined
        const w = own(tf.tensor2d(weight, [inputs, outputs]))
        const bias = own(tf.tensor1d(layer.bias))
        return (x) => tf.fused.matMul({ a: x, b: w as tf.Tensor, bias })
      }
      case "conv": {
        const w = own(filtersLast(layer)) as tf.Tensor as tf.Tensor4D
        const b = own(tf.tensor1d(layer.bias))
        return (x) => tf.add(tf.conv2d(x as tf.Tensor4D, w, 1, "valid"), b)
      }
      case "batchNorm": {
        const norm = batchNorm(layer.size)
        variables.push(...norm.variables)
        return (x) => norm.forward(x as tf.Tensor2D)
      }
      case "maxPool":
        return (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid")
      case "flatten":
        flattened = layer.image
        return (x) => tf.reshape(x, [x.shape[0], -1])
      case "relu":
        return tf.relu
      case "tanh":
        return tf.tanh
      case "sigmoid":
        return tf.sigmoid
    }
  }
  const functions = layers.map(functionOf)
  return { variables, forward: (x) => functions.reduce((h, f) => f(h), x) }
}

function optimizerOf(rule: Rule): tf.Optimizer {
  if (rule.kind === "adam") return tf.train.adam(rule.lr, 0.9, 0.999, 1e-8)
  return rule.momentum > 0 ? tf.train.momentum(rule.lr, rule.momentum) : tf.train.sgd(rule.lr)
}

function training(
  optimizer: tf.Optimizer,
  variables: Variable[],
  loss: () => tf.Scalar,
  read: Read,
  readEvery = false,
): Run {
  return async (times) => {
    let value = 0
    for (; times > 0; times--) {
      const wanted = readEvery || times === 1
      const cost = optimizer.minimize(loss, wanted, variables)
      if (cost) value = await read(cost)
    }
    return value
  }
}

function train(task: TrainTask, read: Read): Run {
  const { layers, input, outputs, loss, rule, batchSize, batches, readEvery } = task
  const model = networkOf(layers)
  const shape = input.length === 3 ? [input[1], input[2], input[0]] : input
  const xs = batches.map(({ x }) => tf.tensor(x, [batchSize, ...shape]))
  const ys = batches.map(({ y }) => tf.tensor2d(y, [batchSize, outputs]))
  let t = 0
  const cost = (): tf.Scalar => {
    const at = t++ % batches.length
    const output = model.forward(xs[at])
    return loss === "mse"
      ? tf.mean(tf.squaredDifference(output, ys[at]))
      : tf.neg(tf.mean(tf.sum(tf.mul(ys[at], tf.logSoftmax(output)), 1)))
  }
  return training(optimizerOf(rule), model.variables, cost, read, readEvery)
}

function matmul({ n, a, b }: MatmulTask, read: Read): Run {
  const left = tf.tensor2d(a, [n, n])
  const right = tf.tensor2d(b, [n, n])
  return async (times) => {
    let c = tf.matMul(left, right)
    for (; times > 1; times--) {
      c.dispose()
      c = tf.matMul(left, right)
    }
    const last = tf.slice(c, [n - 1, n - 1], [1, 1])
    c.dispose()
    return read(last)
  }
}

function signal({ rows, units, x, weights }: SignalTask): Run {
  const start = tf.tensor2d(x, [rows, units])
  const ws = weights.map((w) => tf.tensor2d(w, [units, units]))
  const forward = (): tf.Tensor => {
    let h = start
    const stats: tf.Tensor[] = []
    for (const w of ws) {
      h = tf.tanh(tf.matMul(h, w))
      const { mean, variance } = tf.moments(h)
      stats.push(mean, tf.sqrt(variance))
    }
    return tf.stack(stats)
  }
  return async (times) => {
    let last = 0
    for (; times > 0; times--) {
      const stats = tf.tidy(forward)
      const values = await stats.data()
      stats.dispose()
      last = values[values.length - 1]
    }
    return last
  }
}

function chain({ x }: ChainTask, read: Read): Run {
  const input = tf.tensor1d(x)
  const sum = (): tf.Tensor =>
    tf.sum(tf.sub(tf.mul(tf.tanh(tf.add(tf.mul(input, 2), 1)), tf.sigmoid(input)), tf.relu(input)))
  return async (times) => {
    let value = 0
    for (; times > 0; times--) value = await read(tf.tidy(sum))
    return value
  }
}

function adam({ gradient, lr }: AdamTask, read: Read): Run {
  const p = tf.variable(tf.ones([gradient.length]))
  const g = tf.tensor1d(gradient)
  return training(optimizerOf({ kind: "adam", lr }), [p], () => tf.sum(tf.mul(p, g)), read)
}

/** The engine on a backend that the caller has registered. */
export async function tensorflow(backend: "cpu" | "wasm" | "webgpu"): Promise<Engine> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs: the backend ${backend} does not start.`)
  await tf.ready()
  const read = readers[backend]
  return {
    facts: { version: tf.version_core, backend: tf.getBackend() },
    prepare(task) {
      if (task.kind === "epoch") return null
      if (task.kind === "matmul") return matmul(task, read)
      if (task.kind === "train") return train(task, read)
      if (task.kind === "signal") return signal(task)
      return task.kind === "chain" ? chain(task, read) : adam(task, read)
    },
  }
}
