/** @file Activation functions and pooling as layers, for `Sequential`. */
import { checkNumber, checkOptions } from "../core/arguments.ts"
import { elu, leakyRelu, relu, sigmoid } from "../ops/activations.ts"
import { avgPool2d, maxPool2d, type PoolOptions, pairOf } from "../ops/conv.ts"
import { tanh } from "../ops/functions.ts"
import { softmax } from "../ops/softmax.ts"
import type { Tensor } from "../tensor.ts"
import { Module } from "./module.ts"

/**
 * The layer of `relu`: max(x, 0). Shape: same as x.
 * @example
 * new ReLU().forward(tensor([-2, 0, 3]))
 */
export class ReLU extends Module {
  override forward(x: Tensor): Tensor {
    return relu(x)
  }
}

/**
 * The layer of `leakyRelu`: x where x > 0, else slope · x; the slope is 0.01 by default. Shape: same as x. Throws: ValueError unless the slope is a number.
 * @example
 * new LeakyReLU(0.2).forward(tensor([-2, 0, 3]))
 */
export class LeakyReLU extends Module {
  readonly slope: number

  constructor(slope = 0.01) {
    super()
    this.slope = checkNumber("LeakyReLU", "the slope", slope)
  }

  override forward(x: Tensor): Tensor {
    return leakyRelu(x, this.slope)
  }
}

/**
 * The layer of `elu`: x where x > 0, else α (eˣ − 1); α is 1 by default. Shape: same as x. Throws: ValueError unless α is a number.
 * @example
 * new ELU().forward(tensor([-2, 0, 3]))
 */
export class ELU extends Module {
  readonly alpha: number

  constructor(alpha = 1) {
    super()
    this.alpha = checkNumber("ELU", "alpha", alpha)
  }

  override forward(x: Tensor): Tensor {
    return elu(x, this.alpha)
  }
}

/**
 * The layer of `sigmoid`: 1 / (1 + e⁻ˣ). Shape: same as x.
 * @example
 * new Sigmoid().forward(tensor([-2, 0, 2]))
 */
export class Sigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return sigmoid(x)
  }
}

/**
 * The layer of `tanh`. Shape: same as x.
 * @example
 * new Tanh().forward(tensor([-2, 0, 2]))
 */
export class Tanh extends Module {
  override forward(x: Tensor): Tensor {
    return tanh(x)
  }
}

/**
 * The layer of `softmax`, over the last dimension by default. Leave it out before `crossEntropy`, which has its own.
 * Shape: same as x. Throws: ShapeError if x has no such dimension.
 * @example
 * new Softmax().forward(tensor([[1, 2, 3], [0, 0, 0]]))
 */
export class Softmax extends Module {
  readonly dim: number

  constructor(dim = -1) {
    super()
    this.dim = dim
  }

  override forward(x: Tensor): Tensor {
    return softmax(x, this.dim)
  }
}

/**
 * The layer of `maxPool2d`: the largest value of every window. Shape: [N, C, H, W] → [N, C, …]. Throws: as `maxPool2d`.
 * @example
 * new MaxPool2d(2).forward(zeros([1, 8, 28, 28])).shape
 */
export class MaxPool2d extends Module {
  readonly kernel: number | readonly [number, number]
  readonly options: PoolOptions

  constructor(kernel: number | readonly [number, number], options: PoolOptions = {}) {
    super()
    this.kernel = pairOf("MaxPool2d", "kernel", kernel, 1)
    checkOptions("MaxPool2d", options, ["stride"])
    this.options = options
  }

  override forward(x: Tensor): Tensor {
    return maxPool2d(x, this.kernel, this.options)
  }
}

/**
 * The layer of `avgPool2d`: the mean of every window. Shape: [N, C, H, W] → [N, C, …]. Throws: as `avgPool2d`.
 * @example
 * new AvgPool2d(4).forward(ones([1, 1, 8, 8]))
 */
export class AvgPool2d extends Module {
  readonly kernel: number | readonly [number, number]
  readonly options: PoolOptions

  constructor(kernel: number | readonly [number, number], options: PoolOptions = {}) {
    super()
    this.kernel = pairOf("AvgPool2d", "kernel", kernel, 1)
    checkOptions("AvgPool2d", options, ["stride"])
    this.options = options
  }

  override forward(x: Tensor): Tensor {
    return avgPool2d(x, this.kernel, this.options)
  }
}
