/** @file A piece of GPU memory and what lies in it. Knows nothing of who gives it out. */
import type { DType, TypedArray } from "../../core/dtype.ts"

/** A piece of a GPUBuffer. Doubly linked, so that `memory.ts` can keep it in order of use. */
export class Block {
  readonly buffer: GPUBuffer
  readonly offset: number
  readonly size: number
  /** What lies in it; a content that is no longer here has been freed. */
  content: Content | undefined = undefined
  /** The run that used it last. */
  used = 0
  /** Does JavaScript have its values too? */
  restorable = false
  before: Block | undefined = undefined
  after: Block | undefined = undefined

  constructor(buffer: GPUBuffer, offset: number, size: number) {
    this.buffer = buffer
    this.offset = offset
    this.size = size
  }
}

/**
 * Values in one place. A parameter that is updated in place is one content in ever newer versions: only the newest
 * is on the GPU, and JavaScript may have a copy of that one or of an older one.
 */
export class Content {
  readonly dtype: DType
  readonly length: number
  version = 0
  copy: TypedArray | undefined = undefined
  copyVersion = -1
  /** Where it lies or lay, and in whose memory; the block says whether it still does. */
  block: Block | undefined = undefined
  owner: object | undefined = undefined

  constructor(dtype: DType, length: number) {
    this.dtype = dtype
    this.length = length
  }

  get bytes(): number {
    return 4 * this.length
  }

  /** The words of its block as values. */
  decode(words: ArrayBuffer): TypedArray {
    if (this.dtype === "float32") return new Float32Array(words)
    if (this.dtype === "int32") return new Int32Array(words)
    return Uint8Array.from(new Uint32Array(words))
  }
}
