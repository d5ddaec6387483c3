/**
 * @file One recording of a jitted function, ready to be run again. Knows no op.
 *
 * A run works on the arguments of the call, on the tensors from outside that the function uses, and on those that
 * it changes (parameters, states of optimizers, running means), whose storage it takes over: the array of such a
 * tensor is lent to it by the replay and overwritten by the next run. If something else has seen that array in the
 * meantime (`Lazy.shared`), it is left alone and the run works on a copy.
 */
import type { Backend, Buffer, Program } from "./backend/backend.ts"
import { backend } from "./backend/registry.ts"
import { sameShape } from "./core/shape.ts"
import type { View } from "./core/view.ts"
import type { Flattened } from "./flattened.ts"
import { input } from "./kernel/expr.ts"
import { Lazy, pending, type Source } from "./lazy.ts"
import type { GradCell, Recorder } from "./recorder.ts"
import { backendOf, bufferOn, graphOf, realize, timesNow, type Walk, walkFrom } from "./schedule.ts"
import { Tensor } from "./tensor.ts"

const copy = input(0)

/** An array made by a kernel, so that what is handed through is an output like any other. */
function made(source: Source): Source {
  if (source.slot.kernel) return source
  return pending({ kind: "map", expr: copy }, [source], source.slot.dtype, source.view.shape)
}

function sameView(a: View, b: View): boolean {
  return a.offset === b.offset && sameShape(a.shape, b.shape) && sameShape(a.strides, b.strides)
}

/** An array from outside and the tensors that show it. They show it still, or all show another one alike. */
interface Outside {
  slot: Lazy
  readonly tensors: readonly Tensor[]
  readonly sources: Source[]
  /** The output that takes over its storage, or −1 if it is only read. */
  readonly output: number
}

/** Where an input of the graph comes from in each run. */
type Origin =
  | { readonly kind: "argument"; readonly index: number }
  | ({ readonly kind: "outside" } & Outside)
  /** The gradient that a tensor has when the function is called. */
  | { readonly kind: "grad"; readonly tensor: Tensor; readonly view: View }

/** A tensor that shows an output after each run. */
interface Shown {
  readonly tensor: Tensor
  readonly output: number
  readonly view: View
}

/** Follows tensors that were given other values outside. False if they no longer fit together. */
function follow(outside: Outside): boolean {
  const { tensors, sources } = outside
  let same = true
  for (let i = 0; i < tensors.length; i++) if (tensors[i].source !== sources[i]) same = false
  if (same) return true
  const { slot } = tensors[0].source
  const alike = tensors.every(
    ({ source }, i) => source.slot === slot && sameView(source.view, sources[i].view),
  )
  if (!alike || slot.size !== outside.slot.size || slot.number !== undefined) return false
  realize([slot])
  slot.shared = true
  outside.slot = slot
  for (let i = 0; i < tensors.length; i++) sources[i] = tensors[i].source
  return true
}

export class Replay {
  /** The device that was in use, and where this runs: elsewhere if that lacks a dtype. */
  readonly #device: Backend
  readonly #on: Backend
  readonly #recorder: Recorder
  readonly #arguments: readonly (Lazy | undefined)[]
  readonly #result: Flattened
  readonly #program: Program
  readonly #origins: readonly Origin[]
  /** Those of them whose storage an output takes over. */
  readonly #lenders: readonly Outside[]
  readonly #scalars: readonly Lazy[]
  readonly #numbers: number[]
  readonly #buffers: Buffer[] = []
  readonly #outputs: readonly Lazy[]
  /** For each output: its array after the run; that of a changed tensor is lent to it until the next. */
  readonly #lent: (Lazy | undefined)[]
  readonly #changed: readonly Shown[]
  readonly #grads: readonly Shown[]
  readonly #cleared: readonly Tensor[]
  readonly #results: readonly { tensor: Tensor | undefined; output: number; view: View }[]
  /** Tensors from outside that were one number; the number is in the program. */
  readonly #constant: readonly [Tensor, Source][]
  /** Gradients that the function looks at before it sets them. */
  readonly #asked: readonly GradCell[]

