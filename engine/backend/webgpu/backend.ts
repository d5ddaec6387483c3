/**
 * @file The WebGPU backend: plans become shaders, values stay on the GPU until they are read. Who owns GPU memory is
 * told in `memory.ts`. Knows neither ops nor tensors.
 */
import type { DType, TypedArray } from "../../core/dtype.ts"
import { BackendError, DTypeError } from "../../core/errors.ts"
import { fuse } from "../../fuse/fuse.ts"
import type { Plan } from "../../fuse/plan.ts"
import type { Backend, Buffer, MemoryUse, Program } from "../backend.ts"
import type { Graph } from "../graph.ts"
import { checkGpu, mapRead, openGpu, usage } from "./device.ts"
import { type Budget, DeviceArray } from "./memory.ts"
import { GpuProgram } from "./program.ts"
import { Session } from "./session.ts"

/** Bytes and number of arrays on the GPU before the oldest go. */
const defaultBudget: Budget = { bytes: 2 ** 28, blocks: 2 ** 14 }

export const description =
  "The graphics processor, by WebGPU: for large arrays; small networks are faster on the CPU."

/** The words of a block as values of a dtype. */
function decode(words: ArrayBuffer, dtype: DType): TypedArray {
  if (dtype === "float32") return new Float32Array(words)
  if (dtype === "int32") return new Int32Array(words)
  return Uint8Array.from(new Uint32Array(words))
}

export class WebGPUBackend implements Backend {
  readonly name = "webgpu"
  readonly description: string
  readonly dtypes: readonly DType[] = ["float32", "int32", "bool"]
  readonly #gpu: GPU
  readonly #budget: Budget
  #session: Session

  constructor(gpu: GPU, session: Session, budget: Budget) {
    this.#gpu = gpu
    this.#session = session
    this.#budget = budget
    this.description = session.gpu.label ? `${description} (${session.gpu.label})` : description
  }

  readonly #open = (): Session => {
    checkGpu(this.#session.gpu)
    return this.#session
  }

  upload(values: TypedArray, dtype: DType): Buffer {
    if (dtype === "float64")
      throw new DTypeError(
        'webgpu: GPUs compute in float32; convert with .to("float32") or use setDevice("cpu").',
      )
    return new DeviceArray(dtype, values.length, values)
  }

  download(buffer: Buffer): TypedArray {
    const array = buffer as DeviceArray
    if (array.host) return array.host
    throw new BackendError(
      "webgpu: the values are on the GPU, which answers only later; write `await t.dataAsync()` (or itemAsync) " +
        'where you now read them at once, or use setDevice("cpu").',
    )
  }

  async downloadAsync(buffer: Buffer): Promise<TypedArray> {
    const array = buffer as DeviceArray
    if (array.host) return array.host
    const { gpu, memory, commands } = this.#open()
    if (array.length === 0) return decode(new ArrayBuffer(0), array.dtype)
    const block = memory.resident(array)
    const size = 4 * array.length
    const staging = gpu.device.createBuffer({ size, usage: usage.mapRead | usage.copyDst })
    commands.encoder().copyBufferToBuffer(block.buffer, block.offset, staging, 0, size)
    commands.flush()
    try {
      await staging.mapAsync(mapRead)
    } catch (error) {
      checkGpu(gpu)
      throw new BackendError(`webgpu: the values could not be read: ${(error as Error).message}`)
    }
    checkGpu(gpu)
    const values = decode(staging.getMappedRange().slice(0), array.dtype)
    staging.destroy()
    memory.restorable(array, values)
    return values
  }

  copy(buffer: Buffer): Buffer {
    const array = buffer as DeviceArray
    if (array.host) return new DeviceArray(array.dtype, array.length, array.host)
    const { memory, commands } = this.#open()
    memory.run++
    const from = memory.resident(array)
    const copy = memory.fresh(array.dtype, array.length)
    const to = copy.block!
    commands.copy(from.buffer, from.offset, to.buffer, to.offset, from.size)
    commands.ran(memory.run, 0)
    return copy
  }

  compile(graph: Graph): Program {
    return this.compilePlan(fuse(graph))
  }

  /** @internal */
  compilePlan(plan: Plan): Program {
    const { graph } = plan
    const dtypes = [...graph.inputs, ...graph.nodes].map(({ dtype }) => dtype)
    if ([...dtypes, ...graph.scalars].includes("float64"))
      throw new DTypeError('webgpu: GPUs have no float64; use float32, or setDevice("cpu").')
    return new GpuProgram(plan, this.#open)
  }

  memory(): MemoryUse {
    const { memory, workBytes } = this.#session
    return { live: memory.live + workBytes, peak: memory.peak + workBytes }
  }

  /** Resolves when the GPU has done all that it was asked for; then the times of timed runs are there too. */
  finished(): Promise<void> {
    return this.#open().finished()
  }

  /** After the device was lost: opens another one. What was uploaded or has been read is there again, results are gone. */
  async recover(): Promise<void> {
    this.#session = new Session(await openGpu(this.#gpu), this.#budget)
  }

  /** Gives the GPU back. */
  destroy(): void {
    this.#session.gpu.device.destroy()
  }
}

/** Throws: BackendError with a sentence if there is no GPU to be had. */
export async function createWebGPU(gpu: GPU, budget = defaultBudget): Promise<WebGPUBackend> {
  return new WebGPUBackend(gpu, new Session(await openGpu(gpu), budget), budget)
}
