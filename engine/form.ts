/**
 * @file The canonical form of a graph: a row of numbers in which everything stands that its program depends on, and
 * nothing else. Graphs of equal forms run the same program. Knows neither the graph nor programs.
 */
import type { DType } from "./core/dtype.ts"
import type { View } from "./core/view.ts"
import { exprNumber } from "./kernel/expr.ts"
import type { Kernel, Reduction } from "./kernel/kernel.ts"

const dtypeNumber: Record<DType, number> = { float32: 0, float64: 1, int32: 2, bool: 3 }
const kindNumber: Record<Kernel["kind"], number> = {
  map: 0,
  reduce: 1,
  cumsum: 2,
  matmul: 3,
  gather: 4,
  scatterAdd: 5,
  place: 6,
  fold: 7,
  random: 8,
}
const reductions: readonly Reduction[] = ["sum", "prod", "max", "min", "argmax", "argmin"]

const oneFloat = new Float64Array(1)
const itsHalves = new Int32Array(oneFloat.buffer)

export class Form {
  #numbers = new Int32Array(2048)
  #length = 0
  /** Of the numbers so far; forms of different hashes differ. */
  hash = 0

  /** How many numbers there are so far. */
  get length(): number {
    return this.#length
  }

  /** Begins anew. */
  clear(): void {
    this.#length = 0
    this.hash = 0
  }

  /** A whole number that int32 can hold, as all sizes and strides but those of empty arrays, whose programs do nothing. */
  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = new Int32Array(2 * this.#length)
      longer.set(this.#numbers)
      this.#numbers = longer
    }
    this.#numbers[this.#length++] = number
    this.hash = Math.imul(this.hash ^ number, 0x9e3779b1) ^ (this.hash >>> 15)
  }

  /** What kernel it is, without what it reads, and without what the shapes of result and reads tell. */
  kernel(kernel: Kernel, dtype: DType, reads: number): void {
    this.push(kindNumber[kernel.kind] + 16 * dtypeNumber[dtype] + 64 * reads)
    switch (kernel.kind) {
      case "map":
        this.push(exprNumber(kernel.expr))
        return
      case "reduce":
        this.push(reductions.indexOf(kernel.op))
        return
      case "cumsum":
      case "matmul":
        return
      case "gather":
      case "scatterAdd":
        this.push(kernel.size)
        this.push(kernel.length)
        this.push(kernel.inner)
        return
      case "place":
        oneFloat[0] = kernel.fill
        this.list(itsHalves)
        for (const begin of kernel.begins) this.list(begin)
        return
      case "fold":
        this.push(kernel.height)
        this.push(kernel.width)
        this.list(kernel.kernel)
        this.list(kernel.stride)
        return
      case "random":
        this.push(kernel.distribution === "normal" ? 1 : 0)
        return
    }
  }

  /** A known array, or a scalar. */
  known(dtype: DType, isScalar: boolean): void {
    this.push(-1 - dtypeNumber[dtype] - (isScalar ? 4 : 0))
  }

  list(numbers: ArrayLike<number>): void {
    this.push(numbers.length)
    for (let i = 0; i < numbers.length; i++) this.push(numbers[i])
  }

  /** An array that is read, by its place in the graph: as it lies, or through a view. */
  read(place: number, view: View, own: View): void {
    if (view === own) {
      this.push(2 * place + 1)
      return
    }
    const { shape, strides, offset } = view
    this.push(2 * place)
    this.list(shape)
    for (let d = 0; d < strides.length; d++) this.push(strides[d])
    this.push(offset)
  }

  /** The numbers, for good. */
  copy(): Int32Array {
    return this.#numbers.slice(0, this.#length)
  }

  equals(numbers: Int32Array): boolean {
    if (numbers.length !== this.#length) return false
    for (let i = 0; i < numbers.length; i++) if (numbers[i] !== this.#numbers[i]) return false
    return true
  }
}
