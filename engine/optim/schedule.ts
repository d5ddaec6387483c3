/** @file Learning rates that change with the step. A schedule sets `opt.lr`; call `step()` after `opt.step()`. */
import { ValueError } from "../core/errors.ts"
import type { Optimizer } from "./optimizer.ts"

export interface Schedule {
  /** One step on: sets the optimizer's learning rate. */
  step(): void
}

/** η(t) = η₀ · factor(t), where t counts the calls of `step` and η₀ is the rate at the start. */
function schedule(opt: Optimizer, factor: (t: number) => number): Schedule {
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

function positive(name: string, option: string, value: number): void {
  if (!(value > 0)) throw new ValueError(`${name}: ${option} is ${value}; use a number above 0.`)
}

/** η₀ γ^⌊t / stepSize⌋: a drop every `stepSize` steps; γ is 0.1 by default. */
export function stepLR(
  opt: Optimizer,
  { stepSize, gamma = 0.1 }: { stepSize: number; gamma?: number },
): Schedule {
  positive("stepLR", "stepSize", stepSize)
  return schedule(opt, (t) => gamma ** Math.floor(t / stepSize))
}

/** η₀ γᵗ. */
export function exponentialLR(opt: Optimizer, { gamma }: { gamma: number }): Schedule {
  positive("exponentialLR", "gamma", gamma)
  return schedule(opt, (t) => gamma ** t)
}

/** η₀ / (1 + decay · t). */
export function inverseTimeLR(opt: Optimizer, { decay }: { decay: number }): Schedule {
  positive("inverseTimeLR", "decay", decay)
  return schedule(opt, (t) => 1 / (1 + decay * t))
}

/** From η₀ down to `minimum` (0) along half a cosine in `steps` steps, then constant. Reference: Loshchilov and Hutter 2017. */
export function cosineLR(
  opt: Optimizer,
  { steps, minimum = 0 }: { steps: number; minimum?: number },
): Schedule {
  positive("cosineLR", "steps", steps)
  const low = opt.lr === 0 ? 0 : minimum / opt.lr
  return schedule(opt, (t) => low + ((1 - low) * (1 + Math.cos((Math.PI * Math.min(t, steps)) / steps))) / 2)
}

/** From η₀ / steps up to η₀ in equal steps, then constant. */
export function warmup(opt: Optimizer, { steps }: { steps: number }): Schedule {
  positive("warmup", "steps", steps)
  return schedule(opt, (t) => Math.min((t + 1) / steps, 1))
}
