/**
 * @file Who owns GPU memory. Knows blocks and arrays, no kernels.
 *
 * The rule. An array that was uploaded keeps its values in JavaScript; its block on the GPU is a copy that can be made
 * again. A computed array lives on the GPU alone, until `downloadAsync` has brought its values over. Nobody disposes
 * of anything, and nothing is counted. When the blocks in use exceed the budget (bytes, or number of blocks), blocks
 * are freed from the least recently used on: first copies of values that JavaScript still has, then results. A result
 * that was freed so and is asked for later throws and says so. What a training step uses at every step (parameters,
 * optimizer state, data) is never the oldest, and what the run in hand uses is never freed, so loops of any length
 * run in constant memory without a pause. The registry of finalizers gives back large blocks of collected arrays
 * sooner where the program pauses; the rule does not rest on it.
 */
import type { DType, TypedArray } from "../../core/dtype.ts"
import { BackendError, MemoryError } from "../../core/errors.ts"
import type { Commands } from "./commands.ts"
import { type Block, Pool } from "./pool.ts"

/** What the backend calls a Buffer. */
export class DeviceArray {
  readonly dtype: DType
  readonly length: number
  /** The values, where JavaScript has them. */
  host: TypedArray | undefined
  block: Block | undefined = undefined
  generation = 0
  /** Its storage was taken over by the output of a run. */
  spent = false
  /** The memory in which the block lies. */
  owner: Memory | undefined = undefined

  constructor(dtype: DType, length: number, host?: TypedArray) {
    this.dtype = dtype
    this.length = length
    this.host = host
  }
}

export interface Budget {
  readonly bytes: number
  readonly blocks: number
}

/** Blocks in order of use. */
class Queue {
  first: Block | undefined = undefined
  #last: Block | undefined = undefined

