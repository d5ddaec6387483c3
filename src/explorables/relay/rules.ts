/**
 * @file The update rules of the relay, coordinate by coordinate, with what each remembers. PyTorch's formulas and
 * defaults. Knows no surface and no picture.
 */

export const METHODS = ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"] as const
export type Method = (typeof METHODS)[number]

export interface Settings {
  lr: number
  /** ρ of momentum and Nesterov, β₁ of Adam. */
  rho: number
  /** Decay of the mean of squares: RMSProp, Adam (β₂). */
  beta: number
}

/** What one coordinate remembers; 0 before the first step. */
export interface Memory {
  /** Velocity, or Adam's mean of gradients. */
  first: number
  /** Mean of squared gradients. */
  second: number
}

/** ε of RMSProp and Adam. */
export const EPS = 1e-8
/** λ of AdamW. */
export const DECAY = 0.05

/** The corrections for the zeros that Adam's means begin with, at step t from 1. */
export function corrections({ rho, beta }: Settings, t: number): [first: number, second: number] {
  return [1 / (1 - rho ** t), 1 / (1 - beta ** t)]
}

/** What a gradient is multiplied by along each axis after step t: η, divided by its usual size where that is known. */
export function learningRates(
  method: Method,
  settings: Settings & { scaled: number },
  memory: readonly [Memory, Memory],
  t: number,
): readonly [x: number, y: number] {
  if (method === "sgd" || method === "momentum" || method === "nesterov") return [settings.lr, settings.lr]
  const [, upSquared] = method === "rmsprop" ? [1, 1] : corrections(settings, t)
  const along = ({ second }: Memory) => settings.scaled / (Math.sqrt(second * upSquared) + EPS)
  return [along(memory[0]), along(memory[1])]
}

/** The memory after the gradient g, and how far the coordinate moves from x at step t (from 1). */
export function update(
  method: Method,
  settings: Settings,
  { first, second }: Memory,
  g: number,
  x: number,
  t: number,
): { memory: Memory; move: number } {
  const { lr, rho, beta } = settings
  switch (method) {
    case "sgd":
      return { memory: { first: 0, second: 0 }, move: -lr * g }
    case "momentum": {
      const v = rho * first + g
      return { memory: { first: v, second: 0 }, move: -lr * v }
    }
    case "nesterov": {
      const v = rho * first + g
      return { memory: { first: v, second: 0 }, move: -lr * (g + rho * v) }
    }
    case "rmsprop": {
      const s = beta * second + (1 - beta) * g * g
      return { memory: { first: 0, second: s }, move: (-lr * g) / (Math.sqrt(s) + EPS) }
    }
    case "adam":
    case "adamw": {
      const m = rho * first + (1 - rho) * g
      const v = beta * second + (1 - beta) * g * g
      const [up, upSquared] = corrections(settings, t)
      const step = (-lr * m * up) / (Math.sqrt(v * upSquared) + EPS)
      return { memory: { first: m, second: v }, move: step - (method === "adamw" ? lr * DECAY * x : 0) }
    }
  }
}
