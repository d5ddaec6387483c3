/**
 * @file What the GPU has been told but not yet been sent: one command buffer that several runs may share. Small runs
 * wait for each other, because sending costs more than they do; they are sent when enough has gathered, when
 * somebody reads, or when the program that is running pauses. Knows no arrays.
 */
import type { Gpu } from "./device.ts"

/** Workgroups, and runs, that are enough to be sent. */
const enoughGroups = 2048
const enoughRuns = 256

export class Commands {
  readonly #gpu: Gpu
  #encoder: GPUCommandEncoder | undefined = undefined
  #pass: GPUComputePassEncoder | undefined = undefined
  #groups = 0
  #runs = 0
  #scheduled = false
  #scratch: GPUBuffer | undefined = undefined
  /** The first run that has not been sent. */
  since = Infinity

  readonly #paused: () => void

  /** `paused` is called when the program pauses after runs. */
  constructor(gpu: Gpu, paused: () => void) {
    this.#gpu = gpu
    this.#paused = paused
  }

  /** Where commands other than kernels are written. */
  encoder(): GPUCommandEncoder {
    this.#pass?.end()
    this.#pass = undefined
    return (this.#encoder ??= this.#gpu.device.createCommandEncoder())
  }

  /** Where kernels are written. */
  pass(): GPUComputePassEncoder {
    return (this.#pass ??= this.encoder().beginComputePass())
  }

  /** Says that run number `run` has written kernels of so many workgroups. */
  ran(run: number, groups: number): void {
    if (this.since > run) this.since = run
    this.#groups += groups
    if (++this.#runs >= enoughRuns || this.#groups >= enoughGroups) this.flush()
    if (!this.#scheduled) {
      this.#scheduled = true
      queueMicrotask(() => {
        this.#scheduled = false
        this.flush()
        this.#paused()
      })
    }
  }

  /** Copies between blocks; WebGPU cannot copy inside one buffer, so those go through a scratch buffer. */
  copy(from: GPUBuffer, fromOffset: number, to: GPUBuffer, toOffset: number, bytes: number): void {
    const encoder = this.encoder()
    if (from !== to) {
      encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes)
      return
    }
    if (!this.#scratch || this.#scratch.size < bytes)
      this.#scratch = this.#gpu.device.createBuffer({ size: bytes, usage: 0xc })
    encoder.copyBufferToBuffer(from, fromOffset, this.#scratch, 0, bytes)
    encoder.copyBufferToBuffer(this.#scratch, 0, to, toOffset, bytes)
  }

  /** Sends everything. */
  flush(): void {
    if (this.#encoder) {
      this.#pass?.end()
      this.#gpu.device.queue.submit([this.#encoder.finish()])
    }
    this.#encoder = undefined
    this.#pass = undefined
    this.#groups = 0
    this.#runs = 0
    this.since = Infinity
  }
}
