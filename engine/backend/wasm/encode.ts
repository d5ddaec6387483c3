/**
 * @file Bytes of the binary format: a growing array, LEB128 numbers, and ropes of code that are flattened into it.
 * Knows no instruction and no section.
 */

/** What stands for code of its own: a local for its value, a function for its number, known when the module is written. */
export interface Coded {
  readonly code: Code
}

/** Code that is not yet in its place: a rope. */
export type Code = Coded | readonly Part[]

/** A number stands for one to three bytes, the first one highest: 0xfde401 is an instruction with its prefix. */
export type Part = number | Code

/** A whole number of up to 32 bits as LEB128: seven bits a byte, lowest first, the top bit says that more follow. */
export function unsigned(value: number): Part {
  if (value < 0x80) return value
  const bytes: number[] = []
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value & 0x7f) | 0x80)
  bytes.push(value)
  return bytes
}

/** The same with a sign: the last byte's second bit is repeated upwards. */
export function signed(value: number): Code {
  const bytes: number[] = []
  for (; value < -64 || value > 63; value >>= 7) bytes.push((value & 0x7f) | 0x80)
  bytes.push(value & 0x7f)
  return bytes
}

/** The same for 64 bits. */
export function signed64(value: bigint): Code {
  const bytes: number[] = []
  for (; value < -64n || value > 63n; value >>= 7n) bytes.push(Number(value & 0x7fn) | 0x80)
  bytes.push(Number(value & 0x7fn))
  return bytes
}

const scratch = new ArrayBuffer(8)
const floats = new Float32Array(scratch)
const doubles = new Float64Array(scratch)
const integers = new Int32Array(scratch)

/** The four bytes of a 32-bit integer, lowest first. */
export function int32(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24]
}

/** The eight bytes of a 64-bit integer, lowest first. */
export function int64(value: bigint): number[] {
  return [...int32(Number(value & 0xffffffffn)), ...int32(Number((value >> 32n) & 0xffffffffn))]
}

/** The four bytes of a float32, lowest first. */
export function float32(value: number): number[] {
  floats[0] = value
  return int32(integers[0])
}

/** The eight bytes of a float64, lowest first. */
export function float64(value: number): number[] {
  doubles[0] = value
  return [...int32(integers[0]), ...int32(integers[1])]
}

/** Room for the size of a section, which is known only after the section: five bytes, as long as 32 bits can be. */
const SIZE_BYTES = 5

const isList = (code: Code): code is readonly Part[] => Array.isArray(code)

/** A growing array of bytes. */
export class Bytes {
  #data = new Uint8Array(1024)
  #length = 0

  #reserve(count: number): void {
    if (this.#length + count <= this.#data.length) return
    const larger = new Uint8Array(Math.max(2 * this.#data.length, this.#length + count))
    larger.set(this.#data)
    this.#data = larger
  }

  /** Flattens a rope to the end. */
  write(part: Part): void {
    if (typeof part === "number") this.#number(part)
    else if (isList(part)) for (let i = 0; i < part.length; i++) this.write(part[i])
    else this.write(part.code)
  }

  #number(bytes: number): void {
    if (this.#length + 3 > this.#data.length) this.#reserve(3)
    if (bytes > 0xffff) this.#data[this.#length++] = bytes >> 16
    if (bytes > 0xff) this.#data[this.#length++] = bytes >> 8
    this.#data[this.#length++] = bytes
  }

  /** A name: its length and its letters (ASCII). */
  text(name: string): void {
    this.write(unsigned(name.length))
    for (let i = 0; i < name.length; i++) this.write(name.charCodeAt(i))
  }

  /** What `content` writes, preceded by its size in bytes. */
  sized(content: () => void): void {
    this.#reserve(SIZE_BYTES)
    const start = this.#length
    this.#length += SIZE_BYTES
    content()
    let size = this.#length - start - SIZE_BYTES
    for (let i = 0; i < SIZE_BYTES; i++, size >>>= 7)
      this.#data[start + i] = (size & 0x7f) | (i < SIZE_BYTES - 1 ? 0x80 : 0)
  }

  /** A copy of the bytes so far. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#data.slice(0, this.#length)
  }
}
