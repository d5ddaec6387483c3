/**
 * @file Who owns GPU memory. Knows blocks and arrays, no kernels.
 *
 * The rule. Nobody disposes of anything, and nothing is counted. When the blocks in use exceed the budget (bytes, or
 * number of blocks), blocks are freed from the least recently used on: first those whose values JavaScript has too
 * (uploads, what has been read, and what was copied while the program paused, see `keeper.ts`), which come back when
 * they are asked for; then results. A result that was freed so and is asked for later throws and says so. What a
 * training step uses at every step (parameters, optimizer state, data) is never the oldest, and what the run in hand
 * uses is never freed, so loops of any length run in constant memory without a pause. The registry of finalizers
 * gives back large blocks of collected arrays sooner where the program pauses; the rule does not rest on it.
 */
import type { DType, TypedArray } from "../../core/dtype.ts"
import { BackendError, MemoryError } from "../../core/errors.ts"
import { DeviceArray } from "./array.ts"
import { type Block, Content } from "./block.ts"
import type { Commands } from "./commands.ts"
import { Pool } from "./pool.ts"

export interface Budget {
  readonly bytes: number
  readonly blocks: number
}

/** Blocks in order of use. */
class Queue {
  first: Block | undefined = undefined
  last: Block | undefined = undefined

  push(block: Block): void {
    block.before = this.last
    block.after = undefined
    if (this.last) this.last.after = block
    else this.first = block
    this.last = block
  }

  remove(block: Block): void {
    if (block.before) block.before.after = block.after
    else this.first = block.after
    if (block.after) block.after.before = block.before
    else this.last = block.before
  }
}

/** What was used in this many last runs, and can be brought back, is kept while there are results that are … */
const recent = 16
/** … this many runs old. */
const ancient = 1024
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
  readonly #collected = new FinalizationRegistry<{ block: Block; content: Content; version: number }>(
    ({ block, content, version }) => {
      if (block.content === content && content.version === version) this.#release(block)
    },
  )
  #toldOfLoss = false
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
    block.content = undefined
    this.live -= block.size
    this.#blocks--
    this.#pool.give(block)
  }

  #evict(): boolean {
    const upload = this.#uploads.first
    const result = this.#results.first
    const mayUpload = upload !== undefined && upload.used < this.run
    const mayResult = result !== undefined && result.used < this.run
    const spare =
      mayUpload && mayResult && upload.used > this.run - recent && result.used < this.run - ancient
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
    const { content, version } = array
    content.owner = this
    content.block = block
    block.content = content
    if (block.size >= large) this.#collected.register(array, { block, content, version })
  }

  /** Keeps the block of an array, if it has one, for the run in hand. */
  pin(array: DeviceArray): void {
    if (this.has(array)) this.#touch(array.content.block!)
  }

  /** Is the array on the GPU? */
  has({ content, version }: DeviceArray): boolean {
    return content.owner === this && content.block!.content === content && content.version === version
  }

  /** The block of an array, brought back to the GPU if need be. Throws: BackendError if the values are gone. */
  resident(array: DeviceArray): Block {
    if (this.has(array)) {
      const block = array.content.block!
      this.#touch(block)
      return block
    }
    const values = array.host ?? this.#rescued(array)
    const fresh = this.#take(array.content.bytes)
    this.#write(fresh, values)
    fresh.restorable = true
    fresh.used = this.run
    this.#uploads.push(fresh)
    this.#own(array, fresh)
    return fresh
  }

  /** The last copy of an array whose newest values went with a GPU that was lost. */
  #rescued(array: DeviceArray): TypedArray {
    const { content } = array
    if (array.spent || !content.copy || content.owner === this) throw this.#gone(array)
    if (!this.#toldOfLoss) {
      this.#toldOfLoss = true
      throw new BackendError(
        "webgpu: the GPU was lost while it computed; another one goes on. Parameters are now as they were when the " +
          "program last paused; run the cell again.",
      )
    }
    content.copyVersion = content.version
    return content.copy
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
    const array = new DeviceArray(new Content(dtype, length))
    const block = this.#take(4 * length)
    block.used = this.run
    this.#results.push(block)
    this.#own(array, block)
    return array
  }

  /** An array for a result that takes over the block in which `donor` lies. */
  takeOver(donor: DeviceArray): DeviceArray {
    const block = donor.content.block!
    this.#list(block).remove(block)
    block.restorable = false
    this.#results.push(block)
    const array = donor.successor()
    this.#own(array, block)
    return array
  }

  /** The results that JavaScript has no copy of, so many at most and so many bytes, the most recently used. */
  unsaved(most: number, bytes: number): Block[] {
    const blocks: Block[] = []
    let room = bytes
    for (let block = this.#results.last; block && blocks.length < most; block = block.before)
      if (block.size <= room) {
        blocks.push(block)
        room -= block.size
      }
    return blocks
  }

  /** Notes that JavaScript now has the values that a content had at that version. */
  saved(content: Content, version: number, values: TypedArray): void {
    if (version < content.copyVersion) return
    content.copy = values
    content.copyVersion = version
    const { block } = content
    if (version !== content.version || content.owner !== this || block?.content !== content) return
    this.#list(block).remove(block)
    block.restorable = true
    this.#uploads.push(block)
  }

  #gone(array: DeviceArray): BackendError {
    const { dtype, length, owner } = array.content
    const what = `an array of ${length} ${dtype} numbers`
    if (array.spent)
      return new BackendError(
        `webgpu: ${what} was given away: a newer value has taken over its storage. Read it before that.`,
      )
    if (owner !== this)
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
