/**
 * @file The arrays of the WebAssembly backend and where their values are. Knows no kernels.
 *
 * The ownership rule: **values belong to JavaScript, WebAssembly memory is a cache.** A buffer is an object whose
 * values are in a typed array, or in a block of WebAssembly memory, or in both, equal; they never change, but for a
 * buffer that is given away to a program (a donor), whose block goes over to an output and which is then spent.
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
import { allocate, type DType, type TypedArray } from "../../core/dtype.ts"
import { MemoryError } from "../../core/errors.ts"
import { Heap } from "./heap.ts"

/** Bytes of blocks that buffers keep; more only while one program needs more. */
const budget = 64 * 2 ** 20
const mostBlocks = 512

/** Largest array that shares the memory of its copy with others, and how many do. */
const smallBytes = 16384
const perPage = 16

/**
 * Where copies of the results of one output of a program go. Small ones share pages: an array of its own costs more
 * than the copy. They are alike, so they tend to die together, and the page with them.
 */
export class Shelf {
  #page = new ArrayBuffer(0)
  #used = 0

  /** Room for an array of numbers. */
  take(dtype: Exclude<DType, "bool">, length: number): TypedArray {
    const bytes = Math.ceil(deviceBytes(dtype, length) / 8) * 8
    if (this.#used + bytes > this.#page.byteLength) {
      this.#page = new ArrayBuffer(perPage * bytes)
      this.#used = 0
    }
    const from = this.#used
    this.#used += bytes
    if (dtype === "float32") return new Float32Array(this.#page, from, length)
    return new (dtype === "float64" ? Float64Array : Int32Array)(this.#page, from, length)
  }
}

/** An array of the backend. */
export class Resident {
  readonly dtype: DType
  readonly length: number
  /** The values as JavaScript has them, if it does. */
  values: TypedArray | undefined
  /** The only value of a result of one element, before anybody has asked for an array of it. */
  number: number | undefined = undefined
  /** Where the block is; 0 if there is none. */
  address = 0
  /** Its place in the table of those that have a block. */
  place = -1
  /** The last run that used it; 0 once the hand has passed. */
  used = 0

  readonly shelf: Shelf | undefined

  constructor(dtype: DType, length: number, values: TypedArray | undefined, shelf?: Shelf) {
    this.dtype = dtype
    this.length = length
    this.values = values
    this.shelf = shelf
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
    const values = this.valuesOf(buffer)
    this.#settle(buffer)
    const { heap } = this
    const at = buffer.address
    if (values instanceof Float32Array) heap.f32.set(values, at >> 2)
    else if (values instanceof Float64Array) heap.f64.set(values, at >> 3)
    else heap.i32.set(values, at >> 2)
  }

  /** A new buffer with a block whose values a program is about to write. */
  fresh(dtype: DType, length: number, shelf?: Shelf): Resident {
    const buffer = new Resident(dtype, length, undefined, shelf)
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
    donor.number = undefined
  }

  /** One value of a buffer. */
  element(buffer: Resident, index: number): number {
    if (buffer.number !== undefined) return buffer.number
    if (buffer.values !== undefined || buffer.address === 0) return this.valuesOf(buffer)[index]
    const { f32, f64, i32 } = this.heap
    if (buffer.dtype === "float32") return f32[(buffer.address >> 2) + index]
    return buffer.dtype === "float64"
      ? f64[(buffer.address >> 3) + index]
      : i32[(buffer.address >> 2) + index]
  }

  /** The values of a buffer, as JavaScript has them from now on. */
  valuesOf(buffer: Resident): TypedArray {
    if (buffer.values === undefined) {
      if (buffer.number !== undefined) {
        buffer.values = allocate(buffer.dtype, 1)
        buffer.values[0] = buffer.number
        return buffer.values
      }
      if (buffer.address === 0)
        throw new MemoryError("a buffer that was given away to a program cannot be read any more.")
      buffer.values = this.#copyOut(buffer)
    }
    return buffer.values
  }

  #copyOut({ dtype, length, address, shelf }: Resident): TypedArray {
    const { f32, f64, i32 } = this.heap
    const isSmall = deviceBytes(dtype, length) <= smallBytes
    const values = isSmall && shelf && dtype !== "bool" ? shelf.take(dtype, length) : allocate(dtype, length)
    if (dtype === "float32") values.set(f32.subarray(address >> 2, (address >> 2) + length))
    else if (dtype === "float64") values.set(f64.subarray(address >> 3, (address >> 3) + length))
    else values.set(i32.subarray(address >> 2, (address >> 2) + length))
    return values
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
    buffer.values ??= this.#copyOut(buffer)
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
