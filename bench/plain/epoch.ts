/**
 * @file An epoch of TensorFlow Playground as plain loops: example by example forward and back, gradients summed up, and a
 * step at the end of each batch. Its objects for nodes and links are arrays here, which is faster.
 */
import type { EpochTask, Run } from "../task.ts"

/** One layer, with the sums of its gradients and what the present example makes of it. */
interface Plain {
  inputs: number
  units: number
  w: Float64Array
  b: Float64Array
  dw: Float64Array
  db: Float64Array
  y: Float64Array
  /** ∂loss/∂z of the present example. */
  delta: Float64Array
}

function forward(layers: readonly Plain[], x: Float64Array): number {
  let from = x
  for (const { inputs, units, w, b, y } of layers) {
    for (let u = 0; u < units; u++) {
      let z = b[u]
      for (let j = 0; j < inputs; j++) z += w[j * units + u] * from[j]
      y[u] = Math.tanh(z)
    }
    from = y
  }
  return from[0]
}

function backward(layers: readonly Plain[], x: Float64Array, target: number): void {
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, units, dw, db, y, delta } = layers[l]
    const from = l === 0 ? x : layers[l - 1].y
    const next = layers[l + 1]
    for (let u = 0; u < units; u++) {
      let up = 0
      if (next) for (let k = 0; k < next.units; k++) up += next.delta[k] * next.w[u * next.units + k]
      else up = y[u] - target
      delta[u] = up * (1 - y[u] * y[u])
      db[u] += delta[u]
      for (let j = 0; j < inputs; j++) dw[j * units + u] += delta[u] * from[j]
    }
  }
}

/** θ ← θ − rate · gradient, and the sums begin anew. */
function descend(values: Float64Array, sums: Float64Array, rate: number): void {
  for (let i = 0; i < values.length; i++) {
    values[i] -= rate * sums[i]
    sums[i] = 0
  }
}

export function epoch({ layers: given, lr, batchSize, train, held }: EpochTask): Run {
  const layers = given.flatMap((layer): Plain[] => {
    if (layer.kind !== "dense") return []
    const { inputs, outputs: units, weight, bias } = layer
    const zeros = (n: number) => new Float64Array(n)
    return [
      {
        inputs,
        units,
        w: Float64Array.from(weight),
        b: Float64Array.from(bias),
        dw: zeros(inputs * units),
        db: zeros(units),
        y: zeros(units),
        delta: zeros(units),
      },
    ]
  })
  const width = layers[0].inputs
  const rows = ({ x, y }: EpochTask["train"]) =>
    Array.from(y, (target, i) => ({ x: Float64Array.from(x.subarray(i * width, (i + 1) * width)), target }))
  const [examples, others] = [rows(train), rows(held)]
  const lossOf = (set: typeof examples): number => {
    let sum = 0
    for (const { x, target } of set) sum += 0.5 * (forward(layers, x) - target) ** 2
    return sum / set.length
  }
  let heldLoss = 0
  return (times) => {
    let loss = 0
    for (; times > 0; times--) {
      for (let i = 0; i < examples.length; i++) {
        const { x, target } = examples[i]
        forward(layers, x)
        backward(layers, x, target)
        if ((i + 1) % batchSize !== 0) continue
        for (const { w, b, dw, db } of layers) {
          descend(w, dw, lr / batchSize)
          descend(b, db, lr / batchSize)
        }
      }
      loss = lossOf(examples)
      heldLoss = lossOf(others)
    }
    if (!Number.isFinite(heldLoss)) throw new Error("The loss of the held-out examples is no number.")
    return loss
  }
}
