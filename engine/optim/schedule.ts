/** @file Learning rates that change with the step. A schedule sets `opt.lr`; call `step()` after `opt.step()`. */
import { checkCount, checkNumber, checkOptions, show } from "../core/arguments.ts"
import { ValueError } from "../core/errors.ts"
import { Optimizer } from "./optimizer.ts"

/** A learning rate that changes with the step. */
export interface Schedule {
  /** One step on: sets the optimizer's learning rate. */
  step(): void
}

/** η(t) = η₀ · factor(t), where t counts the calls of `step` and η₀ is the rate at the start. */
function schedule(op: string, opt: Optimizer, factor: (t: number) => number): Schedule {
  if (!(opt instanceof Optimizer))
    throw new ValueError(
      `${op}: ${show(opt)} is no optimizer; pass the one whose learning rate is to change.`,
    )
  const base = opt.lr
  let t = 0
  opt.lr = base * factor(0)
  return {
    step() {
      t++
      opt.lr = base * factor(t)
    },
  }
}

const huge = Number.POSITIVE_INFINITY

function positive(name: string, option: string, value: number): void {
  checkNumber(name, option, value, 0, huge, 0)
}

/**
 * A drop every `stepSize` steps: η = η₀ γ^{⌊t / stepSize⌋}. Throws: ValueError unless stepSize is a whole
 * number, 1 or more, and γ > 0.
 * @example
 * const opt = new SGD([zeros(1, { requiresGrad: true })], { lr: 1 })
 * const schedule = stepLR(opt, { stepSize: 2, gamma: 0.5 })
 * for (let t = 0; t < 5; t++, schedule.step()) console.log(t, opt.lr)
 */
export function stepLR(
  opt: Optimizer,
  options: {
    /** Steps from one drop to the next. */
    stepSize: number
    /** γ, the factor of a drop; 0.1 by default. */
    gamma?: number
  },
): Schedule {
  checkOptions("stepLR", options, ["stepSize", "gamma"])
  const { stepSize, gamma = 0.1 } = options
  checkCount("stepLR", "stepSize", stepSize, 1)
  positive("stepLR", "gamma", gamma)
  return schedule("stepLR", opt, (t) => gamma ** Math.floor(t / stepSize))
}

/**
 * Exponential decay: η = η₀ γᵗ. Throws: ValueError unless γ > 0.
 * @example
 * const opt = new SGD([zeros(1, { requiresGrad: true })], { lr: 1 })
 * const schedule = exponentialLR(opt, { gamma: 0.5 })
 * for (let t = 0; t < 5; t++, schedule.step()) console.log(t, opt.lr)
 */
export function exponentialLR(
  opt: Optimizer,
  options: {
    /** γ, the factor of a step. */
    gamma: number
  },
): Schedule {
  checkOptions("exponentialLR", options, ["gamma"])
  const { gamma } = options
  positive("exponentialLR", "gamma", gamma)
  return schedule("exponentialLR", opt, (t) => gamma ** t)
}

/**
 * Decay with the inverse of time: η = η₀ / (1 + decay · t). Throws: ValueError unless decay > 0.
 * @example
 * const opt = new SGD([zeros(1, { requiresGrad: true })], { lr: 1 })
 * const schedule = inverseTimeLR(opt, { decay: 1 })
 * for (let t = 0; t < 5; t++, schedule.step()) console.log(t, opt.lr)
 */
export function inverseTimeLR(
  opt: Optimizer,
  options: {
    /** The rate is half of η₀ after 1 / decay steps. */
    decay: number
  },
): Schedule {
  checkOptions("inverseTimeLR", options, ["decay"])
  const { decay } = options
  positive("inverseTimeLR", "decay", decay)
  return schedule("inverseTimeLR", opt, (t) => 1 / (1 + decay * t))
}

/**
 * From η₀ down to `minimum` (0) along half a cosine in `steps` steps, then constant. Throws: ValueError unless steps > 0
 * and minimum ≥ 0. Reference: Loshchilov and Hutter 2017.
 * @example
 * const opt = new SGD([zeros(1, { requiresGrad: true })], { lr: 1 })
 * const schedule = cosineLR(opt, { steps: 4 })
 * for (let t = 0; t < 6; t++, schedule.step()) console.log(t, opt.lr)
 */
export function cosineLR(
  opt: Optimizer,
  options: {
    /** How many steps the way down takes. */
    steps: number
    /** The rate at its end; 0 by default. */
    minimum?: number
  },
): Schedule {
  checkOptions("cosineLR", options, ["steps", "minimum"])
  const { steps, minimum = 0 } = options
  positive("cosineLR", "steps", steps)
  checkNumber("cosineLR", "minimum", minimum, 0)
  const low = opt.lr === 0 ? 0 : minimum / opt.lr
  return schedule(
    "cosineLR",
    opt,
    (t) => low + ((1 - low) * (1 + Math.cos((Math.PI * Math.min(t, steps)) / steps))) / 2,
  )
}

/**
 * From η₀ / steps up to η₀ in equal steps, then constant. Throws: ValueError unless steps > 0.
 * @example
 * const opt = new SGD([zeros(1, { requiresGrad: true })], { lr: 1 })
 * const schedule = warmup(opt, { steps: 4 })
 * for (let t = 0; t < 6; t++, schedule.step()) console.log(t, opt.lr)
 */
export function warmup(
  opt: Optimizer,
  options: {
    /** How many steps the way up takes. */
    steps: number
  },
): Schedule {
  checkOptions("warmup", options, ["steps"])
  const { steps } = options
  positive("warmup", "steps", steps)
  return schedule("warmup", opt, (t) => Math.min((t + 1) / steps, 1))
}
