/**
 * @file What all optimizers share: the parameters, the learning rate, clearing gradients, one step at a time.
 *
 * The parameters of an optimizer lie one after the other in one flat array, each tensor a view of its part, so that
 * a step is one pass over all of them.
 */
import { GradientError, ValueError } from "../core/errors.ts"
import { withRecording } from "../op.ts"
import { realize } from "../schedule.ts"
import type { Tensor } from "../tensor.ts"
import { FlatGroup, type State } from "./flat-group.ts"

/** Changes parameters by their gradients. Subclasses say how a vector of parameters changes. */
export abstract class Optimizer {
  readonly params: readonly Tensor[]
  /** Learning rate; may be changed between steps, as schedules do. */
  lr: number
  #groups: readonly FlatGroup[]

  constructor(name: string, params: Iterable<Tensor>, lr: number) {
    this.params = [...params]
    this.lr = checkedRate(name, lr)
    if (this.params.length === 0)
      throw new ValueError(
        `${name}: there are no parameters to optimize; pass model.parameters() or a list of tensors.`,
      )
    const other = this.params.find((p) => p.tape || !p.requiresGrad)
    if (other)
      throw new GradientError(
        `${name}: a parameter of shape [${other.shape.join(", ")}] ` +
          (other.tape
            ? "is the result of an op, not a leaf; pass the original tensors."
            : "does not require a gradient; make it with {requiresGrad: true}."),
      )
    this.#groups = FlatGroup.all(this.params)
  }

  /** The new values of a vector of parameters, and changes to its `state`. Not recorded. */
  protected abstract update(p: Tensor, grad: Tensor, state: State): Tensor

  /** One step: changes every parameter that has a gradient. Computes what is pending. */
  step(): void {
    this.#groups = FlatGroup.regrouped(this.#groups)
    withRecording(false, () => {
      for (const group of this.#groups)
        if (group.params[0].grad) group.step((p, grad, state) => this.update(p, grad, state))
    })
    const changed = this.#groups.flatMap((group) => group.tensors())
    const grads = this.params.flatMap(({ grad }) => (grad ? [grad] : []))
    realize([...changed, ...grads].map((t) => t.source.slot))
  }

  /** Forgets the gradients; without it the next `backward` adds to them. */
  zeroGrad(): void {
    for (const p of this.params) p.grad = null
  }
}

function checkedRate(name: string, lr: number): number {
  if (!(lr >= 0 && Number.isFinite(lr)))
    throw new ValueError(`${name}: the learning rate is ${lr}; use a number such as 0.01, 0 or more.`)
  return lr
}

/** @internal Throws: ValueError unless low ≤ value < high. */
export function checkRange(name: string, option: string, value: number, low: number, high: number): number {
  if (!(value >= low && value < high))
    throw new ValueError(
      `${name}: ${option} is ${value}; use a number from ${low} up to, not including, ${high}.`,
    )
  return value
}
