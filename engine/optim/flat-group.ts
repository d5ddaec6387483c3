/**
 * @file Parameters that lie one after the other in one flat array, with the state that an optimizer keeps for them.
 * Knows no optimizer.
 */
import type { DType } from "../core/dtype.ts"
import { allocate } from "../core/dtype.ts"
import { isRowMajor, rowMajor, type View } from "../core/view.ts"
import { concat } from "../join.ts"
import type { Kernel } from "../kernel/kernel.ts"
import {
  everyTime,
  keep,
  known,
  type Lazy,
  live,
  onTheWay,
  recordingNow,
  type Source,
  withRecordingOf,
} from "../lazy.ts"
import { compute, reviewed, withRecording } from "../op.ts"
import { flatten } from "../ops/movement.ts"
import { forget, realize } from "../schedule.ts"
import { Tensor } from "../tensor.ts"

/** Named vectors and the count of steps, kept from step to step. */
export class State {
  /** Steps taken, the current one included. */
  steps: number
  readonly dtype: DType
  readonly size: number
  readonly #kept: Map<string, Tensor>

  constructor(dtype: DType, size: number, steps = 0, kept = new Map<string, Tensor>()) {
    this.dtype = dtype
    this.size = size
    this.steps = steps
    this.#kept = kept
  }

  /** The vector of that name; zeros at first. */
  get(name: string): Tensor {
    let t = this.#kept.get(name)
    if (!t) {
      t = new Tensor(known(allocate(this.dtype, this.size), this.dtype, [this.size]))
      // To a recording it has always been there.
      t.number = 0
      this.#kept.set(name, t)
    }
    return t
  }

  /** Keeps new values under a name, and returns them. */
  set(name: string, value: Tensor): Tensor {
    const kept = this.get(name)
    if (value.source.slot.kernel) value.source.slot.predecessor = kept.source.slot
    kept.assign(value)
    return value
  }

  /** A number that may be another in each step, as a scalar tensor. */
  number(value: () => number): Tensor {
    return new Tensor(live(value, this.dtype))
  }

  /** All that is kept. */
  tensors(): Iterable<Tensor> {
    return this.#kept.values()
  }

