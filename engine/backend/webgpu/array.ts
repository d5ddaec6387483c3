/** @file What the WebGPU backend calls a Buffer. Knows nothing of how memory is given out. */
import type { DType, TypedArray } from "../../core/dtype.ts"
import { Content } from "./block.ts"

/** One version of a content: the values of an array never change. */
export class DeviceArray {
  readonly content: Content
  readonly version: number

  constructor(content: Content) {
    this.content = content
    this.version = content.version
  }

  /** An array that JavaScript has the values of. */
  static of(dtype: DType, values: TypedArray): DeviceArray {
    const content = new Content(dtype, values.length)
    content.copy = values
    content.copyVersion = content.version
    return new DeviceArray(content)
  }

  /** The values, where JavaScript has them. */
  get host(): TypedArray | undefined {
    return this.spent || this.content.copyVersion !== this.version ? undefined : this.content.copy
  }

  /** Was its storage taken over by the output of a run? */
  get spent(): boolean {
    return this.content.version !== this.version
  }

  /** The array that takes over its storage; this one is spent from now on. */
  successor(): DeviceArray {
    this.content.version++
    return new DeviceArray(this.content)
  }
}
