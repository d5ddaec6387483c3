/**
 * @file Brings values from the GPU to JavaScript: when they are asked for, and, while the program pauses, those of the
 * last results unasked. So parameters outlive the loss of the GPU, and memory can be given to others without losing
 * what was computed before. Knows no programs.
 */
import type { TypedArray } from "../../core/dtype.ts"
import { BackendError } from "../../core/errors.ts"
import type { Block, Content } from "./block.ts"
import type { Commands } from "./commands.ts"
import { checkGpu, type Gpu, mapRead, usage } from "./device.ts"
import type { Memory } from "./memory.ts"
import { Painter } from "./painter.ts"

/** Milliseconds from a pause to the copies; a program that pauses all the time is copied that often. */
const delay = 1000
/** Results, and bytes of them, that are copied at once. */
const most = 1024
const mostBytes = 2 ** 26

interface Part {
  readonly block: Block
  readonly content: Content
  readonly version: number
  readonly at: number
}

export class Readback {
  readonly #gpu: Gpu
  readonly #commands: Commands
  readonly #memory: Memory
  /** What reads at once; null where there is no way. */
  #painter: Painter | null | undefined = undefined
  #planned = false

  constructor(gpu: Gpu, commands: Commands, memory: Memory) {
    this.#gpu = gpu
    this.#commands = commands
    this.#memory = memory
  }

  /** The values that these blocks have now. Rejects if the GPU is lost meanwhile. */
  async fetch(blocks: readonly Block[]): Promise<TypedArray[]> {
    let size = 0
    const parts: Part[] = []
    for (const block of blocks) {
      const content = block.content as Content
      parts.push({ block, content, version: content.version, at: size })
      size += content.bytes
    }
    const staging = this.#gpu.device.createBuffer({
      size: Math.max(size, 4),
      usage: usage.mapRead | usage.copyDst,
    })
    const encoder = this.#commands.encoder()
    for (const { block, content, at } of parts)
      encoder.copyBufferToBuffer(block.buffer, block.offset, staging, at, content.bytes)
    this.#commands.flush()
    await staging.mapAsync(mapRead)
    const words = staging.getMappedRange()
    const values = parts.map(({ content, version, at }) => {
      const copy = content.decode(words.slice(at, at + content.bytes))
      this.#memory.saved(content, version, copy)
      return copy
    })
    staging.destroy()
    return values
  }

  /** The values that a block has now, at once. Throws: BackendError where the platform has no way. */
  now(block: Block): TypedArray {
    const content = block.content as Content
    if (this.#painter === undefined) this.#painter = Painter.open(this.#gpu) ?? null
    if (this.#painter === null)
      throw new BackendError(
        "webgpu: the values are on the GPU, which answers only later here; write `await t.dataAsync()` (or itemAsync) " +
          'where you now read them at once, or use setDevice("cpu").',
      )
    this.#commands.flush()
    const values = content.decode(this.#painter.read(block.buffer, block.offset, content.bytes))
    checkGpu(this.#gpu)
    this.#memory.saved(content, content.version, values)
    return values
  }

  /** Copies the last results, some time from now. */
  plan(): void {
    if (this.#planned) return
    this.#planned = true
    setTimeout(() => {
      this.#planned = false
      // A GPU that is lost meanwhile has nothing to give; that is told to whoever asks for it.
      if (this.#gpu.lost === undefined) this.save().catch(() => undefined)
    }, delay)
  }

  /** Copies the last results now. */
  async save(): Promise<void> {
    const blocks = this.#memory.unsaved(most, mostBytes)
    if (blocks.length > 0) await this.fetch(blocks)
  }
}
