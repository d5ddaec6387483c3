/**
 * @file The lazy graph: an array that is known by its values, by one number, or by the kernel that will make it.
 * Knows no op, no gradient, and not how a graph is run (`schedule.ts`).
 *
 * Who owns what. A pending array holds the arrays it is made from. The moment it has run it lets go of them, so a
 * computed array holds nothing but its own values, and no chain of old steps can build up behind a parameter.
 * Values belong to whoever still refers to the array; there is no count to keep and no finalizer to wait for (what
 * a backend does with its own memory is stated there). Arrays that are not `kept` stay pending, over arrays that are
 * known; they are computed again if somebody asks: what is element-wise, and the steps inside an op. A chain that nobody reads is run when it gets
 * `longest` steps long, so a loop that only ever adds to a total stays flat too.
 */
import type { Backend, Buffer } from "./backend/backend.ts"
import { backendFor } from "./backend/registry.ts"
import { bytesOf, type DType, type TypedArray } from "./core/dtype.ts"
import { tellDraws } from "./core/random.ts"
import { sizeOf } from "./core/shape.ts"
import { rowMajor, type View } from "./core/view.ts"
import type { Kernel } from "./kernel/kernel.ts"

/** The longest chain of pending arrays. */
export const longest = 256

/** An array: `buffer` holds its values, or `number` is its only one, or `kernel` over `inputs` will make them. */
export class Lazy {
  readonly dtype: DType
  readonly size: number
  /** The values, in the hands of the backend `home`. */
  buffer: Buffer | undefined = undefined
  home: Backend | undefined = undefined
  /** The value of a scalar. It is given to programs as an argument, so that they need not be compiled for it. */
  number: number | undefined = undefined
  /** What makes it, while it is pending. */
  kernel: Kernel | undefined = undefined
  inputs: readonly Source[] = nothing
  /** How it lies: row-major, in the shape in which it was made. */
  readonly view: View
  /** Length of the pending chain that ends here; 0 once computed. */
  depth = 0
  /** Is it stored when it is computed on the way to something else? */
  kept = false
  /** An array that nobody reads once this one is there: its storage may be taken over. */
  predecessor: Lazy | undefined = undefined
  /** Has anything but its owner seen this array since `shared` was last set to false? Kept for `jit`. */
  shared = true
  /** The recording that it was made in, if any. */
  recording: Recording | undefined = undefined
  /** The walk that has met this array, and its number there. Kept by `schedule.ts`. */
  walk = 0
  place = 0
  /** Checks of its values that have passed before replays. */
  passed: Set<unknown> | undefined = undefined

  constructor(dtype: DType, view: View) {
    this.dtype = dtype
    this.view = view
    this.size = sizeOf(view.shape)
  }
}

/** An empty list. */
export const nothing: readonly never[] = []

/** An array and the view through which it is seen: the value of a tensor. */
export interface Source {
  readonly slot: Lazy
  readonly view: View
}

/**
 * What is told of a function that `jit` records. While one is under way nothing is computed; what would be is put
 * off to its end. Tensors are objects here: this file knows nothing of them.
 */
export interface Recording {
  /** Are arrays to be computed at the end instead of now? */
  defers(): boolean
  /** Somebody reads the values of an array, which a recording cannot know. */
  reads(): void
  /** Random numbers are drawn at once, which a replay would not repeat. */
  draws(): void
  /** An op is about to use this tensor. */
  uses(tensor: object, source: Source): void
  /** A tensor is about to take over other values. */
  assigns(tensor: object): void
  /** The gradient of a tensor is about to be read or set. */
  touchesGrad(tensor: object, how: "read" | "set"): void
  /** A scalar that is computed anew before each replay. */
  refreshes(slot: Lazy, value: () => number): void
  /** Something to be done before each replay. */
  repeats(action: () => void): void
  /** A check of values that may be others in each replay. True if it takes care of it. */
  checks(slot: Lazy, check: (slot: Lazy) => void): boolean
  /** The error for a reader of an array that was made inside and never returned. */
  escaped(): Error
  /** Has it ended, so that what was made in it is not to be had any more? */
  readonly over: boolean
}

let recording: Recording | undefined

/** The recording that is under way, if any. */
export function recordingNow(): Recording | undefined {
  return recording
}