  constructor(device: Backend, recorder: Recorder, result: Flattened, args: readonly (Lazy | undefined)[]) {
    this.#device = device
    this.#recorder = recorder
    this.#arguments = args
    this.#result = result
    const ends = new Map([...recorder.assigned.keys()].map((t) => [t, made(t.source)] as const))
    const cells = [...recorder.grads.values()]
    const grads = cells.flatMap(({ tensor, before }) =>
      tensor.grad && tensor.grad !== before ? [{ tensor, end: made(tensor.grad.source) }] : [],
    )
    const results = result.tensors.map((t) => ends.get(t) ?? made(t.source))
    const all = [...ends.values(), ...grads.map(({ end }) => end), ...results]
    const outputs = [...new Set(all.map(({ slot }) => slot))]
    const number = ({ slot }: Source): number => outputs.indexOf(slot)
    const walk = walkFrom(outputs)
    this.#origins = this.#originsOf(walk, ends, number)
    this.#lenders = this.#origins.flatMap((origin) =>
      origin.kind === "outside" && origin.output >= 0 ? [origin] : [],
    )
    const donors = outputs.map((_, o) =>
      this.#origins.findIndex((origin) => origin.kind === "outside" && origin.output === o),
    )
    this.#on = backendOf(walk)
    this.#program = this.#on.compile(graphOf(walk, outputs, donors))
    this.#scalars = walk.scalars
    this.#numbers = walk.scalars.map((slot) => slot.number as number)
    this.#outputs = outputs
    this.#lent = outputs.map(() => undefined)
    const shown = <T>(tensor: T, end: Source) => ({ tensor, output: number(end), view: end.view })
    this.#changed = [...ends].map(([tensor, end]) => shown(tensor, end))
    this.#grads = grads.map(({ tensor, end }) => shown(tensor, end))
    this.#cleared = cells.flatMap(({ tensor }) => (tensor.grad === null ? [tensor] : []))
    this.#results = results.map((end, i) => {
      return shown(ends.has(result.tensors[i]) ? result.tensors[i] : undefined, end)
    })
    this.#asked = cells.filter(({ read }) => read)
    this.#constant = [...recorder.used].filter(([, { slot }]) => slot.number !== undefined)
  }

  /** Puts everything back to what it was before the recording, for the first run. */
  rewind(): void {
    for (const [tensor, source] of this.#recorder.assigned) tensor.source = source
    for (const { tensor, before } of this.#recorder.grads.values()) tensor.grad = before
  }

  #originsOf(walk: Walk, ends: Map<Tensor, Source>, number: (end: Source) => number): Origin[] {
    const { assigned, used, grads } = this.#recorder
    const taken = new Set<number>()
    return walk.inputs.map((slot): Origin => {
      const index = this.#arguments.indexOf(slot)
      if (index >= 0) return { kind: "argument", index }
      const cell = [...grads.values()].find(({ before }) => before?.source.slot === slot)
      if (cell?.before) return { kind: "grad", tensor: cell.tensor, view: cell.before.source.view }
      const seen = [...used].filter(([, source]) => source.slot === slot)
      const changed = seen.filter(([t]) => assigned.has(t))
      if (changed.length > 0 && changed.length < seen.length)
        this.#recorder.giveUp(
          "it uses a tensor that it changes together with another view of it (detach or slice)",
        )
      const tensors = seen.map(([t]) => t)
      const sources = seen.map(([, source]) => source)
      const end = changed.length > 0 ? ends.get(changed[0][0]) : undefined
      const fits = end && end.slot.size === slot.size && end.slot.dtype === slot.dtype
      const together = changed.every(([t]) => ends.get(t)?.slot === end?.slot)
      const output = end && fits && together && !taken.has(number(end)) ? number(end) : -1
      taken.add(output)
      return { kind: "outside", slot, tensors, sources, output }
    })
  }

  /** Can it be run as things are outside? */
  fits(): boolean {
    if (this.#device !== backend()) return false
    for (const { tensor, before } of this.#asked)
      if ((tensor.grad === null) !== (before === null)) return false
    for (const [tensor, source] of this.#constant) if (tensor.source !== source) return false
    for (const origin of this.#origins) {
      if (origin.kind === "outside" && !follow(origin)) return false
      if (origin.kind === "grad") {
        const source = origin.tensor.grad?.source
        if (!source || !sameView(source.view, origin.view)) return false
        realize([source.slot])
      }
    }
    return true
  }

  /** Before a run that is not the first: counts steps, asks for learning rates and random streams, checks values. */
  prepare(args: readonly Tensor[]): void {
    const { actions, checked } = this.#recorder
    for (const action of actions) action()
    for (let i = 0; i < this.#scalars.length; i++) this.#numbers[i] = this.#scalars[i].number as number
    for (const { slot, check } of checked) {
      const index = this.#arguments.indexOf(slot)
      const now = index >= 0 ? args[index].source.slot : slot
      if (now.passed?.has(check)) continue
      check(now)
      now.passed ??= new Set()
      now.passed.add(check)
    }
  }

  /** Runs on these arguments, which are computed arrays in row-major order. */
  run(args: readonly Tensor[]): unknown {
    for (let i = 0; i < this.#origins.length; i++) this.#buffers[i] = this.#bufferOf(this.#origins[i], args)
    const made = this.#program.run(this.#buffers, this.#numbers, timesNow())
    for (let o = 0; o < this.#lent.length; o++) this.#lent[o] = undefined
    for (const origin of this.#lenders) this.#lend(origin, made[origin.output])
    for (const { tensor, output, view } of this.#changed) {
      const slot = this.#slotOf(output, made)
      if (tensor.source.slot !== slot) tensor.source = { slot, view }
      tensor.version++
    }
    for (const { tensors, sources } of this.#lenders)
      for (let i = 0; i < tensors.length; i++) sources[i] = tensors[i].source
    for (const { tensor, output, view } of this.#grads)
      tensor.grad = new Tensor({ slot: this.#slotOf(output, made), view })
    for (const tensor of this.#cleared) if (tensor.grad !== null) tensor.grad = null
    const results = this.#results.map(
      ({ tensor, output, view }) => tensor ?? new Tensor({ slot: this.#slotOf(output, made), view }),
    )
    return this.#result.rebuilt(results)
  }

  #bufferOf(origin: Origin, args: readonly Tensor[]): Buffer {
    if (origin.kind === "argument") return bufferOn(this.#on, args[origin.index].source.slot)
    if (origin.kind === "grad") return bufferOn(this.#on, (origin.tensor.grad as Tensor).source.slot)
    const buffer = bufferOn(this.#on, origin.slot)
    return origin.output >= 0 && origin.slot.shared ? this.#on.copy(buffer) : buffer
  }

  /** The array of a changed tensor takes the new values; a new array if the old one has been seen elsewhere. */
  #lend(origin: Outside, buffer: Buffer): void {
    if (origin.slot.shared) {
      origin.slot = new Lazy(origin.slot.dtype, origin.slot.view)
      origin.slot.home = this.#on
      origin.slot.shared = false
    }
    origin.slot.buffer = buffer
    origin.slot.passed = undefined
    this.#lent[origin.output] = origin.slot
  }

  /** The array of an output of this run. */
  #slotOf(output: number, made: readonly Buffer[]): Lazy {
    return (this.#lent[output] ??= this.#newSlot(output, made[output]))
  }

  #newSlot(output: number, buffer: Buffer): Lazy {
    const slot = new Lazy(this.#outputs[output].dtype, this.#outputs[output].view)
    slot.home = this.#on
    slot.buffer = buffer
    return slot
  }
}
