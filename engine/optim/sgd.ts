/** @file Stochastic gradient descent, with momentum. */
import { checkNumber, checkOptions } from "../core/arguments.ts"
import { ValueError } from "../core/errors.ts"
import { fused } from "../op.ts"
import { add, mul, sub } from "../ops/arithmetic.ts"
import type { Tensor } from "../tensor.ts"
import type { State } from "./flat-group.ts"
import { Optimizer } from "./optimizer.ts"

const moved = fused("step", (p, v, rate) => sub(p, mul(v, rate)))
const carried = fused("momentum", (v, momentum, g) => add(mul(v, momentum), g))

/** Settings of `SGD`. */
export interface SGDOptions {
  /** η, the learning rate. */
  lr: number
  /** ρ, how much of the velocity is kept; 0 by default. */
  momentum?: number
  /** Use the look-ahead gradient g + ρ v. Needs momentum. */
  nesterov?: boolean
  /** λ of the L2 penalty ½ λ ‖θ‖²: adds λ θ to the gradient; 0 by default. */
  weightDecay?: number
}

/**
 * Stochastic gradient descent: v ← ρ v + g, θ ← θ − η v (with nesterov: θ ← θ − η (g + ρ v)); without momentum
 * θ ← θ − η g. The formulas are PyTorch's: v starts as the first gradient. Shape: that of each parameter.
 * Throws: ValueError for a setting out of its range or nesterov without momentum; and as `Optimizer`.
 * Reference: Polyak 1964; Sutskever et al. 2013.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * const opt = new SGD([w], { lr: 0.001, momentum: 0.9 })
 * w.mul([1, 100]).sum().backward()
 * for (let t = 0; t < 3; t++) opt.step()
 * w
 */
export class SGD extends Optimizer {
  static readonly letsGo = true

  readonly momentum: number
  readonly nesterov: boolean
  readonly weightDecay: number

  constructor(params: Iterable<Tensor>, options: SGDOptions) {
    checkOptions("SGD", options, ["lr", "momentum", "nesterov", "weightDecay"])
    const { lr, momentum = 0, nesterov = false, weightDecay = 0 } = options
    super("SGD", params, lr)
    this.momentum = checkNumber(
      "SGD",
      "momentum",
      momentum,
      0,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    )
    this.weightDecay = checkNumber(
      "SGD",
      "weightDecay",
      weightDecay,
      0,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    )
    this.nesterov = nesterov
    if (nesterov && momentum === 0)
      throw new ValueError("SGD: nesterov needs momentum; use e.g. momentum: 0.9.")
  }

  protected override update(p: Tensor, grad: Tensor, state: State): Tensor {
    const rate = state.number(() => this.lr)
    const g = this.weightDecay === 0 ? grad : add(grad, mul(p, this.weightDecay))
    if (this.momentum === 0) return moved(p, g, rate)
    const v = state.set("velocity", carried(state.get("velocity"), this.momentum, g))
    return moved(p, this.nesterov ? carried(v, this.momentum, g) : v, rate)
  }
}
