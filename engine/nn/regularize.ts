/** @file Layers that behave differently in training: dropout and batch norm; and layer norm. */
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import type { Generator } from "../core/random.ts"
import { ones, zeros } from "../create.ts"
import { withRecording } from "../op.ts"
import { add, div, ge, mul, sub } from "../ops/arithmetic.ts"
import { sqrt } from "../ops/functions.ts"
import { mean, variance } from "../ops/reduce.ts"
import { rand } from "../random.ts"
import type { Tensor, TensorOptions } from "../tensor.ts"
import { Module } from "./module.ts"

/**
 * Dropout: in training each element is 0 with probability p, the others are divided by 1 − p; in evaluation
 * nothing changes. Shape: same as x. Throws: ValueError unless 0 ≤ p < 1. Reference: Srivastava et al., JMLR 2014.
 */
export class Dropout extends Module {
  readonly p: number
  readonly generator: Generator | undefined

  constructor(p = 0.5, { generator }: { generator?: Generator } = {}) {
    super()
    if (!(p >= 0 && p < 1))
      throw new ValueError(`Dropout: p is ${p}; use a probability from 0 up to, not including, 1.`)
    this.p = p
    this.generator = generator
  }

  override forward(x: Tensor): Tensor {
    if (!this.training || this.p === 0) return x
    const kept = ge(rand(x.shape, { generator: this.generator }), this.p)
    return mul(x, mul(kept, 1 / (1 - this.p)))
  }
}

/** Throws: ValueError unless ε is 0 or more. */
function checkedEps(layer: string, eps: number): number {
  if (!(eps >= 0))
    throw new ValueError(`${layer}: eps is ${eps}; use a small number, 0 or more, such as 1e-5.`)
  return eps
}

export interface NormOptions extends Omit<TensorOptions, "requiresGrad"> {
  /** Added to the variance; 1e-5 by default. */
  eps?: number
}

/**
 * Batch norm over the rows of [N, D]: γ (x − mean) / √(var + ε) + β, with the batch's mean and variance (dividing
 * by N) in training, the running ones in evaluation. Running values move by `momentum` (0.1) to the batch's
 * (variance dividing by N − 1), as in PyTorch. Shape: [N, D] → [N, D]. Initialisation: γ = 1, β = 0.
 * Throws: ShapeError for anything but [N, D], ValueError for one row in training. Reference: Ioffe and Szegedy 2015.
 */
export class BatchNorm1d extends Module {
  weight: Tensor
  bias: Tensor
  runningMean: Tensor
  runningVar: Tensor
  readonly eps: number
  readonly momentum: number

  constructor(
    size: number,
    { eps = 1e-5, momentum = 0.1, ...options }: NormOptions & { momentum?: number } = {},
  ) {
    super()
    this.weight = ones(size, { ...options, requiresGrad: true })
    this.bias = zeros(size, { ...options, requiresGrad: true })
    this.runningMean = zeros(size, options)
    this.runningVar = ones(size, options)
    this.eps = checkedEps("BatchNorm1d", eps)
    if (!(momentum >= 0 && momentum <= 1))
      throw new ValueError(`BatchNorm1d: momentum is ${momentum}; use a share from 0 to 1, such as 0.1.`)
    this.momentum = momentum
  }

  override forward(x: Tensor): Tensor {
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
 * Initialisation: γ = 1, β = 0. Throws: ShapeError unless the input ends in `size`. Reference: Ba, Kiros, Hinton 2016.
 */
export class LayerNorm extends Module {
  weight: Tensor
  bias: Tensor
  readonly eps: number

  constructor(size: number, { eps = 1e-5, ...options }: NormOptions = {}) {
    super()
    this.weight = ones(size, { ...options, requiresGrad: true })
    this.bias = zeros(size, { ...options, requiresGrad: true })
    this.eps = checkedEps("LayerNorm", eps)
  }

  override forward(x: Tensor): Tensor {
    if (x.shape[x.ndim - 1] !== this.weight.size)
      throw new ShapeError(`LayerNorm: the input ${showShape(x.shape)} must end in ${this.weight.size}.`)
    const keepDim = true
    const centred = sub(x, mean(x, -1, { keepDim }))
    const spread = variance(x, -1, { keepDim, correction: 0 })
    return add(mul(div(centred, sqrt(add(spread, this.eps))), this.weight), this.bias)
  }
}
