/**
 * @file The engine of this book through its public door, written as a reader writes it. Whether a step is compiled, and
 * where it runs, is for those who import this.
 */
import {
  Adam,
  BatchNorm1d,
  concat,
  conv2d,
  crossEntropy,
  maxPool2d,
  mse,
  noGrad,
  type Optimizer,
  ones,
  SGD,
  stack,
  type Tensor,
  tensor,
} from "../../engine/index.ts"
import type {
  AdamTask,
  Batch,
  ChainTask,
  Engine,
  EpochTask,
  Layer,
  MatmulTask,
  Rule,
  Run,
  SignalTask,
  TrainTask,
} from "../task.ts"

/** Tensors → one tensor: what `jit` takes. */
export type Step = (...inputs: Tensor[]) => Tensor

interface Options {
  compile: (step: Step) => Step
  /** Values are read with `itemAsync`: a GPU answers later. */
  later: boolean
  facts: Engine["facts"]
}

interface Network {
  forward(x: Tensor): Tensor
  parameters: Tensor[]
}

/** A layer as a function; `own` makes its parameters. */
function functionOf(
  layer: Layer,
  own: (values: Float32Array, shape: number[]) => Tensor,
  parameters: Tensor[],
): (x: Tensor) => Tensor {
  switch (layer.kind) {
    case "dense": {
      const w = own(layer.weight, [layer.inputs, layer.outputs])
      const b = own(layer.bias, [layer.outputs])
      return (x) => x.matmul(w).add(b)
    }
    case "conv": {
      const w = own(layer.weight, [layer.filters, layer.image.channels, layer.kernel, layer.kernel])
      const b = own(layer.bias, [layer.filters])
      return (x) => conv2d(x, w, b)
    }
    case "batchNorm": {
      const norm = new BatchNorm1d(layer.size)
      parameters.push(...norm.parameters())
      return (x) => norm.forward(x)
    }
    case "maxPool":
      return (x) => maxPool2d(x, 2)
    case "flatten":
      return (x) => x.flatten(1)
    case "relu":
      return (x) => x.relu()
    case "tanh":
      return (x) => x.tanh()
    case "sigmoid":
      return (x) => x.sigmoid()
  }
}

function networkOf(layers: readonly Layer[]): Network {
  const parameters: Tensor[] = []
  const own = (values: Float32Array, shape: number[]): Tensor => {
    const leaf = tensor(tensor(values).reshape(shape), { requiresGrad: true })
    parameters.push(leaf)
    return leaf
  }
  const functions = layers.map((layer) => functionOf(layer, own, parameters))
  return { parameters, forward: (x) => functions.reduce((h, f) => f(h), x) }
}

function optimizerOf(rule: Rule, parameters: Tensor[]): Optimizer {
  return rule.kind === "sgd"
    ? new SGD(parameters, { lr: rule.lr, momentum: rule.momentum })
    : new Adam(parameters, { lr: rule.lr })
}

/** Calls `once` again and again; the answer is read after the last call, or after each. */
function repeated(once: () => Tensor, later: boolean, readEvery = false): Run {
  if (later)
    return async (times) => {
      let value = 0
      for (; times > 0; times--) {
        const answer = once()
        if (readEvery || times === 1) value = await answer.itemAsync()
      }
      return value
    }
  return (times) => {
    let value = 0
    for (; times > 0; times--) {
      const answer = once()
      if (readEvery || times === 1) value = answer.item()
    }
    return value
  }
}

function train(task: TrainTask, { compile, later }: Options): Run {
  const { layers, input, outputs, loss, rule, batchSize, batches, readEvery } = task
  const model = networkOf(layers)
  const optimizer = optimizerOf(rule, model.parameters)
  const xs = batches.map(({ x }) => tensor(tensor(x).reshape([batchSize, ...input])))
  const ys = batches.map(({ y, labels }) =>
    loss === "mse" ? tensor(tensor(y).reshape([batchSize, outputs])) : tensor(labels),
  )
  const step = compile((x, y) => {
    const output = model.forward(x)
    const value = loss === "mse" ? mse(output, y) : crossEntropy(output, y)
    value.backward()
    optimizer.step()
    optimizer.zeroGrad()
    return value
  })
  let t = 0
  return repeated(
    () => {
      const at = t++ % batches.length
      return step(xs[at], ys[at])
    },
    later,
    readEvery,
  )
}

