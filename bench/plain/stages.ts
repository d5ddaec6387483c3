/** @file Layers with gradients written out by hand, as loops over typed arrays; nothing is allocated while training. */
import type { Image, Layer } from "../task.ts"
import { product } from "./product.ts"

export interface Parameter {
  value: Float32Array
  gradient: Float32Array
}

/** A layer at work on batches of one size. */
export interface Stage {
  forward(x: Float32Array): Float32Array
  /** ∂loss/∂output → ∂loss/∂input, and the gradients of the parameters. The first layer's input needs none. */
  backward(dy: Float32Array, first: boolean): Float32Array
  parameters: Parameter[]
}

function parameter(initial: Float32Array): Parameter {
  return { value: initial.slice(), gradient: new Float32Array(initial.length) }
}

export const sizeOf = ({ channels, height, width }: Image): number => channels * height * width

function dense(layer: Extract<Layer, { kind: "dense" }>, rows: number): Stage {
  const { inputs, outputs } = layer
  const w = parameter(layer.weight)
  const b = parameter(layer.bias)
  const y = new Float32Array(rows * outputs)
  const dx = new Float32Array(rows * inputs)
  let x: Float32Array = dx
  return {
    parameters: [w, b],
    forward(input) {
      x = input
      product([rows, outputs, inputs], x, [inputs, 1], w.value, [outputs, 1], y)
      for (let i = 0, o = 0; i < rows; i++) for (let j = 0; j < outputs; j++, o++) y[o] += b.value[j]
      return y
    },
    backward(dy, first) {
      product([inputs, outputs, rows], x, [1, inputs], dy, [outputs, 1], w.gradient)
      b.gradient.fill(0)
      for (let i = 0, o = 0; i < rows; i++) for (let j = 0; j < outputs; j++, o++) b.gradient[j] += dy[o]
      if (!first) product([rows, inputs, outputs], dy, [outputs, 1], w.value, [1, outputs], dx)
      return dx
    },
  }
}

function conv(layer: Extract<Layer, { kind: "conv" }>, rows: number): Stage {
  const { filters, kernel } = layer
  const { channels, height, width } = layer.image
  const h = height - kernel + 1
  const w = width - kernel + 1
  const weight = parameter(layer.weight)
  const bias = parameter(layer.bias)
  const y = new Float32Array(rows * filters * h * w)
  const dx = new Float32Array(rows * channels * height * width)
  let x: Float32Array = dx
  /** Calls `visit` for every weight of every filter and every image: where its pixels and its results begin. */
  const each = (visit: (weight: number, pixel: number, result: number) => void): void => {
    for (let n = 0; n < rows; n++)
      for (let f = 0; f < filters; f++)
        for (let c = 0; c < channels; c++)
          for (let p = 0; p < kernel; p++)
            for (let q = 0; q < kernel; q++)
              visit(
                ((f * channels + c) * kernel + p) * kernel + q,
                ((n * channels + c) * height + p) * width + q,
                (n * filters + f) * h * w,
              )
  }
  const forward = (at: number, pixel: number, result: number): void => {
    const factor = weight.value[at]
    for (let r = 0; r < h; r++)
      for (let s = 0; s < w; s++) y[result + r * w + s] += factor * x[pixel + r * width + s]
  }
  return {
    parameters: [weight, bias],
    forward(input) {
      x = input
      for (let m = 0; m < rows * filters; m++) y.fill(bias.value[m % filters], m * h * w, (m + 1) * h * w)
      each(forward)
      return y
    },
    backward(dy, first) {
      weight.gradient.fill(0)
      bias.gradient.fill(0)
      for (let m = 0; m < rows * filters; m++)
        for (let o = m * h * w; o < (m + 1) * h * w; o++) bias.gradient[m % filters] += dy[o]
      each((at, pixel, result) => {
        let sum = 0
        for (let r = 0; r < h; r++)
          for (let s = 0; s < w; s++) sum += dy[result + r * w + s] * x[pixel + r * width + s]
        weight.gradient[at] += sum
      })
      if (first) return dx
      dx.fill(0)
      each((at, pixel, result) => {
        const factor = weight.value[at]
        for (let r = 0; r < h; r++)
          for (let s = 0; s < w; s++) dx[pixel + r * width + s] += factor * dy[result + r * w + s]
      })
      return dx
    },
  }
}

