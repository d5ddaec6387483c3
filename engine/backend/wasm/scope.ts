/**
 * @file What the kernels of one program share: the module they are written into, and where every array of the plan
 * is found at run time. Owns the layout of the parameter block. Knows no kernel.
 *
 * A kernel has one parameter, the address of the parameter block: the address of the work space, those of the inputs
 * and of the outputs, four bytes each, then the scalars, eight bytes each, in their own dtype. After them there is
 * room for outputs of one element, which JavaScript takes from there.
 */
import { bytesOf, type DType } from "../../core/dtype.ts"
import type { Plan } from "../../fuse/plan.ts"
import { type ArrayInfo, arrayInfo } from "../graph.ts"
import { type Code, type Func, i32, type Local, type Module } from "./assembler.ts"

/** Bytes of one element in WebAssembly memory. */
export function elementBytes(dtype: DType): 4 | 8 {
  return bytesOf[dtype] === 8 ? 8 : 4
}

export class Scope {
  readonly module: Module
  readonly plan: Plan
  /** Byte positions in the parameter block. The work space is at 0. */
  readonly inputsAt = 4
  readonly outputsAt: number
  readonly scalarsAt: number
  readonly numbersAt: number
  readonly paramsBytes: number
  /** Bytes of work space: what the plan wants, then what kernels want for themselves. */
  workBytes: number
  /** Does a kernel call the functions for large products, which are in a module of their own? */
  largeProducts = false
  /** Arrays that a kernel makes for itself: numbers −1, −2, …, with their places in the work space. */
  readonly #temporaries: (ArrayInfo & { readonly position: number })[] = []

  constructor(module: Module, plan: Plan) {
    this.module = module
    this.plan = plan
    const { inputs, scalars, outputs } = plan.graph
    this.outputsAt = this.inputsAt + 4 * inputs.length
    this.scalarsAt = Math.ceil((this.outputsAt + 4 * outputs.length) / 8) * 8
    this.numbersAt = this.scalarsAt + 8 * scalars.length
    // Whoever reads such an output may read past its end.
    this.paramsBytes = this.numbersAt + 8 * outputs.length + 64
    this.workBytes = plan.workBytes
  }

  #info(array: number): ArrayInfo {
    return array < 0 ? this.#temporaries[-1 - array] : arrayInfo(this.plan.graph, array)
  }

  /** An array that only one kernel uses; its number is negative. */
  temporary(dtype: DType, size: number): number {
    const position = this.takeScratch(size * elementBytes(dtype))
    return -this.#temporaries.push({ dtype, size, position })
  }

  sizeOf(array: number): number {
    return this.#info(array).size
  }

  dtypeOf(array: number): DType {
    return this.#info(array).dtype
  }

  /** The address of element number `shift` of an array, in a function that has the parameter block. */
  address(params: Local, array: number, shift = 0): Code {
    const bytes = elementBytes(this.dtypeOf(array))
    if (array < 0) return this.scratch(params, this.#temporaries[-1 - array].position + shift * bytes)
    const home = this.plan.homes[array]
    switch (home.kind) {
      case "input":
        return plus(i32.load(params, this.inputsAt + 4 * home.index), shift * bytes)
      case "output":
        return plus(i32.load(params, this.outputsAt + 4 * home.index), (shift + home.shift) * bytes)
      case "work":
        return plus(i32.load(params), home.offset + (shift + home.shift) * bytes)
      case "scalar":
        return plus(params, this.scalarsAt + 8 * home.index)
      case "none":
        throw new Error(`bug: array ${array} is nowhere, but it is used`)
    }
  }

  /** Room in the work space for one kernel alone; its position, for `scratch`. */
  takeScratch(bytes: number): number {
    const at = Math.ceil(this.workBytes / 64) * 64
    this.workBytes = at + bytes + 64
    return at
  }

  scratch(params: Local, position: number): Code {
    return plus(i32.load(params), position)
  }

  /** A new function of the parameter block. */
  kernel(name: string): Func {
    return this.module.function(name, ["i32"], [], { export: true })
  }

  /** A kernel that does `part(params, from, to)` for all of 0 … count − 1, some at a time. */
  inParts(
    name: string,
    part: Func,
    count: number,
    step: number,
    rest?: (kernel: Func) => Code[],
    start?: (kernel: Func) => Code[],
  ): Func {
    const kernel = this.kernel(name)
    const params = kernel.param(0)
    const i = kernel.local("i32")
    const whole = count - (count % step)
    if (start) kernel.emit(...start(kernel))
    kernel.emit(
      kernel.loop(i, i32.const(0), i32.const(whole), step, () => [part.call(params, i, i32.add(i, step))]),
    )
    if (whole < count) kernel.emit(part.call(params, whole, count))
    if (rest) kernel.emit(...rest(kernel))
    return kernel
  }
}

/** An address and some bytes more. */
export function plus(address: Code, bytes: number): Code {
  return bytes === 0 ? address : i32.add(address, bytes)
}
