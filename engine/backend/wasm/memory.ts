/**
 * @file The arrays of the WebAssembly backend and where their values are. Knows no kernels.
 *
 * The ownership rule: **values belong to JavaScript, WebAssembly memory is a cache.** A buffer is an object whose
 * values are in JavaScript (a typed array or, of a small result, plain numbers), or in a block of WebAssembly memory,
 * or in both, equal; they never change, but for a buffer that is given away to a program (a donor), whose block goes
 * over to an output and which is then spent.
 *
 * - `upload` keeps the typed array. A program that reads the buffer first gives it a block and copies the values in.
 * - An output of a program is a new buffer with a block, and no typed array until somebody reads it.
 * - Nothing is freed by counting references or by finalizers: a synchronous loop of a million steps gives the
 *   garbage collector no turn to tell us anything. When the blocks of all buffers take more than `budget` bytes, or
 *   there are more than `mostBlocks`, those that were not used of late lose theirs (the clock algorithm: whoever was
 *   used since the hand last passed gets a second chance). Values that JavaScript does not have yet are copied out
 *   first. After that nothing here refers to the buffer, and if nobody else does, V8 collects it and its values,
 *   which it can do inside a synchronous loop as well. So memory stays flat, and no tensor is ever disposed of.
 * - What a running program reads and writes is never evicted, however much it is.
 */
import { census } from "../../core/census.ts"
import { allocate, type DType, type TypedArray } from "../../core/dtype.ts"
import { MemoryError } from "../../core/errors.ts"
import { Heap } from "./heap.ts"

/** Bytes of blocks that buffers keep; more only while one program needs more. */
const budget = 64 * 2 ** 20
const mostBlocks = 512

/**
 * The values of a result of so many elements are kept as plain numbers when it loses its block: memory that V8 has
 * cleared long ago. A typed array is memory that nobody has touched, and that takes longer to get than to fill.
 */
const mostNumbers = 4096
/** Told to whoever counts of each: what it takes, and as much again, since the heap of the language ends early. */
const heapBytes = 16
const numbers: readonly number[] = new Array(mostNumbers).fill(0.5)

function numbersOf(from: TypedArray, at: number, length: number): number[] {
  // A copy of what lies there already: an array that grows, or has yet to learn that it holds fractions, is slower.
  const list = numbers.slice(0, length)
  for (let i = 0; i < length; i++) list[i] = from[at + i]
  return list
}

/** An array of the backend. */
export class Resident {
  readonly dtype: DType
  readonly length: number
  /** The values as JavaScript has them, if it does. */
  values: TypedArray | undefined
  /** The same as plain numbers, before anybody has asked for an array of them. */
  numbers: readonly number[] | undefined = undefined
  /** The only value of a result of one element, likewise. */
  number: number | undefined = undefined
  /** Where the block is; 0 if there is none. */
  address = 0
  /** Its place in the table of those that have a block. */
  place = -1
  /** The last run that used it; 0 once the hand has passed. */
  used = 0

  constructor(dtype: DType, length: number, values: TypedArray | undefined) {
    this.dtype = dtype
    this.length = length
    this.values = values
  }
}

/** Bytes of an array in WebAssembly memory: bool takes four an element there. */
export function deviceBytes(dtype: DType, length: number): number {
  return dtype === "float64" ? 8 * length : 4 * length
}

export class Memory {
  readonly heap = new Heap()
  /** Number of the current run. */
  run = 1
  /** Where programs find addresses and scalars. */
  params: number
  /** Where programs keep what they need between their kernels. */
  work = 0
  #paramsBytes = 16384
  #workBytes = 0
  /** Everything that has a block; undefined where somebody has left. */
  readonly #table: (Resident | undefined)[] = []
  readonly #places: number[] = []
  #hand = 0
  #bytes = 0

