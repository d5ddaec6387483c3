/** @file Optimizers that scale each coordinate by the size of its gradients. The formulas are PyTorch's. */
import { checkNumber, checkOptions } from "../core/arguments.ts"
import { fused } from "../op.ts"
import { add, div, mul, square, sub } from "../ops/arithmetic.ts"
import { sqrt } from "../ops/functions.ts"
import type { Tensor } from "../tensor.ts"
import type { State } from "./flat-group.ts"
import { Optimizer } from "./optimizer.ts"

const mixed = fused("decayed", (old, next, weight, rest) => add(mul(old, weight), mul(next, rest)))
const mixedSquare = fused("decayed", (old, x, weight, rest) => mixed(old, square(x), weight, rest))

/** Keeps weight · old + (1 − weight) · next under a name. */
function decayed(state: State, name: string, weight: number, next: Tensor): Tensor {
  return state.set(name, mixed(state.get(name), next, weight, 1 - weight))
}

/** The same of next². */
function decayedSquare(state: State, weight: number, next: Tensor): Tensor {
  return state.set("squares", mixedSquare(state.get("squares"), next, weight, 1 - weight))
}

/** θ − η m / (√s · unbiased + ε). */
const scaledStep = fused("step", (p, m, squares, rate, unbiased, eps) =>
  sub(p, mul(div(m, add(mul(sqrt(squares), unbiased), eps)), rate)),
)

const huge = Number.POSITIVE_INFINITY

interface SharedOptions {
  /** ε, which keeps the division away from 0. */
  eps?: number
  /** λ of the L2 penalty ½ λ ‖θ‖²: adds λ θ to the gradient; 0 by default, in `AdamW` 0.01. */
  weightDecay?: number
}

const sharedNames = ["lr", "eps", "weightDecay"] as const

/** An optimizer whose weight decay is an L2 penalty in the gradient. */
abstract class Penalized extends Optimizer {
  readonly eps: number
  readonly weightDecay: number

  constructor(name: string, params: Iterable<Tensor>, lr: number, eps: number, weightDecay: number) {
    super(name, params, lr)
    this.eps = checkNumber(name, "eps", eps, 0, huge, huge)
    this.weightDecay = checkNumber(name, "weightDecay", weightDecay, 0, huge, huge)
  }

  protected penalized(p: Tensor, grad: Tensor): Tensor {
    return this.weightDecay === 0 ? grad : add(grad, mul(p, this.weightDecay))
  }
}

/** Settings of `Adagrad`. */
export interface AdagradOptions extends SharedOptions {
  /** η, the learning rate; 0.01 by default. */
  lr?: number
}

/**
 * AdaGrad: s ← s + g², θ ← θ − η g / (√s + ε).
 * Throws: ValueError for a setting out of its range; and as `Optimizer`. Reference: Duchi, Hazan, Singer, JMLR 2011.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * const opt = new Adagrad([w], { lr: 0.1 })
 * w.mul([1, 100]).sum().backward()
 * for (let t = 0; t < 3; t++) opt.step()
 * w
 */
export class Adagrad extends Penalized {
  static readonly letsGo = true

  constructor(params: Iterable<Tensor>, options: AdagradOptions = {}) {
    checkOptions("Adagrad", options, sharedNames)
    const { lr = 0.01, eps = 1e-10, weightDecay = 0 } = options
    super("Adagrad", params, lr, eps, weightDecay)
  }

  protected override update(p: Tensor, grad: Tensor, state: State): Tensor {
    const g = this.penalized(p, grad)
    const sum = state.set("sum", add(state.get("sum"), square(g)))
    const rate = state.number(() => this.lr)
    return sub(p, div(mul(g, rate), add(sqrt(sum), this.eps)))
  }
}

/** Settings of `RMSprop`. */
export interface RMSpropOptions extends SharedOptions {
  /** η, the learning rate; 0.01 by default. */
  lr?: number
  /** α of the running mean of g²; 0.99 by default. */
  alpha?: number
  /** How much of the velocity is kept: v ← momentum · v + g / (√s + ε), θ ← θ − η v; 0 by default. */
  momentum?: number
}

/**
 * RMSprop: s ← α s + (1 − α) g², θ ← θ − η g / (√s + ε).
 * Throws: ValueError for a setting out of its range; and as `Optimizer`. Reference: Tieleman and Hinton 2012, lecture 6.5.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * const opt = new RMSprop([w], { lr: 0.01 })
 * w.mul([1, 100]).sum().backward()
 * for (let t = 0; t < 3; t++) opt.step()
 * w
 */
export class RMSprop extends Penalized {
  static readonly letsGo = true

  readonly alpha: number
  readonly momentum: number

  constructor(params: Iterable<Tensor>, options: RMSpropOptions = {}) {
    checkOptions("RMSprop", options, [...sharedNames, "alpha", "momentum"])
    const { lr = 0.01, alpha = 0.99, eps = 1e-8, weightDecay = 0, momentum = 0 } = options
    super("RMSprop", params, lr, eps, weightDecay)
    this.alpha = checkNumber("RMSprop", "alpha", alpha, 0, 1, 1)
    this.momentum = checkNumber("RMSprop", "momentum", momentum, 0, huge, huge)
  }

