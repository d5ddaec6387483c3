/**
 * @file A plan as one WebAssembly module: its kernels, a function that calls them in order, and what is left for
 * JavaScript to do at every run, which is to say where the arrays are. Knows no single kernel's code.
 */
import type { DType } from "../../core/dtype.ts"
import { bodyName } from "../../fuse/lower.ts"
import type { Fused, Plan } from "../../fuse/plan.ts"
import type { Buffer, KernelTime, Program } from "../backend.ts"
import { arrayInfo } from "../graph.ts"
import { type Func, Module } from "./assembler.ts"
import { emitKernel } from "./kernels.ts"
import { type Memory, Resident } from "./memory.ts"
import { imports } from "./scalar64.ts"
import { Scope } from "./scope.ts"

type Run = (params: number) => void

/** What a kernel is called in tables of times, e.g. `loop tanh add [64, 10]`. */
function nameOf(kernel: Fused): string {
  switch (kernel.kind) {
    case "loop":
      return `loop ${bodyName(kernel.body)} [${kernel.shape.join(", ")}]`
    case "reduce":
      return `${kernel.op} ${bodyName(kernel.body)} [${kernel.kept.join(", ")}] × [${kernel.reduced.join(", ")}]`
    case "matmul": {
      const batch = kernel.batch.length > 0 ? `${kernel.batch.join("×")} × ` : ""
      return `matmul ${batch}${kernel.m}×${kernel.k}·${kernel.k}×${kernel.n}`
    }
    case "single":
      return `${kernel.kernel.kind} [${kernel.shape.join(", ")}]`
  }
}

/** The module of a plan: its bytes, and what a run must provide. */
export function moduleOf(plan: Plan): {
  bytes: Uint8Array<ArrayBuffer>
  scope: Scope
  kernels: readonly Func[]
} {
  const module = new Module()
  module.memory()
  const scope = new Scope(module, plan)
  const kernels = plan.kernels.map((kernel, i): Func => emitKernel(scope, kernel, `k${i}`))
  const run = module.function("run", ["i32"], [], { export: true })
  for (const kernel of kernels) run.emit(kernel.call(run.param(0)))
  return { bytes: module.bytes(), scope, kernels }
}

interface Output {
  readonly dtype: DType
  readonly length: number
  /** The input whose block it takes over, or −1. */
  readonly donor: number
  /** Where in the parameter block its only value is left, in bytes; 0 if it has a block. */
  readonly numberAt: number
}

export class WasmProgram implements Program {
  readonly #memory: Memory
  readonly #plan: Plan
  readonly #instance: WebAssembly.Instance
  readonly #run: Run
  /** What the kernels are exported as. */
  readonly #names: readonly string[]
  readonly #outputs: readonly Output[]
  /** Positions in the parameter block, in words. */
  readonly #inputsAt: number
  readonly #outputsAt: number
  readonly #scalarsAt: number
  readonly #paramsBytes: number
  readonly #workBytes: number

  /** `runtime` gives the functions for large products, which all programs share. */
  constructor(plan: Plan, memory: Memory, runtime: () => WebAssembly.Exports) {
    const { bytes, scope, kernels } = moduleOf(plan)
    this.#names = kernels.map(({ name }) => name)
    this.#plan = plan
    this.#memory = memory
    this.#instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      env: { memory: memory.heap.memory },
      Math: imports,
      ...(scope.largeProducts && { matmul: runtime() }),
    })
    this.#run = this.#instance.exports.run as Run
    this.#outputs = plan.graph.outputs.map((array, o) => {
      const { dtype, size } = arrayInfo(plan.graph, array)
      const donor = plan.inPlace[o]
      const numberAt = donor < 0 && size === 1 ? scope.numbersAt + 8 * o : 0
      return { dtype, length: size, donor, numberAt }
    })
    this.#inputsAt = scope.inputsAt >> 2
    this.#outputsAt = scope.outputsAt >> 2
    this.#scalarsAt = scope.scalarsAt >> 2
    this.#paramsBytes = scope.paramsBytes
    this.#workBytes = scope.workBytes
  }

  run(inputs: readonly Buffer[], scalars: readonly number[], times?: KernelTime[]): Buffer[] {
    const memory = this.#memory
    const run = ++memory.run
    memory.reserve(this.#paramsBytes, this.#workBytes)
    for (let i = 0; i < inputs.length; i++) (inputs[i] as Resident).used = run
    for (let i = 0; i < inputs.length; i++) {
      const buffer = inputs[i] as Resident
      if (buffer.address === 0) memory.bring(buffer)
    }
    const made = this.#outputs
    const outputs: Resident[] = []
    // Whatever can fail comes first: a donor keeps its block if there is no memory for another output.
    for (let o = 0; o < made.length; o++) {
      const { dtype, length, donor, numberAt } = made[o]
      const needsBlock = donor < 0 && numberAt === 0
      outputs.push(needsBlock ? memory.fresh(dtype, length) : new Resident(dtype, length, undefined))
    }
    const { params } = memory
    const words = memory.heap.i32
    let at = params >> 2
    words[at] = memory.work
    at += this.#inputsAt
    for (let i = 0; i < inputs.length; i++) words[at + i] = (inputs[i] as Resident).address
    at = (params >> 2) + this.#outputsAt
    for (let o = 0; o < made.length; o++) {
      const { donor, numberAt } = made[o]
      if (donor >= 0) memory.takeOver(inputs[donor] as Resident, outputs[o])
      words[at + o] = numberAt === 0 ? outputs[o].address : params + numberAt
    }
    if (scalars.length > 0) this.#writeScalars(scalars)
    if (times === undefined) this.#run(params)
    else this.#runTimed(params, times)
    for (let o = 0; o < made.length; o++)
      if (made[o].numberAt !== 0) outputs[o].number = this.#numberAt(made[o], params)
    return outputs
  }

  #numberAt({ dtype, numberAt }: Output, params: number): number {
    const { f32, f64, i32 } = this.#memory.heap
    if (dtype === "float32") return f32[(params + numberAt) >> 2]
    return dtype === "float64" ? f64[(params + numberAt) >> 3] : i32[(params + numberAt) >> 2]
  }

  #writeScalars(scalars: readonly number[]): void {
    const { f32, f64, i32 } = this.#memory.heap
    const dtypes = this.#plan.graph.scalars
    let at = (this.#memory.params >> 2) + this.#scalarsAt
    for (let s = 0; s < scalars.length; s++, at += 2) {
      const dtype = dtypes[s]
      if (dtype === "float32") f32[at] = scalars[s]
      else if (dtype === "float64") f64[at >> 1] = scalars[s]
      else i32[at] = scalars[s]
    }
  }

  #runTimed(params: number, times: KernelTime[]): void {
    this.#plan.kernels.forEach((kernel, i) => {
      const run = this.#instance.exports[this.#names[i]] as Run
      const start = performance.now()
      run(params)
      times.push({ kernel: nameOf(kernel), ms: performance.now() - start })
    })
  }
}
