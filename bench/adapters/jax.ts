/**
 * @file jax-js 0.1.25: `jit` around the whole step, or the same without it. Arrays are counted: a function takes its
 * arguments over, and `.ref` keeps one for later.
 */
import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax"
import type {
  AdamTask,
  ChainTask,
  Engine,
  Layer,
  MatmulTask,
  Rule,
  Run,
  SignalTask,
  TrainTask,
} from "../task.ts"

interface Options {
  device: "wasm" | "webgpu"
  compiled: boolean
}

/** Parameters, and for each what the optimizer keeps: two for Adam, one for momentum; then Adam's powers of β. */
interface State {
  parameters: np.Array[]
  first: np.Array[]
  second: np.Array[]
  powers: np.Array[]
}

type Forward = (parameters: np.Array[], x: np.Array) => np.Array

const from = (values: Float32Array, shape: number[]): np.Array =>
  np.array(values as Float32Array<ArrayBuffer>, { shape })

function initial(layer: Layer): np.Array[] {
  switch (layer.kind) {
    case "dense":
      return [from(layer.weight, [layer.inputs, layer.outputs]), from(layer.bias, [layer.outputs])]
    case "conv":
      return [
        from(layer.weight, [layer.filters, layer.image.channels, layer.kernel, layer.kernel]),
        from(layer.bias, [layer.filters, 1, 1]),
      ]
    case "batchNorm":
      return [np.ones([layer.size]), np.zeros([layer.size])]
    default:
      return []
  }
}

function batchNorm(x: np.Array, gamma: np.Array, beta: np.Array): np.Array {
  const centred = x.ref.sub(x.mean(0))
  const variance = np.square(centred.ref).mean(0)
  return centred
    .div(np.sqrt(variance.add(1e-5)))
    .mul(gamma)
    .add(beta)
}

/** A layer applied; it takes its parameters from the front of the list. */
function apply(layer: Layer, parameters: np.Array[], x: np.Array): np.Array {
  const next = (): np.Array => {
    const first = parameters.shift()
    if (!first) throw new RangeError("jax: a layer has no parameters left.")
    return first
  }
  switch (layer.kind) {
    case "dense":
      return np.matmul(x, next()).add(next())
    case "conv":
      return lax.conv(x, next(), [1, 1], "VALID").add(next())
    case "batchNorm":
      return batchNorm(x, next(), next())
    case "maxPool": {
      const [n, c, h, w] = x.shape
      return np.max(x.reshape([n, c, h / 2, 2, w / 2, 2]), [3, 5])
    }
    case "flatten":
      return x.reshape([x.shape[0], -1])
    case "relu":
      return nn.relu(x)
    case "tanh":
      return np.tanh(x)
    case "sigmoid":
      return nn.sigmoid(x)
  }
}

/** The state after a step along the gradients. */
function updated(rule: Rule, { parameters, first, second, powers }: State, gradients: np.Array[]): State {
  if (rule.kind === "sgd" && rule.momentum === 0)
    return { first, second, powers, parameters: parameters.map((p, i) => p.sub(gradients[i].mul(rule.lr))) }
  if (rule.kind === "sgd") {
    const velocity = first.map((v, i) => v.mul(rule.momentum).add(gradients[i]))
    const moved = parameters.map((p, i) => p.sub(velocity[i].ref.mul(rule.lr)))
    return { second, powers, first: velocity, parameters: moved }
  }
  const [p1, p2] = [powers[0].mul(0.9), powers[1].mul(0.999)]
  const m = first.map((old, i) => old.mul(0.9).add(gradients[i].ref.mul(1 - 0.9)))
  const v = second.map((old, i) => old.mul(0.999).add(np.square(gradients[i]).mul(1 - 0.999)))
  const c1 = np.reciprocal(p1.ref.mul(-1).add(1))
  const c2 = np.reciprocal(p2.ref.mul(-1).add(1))
  const moved = parameters.map((p, i) => {
    const scale = np.sqrt(v[i].ref.mul(c2.ref)).add(1e-8)
    return p.sub(m[i].ref.mul(c1.ref).mul(rule.lr).div(scale))
  })
  c1.dispose()
  c2.dispose()
  return { parameters: moved, first: m, second: v, powers: [p1, p2] }
}

function stateOf(rule: Rule, parameters: np.Array[]): State {
  const zeros = (): np.Array[] => parameters.map((p) => np.zeros(p.shape))
  const adam = rule.kind === "adam"
  return {
    parameters,
    first: adam || rule.momentum > 0 ? zeros() : [],
    second: adam ? zeros() : [],
    powers: adam ? [np.ones([1]), np.ones([1])] : [],
  }
}

type Loss = (parameters: np.Array[], x: np.Array, y: np.Array) => np.Array