function maxPool({ image }: Extract<Layer, { kind: "maxPool" }>, rows: number): Stage {
  const { channels, height, width } = image
  const h = height >> 1
  const w = width >> 1
  const y = new Float32Array(rows * channels * h * w)
  const largest = new Int32Array(y.length)
  const dx = new Float32Array(rows * sizeOf(image))
  return {
    parameters: [],
    forward(x) {
      for (let m = 0, o = 0; m < rows * channels; m++) {
        for (let r = 0; r < h; r++) {
          for (let s = 0; s < w; s++, o++) {
            const corner = (m * height + 2 * r) * width + 2 * s
            let best = corner
            if (x[corner + 1] > x[best]) best = corner + 1
            if (x[corner + width] > x[best]) best = corner + width
            if (x[corner + width + 1] > x[best]) best = corner + width + 1
            largest[o] = best
            y[o] = x[best]
          }
        }
      }
      return y
    },
    backward(dy) {
      dx.fill(0)
      for (let o = 0; o < dy.length; o++) dx[largest[o]] = dy[o]
      return dx
    },
  }
}

function batchNorm({ size }: Extract<Layer, { kind: "batchNorm" }>, rows: number): Stage {
  const gamma = parameter(new Float32Array(size).fill(1))
  const beta = parameter(new Float32Array(size))
  const runningMean = new Float32Array(size)
  const runningVariance = new Float32Array(size).fill(1)
  const normalized = new Float32Array(rows * size)
  const y = new Float32Array(rows * size)
  const dx = new Float32Array(rows * size)
  const scale = new Float32Array(size)
  return {
    parameters: [gamma, beta],
    forward(x) {
      for (let j = 0; j < size; j++) {
        let sum = 0
        for (let o = j; o < x.length; o += size) sum += x[o]
        const mean = sum / rows
        let squares = 0
        for (let o = j; o < x.length; o += size) squares += (x[o] - mean) ** 2
        scale[j] = 1 / Math.sqrt(squares / rows + 1e-5)
        runningMean[j] += 0.1 * (mean - runningMean[j])
        runningVariance[j] += 0.1 * (squares / (rows - 1) - runningVariance[j])
        for (let o = j; o < x.length; o += size) {
          normalized[o] = (x[o] - mean) * scale[j]
          y[o] = normalized[o] * gamma.value[j] + beta.value[j]
        }
      }
      return y
    },
    backward(dy) {
      for (let j = 0; j < size; j++) {
        let sum = 0
        let along = 0
        for (let o = j; o < dy.length; o += size) {
          sum += dy[o]
          along += dy[o] * normalized[o]
        }
        beta.gradient[j] = sum
        gamma.gradient[j] = along
        const factor = (gamma.value[j] * scale[j]) / rows
        for (let o = j; o < dy.length; o += size)
          dx[o] = factor * (rows * dy[o] - sum - normalized[o] * along)
      }
      return dx
    },
  }
}

/** An activation whose derivative is known from its result. */
function activation(forward: (x: number) => number, slope: (y: number) => number): (size: number) => Stage {
  return (size) => {
    const y = new Float32Array(size)
    const dx = new Float32Array(size)
    return {
      parameters: [],
      forward(x) {
        for (let o = 0; o < size; o++) y[o] = forward(x[o])
        return y
      },
      backward(dy) {
        for (let o = 0; o < size; o++) dx[o] = dy[o] * slope(y[o])
        return dx
      },
    }
  }
}

const activations = {
  relu: activation(
    (x) => (x > 0 ? x : 0),
    (y) => (y > 0 ? 1 : 0),
  ),
  tanh: activation(Math.tanh, (y) => 1 - y * y),
  sigmoid: activation(
    (x) => 1 / (1 + Math.exp(-x)),
    (y) => y * (1 - y),
  ),
}

/** The numbers of one example that come out of a layer, from those that go in. */
export function widthAfter(layer: Layer, width: number): number {
  if (layer.kind === "dense") return layer.outputs
  if (layer.kind === "conv")
    return layer.filters * (layer.image.height - layer.kernel + 1) * (layer.image.width - layer.kernel + 1)
  return layer.kind === "maxPool" ? width / 4 : width
}

/** The layers of a network, ready for batches of `rows` examples of `width` numbers. Flattening is no work here. */
export function stagesOf(layers: readonly Layer[], rows: number, width: number): Stage[] {
  const stages: Stage[] = []
  for (const layer of layers) {
    if (layer.kind === "dense") stages.push(dense(layer, rows))
    else if (layer.kind === "conv") stages.push(conv(layer, rows))
    else if (layer.kind === "maxPool") stages.push(maxPool(layer, rows))
    else if (layer.kind === "batchNorm") stages.push(batchNorm(layer, rows))
    else if (layer.kind !== "flatten") stages.push(activations[layer.kind](rows * width))
    width = widthAfter(layer, width)
  }
  return stages
}
