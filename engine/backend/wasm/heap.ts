/**
 * @file The heap inside the WebAssembly memory: who has which bytes. Small blocks come from size classes, large ones
 * from a list of gaps by best fit; the memory grows when neither has room, up to a cap. Knows no arrays.
 */
import { MemoryError } from "../../core/errors.ts"

const page = 65536
/** 2 GiB less one page, so that every address and every end is a positive 32-bit number. */
const maxPages = 32767
/** All blocks begin at multiples of this: a cache line. */
const line = 64
/** From here on a block is large. */
const largeFrom = 16384
/** Small blocks are cut from pieces of this size. */
const slab = 65536
/** Vector loads may run past the end of an array; the memory ends this much later than its last block. */
const slack = 1024

export class Heap {
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: maxPages })
  /** The memory as arrays; fresh ones after it has grown. */
  i32 = new Int32Array(this.memory.buffer)
  f32 = new Float32Array(this.memory.buffer)
  f64 = new Float64Array(this.memory.buffer)
  /** Bytes of all blocks in use, and the most there have been. */
  live = 0
  peak = 0
  /** Free small blocks, by their size in lines. */
  readonly #free = Array.from({ length: largeFrom / line + 1 }, (): number[] => [])
  /** What is left of the slab from which blocks of a size are cut. */
  readonly #next = this.#free.map(() => 0)
  readonly #end = this.#free.map(() => 0)
  /** Gaps between large blocks: [address, bytes], by address. */
  readonly #gaps: [address: number, bytes: number][] = []
  /** Everything from here on is free. Address 0 is never given out. */
  #top = line

  /** The address of a block of at least this many bytes. Throws: MemoryError if the memory is full. */
  allocate(bytes: number): number {
    const block = blockBytes(bytes)
    const address = block <= largeFrom ? this.#small(block) : this.#large(block)
    this.live += block
    if (this.live > this.peak) this.peak = this.live
    return address
  }

  /** Gives back what `allocate(bytes)` gave. */
  release(address: number, bytes: number): void {
    const block = blockBytes(bytes)
    this.live -= block
    if (block <= largeFrom) this.#free[block / line].push(address)
    else this.#leave(address, block)
  }

  #small(block: number): number {
    const size = block / line
    const free = this.#free[size]
    if (free.length > 0) return free.pop() as number
    if (this.#next[size] + block > this.#end[size]) {
      this.#next[size] = this.#large(slab)
      this.#end[size] = this.#next[size] + slab
    }
    const address = this.#next[size]
    this.#next[size] += block
    return address
  }

  #large(bytes: number): number {
    let best = -1
    for (let g = 0; g < this.#gaps.length; g++)
      if (this.#gaps[g][1] >= bytes && (best < 0 || this.#gaps[g][1] < this.#gaps[best][1])) best = g
    if (best < 0) {
      const address = this.#top
      this.#reach(address + bytes)
      this.#top = address + bytes
      return address
    }
    const gap = this.#gaps[best]
    const address = gap[0]
    gap[0] += bytes
    gap[1] -= bytes
    if (gap[1] === 0) this.#gaps.splice(best, 1)
    return address
  }

  /** A large block becomes a gap, one with the gaps beside it. */
  #leave(address: number, bytes: number): void {
    const gaps = this.#gaps
    let at = gaps.findIndex((gap) => gap[0] > address)
    if (at < 0) at = gaps.length
    gaps.splice(at, 0, [address, bytes])
    if (at + 1 < gaps.length && address + bytes === gaps[at + 1][0]) {
      gaps[at][1] += gaps[at + 1][1]
      gaps.splice(at + 1, 1)
    }
    if (at > 0 && gaps[at - 1][0] + gaps[at - 1][1] === address) {
      gaps[at - 1][1] += gaps[at][1]
      gaps.splice(at, 1)
    }
    const last = gaps[gaps.length - 1]
    if (last[0] + last[1] === this.#top) {
      this.#top = last[0]
      gaps.pop()
    }
  }

  /** Grows the memory until it has `end` bytes and the slack. */
  #reach(end: number): void {
    const have = this.memory.buffer.byteLength
    if (end + slack <= have) return
    const needed = Math.ceil((end + slack - have) / page)
    const left = maxPages - have / page
    const some = Math.min(Math.max(needed, Math.ceil(have / page / 4)), left)
    if (needed > left || !(this.#grow(some) || this.#grow(needed)))
      throw new MemoryError(
        `the CPU memory is full: ${megabytes(this.live)} of at most 2048 MB are in use and ` +
          `${megabytes(needed * page)} more are needed; use smaller tensors or work in batches.`,
      )
    const { buffer } = this.memory
    this.i32 = new Int32Array(buffer)
    this.f32 = new Float32Array(buffer)
    this.f64 = new Float64Array(buffer)
  }

  /** False if the machine has no room for these pages. */
  #grow(pages: number): boolean {
    try {
      this.memory.grow(pages)
      return true
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  }
}

/** The size of the block for so many bytes: whole lines up to 512, then four sizes to each doubling. */
function blockBytes(bytes: number): number {
  const step = bytes > largeFrom ? 1024 : Math.max(line, 2 ** (29 - Math.clz32(bytes - 1)))
  return Math.max(line, Math.ceil(bytes / step) * step)
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`
}