  /** The part of everything that belongs to one parameter. */
  part(offset: number, size: number): State {
    const kept = [...this.#kept].map(([name, t]): [string, Tensor] => [
      name,
      new Tensor({ slot: t.source.slot, view: rowMajor([size], t.source.view.offset + offset) }),
    ])
    return new State(this.dtype, size, this.steps, new Map(kept))
  }

  /** Parts of equal names and steps as one. */
  static joined(parts: readonly State[]): State {
    const [first] = parts
    const size = parts.reduce((sum, part) => sum + part.size, 0)
    const names = [...new Set(parts.flatMap((part) => [...part.#kept.keys()]))]
    const kept = names.map((name): [string, Tensor] => [name, concat(parts.map((part) => part.get(name)))])
    return new State(first.dtype, size, first.steps, new Map(kept))
  }
}

/** One parameter: its state and where both lie in the vectors of its group. */
interface Member {
  readonly param: Tensor
  readonly offset: number
  readonly view: View
}

/** The elements of a tensor in a row, off the tape. */
function vectorOf(x: Tensor): Tensor {
  const { view } = x.source
  return isRowMajor(view) ? reviewed(x, rowMajor([x.size], view.offset)) : flatten(x)
}

export class FlatGroup {
  readonly params: readonly Tensor[]
  readonly #members: readonly Member[]
  readonly #flat: Tensor
  readonly #state: State
  /** Puts vectors where the parameters lie. */
  readonly #joined: Extract<Kernel, { kind: "place" }>
  /** The gradients of the step before, and the array in which they lie. */
  #past: { readonly slot: Lazy; readonly grads: readonly Tensor[] } | undefined

  constructor(params: readonly Tensor[], state?: State) {
    this.params = params
    let size = 0
    this.#members = params.map((param) => {
      const member = { param, offset: size, view: rowMajor(param.source.view.shape, size) }
      size += param.size
      return member
    })
    const begins = this.#members.map(({ offset }) => [offset])
    this.#joined = { kind: "place", shape: [size], begins, fill: 0 }
    this.#state = state ?? new State(params[0].dtype, size)
    this.#flat = new Tensor(known(allocate(params[0].dtype, 0), params[0].dtype, [0]))
    this.#gather()
  }

  /** Parameters of one dtype together. */
  static all(params: readonly Tensor[]): FlatGroup[] {
    const own = [...new Set(params)]
    return [...new Set(own.map(({ dtype }) => dtype))].map(
      (dtype) => new FlatGroup(own.filter((p) => p.dtype === dtype)),
    )
  }

  /** The groups as they are if each has gradients for all of its parameters or for none; else split and joined. */
  static regrouped(groups: readonly FlatGroup[]): readonly FlatGroup[] {
    const mixed = groups.some(({ params }) =>
      params.some((p) => (p.ownGrad === null) !== (params[0].ownGrad === null)),
    )
    if (!mixed) return groups
    const parts = groups.flatMap((group) => group.#split())
    const key = ({ param, state }: (typeof parts)[number]): string =>
      `${param.dtype} ${param.ownGrad !== null} ${state.steps}`
    return [...new Set(parts.map(key))].map((each) => {
      const together = parts.filter((part) => key(part) === each)
      return new FlatGroup(
        together.map(({ param }) => param),
        State.joined(together.map(({ state }) => state)),
      )
    })
  }

  #split(): { param: Tensor; state: State }[] {
    return this.#members.map(({ param, offset }) => ({ param, state: this.#state.part(offset, param.size) }))
  }

  /** Everything that a step makes, and the gradients. */
  arrays(): Lazy[] {
    const arrays = [this.#flat.source.slot]
    for (const t of this.#state.tensors()) arrays.push(t.source.slot)
    for (const { ownGrad } of this.params) if (ownGrad) arrays.push(ownGrad.source.slot)
    return arrays
  }

  /** Is every parameter still a view of its part? Somebody may have given it other values. */
  #inPlace(): boolean {
    const { slot } = this.#flat.source
    return this.#members.every(
      ({ param: { source }, offset }) => source.slot === slot && source.view.offset === offset,
    )
  }

  /** Brings the parameters together in one array. */
  #gather(): void {
    if (this.#inPlace()) return
    // Done before what a recording sees, unless that has given the parameters new values itself.
    const inside = this.params.some(({ source }) => source.slot.recording !== undefined)
    withRecordingOf(inside ? recordingNow() : undefined, () =>
      withRecording(false, () => {
        const flat = concat(this.params.map((p) => flatten(p.detach())))
        if (!inside) realize([flat.source.slot])
        this.#place(flat.source)
      }),
    )
  }

  #place(source: Source): void {
    this.#flat.source = source
    for (const { param, view } of this.#members) param.source = { slot: source.slot, view }
  }

  /** One step of all parameters together. Does `update` let go of the gradient that it is given? */
  step(update: (p: Tensor, grad: Tensor, state: State) => Tensor, letsGo: boolean): void {
    this.#gather()
    this.#forgetPast()
    everyTime(() => {
      this.#state.steps++
    })
    const recording = recordingNow()
    if (recording) for (const t of [this.#flat, ...this.params]) recording.assigns(t)
    const gradient = this.#gradient()
    const next = onTheWay(() => update(this.#flat, gradient, this.#state))
    this.#place(next.source)
    if (letsGo && !recording)
      this.#past = { slot: gradient.source.slot, grads: this.params.map((p) => p.ownGrad as Tensor) }
    for (const p of this.params) p.version++
  }

  /** Makes room for new gradients, if nobody has seen the old ones and they have been cleared. */
  #forgetPast(): void {
    const past = this.#past
    this.#past = undefined
    const isOver = (grad: Tensor, i: number): boolean => grad.unseen && this.params[i].ownGrad !== grad
    if (!recordingNow() && past?.grads.every(isOver)) forget(past.slot)
  }

  /** The gradients as one vector, of which each is a view from now on. */
  #gradient(): Tensor {
    const grads = this.params.map(({ ownGrad }) => ownGrad as Tensor)
    // A recording need not store the only one.
    if (grads.length === 1 && recordingNow()) return flatten(grads[0])
    const whole = compute("concat", this.#joined, grads.map(vectorOf), this.#flat.dtype, this.#joined.shape)
    keep(whole.source)
    const { slot } = whole.source
    for (let i = 0; i < grads.length; i++) {
      const grad = grads[i]
      if (!grad.source.slot.kernel) continue
      grad.source.slot.kept = false
      grad.source = { slot, view: this.#members[i].view }
    }
    return whole
  }
}
