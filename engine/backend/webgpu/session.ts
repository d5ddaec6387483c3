/**
 * @file All that lives as long as one GPUDevice: commands, memory, work space, pipelines, parameters, clocks. When a
 * device is lost its session goes, and another one is opened. Knows no plans.
 */
import type { DType } from "../../core/dtype.ts"
import type { KernelTime } from "../backend.ts"
import { Block } from "./block.ts"
import { Commands } from "./commands.ts"
import { computeStage, type Gpu, mapRead, usage } from "./device.ts"
import { type Budget, Memory } from "./memory.ts"
import { Readback } from "./readback.ts"

/** Bytes of the ring of parameters, and the most that one run may have. */
const ringBytes = 2 ** 16
const align = (bytes: number) => Math.ceil(bytes / 256) * 256

/**
 * The scalars of every run, after ∞ and NaN, one after the other in a ring. What is written goes ahead of commands
 * that have not been sent, so a place must not be written again before they are.
 */
class Parameters {
  readonly #gpu: Gpu
  readonly #commands: Commands
  readonly #buffer: GPUBuffer
  readonly #words = new Uint32Array(ringBytes / 4)
  readonly #floats = new Float32Array(this.#words.buffer)
  #next = 256
  readonly entry: GPUBindGroupEntry

  constructor(gpu: Gpu, commands: Commands) {
    this.#gpu = gpu
    this.#commands = commands
    this.#buffer = gpu.device.createBuffer({ size: 2 * ringBytes, usage: usage.uniform | usage.copyDst })
    this.entry = { binding: 0, resource: { buffer: this.#buffer, offset: 0, size: ringBytes } }
    this.#words.set([0x7f800000, 0x7fc00000])
    gpu.device.queue.writeBuffer(this.#buffer, 0, this.#words, 0, 4)
  }

  /** Where in the ring the parameters of this run are. */
  write(scalars: readonly number[], dtypes: readonly DType[]): number {
    if (scalars.length === 0) return 0
    const bytes = 16 + 4 * scalars.length
    if (this.#next + bytes > ringBytes) {
      this.#commands.flush()
      this.#next = 256
    }
    const at = this.#next
    this.#next = at + align(bytes)
    const first = at / 4 + 4
    this.#words.set(this.#words.subarray(0, 4), at / 4)
    for (let i = 0; i < scalars.length; i++)
      if (dtypes[i] === "float32") this.#floats[first + i] = scalars[i]
      else this.#words[first + i] = dtypes[i] === "bool" ? +(scalars[i] !== 0) : scalars[i] | 0
    this.#gpu.device.queue.writeBuffer(this.#buffer, at, this.#words, at / 4, bytes / 4)
    return at
  }
}

/** Timestamps around kernels. */
class Clock {
  readonly #session: Session
  readonly #names: readonly string[]
  readonly #queries: GPUQuerySet

  constructor(session: Session, names: readonly string[]) {
    this.#session = session
    this.#names = names
    this.#queries = session.gpu.device.createQuerySet({
      type: "timestamp",
      count: Math.max(2 * names.length, 1),
    })
  }

  writes(kernel: number): GPUComputePassTimestampWrites {
    return {
      querySet: this.#queries,
      beginningOfPassWriteIndex: 2 * kernel,
      endOfPassWriteIndex: 2 * kernel + 1,
    }
  }

  /** Appends the times once the GPU has told them. */
  read(times: KernelTime[]): void {
    const names = this.#names
    if (names.length === 0) return
    const { gpu, commands } = this.#session
    const size = 16 * names.length
    const resolved = gpu.device.createBuffer({ size, usage: usage.queryResolve | usage.copySrc })
    const staging = gpu.device.createBuffer({ size, usage: usage.mapRead | usage.copyDst })
    const encoder = commands.encoder()
    encoder.resolveQuerySet(this.#queries, 0, 2 * names.length, resolved, 0)
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, size)
    commands.flush()
    this.#session.waits(
      staging.mapAsync(mapRead).then(() => {
        const ticks = new BigUint64Array(staging.getMappedRange())
        names.forEach((kernel, k) => {
          times.push({ kernel, ms: Number(ticks[2 * k + 1] - ticks[2 * k]) / 1e6 })
        })
        staging.destroy()
        resolved.destroy()
        this.#queries.destroy()
      }),
    )
  }
}

export class Session {
  readonly gpu: Gpu
  readonly commands: Commands
  readonly memory: Memory
  readonly readback: Readback
  readonly parameters: Parameters
  readonly #pipelines = new Map<string, GPUComputePipeline>()
  readonly #bindLayouts: GPUBindGroupLayout[] = []
  readonly #waiting = new Set<Promise<void>>()
  #work: Block | undefined = undefined

  constructor(gpu: Gpu, budget: Budget) {
    this.gpu = gpu
    this.commands = new Commands(gpu, () => this.readback.plan())
    this.memory = new Memory(gpu.device, this.commands, budget)
    this.readback = new Readback(gpu, this.commands, this.memory)
    this.parameters = new Parameters(gpu, this.commands)
  }

  /** Work space, shared by all programs since they run one after the other. */
  work(bytes: number): Block {
    if (!this.#work || this.#work.size < bytes) {
      this.commands.flush()
      this.#work?.buffer.destroy()
      const size = align(Math.max(bytes, 1.5 * (this.#work?.size ?? 0)))
      const buffer = this.gpu.device.createBuffer({ size, usage: usage.storage })
      this.#work = new Block(buffer, 0, size)
    }
    return this.#work
  }

  get workBytes(): number {
    return this.#work?.size ?? 0
  }

  /** Binding 0 holds parameters, the others are arrays. */
  bindLayout(arrays: number): GPUBindGroupLayout {
    return (this.#bindLayouts[arrays] ??= this.gpu.device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: computeStage, buffer: { type: "uniform", hasDynamicOffset: true } },
        ...Array.from({ length: arrays }, (_, a) => ({
          binding: a + 1,
          visibility: computeStage,
          buffer: { type: "storage" as const },
        })),
      ],
    }))
  }

  /** The pipeline of a shader, made once for every text. */
  pipeline(code: string, arrays: number): GPUComputePipeline {
    let pipeline = this.#pipelines.get(code)
    if (!pipeline) {
      const { device } = this.gpu
      pipeline = device.createComputePipeline({
        layout: device.createPipelineLayout({ bindGroupLayouts: [this.bindLayout(arrays)] }),
        compute: { module: device.createShaderModule({ code }), entryPoint: "main" },
      })
      this.#pipelines.set(code, pipeline)
    }
    return pipeline
  }

  clock(names: readonly string[]): Clock {
    return new Clock(this, names)
  }

  /** Appends how long it is until the GPU has done all of a run, where it does not tell of single kernels. */
  timeAll(times: KernelTime[]): void {
    this.commands.flush()
    const start = performance.now()
    const done = this.gpu.device.queue.onSubmittedWorkDone()
    this.waits(
      done.then(() => {
        times.push({ kernel: "all kernels of a run", ms: performance.now() - start })
      }),
    )
  }

  /** Notes work of the GPU that somebody waits for. */
  waits(work: Promise<void>): void {
    const settled = work
      .catch(() => undefined)
      .then(() => {
        this.#waiting.delete(settled)
      })
    this.#waiting.add(settled)
  }

  /** Resolves when everything that was asked for has been done, and times have been appended. */
  async finished(): Promise<void> {
    this.commands.flush()
    await Promise.all(this.#waiting)
    await this.gpu.device.queue.onSubmittedWorkDone()
  }
}
