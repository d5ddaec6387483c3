/** @file Plain loops over typed arrays, gradients by hand, sums in double precision: the answer that others are compared with. */
import { epoch } from "../plain/epoch.ts"
import { product } from "../plain/product.ts"
import { type Parameter, stagesOf } from "../plain/stages.ts"
import type { AdamTask, ChainTask, MatmulTask, Rule, Run, SignalTask, Start, TrainTask } from "../task.ts"

function matmul({ n, a, b }: MatmulTask): Run {
  const c = new Float32Array(n * n)
  return (times) => {
    for (; times > 0; times--) product([n, n, n], a, [n, 1], b, [n, 1], c)
    return c[n * n - 1]
  }
}

function updater(rule: Rule, { value, gradient }: Parameter): (t: number) => void {
  const mean = new Float32Array(value.length)
  if (rule.kind === "sgd") {
    if (rule.momentum === 0)
      return () => {
        for (let i = 0; i < value.length; i++) value[i] -= rule.lr * gradient[i]
      }
    return () => {
      for (let i = 0; i < value.length; i++) {
        mean[i] = rule.momentum * mean[i] + gradient[i]
        value[i] -= rule.lr * mean[i]
      }
    }
  }
  const squares = new Float32Array(value.length)
  return (t) => {
    const rate = rule.lr / (1 - 0.9 ** t)
    const correction = 1 / Math.sqrt(1 - 0.999 ** t)
    for (let i = 0; i < value.length; i++) {
      const g = gradient[i]
      mean[i] = 0.9 * mean[i] + (1 - 0.9) * g
      squares[i] = 0.999 * squares[i] + (1 - 0.999) * g * g
      value[i] -= (rate * mean[i]) / (Math.sqrt(squares[i]) * correction + 1e-8)
    }
  }
}

/** The loss, and its derivative by the outputs in `d`. */
function squaredError(o: Float32Array, y: Float32Array, d: Float32Array): number {
  let loss = 0
  for (let k = 0; k < o.length; k++) {
    const error = o[k] - y[k]
    loss += error * error
    d[k] = (2 * error) / o.length
  }
  return loss / o.length
}

function crossEntropy(o: Float32Array, y: Float32Array, d: Float32Array, classes: number): number {
  const rows = o.length / classes
  let loss = 0
  for (let row = 0; row < o.length; row += classes) {
    let largest = Number.NEGATIVE_INFINITY
    for (let j = row; j < row + classes; j++) largest = Math.max(largest, o[j])
    let sum = 0
    for (let j = row; j < row + classes; j++) sum += Math.exp(o[j] - largest)
    const log = Math.log(sum) + largest
    for (let j = row; j < row + classes; j++) {
      loss -= y[j] * (o[j] - log)
      d[j] = (Math.exp(o[j] - log) - y[j]) / rows
    }
  }
  return loss / rows
}

function train({ layers, input, outputs, loss, rule, batchSize, batches }: TrainTask): Run {
  const width = input.reduce((a, b) => a * b)
  const stages = stagesOf(layers, batchSize, width)
  const updates = stages.flatMap((stage) => stage.parameters).map((parameter) => updater(rule, parameter))
  const d = new Float32Array(batchSize * outputs)
  let t = 0
  const step = (): number => {
    const { x, y } = batches[t++ % batches.length]
    let h = x
    for (const stage of stages) h = stage.forward(h)
    const value = loss === "mse" ? squaredError(h, y, d) : crossEntropy(h, y, d, outputs)
    let dh: Float32Array = d
    for (let l = stages.length - 1; l >= 0; l--) dh = stages[l].backward(dh, l === 0)
    for (const update of updates) update(t)
    return value
  }
  return (times) => {
    let value = 0
    for (; times > 0; times--) value = step()
    return value
  }
}

function signal({ rows, units, x, weights }: SignalTask): Run {
  const one = new Float32Array(rows * units)
  const other = new Float32Array(rows * units)
  return (times) => {
    const deviations: number[] = []
    for (; times > 0; times--) {
      let h = x
      for (const w of weights) {
        const out = h === one ? other : one
        product([rows, units, units], h, [units, 1], w, [units, 1], out)
        let sum = 0
        let squares = 0
        for (let i = 0; i < out.length; i++) {
          const value = Math.tanh(out[i])
          out[i] = value
          sum += value
          squares += value * value
        }
        const mean = sum / out.length
        deviations.push(Math.sqrt(squares / out.length - mean * mean))
        h = out
      }
    }
    return deviations[deviations.length - 1]
  }
}

function chain({ x }: ChainTask): Run {
  return (times) => {
    let sum = 0
    for (; times > 0; times--) {
      sum = 0
      for (let i = 0; i < x.length; i++) {
        const v = x[i]
        sum += Math.tanh(2 * v + 1) / (1 + Math.exp(-v)) - (v > 0 ? v : 0)
      }
    }
    return sum
  }
}

function adam({ gradient, lr }: AdamTask): Run {
  const value = new Float32Array(gradient.length).fill(1)
  const update = updater({ kind: "adam", lr }, { value, gradient })
  let t = 0
  return (times) => {
    let loss = 0
    for (; times > 0; times--) {
      loss = 0
      for (let i = 0; i < value.length; i++) loss += value[i] * gradient[i]
      update(++t)
    }
    return loss
  }
}

export const start: Start = async () => ({
  facts: { precision: "float32 arrays, sums in float64" },
  prepare(task) {
    if (task.kind === "matmul") return matmul(task)
    if (task.kind === "train") return train(task)
    if (task.kind === "signal") return signal(task)
    if (task.kind === "epoch") return epoch(task)
    return task.kind === "chain" ? chain(task) : adam(task)
  },
})