  push(block: Block): void {
    block.before = this.#last
    block.after = undefined
    if (this.#last) this.#last.after = block
    else this.first = block
    this.#last = block
  }

  remove(block: Block): void {
    if (block.before) block.before.after = block.after
    else this.first = block.after
    if (block.after) block.after.before = block.before
    else this.#last = block.before
  }
}

/** Uploads that were used in this many last runs are not freed while there are older results. */
const recent = 16
/** Arrays of at least this many bytes are given back when they are collected. */
const large = 2 ** 16
/** More than this at once is too much for one run. */
const cap = 2 ** 32

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`

export class Memory {
  readonly #device: GPUDevice
  readonly #commands: Commands
  readonly #budget: Budget
  readonly #pool: Pool
  readonly #uploads = new Queue()
  readonly #results = new Queue()
  readonly #collected = new FinalizationRegistry<{ block: Block; generation: number }>(
    ({ block, generation }) => {
      if (block.generation === generation) this.#release(block)
    },
  )
  #blocks = 0
  /** The number of the run in hand. */
  run = 0
  live = 0
  peak = 0

  constructor(device: GPUDevice, commands: Commands, budget: Budget) {
    this.#device = device
    this.#commands = commands
    this.#budget = budget
    this.#pool = new Pool(device)
  }

  #list(block: Block): Queue {
    return block.restorable ? this.#uploads : this.#results
  }

  /** A block that belongs to nobody yet; something older goes where there is no room. */
  #take(bytes: number): Block {
    if (bytes > this.#device.limits.maxStorageBufferBindingSize || bytes > this.#device.limits.maxBufferSize)
      throw new MemoryError(
        `webgpu: one array of ${megabytes(bytes)} is more than this GPU can address; make it smaller or work in batches.`,
      )
    while (this.live + bytes > this.#budget.bytes || this.#blocks >= this.#budget.blocks)
      if (!this.#evict()) break
    if (this.live + bytes > cap)
      throw new MemoryError(
        `webgpu: one computation needs more than ${megabytes(cap)} at once; make the arrays smaller or work in batches.`,
      )
    if (this.#pool.idle > this.#budget.bytes / 2) {
      this.#commands.flush()
      this.#pool.trim()
    }
    const block = this.#pool.take(bytes)
    this.live += block.size
    this.#blocks++
    if (this.live > this.peak) this.peak = this.live
    return block
  }

  #release(block: Block): void {
    this.#list(block).remove(block)
    block.restorable = false
    block.generation++
    this.live -= block.size
    this.#blocks--
    this.#pool.give(block)
  }

  #evict(): boolean {
    const upload = this.#uploads.first
    const result = this.#results.first
    const mayUpload = upload !== undefined && upload.used < this.run
    const mayResult = result !== undefined && result.used < this.run
    const spare = mayUpload && mayResult && upload.used > this.run - recent && result.used < upload.used
    const victim = mayUpload && !spare ? upload : mayResult ? result : undefined
    if (victim) this.#release(victim)
    return victim !== undefined
  }

  #touch(block: Block): void {
    if (block.used === this.run) return
    const list = this.#list(block)
    list.remove(block)
    block.used = this.run
    list.push(block)
  }

  #own(array: DeviceArray, block: Block): void {
    array.owner = this
    array.block = block
    array.generation = block.generation
    if (block.size >= large) this.#collected.register(array, { block, generation: block.generation })
  }

  /** Keeps the block of an array, if it has one, for the run in hand. */
  pin(array: DeviceArray): void {
    if (this.has(array)) this.#touch(array.block!)
  }

  /** Is the array on the GPU? */
  has(array: DeviceArray): boolean {
    return array.owner === this && array.block!.generation === array.generation
  }

  /** The block of an array, brought back to the GPU if need be. Throws: BackendError if the values are gone. */
  resident(array: DeviceArray): Block {
    const { host } = array
    if (this.has(array)) {
      this.#touch(array.block!)
      return array.block!
    }
    if (!host) throw this.#gone(array)
    const fresh = this.#take(4 * array.length)
    this.#write(fresh, host)
    fresh.restorable = true
    fresh.used = this.run
    this.#uploads.push(fresh)
    this.#own(array, fresh)
    return fresh
  }

  #write(block: Block, values: TypedArray): void {
    // Writing goes ahead of commands that have not been sent; those must not find new values in their block.
    if (block.used >= this.#commands.since) this.#commands.flush()
    const words = values instanceof Uint8Array ? Uint32Array.from(values) : values
    this.#device.queue.writeBuffer(
      block.buffer,
      block.offset,
      words.buffer as ArrayBuffer,
      words.byteOffset,
      words.byteLength,
    )
  }

  /** An array for a result, with a block of its own. */
  fresh(dtype: DType, length: number): DeviceArray {
    const array = new DeviceArray(dtype, length)
    const block = this.#take(4 * length)
    block.used = this.run
    this.#results.push(block)
    this.#own(array, block)
    return array
  }

  /** An array for a result that takes over `block`, in which `donor` lies. */
  takeOver(donor: DeviceArray, block: Block, dtype: DType, length: number): DeviceArray {
    this.#list(block).remove(block)
    block.restorable = false
    block.generation++
    this.#results.push(block)
    donor.owner = undefined
    donor.block = undefined
    donor.host = undefined
    donor.spent = true
    const array = new DeviceArray(dtype, length)
    this.#own(array, block)
    return array
  }

  /** Notes that JavaScript now has the values of an array. */
  restorable(array: DeviceArray, values: TypedArray): void {
    if (array.spent) return
    array.host = values
    if (!this.has(array)) return
    const block = array.block!
    this.#list(block).remove(block)
    block.restorable = true
    this.#uploads.push(block)
  }

  #gone(array: DeviceArray): BackendError {
    const what = `an array of ${array.length} ${array.dtype} numbers`
    if (array.spent)
      return new BackendError(
        `webgpu: ${what} was given away: a newer value has taken over its storage. Read it before that.`,
      )
    if (array.owner !== this)
      return new BackendError(
        `webgpu: ${what} was lost with the GPU on which it had been computed; compute it again.`,
      )
    return new BackendError(
      `webgpu: ${what} is no longer on the GPU. It had not been used for long, and its memory was needed for newer ` +
        `results (the budget is ${megabytes(this.#budget.bytes)} or ${this.#budget.blocks} arrays). Read a result soon ` +
        "after it is computed (await t.dataAsync() keeps its values), or use it at every step, as parameters are.",
    )
  }
}
