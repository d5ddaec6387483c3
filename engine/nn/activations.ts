/** @file Activation functions and pooling as layers, for `Sequential`. */
import { checkNumber, checkOptions } from "../core/arguments.ts"
import { elu, leakyRelu, relu, sigmoid } from "../ops/activations.ts"
import { avgPool2d, maxPool2d, type PoolOptions, pairOf } from "../ops/conv.ts"
import { tanh } from "../ops/functions.ts"
import { softmax } from "../ops/softmax.ts"
import type { Tensor } from "../tensor.ts"
import { Module } from "./module.ts"

/** See `relu`: max(x, 0). */
export class ReLU extends Module {
  override forward(x: Tensor): Tensor {
    return relu(x)
  }
}

/** See `leakyRelu`; slope 0.01 by default. */
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

/** See `elu`; α is 1 by default. */
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

/** See `sigmoid`. */
export class Sigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return sigmoid(x)
  }
}

/** See `tanh`. */
export class Tanh extends Module {
  override forward(x: Tensor): Tensor {
    return tanh(x)
  }
}

/** See `softmax`; over the last dimension by default. Leave it out before `crossEntropy`, which has its own. */
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

/** See `maxPool2d`. */
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

/** See `avgPool2d`. */
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
