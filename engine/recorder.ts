/**
 * @file What `jit` writes down while a function runs for the first time: which tensors from outside it uses, which
 * it changes, what has to be asked again before each replay. Knows no backend.
 */
import { GradientError } from "./core/errors.ts"
import { type Lazy, type Recording, type Source, withRecordingOf } from "./lazy.ts"
import { realize } from "./schedule.ts"
import { Tensor } from "./tensor.ts"

/** The gradient of a tensor as the function found it. */
export interface GradCell {
  readonly tensor: Tensor
  readonly before: Tensor | null
  /** Did the function look at it before setting it? Then a replay must find it as it was: there or not. */
  readonly read: boolean
}

export class Recorder implements Recording {
  /** Why the function cannot be replayed; undefined as long as it can. */
  reason: string | undefined = undefined
  over = false
  /** Tensors from outside, with what they were when they were first used. */
  readonly used = new Map<Tensor, Source>()
  /** Tensors that were changed, with what they were before. */
  readonly assigned = new Map<Tensor, Source>()
  readonly grads = new Map<Tensor, GradCell>()
  /** Was a tensor moved between its use and its change? An optimizer gathers parameters that were set outside. */
  moved = false
  /** In the order in which they happened. */
  readonly actions: (() => void)[] = []
  readonly checked: { slot: Lazy; check: (slot: Lazy) => void }[] = []
  /** Tensors with greater numbers were made inside. */
  readonly #start = Tensor.count

  /** From now on everything is computed at once, as if nothing were recorded. */
  giveUp(reason: string): void {
    this.reason ??= reason
  }

  defers(): boolean {
    return this.reason === undefined
  }

  reads(): void {
    this.giveUp(
      "it reads values inside (item, data or tolist): return the tensor and read it outside, and use where() " +
        "for a choice that depends on values",
    )
  }

  draws(): void {
    this.giveUp(
      "it draws random numbers at once (randint, choice, a Generator): draw them outside and pass them in",
    )
  }

  uses(object: object, source: Source): void {
    const tensor = object as Tensor
    if (tensor.number > this.#start || this.used.has(tensor) || source.slot.recording === this) return
    this.used.set(tensor, source)
    // What was pending before the call is computed once, not in every replay.
    if (source.slot.kernel) withRecordingOf(undefined, () => realize([source.slot]))
  }

  assigns(object: object): void {
    const tensor = object as Tensor
    if (tensor.number > this.#start || this.assigned.has(tensor)) return
    this.uses(tensor, tensor.source)
    const used = this.used.get(tensor)
    if (used && used !== tensor.source) this.moved = true
    this.assigned.set(tensor, tensor.source)
  }

  touchesGrad(object: object, how: "read" | "set"): void {
    const tensor = object as Tensor
    if (tensor.number > this.#start || this.grads.has(tensor)) return
    const cell = { tensor, before: null, read: how === "read" }
    // Asking for the gradient comes back here: by then the tensor is known.
    this.grads.set(tensor, cell)
    this.grads.set(tensor, { ...cell, before: tensor.grad })
  }

  refreshes(slot: Lazy, value: () => number): void {
    this.actions.push(() => {
      slot.number = value()
    })
  }

  repeats(action: () => void): void {
    this.actions.push(action)
  }

  checks(slot: Lazy, check: (slot: Lazy) => void): boolean {
    if (this.reason !== undefined) return false
    if (slot.kernel) return true
    this.checked.push({ slot, check })
    return false
  }

  escaped(): Error {
    return new GradientError(
      "jit: this tensor was made inside a jitted function and not returned by it, so it is not there any more; " +
        "return it too, e.g. return [loss, logits].",
    )
  }
}
