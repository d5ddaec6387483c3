/** @file Scores to probabilities, loss and gradient, by the stable and by the naive formula. Draws and words nothing. */
import { crossEntropy, grad, type Tensor, tensor } from "../../../engine/index.ts"

export const CLASSES = ["cat", "car", "frog"] as const
export type Class = (typeof CLASSES)[number]

/** What one unit of the loss is worth in nats, and its name after a number. */
export const UNITS = {
  nats: { base: Math.E, name: "nats", log: "ln" },
  bits: { base: 2, name: "bits", log: "log₂" },
  ten: { base: 10, name: "in base 10", log: "log₁₀" },
} as const
export type Unit = keyof typeof UNITS

/** The naive formula overflows where e^z passes the largest number that has these bits. */
export const METHODS = {
  stable: { dtype: "float64", bits: 64, largest: Number.MAX_VALUE },
  naive64: { dtype: "float64", bits: 64, largest: Number.MAX_VALUE },
  naive32: { dtype: "float32", bits: 32, largest: (2 - 2 ** -23) * 2 ** 127 },
} as const
export type Method = keyof typeof METHODS

export interface Settings {
  cat: number
  car: number
  frog: number
  temperature: number
  shift: number
  truth: string
  method: string
  unit: string
}

export interface State {
  /** Each score with c added. */
  scores: number[]
  /** What enters the softmax: z = (s + c) / T. */
  logits: number[]
  /** What is taken off each logit before the exponential: the largest one, or 0 by the naive formula. */
  taken: number
  exps: number[]
  sum: number
  p: number[]
  /** The same probabilities at T = 1. */
  plain: number[]
  /** −ln p of the true class, in nats. */
  loss: number
  /** ∂loss/∂z by automatic differentiation. */
  gradient: number[]
  /** The index of the true class, and of the largest logit. */
  truth: number
  winner: number
  temperature: number
  shift: number
  method: Method
  unit: Unit
  /** The loss in the unit at hand. */
  price: number
  /** Where softmax leads as T rises from cold to hot. */
  path: number[][]
}

const TEMPERATURES = Array.from({ length: 71 }, (_, i) => 10 ** (-1.5 + i / 20))

/** pₖ = e^{zₖ} / Σⱼ e^{zⱼ} as it is written: exponentials first, nothing taken off. */
const naive = (z: Tensor): Tensor => z.exp().div(z.exp().sum())

export function model(settings: Settings): State {
  const { temperature, shift } = settings
  const method = settings.method as Method
  const unit = settings.unit as Unit
  const { dtype } = METHODS[method]
  const truth = CLASSES.indexOf(settings.truth as Class)
  const label = tensor(truth, { dtype: "int32" })
  const given = tensor(
    CLASSES.map((name) => settings[name]),
    { dtype },
  )
  const scores = given.add(shift)
  const z = scores.div(temperature)
  const logits = list(z)
  const winner = logits.indexOf(Math.max(...logits))
  const taken = method === "stable" ? logits[winner]! : 0
  const exps = z.sub(taken).exp()
  const cost = (t: Tensor): Tensor =>
    method === "stable"
      ? crossEntropy(t, label)
      : naive(t)
          .slice([truth], [truth + 1])
          .log()
          .neg()
          .sum()
  const loss = cost(z).item()
  return {
    scores: list(scores),
    logits,
    taken,
    exps: list(exps),
    sum: exps.sum().item(),
    p: list(method === "stable" ? z.softmax() : naive(z)),
    plain: list(given.softmax()),
    loss,
    gradient: list(grad(cost)(z)),
    truth,
    winner,
    temperature,
    shift,
    method,
    unit,
    price: loss / Math.log(UNITS[unit].base),
    path: given
      .div(tensor(TEMPERATURES, { dtype }).reshape([-1, 1]))
      .softmax(1)
      .tolist() as number[][],
  }
}

function list(t: Tensor): number[] {
  return t.tolist() as number[]
}

/** Has every probability and every derivative come out as a number? */
export function healthy({ p, gradient, loss }: State): boolean {
  return [...p, ...gradient, loss].every(Number.isFinite)
}
