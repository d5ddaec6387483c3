/**
 * @file From pending arrays to a run: walks the lazy graph, writes it down in canonical form, and keeps one compiled
 * program per form, so that the second training step of a loop compiles nothing. Knows no op and no gradient.
 */
import type { Backend, Buffer, KernelTime, Program } from "./backend/backend.ts"
import type { Graph, Node } from "./backend/graph.ts"
import { backend, backendFor } from "./backend/registry.ts"
import { allocate, type DType, type TypedArray } from "./core/dtype.ts"
import { Form } from "./form.ts"
import { arithmeticOf } from "./fuse/lower.ts"
import type { Kernel } from "./kernel/kernel.ts"
import { asked, type Lazy, longest, nothing, recordingNow, type Source } from "./lazy.ts"

/** What lies behind some pending arrays: known arrays, scalars, and the pending ones, inputs before results. */
export interface Walk {
  readonly inputs: Lazy[]
  readonly scalars: Lazy[]
  readonly nodes: Lazy[]
  /** The same graph in canonical form, until the next walk. */
  readonly form: Form
}

let walks = 0
const form = new Form()

/** Everything that these arrays are made from, in one order. */
export function walkFrom(roots: readonly Lazy[]): Walk {
  form.clear()
  const walk: Walk = { inputs: [], scalars: [], nodes: [], form }
  walks++
  for (const root of roots) visit(root, walk)
  return walk
}

function visit(slot: Lazy, walk: Walk): void {
  if (slot.walk === walks) return
  if (slot.recording?.over) throw slot.recording.escaped()
  const { inputs, scalars, nodes } = walk
  const { kernel } = slot
  if (kernel) {
    if (slot.walk === 0) asked(slot)
    const { inputs: sources } = slot
    for (let i = 0; i < sources.length; i++) visit(sources[i].slot, walk)
    slot.place = nodes.length * 3 + 2
    nodes.push(slot)
    form.kernel(kernel, slot.dtype, sources.length)
    form.list(slot.view.shape)
    for (let i = 0; i < sources.length; i++) {
      const { slot: from, view } = sources[i]
      form.read(from.place, view, from.view)
    }
  } else if (slot.number === undefined) {
    slot.place = inputs.length * 3
    inputs.push(slot)
    form.known(slot.dtype, false)
    form.list(slot.view.shape)
  } else {
    slot.place = scalars.length * 3 + 1
    scalars.push(slot)
    form.known(slot.dtype, true)
  }
  slot.walk = walks
}

/** The walk as a graph that returns these of its nodes. */
export function graphOf(walk: Walk, outputs: readonly Lazy[], donors: readonly number[]): Graph {
  const { inputs, scalars, nodes } = walk
  const begins = [0, inputs.length, inputs.length + scalars.length]
  const number = ({ place }: Lazy): number => begins[place % 3] + Math.floor(place / 3)
  const nodeOf = (slot: Lazy): Node => ({
    kernel: slot.kernel as Kernel,
    reads: slot.inputs.map(({ slot: from, view }) => ({ array: number(from), view })),
    dtype: slot.dtype,
    shape: slot.view.shape,
  })
  return {
    inputs: inputs.map(({ dtype, size }) => ({ dtype, size })),
    scalars: scalars.map(({ dtype }) => dtype),
    nodes: nodes.map(nodeOf),
    outputs: outputs.map(number),
    donors,
  }
}

interface Entry {
  readonly form: Int32Array
  readonly program: Program
}

let compiled = 0

/** How many programs have been compiled so far: a form that has been seen before adds none. */
export function programsCompiled(): number {
  return compiled
}

/** Programs kept per backend; the oldest goes when there are more. */
const most = 1024
const caches = new WeakMap<Backend, Map<number, Entry[]>>()

/** The input whose storage an output may take over, or −1. */
function donorOf({ inputs }: Walk, { predecessor }: Lazy): number {
  if (predecessor === undefined || predecessor.place % 3 !== 0) return -1
  const at = predecessor.place / 3
  return inputs[at] === predecessor ? at : -1
}

function programOf(on: Backend, walk: Walk, outputs: readonly Lazy[]): Program {
  let cache = caches.get(on)
  if (!cache) caches.set(on, (cache = new Map()))
  const donors: number[] = []
  for (const output of outputs) {
    const donor = donorOf(walk, output)
    donors.push(donor)
    form.push(output.place)
    form.push(donor)
  }
  const { hash } = form
  const entries = cache.get(hash)
  const found = entries?.find((entry) => form.equals(entry.form))
  if (found) return found.program
  const entry = { form: form.copy(), program: on.compile(graphOf(walk, outputs, donors)) }
  compiled++
  if (entries) entries.push(entry)
  else cache.set(hash, [entry])
  const [oldest] = cache.keys()
  if (cache.size > most) cache.delete(oldest)
  return entry.program
}

/** The buffer of a known array in the hands of this backend; it is moved there if need be. */
export function bufferOn(on: Backend, slot: Lazy): Buffer {
  if (slot.home !== on || !slot.buffer) {
    slot.buffer = on.upload(valuesOf(slot).slice(), slot.dtype)
    slot.home = on
  }
  return slot.buffer
}

