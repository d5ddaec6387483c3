/** @file Layers that behave differently in training: dropout and batch norm; and layer norm. */
import { checkCount, checkNumber, checkOptions } from "../core/arguments.ts"
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import type { Generator } from "../core/random.ts"
import { ones, zeros } from "../create.ts"
import { withRecording } from "../op.ts"
import { add, div, ge, mul, sub } from "../ops/arithmetic.ts"
import { sqrt } from "../ops/functions.ts"
import { mean, variance } from "../ops/reduce.ts"
import { rand } from "../random.ts"
import type { Tensor, TensorOptions } from "../tensor.ts"
import { checkInput, Module } from "./module.ts"

/**
 * Dropout: in training each element is 0 with probability p, the others are divided by 1 − p; in evaluation
 * nothing changes. Shape: same as x. Throws: ValueError unless 0 ≤ p < 1. Reference: Srivastava et al., JMLR 2014.
 * @example
 * const drop = new Dropout(0.5, { generator: new Generator(4) })
 * display(drop.forward(ones(8)))
 * drop.eval().forward(ones(8))
 */
export class Dropout extends Module {
  readonly p: number
  readonly generator: Generator | undefined

  constructor(
    p = 0.5,
    options: {
      /** The stream to draw from; the default generator if left out. */
      generator?: Generator
    } = {},
  ) {
    super()
    checkOptions("Dropout", options, ["generator"])
    this.p = checkNumber("Dropout", "the probability p", p, 0, 1, 1)
    this.generator = options.generator
  }

  override forward(x: Tensor): Tensor {
    checkInput("Dropout", x)
    if (!this.training || this.p === 0) return x
    const kept = ge(rand(x.shape, { generator: this.generator }), this.p)
    return mul(x, mul(kept, 1 / (1 - this.p)))
  }
}

/** Settings of a layer that normalizes. */
export interface NormOptions extends Omit<TensorOptions, "requiresGrad"> {
  /** ε, added to the variance; 1e-5 by default. */
  eps?: number
}

/**
 * Batch norm over the rows of [N, D]: γ (x − mean) / √(var + ε) + β, with the batch's mean and variance (dividing
 * by N) in training, the running ones in evaluation. Running values move by `momentum` (0.1) to the batch's
 * (variance dividing by N − 1), as in PyTorch. Shape: [N, D] → [N, D]. Initialisation: γ = 1, β = 0.
 * Throws: ShapeError for anything but [N, D], ValueError for one row in training and settings out of range. Reference: Ioffe and Szegedy 2015.
 * @example
 * const norm = new BatchNorm1d(2)
 * display(norm.forward(tensor([[1, 100], [2, 200], [3, 300]])))
 * norm.runningMean
 */
export class BatchNorm1d extends Module {
  /** γ, [D]. */
  weight: Tensor
  /** β, [D]. */
  bias: Tensor
  /** Running mean of the columns, [D]. */
  runningMean: Tensor
  /** Running variance of the columns, [D]. */
  runningVar: Tensor
  readonly eps: number
  readonly momentum: number

  constructor(
    size: number,
    given: NormOptions & {
      /** How far running values move to those of a batch, 0 … 1; 0.1 by default. */
      momentum?: number
    } = {},
  ) {
    super()
    checkOptions("BatchNorm1d", given, ["eps", "momentum", "dtype"])
    const { eps = 1e-5, momentum = 0.1, ...options } = given
    checkCount("BatchNorm1d", "the number of columns", size, 1)
    this.weight = ones(size, { ...options, requiresGrad: true })
    this.bias = zeros(size, { ...options, requiresGrad: true })
    this.runningMean = zeros(size, options)
    this.runningVar = ones(size, options)
    this.eps = checkNumber("BatchNorm1d", "eps", eps, 0)
    this.momentum = checkNumber("BatchNorm1d", "momentum", momentum, 0, 1)
  }

  override forward(x: Tensor): Tensor {
    checkInput("BatchNorm1d", x)
    if (x.ndim !== 2 || x.shape[1] !== this.weight.size)
      throw new ShapeError(`BatchNorm1d: the input ${showShape(x.shape)} must be [N, ${this.weight.size}].`)
    if (!this.training) return this.#normalized(x, this.runningMean, this.runningVar)
    if (x.shape[0] < 2)
      throw new ValueError(
        "BatchNorm1d: one row has no variance to train with; use a larger batch, or eval().",
      )
    const center = mean(x, 0)
    withRecording(false, () => {
      this.runningMean.assign(this.#moved(this.runningMean, center))
      this.runningVar.assign(this.#moved(this.runningVar, variance(x, 0)))
    })
    return this.#normalized(x, center, variance(x, 0, { correction: 0 }))
  }

  #moved(old: Tensor, next: Tensor): Tensor {
    return add(mul(old, 1 - this.momentum), mul(next.detach(), this.momentum))
  }

  #normalized(x: Tensor, center: Tensor, spread: Tensor): Tensor {
    return add(mul(div(sub(x, center), sqrt(add(spread, this.eps))), this.weight), this.bias)
  }
}

/**
 * Layer norm over the last dimension: γ (x − mean) / √(var + ε) + β, each row by itself. Shape: same as x.
 * Initialisation: γ = 1, β = 0. Throws: ShapeError unless the input ends in `size`, ValueError
 * for a negative ε. Reference: Ba, Kiros, Hinton 2016.
 * @example
 * new LayerNorm(3).forward(tensor([[1, 2, 3], [10, 20, 60]]))
 */
export class LayerNorm extends Module {
  /** γ, [size]. */
  weight: Tensor
  /** β, [size]. */
  bias: Tensor
  readonly eps: number

  constructor(size: number, given: NormOptions = {}) {
    super()
    checkOptions("LayerNorm", given, ["eps", "dtype"])
    const { eps = 1e-5, ...options } = given
    checkCount("LayerNorm", "the number of columns", size, 1)
    this.weight = ones(size, { ...options, requiresGrad: true })
    this.bias = zeros(size, { ...options, requiresGrad: true })
    this.eps = checkNumber("LayerNorm", "eps", eps, 0)
  }

  override forward(x: Tensor): Tensor {
    checkInput("LayerNorm", x)
    if (x.shape[x.ndim - 1] !== this.weight.size)
      throw new ShapeError(`LayerNorm: the input ${showShape(x.shape)} must end in ${this.weight.size}.`)
    const keepDim = true
    const centred = sub(x, mean(x, -1, { keepDim }))
    const spread = variance(x, -1, { keepDim, correction: 0 })
    return add(mul(div(centred, sqrt(add(spread, this.eps))), this.weight), this.bias)
  }
}