function begin(next: Recording | undefined): void {
  recording = next
  tellDraws(next ? () => next.draws() : undefined)
}

/** Calls `f` while `next` is told what happens. */
export function withRecordingOf<T>(next: Recording | undefined, f: () => T): T {
  const before = recording
  begin(next)
  try {
    return f()
  } finally {
    begin(before)
  }
}

/** An array with these values, seen in row-major order. The values are given away. */
export function known(values: TypedArray, dtype: DType, shape: readonly number[]): Source {
  const slot = new Lazy(dtype, rowMajor(shape))
  slot.home = backendFor(dtype)
  slot.buffer = slot.home.upload(values, dtype)
  return { slot, view: slot.view }
}

/** How one number lies. */
export const scalarView = rowMajor([])

/** One number as a scalar. */
export function scalar(value: number, dtype: DType): Source {
  const slot = new Lazy(dtype, scalarView)
  slot.number = value
  return { slot, view: scalarView }
}

/** A number that changes from step to step, such as a learning rate: `jit` asks for it again before each replay. */
export function live(value: () => number, dtype: DType): Source {
  const source = scalar(value(), dtype)
  recording?.refreshes(source.slot, value)
  return source
}

/** Does something now and before each replay, such as counting the steps of an optimizer. */
export function everyTime(action: () => void): void {
  action()
  recording?.repeats(action)
}

/** How many ops are being computed, one inside the other. */
let inside = 0
/** How many kernels that are more than element-wise have been asked for. */
let costly = 0

/** Calls `f`, all of whose arrays are steps on the way: they are not kept. */
export function onTheWay<T>(f: () => T): T {
  inside++
  try {
    return f()
  } finally {
    inside--
  }
}

/** f(x, ...rest), the result of an op, by steps that are not kept. The result is, if they are costly. */
export function asOneOp<T extends { readonly source: Source }, A extends unknown[]>(
  f: (x: T, ...rest: A) => T,
  x: T,
  rest: A,
): T {
  const before = costly
  inside++
  let result: T
  try {
    result = f(x, ...rest)
  } finally {
    inside--
  }
  if (inside === 0 && costly > before) keep(result.source)
  return result
}

/** What somebody may read later is kept, if it is computed at all. */
export function keep({ slot }: Source): void {
  slot.kept = slot.kernel !== undefined
}

/** Bytes of arrays that wait to be computed, and that nobody has asked for yet. */
let waiting = 0
/** So many may wait without anybody being told: no step of a training loop makes more before it is computed. */
const untold = 2 ** 30
/** Whoever counts is told again after so many more. */
const telling = 2 ** 25
let told = untold

/** What a pending array comes to: its values once it is computed, and what is written down of it until then. */
function weightOf({ dtype, size }: Lazy): number {
  return bytesOf[dtype] * size + 4096
}

/** Somebody asks for this array for the first time. */
export function asked(slot: Lazy): void {
  waiting -= weightOf(slot)
  if (waiting < told) told = Math.max(waiting, untold)
}

/** Bytes of waiting arrays that nobody was told of; 0 while they are not worth it. Tells of each once. */
export function newlyWaiting(): number {
  const bytes = waiting - told
  if (bytes < telling) return 0
  told = waiting
  return bytes
}

/** The view of a new array of this shape; that of an input, if it is the same. */
function viewLike(inputs: readonly Source[], shape: readonly number[]): View {
  if (inputs.length > 0) {
    const { slot, view } = inputs[0]
    if (view === slot.view && view.shape === shape) return view
  }
  return rowMajor(shape)
}

/** The result of a kernel, not yet computed. */
export function pending(
  kernel: Kernel,
  inputs: readonly Source[],
  dtype: DType,
  shape: readonly number[],
): Source {
  const view = viewLike(inputs, shape)
  const slot = new Lazy(dtype, view)
  slot.kernel = kernel
  slot.inputs = inputs
  slot.recording = recording
  if (kernel.kind !== "map") {
    costly++
    slot.kept = inside === 0
  }
  let depth = 0
  for (let i = 0; i < inputs.length; i++) {
    const { slot: from } = inputs[i]
    from.shared = true
    if (from.depth > depth) depth = from.depth
  }
  slot.depth = depth + 1
  waiting += weightOf(slot)
  return { slot, view }
}