/** Gives back what a known array takes, which nobody will read again. */
export function forget(slot: Lazy): void {
  if (slot.buffer) slot.home?.release?.(slot.buffer)
  slot.buffer = undefined
}

/** Where a walk is to be run: on the device in use, or on the CPU if it needs a dtype that the device does not have. */
export function backendOf({ inputs, scalars, nodes }: Walk): Backend {
  const on = backend()
  if (on.dtypes.includes("float64")) return on
  const other = [...inputs, ...scalars, ...nodes]
    .map(workingDType)
    .find((dtype) => !on.dtypes.includes(dtype))
  return other ? backendFor(other) : on
}

/** In which dtype an array is computed: whole numbers may need float64 on the way, as for a power. */
function workingDType({ dtype, kernel, inputs }: Lazy): DType {
  if (dtype === "float32" || kernel?.kind !== "map") return dtype
  return arithmeticOf(
    kernel.expr,
    inputs.map(({ slot }) => slot.dtype),
    dtype,
  )
}

let times: KernelTime[] | undefined

/** Calls `f` while the time of every kernel is written down; if it is asynchronous, until it has ended. */
export function withTimes<T>(list: KernelTime[], f: () => T): T {
  const before = times
  const end = () => {
    times = before
  }
  times = list
  try {
    const result = f()
    if (result instanceof Promise) return result.finally(end) as T
    end()
    return result
  } catch (error) {
    end()
    throw error
  }
}

/** Where the times of kernels are to be written, if anywhere. */
export function timesNow(): KernelTime[] | undefined {
  return times
}

/** Runs a program over these known arrays and scalars. */
export function runProgram(on: Backend, program: Program, { inputs, scalars }: Walk): Buffer[] {
  const buffers: Buffer[] = []
  for (const input of inputs) buffers.push(bufferOn(on, input))
  const numbers: number[] = []
  for (const { number } of scalars) numbers.push(number as number)
  return program.run(buffers, numbers, times)
}

/** Arrays to be computed at the next opportunity, such as a loss that has been differentiated. */
let wanted: Lazy[] = []
/** If there is no such opportunity, the oldest are let go: they are computed when they are read. */
const mostWanted = 8

/** These arrays are computed together with whatever is computed next. */
export function want(slot: Lazy): void {
  if (!slot.kernel || recordingNow()?.defers()) return
  if (wanted.length === mostWanted) wanted.shift()
  wanted.push(slot)
}

function settle(slot: Lazy, buffer: Buffer, home: Backend): void {
  slot.buffer = buffer
  slot.home = home
  slot.kernel = undefined
  slot.inputs = nothing
  slot.depth = 0
  if (slot.predecessor) slot.predecessor.buffer = undefined
  slot.predecessor = undefined
}

/**
 * Runs whatever these arrays still need, each kernel once, in one program. They are known afterwards, and so is
 * everything on the way that is `kept`.
 */
export function realize(slots: readonly Lazy[]): void {
  if (recordingNow()?.defers()) return
  const roots: Lazy[] = []
  for (const slot of slots) if (slot.kernel) roots.push(slot)
  if (roots.length === 0) return
  for (const slot of wanted) if (slot.kernel) roots.push(slot)
  wanted = []
  for (const slot of roots) slot.kept = true
  const walk = walkFrom(roots)
  const outputs: Lazy[] = []
  for (const slot of walk.nodes) if (slot.kept) outputs.push(slot)
  const on = backendOf(walk)
  const buffers = runProgram(on, programOf(on, walk, outputs), walk)
  for (let i = 0; i < outputs.length; i++) settle(outputs[i], buffers[i], on)
  for (const slot of walk.nodes) if (slot.kernel) slot.depth = depthOf(slot.inputs) + 1
}

function depthOf(inputs: readonly Source[]): number {
  let depth = 0
  for (const { slot } of inputs) if (slot.depth > depth) depth = slot.depth
  return depth
}

/** Runs a chain that has grown too long. */
export function shorten(source: Source): Source {
  if (source.slot.depth >= longest) realize([source.slot])
  return source
}

/** The array after it has been computed, if need be: it has a device, and a buffer there. */
function computed(slot: Lazy): Lazy & { home: Backend; buffer: Buffer } {
  recordingNow()?.reads()
  if (slot.kernel) realize([slot])
  return slot as Lazy & { home: Backend; buffer: Buffer }
}

/** The values of an array, computed first if need be. Must not be changed. */
export function valuesOf(slot: Lazy): TypedArray {
  if (slot.number !== undefined) return numberAsArray(slot)
  const { home, buffer } = computed(slot)
  return home.download(buffer)
}

/** One value of an array, computed first if need be. */
export function elementOf(slot: Lazy, index: number): number {
  if (slot.number !== undefined) return slot.number
  const { home, buffer } = computed(slot)
  return home.element ? home.element(buffer, index) : home.download(buffer)[index]
}

/** As `valuesOf`, on every device. Later moves to another device take these values. */
export async function valuesLater(slot: Lazy): Promise<TypedArray> {
  if (slot.number !== undefined) return numberAsArray(slot)
  const { home, buffer } = computed(slot)
  return home.downloadAsync(buffer)
}

function numberAsArray({ dtype, number = 0 }: Lazy): TypedArray {
  const array = allocate(dtype, 1)
  array[0] = number
  return array
}