/** As the studio of the book trains: one jitted step for each batch, one jitted look at both losses and all weights. */
function epoch(task: EpochTask, { compile, later }: Options): Run | null {
  if (later) return null
  const { layers, lr, batchSize, train, held } = task
  const model = networkOf(layers)
  const optimizer = new SGD(model.parameters, { lr })
  const width = task.sizes[0]
  const pair = ({ x, y }: Batch, from: number, to: number): [Tensor, Tensor] => [
    tensor(tensor(x.slice(from * width, to * width)).reshape([to - from, width])),
    tensor(tensor(y.slice(from, to)).reshape([to - from, 1])),
  ]
  const lossOf = (x: Tensor, y: Tensor): Tensor => mse(model.forward(x), y).mul(0.5)
  const step = compile((x, y) => {
    const value = lossOf(x, y)
    value.backward()
    optimizer.step()
    optimizer.zeroGrad()
    return value
  })
  const sets = [train, held].flatMap((set) => pair(set, 0, set.y.length))
  const look = compile((x, y, hx, hy) =>
    noGrad(() => {
      const weights = model.parameters.map((part) => part.flatten())
      return concat([stack([lossOf(x, y), lossOf(hx, hy)]), ...weights])
    }),
  )
  const batches = Array.from({ length: train.y.length / batchSize }, (_, b) =>
    pair(train, b * batchSize, (b + 1) * batchSize),
  )
  return (times) => {
    let losses: ArrayLike<number> = []
    for (; times > 0; times--) {
      for (const [x, y] of batches) step(x, y)
      losses = look(...sets).data()
    }
    return losses[0]
  }
}

function matmul({ n, a, b }: MatmulTask, { compile, later }: Options): Run {
  const left = tensor(tensor(a).reshape([n, n]))
  const right = tensor(tensor(b).reshape([n, n]))
  const multiply = compile((x, y) => x.matmul(y))
  // Every product is computed: of each, one entry is read.
  return repeated(() => multiply(left, right).slice([n - 1, n - 1], [n, n]), later, true)
}

function signal({ rows, units, x, weights }: SignalTask, { compile, later }: Options): Run {
  const start = tensor(tensor(x).reshape([rows, units]))
  const ws = weights.map((w) => tensor(tensor(w).reshape([units, units])))
  const forward = compile((first, ...layers) =>
    noGrad(() => {
      let h = first
      const stats: Tensor[] = []
      for (const w of layers) {
        h = h.matmul(w).tanh()
        stats.push(h.mean(), h.std(undefined, { correction: 0 }))
      }
      return stack(stats)
    }),
  )
  return async (times) => {
    let last = 0
    for (; times > 0; times--) {
      const stats = forward(start, ...ws)
      const values = later ? await stats.dataAsync() : stats.data()
      last = values[values.length - 1]
    }
    return last
  }
}

function chain({ x }: ChainTask, { compile, later }: Options): Run {
  const input = tensor(x)
  const sum = compile((v) => v.mul(2).add(1).tanh().mul(v.sigmoid()).sub(v.relu()).sum())
  return repeated(() => sum(input), later, true)
}

function adam({ gradient, lr }: AdamTask, { compile, later }: Options): Run {
  const p = ones([gradient.length], { requiresGrad: true })
  const g = tensor(gradient)
  const optimizer = new Adam([p], { lr })
  const step = compile((by) => {
    const loss = p.mul(by).sum()
    loss.backward()
    optimizer.step()
    optimizer.zeroGrad()
    return loss
  })
  return repeated(() => step(g), later)
}

export function descent(options: Options): Engine {
  return {
    facts: options.facts,
    prepare(task) {
      if (task.kind === "matmul") return matmul(task, options)
      if (task.kind === "train") return train(task, options)
      if (task.kind === "signal") return signal(task, options)
      if (task.kind === "epoch") return epoch(task, options)
      return task.kind === "chain" ? chain(task, options) : adam(task, options)
    },
  }
}