  protected override update(p: Tensor, grad: Tensor, state: State): Tensor {
    const g = this.penalized(p, grad)
    const squares = decayedSquare(state, this.alpha, g)
    const step = div(g, add(sqrt(squares), this.eps))
    const rate = state.number(() => this.lr)
    if (this.momentum === 0) return sub(p, mul(step, rate))
    const velocity = state.set("velocity", add(mul(state.get("velocity"), this.momentum), step))
    return sub(p, mul(velocity, rate))
  }
}

/** Settings of `Adadelta`. */
export interface AdadeltaOptions extends SharedOptions {
  /** A factor on the step, 1 by default: the method has no learning rate of its own. */
  lr?: number
  /** ρ of the running means; 0.9 by default. */
  rho?: number
}

/**
 * Adadelta: s ← ρ s + (1 − ρ) g², Δ = √(d + ε) / √(s + ε) · g, d ← ρ d + (1 − ρ) Δ², θ ← θ − η Δ.
 * Throws: ValueError for a setting out of its range; and as `Optimizer`. Reference: Zeiler 2012.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * const opt = new Adadelta([w])
 * w.mul([1, 100]).sum().backward()
 * for (let t = 0; t < 3; t++) opt.step()
 * w
 */
export class Adadelta extends Penalized {
  static readonly letsGo = true

  readonly rho: number

  constructor(params: Iterable<Tensor>, options: AdadeltaOptions = {}) {
    checkOptions("Adadelta", options, [...sharedNames, "rho"])
    const { lr = 1, rho = 0.9, eps = 1e-6, weightDecay = 0 } = options
    super("Adadelta", params, lr, eps, weightDecay)
    this.rho = checkNumber("Adadelta", "rho", rho, 0, 1, 1)
  }

  protected override update(p: Tensor, grad: Tensor, state: State): Tensor {
    const g = this.penalized(p, grad)
    const squares = decayedSquare(state, this.rho, g)
    const scale = sqrt(add(state.get("moves"), this.eps))
    const move = mul(div(scale, sqrt(add(squares, this.eps))), g)
    decayed(state, "moves", this.rho, square(move))
    const rate = state.number(() => this.lr)
    return sub(p, mul(move, rate))
  }
}

/** Settings of `Adam` and `AdamW`. */
export interface AdamOptions extends SharedOptions {
  /** η, the learning rate; 0.001 by default. */
  lr?: number
  /** β₁ and β₂ of the running means of g and g²; 0.9 and 0.999 by default. */
  betas?: readonly [number, number]
}

/**
 * Adam: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ),
 * v̂ = v / (1 − β₂ᵗ), t counted from 1. Weight decay is an L2 penalty.
 * Throws: ValueError for a setting out of its range; and as `Optimizer`. Reference: Kingma and Ba, ICLR 2015.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * const opt = new Adam([w], { lr: 0.1 })
 * w.mul([1, 100]).sum().backward()
 * for (let t = 0; t < 3; t++) opt.step()
 * w
 */
export class Adam extends Penalized {
  static readonly letsGo = true

  readonly betas: readonly [number, number]

  constructor(params: Iterable<Tensor>, options: AdamOptions = {}, name = "Adam") {
    checkOptions(name, options, [...sharedNames, "betas"])
    const { lr = 0.001, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options
    super(name, params, lr, eps, weightDecay)
    this.betas = [
      checkNumber(name, "betas[0]", betas[0], 0, 1, 1),
      checkNumber(name, "betas[1]", betas[1], 0, 1, 1),
    ]
  }

  protected override update(p: Tensor, grad: Tensor, state: State): Tensor {
    return this.moved(p, this.penalized(p, grad), state)
  }

  /** θ − η m̂ / (√v̂ + ε). */
  protected moved(p: Tensor, g: Tensor, state: State): Tensor {
    const [beta1, beta2] = this.betas
    const mean = decayed(state, "mean", beta1, g)
    const squares = decayedSquare(state, beta2, g)
    const unbiased = state.number(() => 1 / Math.sqrt(1 - beta2 ** state.steps))
    const rate = state.number(() => this.lr / (1 - beta1 ** state.steps))
    return scaledStep(p, mean, squares, rate, unbiased, this.eps)
  }
}

/**
 * Adam with decoupled weight decay: θ ← θ − η λ θ, then Adam's step; λ is 0.01 by default.
 * Throws: ValueError for a setting out of its range; and as `Optimizer`. Reference: Loshchilov and Hutter, ICLR 2019.
 * @example
 * const w = tensor([10, 10], { requiresGrad: true })
 * const opt = new AdamW([w], { lr: 0.1, weightDecay: 0.1 })
 * w.mul([1, 0]).sum().backward()
 * for (let t = 0; t < 3; t++) opt.step()
 * w
 */
export class AdamW extends Adam {
  static override readonly letsGo = true

  constructor(params: Iterable<Tensor>, options: AdamOptions = {}) {
    checkOptions("AdamW", options, [...sharedNames, "betas"])
    super(params, { weightDecay: 0.01, ...options }, "AdamW")
  }

  protected override update(p: Tensor, grad: Tensor, state: State): Tensor {
    const kept = state.number(() => 1 - this.lr * this.weightDecay)
    return this.moved(mul(p, kept), grad, state)
  }
}
