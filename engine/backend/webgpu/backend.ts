/**
 * @file The WebGPU backend: plans become shaders, values stay on the GPU until they are read. Who owns GPU memory is
 * told in `memory.ts`. Knows neither ops nor tensors.
 */
import type { DType, TypedArray } from "../../core/dtype.ts"
import { BackendError, DTypeError } from "../../core/errors.ts"
import type { Plan } from "../../fuse/plan.ts"
import type { Backend, Buffer, MemoryUse, Program } from "../backend.ts"
import type { Graph } from "../graph.ts"
import { DeviceArray } from "./array.ts"
import type { Block } from "./block.ts"
import { checkGpu, type Gpu, openGpu } from "./device.ts"
import type { Budget } from "./memory.ts"
import { GpuProgram } from "./program.ts"
import { Session } from "./session.ts"

/** Bytes and number of arrays on the GPU before the oldest go. */
const defaultBudget: Budget = { bytes: 2 ** 28, blocks: 2 ** 13 }

export const description =
  "The graphics processor, by WebGPU: for large arrays; small networks are faster on the CPU."

/** Makes the plan of a graph, see `fuse`. It is given, since what comes on demand should not bring a second one. */
type Planner = (graph: Graph) => Plan

/** A GPU that is lost more often than this is not opened again. */
const mostLosses = 8

export class WebGPUBackend implements Backend {
  readonly name = "webgpu"
  readonly description: string
  readonly dtypes: readonly DType[] = ["float32", "int32", "bool"]
  readonly #gpu: GPU
  readonly #planned: Planner
  readonly #budget: Budget
  #session: Session
  #losses = 0
  #closed = false
  /** Resolves when a lost GPU has been replaced, or could not be. */
  #reopened: Promise<void> = Promise.resolve()

  constructor(gpu: GPU, opened: Gpu, planned: Planner, budget: Budget) {
    this.#gpu = gpu
    this.#planned = planned
    this.#budget = budget
    this.#session = this.#begin(opened)
    this.description = opened.label ? `${description} (${opened.label})` : description
  }

  #begin(opened: Gpu): Session {
    opened.device.lost.then(() => {
      if (!this.#closed && ++this.#losses <= mostLosses) this.#reopened = this.#reopen()
    })
    return new Session(opened, this.#budget)
  }

  async #reopen(): Promise<void> {
    try {
      this.#session = this.#begin(await openGpu(this.#gpu))
    } catch (error) {
      this.#session.gpu.lost += `; ${(error as Error).message}`
    }
  }

  /** The device in use; another one after it was lost. */
  get device(): GPUDevice {
    return this.#session.gpu.device
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
    return DeviceArray.of(dtype, values)
  }

  download(buffer: Buffer): TypedArray {
    const array = buffer as DeviceArray
    if (array.host) return array.host
    const { memory, readback } = this.#open()
    const block = memory.resident(array)
    // What was lost with a GPU may just have come back from a copy.
    return array.host ?? readback.now(block)
  }

  async downloadAsync(buffer: Buffer): Promise<TypedArray> {
    const array = buffer as DeviceArray
    if (array.host) return array.host
    if (this.#session.gpu.lost !== undefined) await this.#reopened
    const { gpu, memory, readback } = this.#open()
    const block = memory.resident(array)
    if (array.host) return array.host
    try {
      const [values] = await readback.fetch([block])
      checkGpu(gpu)
      return values
    } catch (error) {
      checkGpu(gpu)
      throw new BackendError(`webgpu: the values could not be read: ${(error as Error).message}`)
    }
  }

  copy(buffer: Buffer): Buffer {
    const array = buffer as DeviceArray
    const { dtype, length } = array.content
    if (array.host) return DeviceArray.of(dtype, array.host)
    const { memory, commands } = this.#open()
    memory.run++
    const from = memory.resident(array)
    const copy = memory.fresh(dtype, length)
    const to = copy.content.block as Block
    commands.copy(from.buffer, from.offset, to.buffer, to.offset, from.size)
    commands.ran(memory.run, 0)
    return copy
  }

  compile(graph: Graph): Program {
    return this.compilePlan(this.#planned(graph))
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

  /** Gives the GPU back. */
  destroy(): void {
    this.#closed = true
    this.device.destroy()
  }
}

/** Throws: BackendError with a sentence if there is no GPU to be had. */
export async function createWebGPU(
  gpu: GPU,
  planned: Planner,
  budget = defaultBudget,
): Promise<WebGPUBackend> {
  return new WebGPUBackend(gpu, await openGpu(gpu), planned, budget)
}
