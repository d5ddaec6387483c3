/**
 * @file Blocks of GPU memory. Small ones are cut from slabs, since a textbook's arrays are tiny and a GPUBuffer is
 * not; large ones are buffers of their own. Free blocks are kept by size and used again. Knows no arrays: who may
 * have which block is decided in `memory.ts`.
 */
import { Block } from "./block.ts"
import { usage } from "./device.ts"

/** Blocks begin at multiples of this, as bindings must. */
const alignment = 256
const slabBytes = 2 ** 18
const largestInSlab = 2 ** 14

/** The size of block that `bytes` are given: at most a quarter more than asked for, above 1 kB. */
export function blockSize(bytes: number): number {
  if (bytes <= alignment) return alignment
  const power = 2 ** Math.floor(Math.log2(bytes - 1))
  const step = Math.max(power / 4, alignment)
  return Math.ceil(bytes / step) * step
}

export class Pool {
  readonly #device: GPUDevice
  readonly #free = new Map<number, Block[]>()
  /** Bytes of all GPUBuffers of this pool, in use or not. */
  reserved = 0
  /** Bytes of large blocks that are free. */
  idle = 0

  constructor(device: GPUDevice) {
    this.#device = device
  }

  #buffer(size: number): GPUBuffer {
    this.reserved += size
    return this.#device.createBuffer({ size, usage: usage.storage | usage.copySrc | usage.copyDst })
  }

  take(bytes: number): Block {
    const size = blockSize(bytes)
    let free = this.#free.get(size)
    if (!free) this.#free.set(size, (free = []))
    if (free.length === 0) {
      if (size > largestInSlab) return new Block(this.#buffer(size), 0, size)
      const slab = this.#buffer(slabBytes)
      for (let offset = Math.floor(slabBytes / size - 1) * size; offset >= 0; offset -= size)
        free.push(new Block(slab, offset, size))
    } else if (size > largestInSlab) this.idle -= size
    return free.pop()!
  }

  give(block: Block): void {
    if (block.size > largestInSlab) this.idle += block.size
    this.#free.get(block.size)!.push(block)
  }

  /** Gives the free large buffers back to the device. */
  trim(): void {
    for (const [size, free] of this.#free) {
      if (size <= largestInSlab) continue
      for (const block of free) block.buffer.destroy()
      this.reserved -= size * free.length
      free.length = 0
    }
    this.idle = 0
  }
}
