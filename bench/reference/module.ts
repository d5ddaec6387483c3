/** @file The reference programs' module and its memory, seen from JavaScript. Knows no task. */

type Kernel = (...numbers: number[]) => number

/** Everything that `assembly/kernels.ts` exports. */
export type Kernels = Record<
  | "chain"
  | "tanhSums"
  | "sgd"
  | "momentum"
  | "adam"
  | "peak"
  | "copy"
  | "convPool"
  | "convPoolGradient"
  | "batchNorm"
  | "batchNormGradient"
  | "biasActivation"
  | "biasActivationGradient"
  | "crossEntropy"
  | "squaredError"
  | "matmul",
  Kernel
>

const page = 65536

export class Reference {
  readonly kernels: Kernels
  readonly #memory: WebAssembly.Memory
  /** Below are the module's own constants. */
  #top = page
  readonly #panels: number

  constructor(module: WebAssembly.Module) {
    this.#memory = new WebAssembly.Memory({ initial: 1024, maximum: 16384 })
    const instance = new WebAssembly.Instance(module, { env: { memory: this.#memory, abort() {} } })
    this.kernels = instance.exports as Kernels
    this.#panels = this.allocate((5 << 20) / 4)
  }

  /** The address of `count` numbers, all 0, at a multiple of 64 bytes, with some room behind them. */
  allocate(count: number): number {
    const address = (this.#top + 63) & ~63
    this.#top = address + 4 * count + 256
    const missing = this.#top - this.#memory.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / page) + 64)
    return address
  }

  /** The address of a copy of these values. */
  place(values: Float32Array): number {
    const address = this.allocate(values.length)
    this.numbers(address, values.length).set(values)
    return address
  }

  numbers(address: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, count)
  }

  doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, count)
  }

  /** c [m, n] = A B; the strides count numbers, rows first. */
  matmul(
    [m, n, k]: readonly [number, number, number],
    a: number,
    [ra, ca]: readonly [number, number],
    b: number,
    [rb, cb]: readonly [number, number],
    c: number,
  ): void {
    this.kernels.matmul(m, n, k, a, 4 * ra, 4 * ca, b, 4 * rb, 4 * cb, c, this.#panels)
  }
}

/** The module from where the harness put its bytes: an address that ends in a slash. */
export async function loadReference(assets: string): Promise<Reference> {
  const url = new URL("reference.wasm", assets)
  if (url.protocol === "file:") {
    const { readFile } = await import("node:fs/promises")
    return new Reference(await WebAssembly.compile(await readFile(url)))
  }
  return new Reference(await WebAssembly.compileStreaming(fetch(url)))
}