/**
 * Training steps. The loss is read in each: jax-js is lazy, and steps that nobody has read pile up in a list that makes
 * the next ones slower.
 */
function training(
  { compiled, device }: Options,
  rule: Rule,
  loss: Loss,
  parameters: np.Array[],
  batches: readonly (readonly [np.Array, np.Array])[],
): Run {
  const lossAndGradients = valueAndGrad(loss)
  const plain = (state: State, x: np.Array, y: np.Array): [State, np.Array] => {
    const [value, gradients] = lossAndGradients(
      state.parameters.map((p) => p.ref),
      x,
      y,
    )
    return [updated(rule, state, gradients), value]
  }
  const step = (compiled ? jit(plain as never) : plain) as typeof plain
  let state = stateOf(rule, parameters)
  let t = 0
  return async (times) => {
    let last = 0
    for (; times > 0; times--) {
      const [x, y] = batches[t++ % batches.length]
      const [next, value] = step(state, x.ref, y.ref)
      state = next
      last = device === "wasm" ? value.dataSync()[0] : (await value.data())[0]
    }
    return last
  }
}

function train(task: TrainTask, options: Options): Run {
  const { layers, input, outputs, loss, rule, batchSize, batches } = task
  const forward: Forward = (parameters, x) => {
    const rest = [...parameters]
    return layers.reduce((h, layer) => apply(layer, rest, h), x)
  }
  const cost: Loss = (parameters, x, y) => {
    const output = forward(parameters, x)
    return loss === "mse"
      ? np.square(output.sub(y)).mean()
      : nn
          .logSoftmax(output)
          .mul(y)
          .sum()
          .mul(-1 / batchSize)
  }
  return training(
    options,
    rule,
    cost,
    layers.flatMap(initial),
    batches.map(({ x, y }) => [from(x, [batchSize, ...input]), from(y, [batchSize, outputs])] as const),
  )
}

function adam({ gradient, lr }: AdamTask, options: Options): Run {
  const n = gradient.length
  const cost: Loss = ([p], g, unused) => {
    unused.dispose()
    return p.mul(g).sum()
  }
  return training(options, { kind: "adam", lr }, cost, [np.ones([n])], [[from(gradient, [n]), np.zeros([1])]])
}

function matmul({ n, a, b }: MatmulTask, { device }: Options): Run {
  const left = from(a, [n, n])
  const right = from(b, [n, n])
  return async (times) => {
    for (; times > 1; times--) {
      const c = np.matmul(left.ref, right.ref)
      // On the CPU only reading makes it compute in this thread.
      if (device === "wasm") c.dataSync()
      else {
        await c.blockUntilReady()
        c.dispose()
      }
    }
    const c = np.matmul(left.ref, right.ref)
    const values = device === "wasm" ? c.dataSync() : await c.data()
    return values[values.length - 1]
  }
}

function signal({ rows, units, x, weights }: SignalTask, { compiled, device }: Options): Run {
  const start = from(x, [rows, units])
  const ws = weights.map((w) => from(w, [units, units]))
  const plain = (h: np.Array, all: np.Array[]): np.Array => {
    const stats: np.Array[] = []
    for (const w of all) {
      h = np.tanh(np.matmul(h, w))
      stats.push(h.ref.mean(), np.sqrt(np.var_(h.ref)))
    }
    h.dispose()
    return np.stack(stats)
  }
  const forward = (compiled ? jit(plain as never) : plain) as typeof plain
  return async (times) => {
    let last = 0
    for (; times > 0; times--) {
      const stats = forward(
        start.ref,
        ws.map((w) => w.ref),
      )
      const values = device === "wasm" ? stats.dataSync() : await stats.data()
      last = values[values.length - 1]
    }
    return last
  }
}

function chain({ x }: ChainTask, { compiled, device }: Options): Run {
  const input = from(x, [x.length])
  const plain = (v: np.Array): np.Array =>
    np.tanh(v.ref.mul(2).add(1)).mul(nn.sigmoid(v.ref)).sub(nn.relu(v)).sum()
  const sum = compiled ? jit(plain) : plain
  return async (times) => {
    let value = 0
    for (; times > 0; times--) {
      const answer = sum(input.ref)
      value = device === "wasm" ? answer.dataSync()[0] : (await answer.data())[0]
    }
    return value
  }
}

export async function jax(options: Options): Promise<Engine> {
  await init(options.device)
  defaultDevice(options.device)
  return {
    facts: { version: "0.1.25", device: options.device, jit: options.compiled, threads: 1 },
    prepare(task) {
      if (task.kind === "epoch") return null
      if (task.kind === "matmul") return matmul(task, options)
      if (task.kind === "train") return train(task, options)
      if (task.kind === "signal") return signal(task, options)
      return task.kind === "chain" ? chain(task, options) : adam(task, options)
    },
  }
}
