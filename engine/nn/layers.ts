/** @file Layers with weights: dense, convolution, embedding. They begin as in PyTorch. */
import { checkCount, checkOptions } from "../core/arguments.ts"
import { ShapeError, showShape } from "../core/errors.ts"
import { fanInOut, kaimingUniform, normal, uniform } from "../init.ts"
import { add } from "../ops/arithmetic.ts"
import { type ConvOptions, conv2d, pairOf } from "../ops/conv.ts"
import { indexSelect } from "../ops/indexing.ts"
import { matmul } from "../ops/matmul.ts"
import { flatten, reshape, transpose } from "../ops/movement.ts"
import type { RandomOptions } from "../random.ts"
import type { Tensor } from "../tensor.ts"
import { checkInput, Module } from "./module.ts"

/** How the weights of a layer begin. */
export interface LayerOptions extends Omit<RandomOptions, "requiresGrad"> {
  /** Add a bias? True by default. */
  bias?: boolean
}

const optionNames = ["bias", "dtype", "generator"] as const

/** PyTorch's default for weights: uniform in ±1 / √fanIn (Kaiming's rule with slope √5). Reference: LeCun et al. 1998. */
function weightOf(shape: readonly number[], options: RandomOptions): Tensor {
  return kaimingUniform(shape, { ...options, slope: Math.sqrt(5), requiresGrad: true })
}

function biasOf(weight: Tensor, options: RandomOptions): Tensor {
  const bound = 1 / Math.sqrt(fanInOut(weight.shape).fanIn)
  return uniform(weight.shape[0], { ...options, low: -bound, high: bound, requiresGrad: true })
}

/**
 * Dense layer: y = x Wᵀ + b. Shape: [N, in] → [N, out]; W [out, in], b [out].
 * Initialisation: W and b uniform in ±1 / √in, as in PyTorch. Throws: ValueError without inputs or outputs, ShapeError
 * for an x that does not end in `in`.
 * @example
 * const layer = new Linear(3, 2, { generator: new Generator(1) })
 * display(layer.weight)
 * layer.forward(tensor([[1, 0, 0], [0, 0, 0]]))
 */
export class Linear extends Module {
  /** W, [out, in]. */
  weight: Tensor
  /** b, [out]; null with `bias: false`. */
  bias: Tensor | null

  constructor(inputs: number, outputs: number, given: LayerOptions = {}) {
    super()
    checkOptions("Linear", given, optionNames)
    const { bias = true, ...options } = given
    checkCount("Linear", "the number of inputs", inputs, 1)
    checkCount("Linear", "the number of outputs", outputs, 1)
    this.weight = weightOf([outputs, inputs], options)
    this.bias = bias ? biasOf(this.weight, options) : null
  }

  override forward(x: Tensor): Tensor {
    checkInput("Linear", x)
    const [, inputs] = this.weight.shape
    if (x.shape[x.ndim - 1] !== inputs)
      throw new ShapeError(
        `Linear: the input ${showShape(x.shape)} must end in ${inputs}, the number of inputs of this layer.`,
      )
    const y = matmul(x, transpose(this.weight))
    return this.bias ? add(y, this.bias) : y
  }
}

/**
 * Convolution layer: `conv2d` with its own weight [out, in, k, k] and bias [out].
 * Shape: [N, in, H, W] → [N, out, …]. Initialisation: uniform in ±1 / √(in · k²), as in PyTorch.
 * Throws: ValueError without channels, ShapeError for a kernel, stride or padding that is none, and as `conv2d`.
 * @example
 * const layer = new Conv2d(3, 8, 5, { stride: 2, padding: 2 })
 * display(layer.weight.shape)
 * layer.forward(zeros([1, 3, 28, 28])).shape
 */
export class Conv2d extends Module {
  /** [out, in, k, k]. */
  weight: Tensor
  /** [out]; null with `bias: false`. */
  bias: Tensor | null
  readonly options: ConvOptions

  constructor(
    inChannels: number,
    outChannels: number,
    kernel: number | readonly [number, number],
    given: LayerOptions & ConvOptions = {},
  ) {
    super()
    checkOptions("Conv2d", given, [...optionNames, "stride", "padding"])
    const { bias = true, stride, padding, ...options } = given
    checkCount("Conv2d", "the number of channels in", inChannels, 1)
    checkCount("Conv2d", "the number of channels out", outChannels, 1)
    const [kh, kw] = pairOf("Conv2d", "kernel", kernel, 1)
    pairOf("Conv2d", "stride", stride ?? 1, 1)
    pairOf("Conv2d", "padding", padding ?? 0, 0)
    this.weight = weightOf([outChannels, inChannels, kh, kw], options)
    this.bias = bias ? biasOf(this.weight, options) : null
    this.options = { stride, padding }
  }

  override forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.options)
  }
}

/**
 * A learnt vector for each of `count` indices. Shape: […] whole numbers → […, size]. Initialisation: standard normal.
 * Throws: ValueError on an index outside 0 … count − 1, or unless count and size are 1 or more.
 * @example
 * const words = new Embedding(10, 4, { generator: new Generator(2) })
 * words.forward(tensor([3, 7, 3]))
 */
export class Embedding extends Module {
  /** One vector a row, [count, size]. */
  weight: Tensor

  constructor(count: number, size: number, options: Omit<LayerOptions, "bias"> = {}) {
    super()
    checkOptions("Embedding", options, ["dtype", "generator"])
    checkCount("Embedding", "the number of indices", count, 1)
    checkCount("Embedding", "the size of a vector", size, 1)
    this.weight = normal([count, size], { ...options, requiresGrad: true })
  }

  override forward(x: Tensor): Tensor {
    checkInput("Embedding", x)
    const rows = indexSelect(this.weight, 0, flatten(x))
    return reshape(rows, [...x.shape, this.weight.shape[1]])
  }
}

/**
 * The dimensions of an example as one, see `flatten`. Shape: [N, …] → [N, D]. Throws: ShapeError for a scalar.
 * @example
 * new Flatten().forward(zeros([32, 3, 8, 8])).shape
 */
export class Flatten extends Module {
  override forward(x: Tensor): Tensor {
    return flatten(x, 1)
  }
}
