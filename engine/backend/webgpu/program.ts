/**
 * @file A plan on the GPU: its kernels as pipelines, and what one run of it does. A run writes its commands and
 * returns; it waits for nothing. Knows no WGSL.
 */
import { BackendError } from "../../core/errors.ts"
import type { Fused, Plan } from "../../fuse/plan.ts"
import type { Buffer, KernelTime, Program } from "../backend.ts"
import { arrayInfo } from "../graph.ts"
import { DeviceArray } from "./array.ts"
import type { Block } from "./block.ts"
import { Layout, type Range } from "./layout.ts"
import { loopKernels } from "./loop.ts"
import { matmulKernels } from "./matmul.ts"
import { reduceKernels } from "./reduce.ts"
import type { Session } from "./session.ts"
import { singleKernels } from "./single.ts"
import type { Dispatch } from "./wgsl.ts"

function kernelsOf(kernel: Fused, layout: Layout): Dispatch[] {
  switch (kernel.kind) {
    case "loop":
      return loopKernels(kernel, layout)
    case "reduce":
      return reduceKernels(kernel, layout)
    case "matmul":
      return matmulKernels(kernel, layout)
    case "single":
      return singleKernels(kernel, layout)
  }
}

/** The WGSL of a plan, kernel by kernel. `limit` is the number of storage buffers that one may bind. */
export function generate(plan: Plan, limit: number): { layout: Layout; dispatches: Dispatch[] } {
  const layout = new Layout(plan, limit)
  const dispatches = plan.kernels.flatMap((kernel) => {
    layout.release()
    return kernelsOf(kernel, layout)
  })
  return { layout, dispatches }
}

/** A bind group and the blocks that it binds. */
interface Bound {
  readonly blocks: readonly Block[]
  readonly group: GPUBindGroup
}

/** So many bind groups are kept for every kernel. */
const remembered = 4

/** One kernel, ready to be run on one device. */
class Stage {
  readonly name: string
  readonly groups: number
  readonly #pipeline: GPUComputePipeline
  readonly #bindLayout: GPUBindGroupLayout
  readonly #ranges: readonly Range[]
  readonly #size: readonly [number, number, number]
  readonly #bound: Bound[] = []
  #next = 0

  constructor(session: Session, { name, code, ranges, groups }: Dispatch) {
    this.name = name
    this.groups = groups[0] * groups[1] * groups[2]
    this.#pipeline = session.pipeline(code, ranges.length)
    this.#bindLayout = session.bindLayout(ranges.length)
    this.#ranges = ranges
    this.#size = groups
  }

  #group(session: Session, slots: readonly Block[]): GPUBindGroup {
    const ranges = this.#ranges
    for (const { blocks, group } of this.#bound) {
      let r = 0
      while (r < ranges.length && blocks[r] === slots[ranges[r].slot]) r++
      if (r === ranges.length) return group
    }
    const blocks = ranges.map(({ slot }) => slots[slot])
    const group = session.gpu.device.createBindGroup({
      layout: this.#bindLayout,
      entries: [
        session.parameters.entry,
        ...ranges.map(({ offset, size }, r) => {
          const block = blocks[r]
          const bytes = size === 0 ? block.size : Math.ceil(size / 16) * 16
          return {
            binding: r + 1,
            resource: { buffer: block.buffer, offset: block.offset + offset, size: bytes },
          }
        }),
      ],
    })
    this.#bound[this.#next++ % remembered] = { blocks, group }
    return group
  }

  write(pass: GPUComputePassEncoder, session: Session, slots: readonly Block[], at: number): void {
    pass.setPipeline(this.#pipeline)
    pass.setBindGroup(0, this.#group(session, slots), [at])
    pass.dispatchWorkgroups(...this.#size)
  }
}

export class GpuProgram implements Program {
  readonly #open: () => Session
  readonly #plan: Plan
  readonly #layout: Layout
  readonly #dispatches: readonly Dispatch[]
  #session: Session | undefined = undefined
  #stages: readonly Stage[] = []
  #groups = 0

  /** `open` gives the session that is open now: after a device was lost, another one. */
  constructor(plan: Plan, open: () => Session) {
    const { layout, dispatches } = generate(plan, open().gpu.bindings)
    this.#open = open
    this.#plan = plan
    this.#layout = layout
    this.#dispatches = dispatches
  }

  #prepare(session: Session): void {
    if (this.#session === session) return
    this.#stages = this.#dispatches.map((dispatch) => new Stage(session, dispatch))
    this.#groups = this.#stages.reduce((sum, { groups }) => sum + groups, 0)
    this.#session = session
  }

  run(inputs: readonly Buffer[], scalars: readonly number[], times?: KernelTime[]): Buffer[] {
    const session = this.#open()
    this.#prepare(session)
    const { memory, commands } = session
    const { graph, inPlace } = this.#plan
    memory.run++
    const given = this.#inputs(session, inputs as readonly DeviceArray[])
    const slots = given.map(({ content }) => content.block as Block)
    const outputs = graph.outputs.map((array, o) => {
      const { dtype, size } = arrayInfo(graph, array)
      const output = inPlace[o] < 0 ? memory.fresh(dtype, size) : memory.takeOver(given[inPlace[o]])
      slots.push(output.content.block as Block)
      return output
    })
    if (this.#layout.workBytes > 0) slots.push(session.work(this.#layout.workBytes))
    const at = session.parameters.write(scalars, graph.scalars)
    if (times && session.gpu.timestamps) this.#timed(session, slots, at, times)
    else {
      const pass = commands.pass()
      for (const stage of this.#stages) stage.write(pass, session, slots, at)
    }
    commands.ran(memory.run, this.#groups)
    if (times && !session.gpu.timestamps) session.timeAll(times)
    return outputs
  }

  /** The inputs, on the GPU. One that is given twice is copied, since a kernel cannot bind it twice. */
  #inputs({ memory, commands }: Session, inputs: readonly DeviceArray[]): DeviceArray[] {
    for (const input of inputs) {
      if (!(input instanceof DeviceArray))
        throw new BackendError("webgpu: run: an input is not on this device; upload it first.")
      memory.pin(input)
    }
    return inputs.map((input, i) => {
      const block = memory.resident(input)
      if (inputs.indexOf(input) === i) return input
      const copy = memory.fresh(input.content.dtype, input.content.length)
      const to = copy.content.block as Block
      commands.copy(block.buffer, block.offset, to.buffer, to.offset, block.size)
      return copy
    })
  }

  /** Every kernel in a pass of its own, between two timestamps. */
  #timed(session: Session, slots: readonly Block[], at: number, times: KernelTime[]): void {
    const clock = session.clock(this.#stages.map(({ name }) => name))
    this.#stages.forEach((stage, s) => {
      const pass = session.commands.encoder().beginComputePass({ timestampWrites: clock.writes(s) })
      stage.write(pass, session, slots, at)
      pass.end()
    })
    clock.read(times)
  }
}
