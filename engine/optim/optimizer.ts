/**
 * @file What all optimizers share: the parameters, the learning rate, clearing gradients, one step at a time.
 *
 * The parameters of an optimizer lie one after the other in one flat array, each tensor a view of its part, so that
 * a step is one pass over all of them.
 */
import { show } from "../core/arguments.ts"
import { GradientError, ValueError } from "../core/errors.ts"
import { withRecording } from "../op.ts"
import { realize } from "../schedule.ts"
import { Tensor } from "../tensor.ts"
import { FlatGroup, type State } from "./flat-group.ts"

/**
 * Changes parameters by their gradients. Subclasses say how a vector of parameters changes.
 * Throws: ValueError without parameters or for a learning rate below 0; GradientError for a parameter that is the result
 * of an op or does not require a gradient.
 * @example
 * class SignDescent extends Optimizer {
 *   update(p: Tensor, grad: Tensor) {
 *     return p.sub(grad.sign().mul(this.lr))
 *   }
 * }
 * const w = tensor([1, 1], { requiresGrad: true })
 * w.mul([1, -100]).sum().backward()
 * new SignDescent("SignDescent", [w], 0.1).step()
 * w
 */
export abstract class Optimizer {
  readonly params: readonly Tensor[]
  readonly #name: string
  #lr: number
  #groups: readonly FlatGroup[]

  constructor(name: string, params: Iterable<Tensor>, lr: number) {
    this.params = listOf(name, params)
    this.#name = name
    this.#lr = checkedRate(name, lr)
    const stranger = this.params.findIndex((p) => !(p instanceof Tensor))
    if (stranger >= 0)
      throw new ValueError(
        `${name}: parameter ${stranger} is ${show(this.params[stranger])}, not a tensor; pass model.parameters().`,
      )
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

  /** Learning rate; may be changed between steps, as schedules do. Throws: ValueError if it is set below 0 or to NaN. */
  get lr(): number {
    return this.#lr
  }

  set lr(lr: number) {
    this.#lr = checkedRate(this.#name, lr)
  }

  /** The new values of a vector of parameters, and changes to its `state`. Not recorded. */
  protected abstract update(p: Tensor, grad: Tensor, state: State): Tensor

  /** One step: changes every parameter that has a gradient. Computes what is pending. Throws: GradientError if none has one. */
  step(): void {
    if (!this.params.some((p) => p.ownGrad))
      throw new GradientError(
        `${this.#name}: no gradients: none of the ${this.params.length} parameters has one; call loss.backward() ` +
          "before step(), on a loss that was computed from these very tensors while gradients were recorded.",
      )
    this.#groups = FlatGroup.regrouped(this.#groups)
    // Each class says so of itself: one that extends it may keep the gradients it is given.
    const letsGo = Object.hasOwn(this.constructor, "letsGo")
    withRecording(false, () => {
      for (const group of this.#groups)
        if (group.params[0].ownGrad) group.step((p, grad, state) => this.update(p, grad, state), letsGo)
    })
    realize(this.#groups.flatMap((group) => group.arrays()))
  }

  /** Forgets the gradients; without it the next `backward` adds to them. */
  zeroGrad(): void {
    for (const p of this.params) p.grad = null
  }
}

/** @internal The parameters. Throws: ValueError unless it is a list. */
export function listOf(name: string, params: Iterable<Tensor>): Tensor[] {
  if (typeof params?.[Symbol.iterator] === "function") return [...params]
  throw new ValueError(
    `${name}: ${show(params)} is no list of parameters; pass model.parameters() or a list of tensors.`,
  )
}

function checkedRate(name: string, lr: number): number {
  if (!(typeof lr === "number" && lr >= 0 && Number.isFinite(lr)))
    throw new ValueError(`${name}: the learning rate is ${show(lr)}; use a number such as 0.01, 0 or more.`)
  return lr
}