  constructor() {
    this.params = this.heap.allocate(this.#paramsBytes)
  }

  /** Makes sure that a program finds this much room for its parameters and its work. */
  reserve(paramsBytes: number, workBytes: number): void {
    if (paramsBytes > this.#paramsBytes) {
      const bytes = 2 * paramsBytes
      const address = this.#allocate(bytes)
      this.heap.release(this.params, this.#paramsBytes)
      this.params = address
      this.#paramsBytes = bytes
    }
    if (workBytes > this.#workBytes) {
      if (this.work !== 0) this.heap.release(this.work, this.#workBytes)
      this.work = 0
      this.#workBytes = 0
      this.work = this.#allocate(workBytes)
      this.#workBytes = workBytes
    }
  }

  /** Gives the buffer a block and copies its values in. */
  bring(buffer: Resident): void {
    const values = buffer.numbers ?? this.valuesOf(buffer)
    this.#settle(buffer)
    const { whole, from } = this.#block(buffer)
    whole.set(values, from)
  }

  /** A new buffer with a block whose values a program is about to write. */
  fresh(dtype: DType, length: number): Resident {
    const buffer = new Resident(dtype, length, undefined)
    this.#settle(buffer)
    return buffer
  }

  /** Gives the block of `donor`, which is spent from now on, to a buffer that has none. */
  takeOver(donor: Resident, buffer: Resident): void {
    buffer.address = donor.address
    buffer.place = donor.place
    buffer.used = this.run
    this.#table[donor.place] = buffer
    donor.address = 0
    donor.place = -1
    donor.values = undefined
    donor.numbers = undefined
    donor.number = undefined
  }

  /** One value of a buffer. */
  element(buffer: Resident, index: number): number {
    if (buffer.number !== undefined) return buffer.number
    if (buffer.values === undefined && buffer.address !== 0) {
      const { whole, from } = this.#block(buffer)
      return whole[from + index]
    }
    return (buffer.numbers ?? this.valuesOf(buffer))[index]
  }

  /** The values of a buffer, as JavaScript has them from now on. */
  valuesOf(buffer: Resident): TypedArray {
    const { dtype, length, number, numbers } = buffer
    if (buffer.values === undefined) {
      const { whole, from } = this.#block(buffer)
      const values = allocate(dtype, length)
      if (number !== undefined) values[0] = number
      else if (numbers !== undefined) values.set(numbers)
      else if (from > 0) values.set(whole.subarray(from, from + length))
      else throw new MemoryError("a buffer that was given away to a program cannot be read any more.")
      buffer.values = values
      buffer.numbers = undefined
    }
    return buffer.values
  }

  /** Where the values of a buffer are in memory, counted in its elements. */
  #block({ dtype, address }: Resident): { whole: TypedArray; from: number } {
    const { heap } = this
    if (dtype === "float32") return { whole: heap.f32, from: address >> 2 }
    return dtype === "float64"
      ? { whole: heap.f64, from: address >> 3 }
      : { whole: heap.i32, from: address >> 2 }
  }

  /** Finds a block for a buffer that has none. */
  #settle(buffer: Resident): void {
    const bytes = deviceBytes(buffer.dtype, buffer.length)
    if (this.#bytes + bytes > budget || this.#table.length - this.#places.length >= mostBlocks)
      this.#evict(budget - bytes, mostBlocks - 1)
    buffer.address = this.#allocate(bytes)
    buffer.used = this.run
    this.#bytes += bytes
    const place = this.#places.pop() ?? this.#table.length
    buffer.place = place
    this.#table[place] = buffer
  }

  /** A block; everything that can go goes before the memory is said to be full. */
  #allocate(bytes: number): number {
    try {
      return this.heap.allocate(bytes)
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error
      this.#evict(0, 0)
      return this.heap.allocate(bytes)
    }
  }

  /** Takes blocks away until so many bytes and blocks are left, or only those of this run. */
  #evict(bytes: number, blocks: number): void {
    const table = this.#table
    // Twice around: the first time may only take away second chances.
    for (let steps = 2 * table.length; steps > 0; steps--) {
      if (this.#bytes <= bytes && table.length - this.#places.length <= blocks) return
      if (this.#hand >= table.length) this.#hand = 0
      const buffer = table[this.#hand]
      if (buffer !== undefined && buffer.used !== this.run) {
        if (buffer.used === 0) this.#leave(buffer)
        else buffer.used = 0
      }
      this.#hand++
    }
  }

  #leave(buffer: Resident): void {
    const { values, length } = buffer
    if (values === undefined && length > mostNumbers) this.valuesOf(buffer)
    else if (values === undefined) {
      const { whole, from } = this.#block(buffer)
      buffer.numbers = numbersOf(whole, from, length)
      census.onKept?.("tensor", heapBytes * length, buffer)
    }
    this.vacate(buffer)
  }

  /** Takes the block of a buffer away, if it has one, and the values that are only there. */
  vacate(buffer: Resident): void {
    if (buffer.address === 0) return
    const bytes = deviceBytes(buffer.dtype, buffer.length)
    this.heap.release(buffer.address, bytes)
    this.#bytes -= bytes
    this.#table[buffer.place] = undefined
    this.#places.push(buffer.place)
    buffer.address = 0
    buffer.place = -1
  }
}
