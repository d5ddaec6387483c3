/** @file Reads what `encode.ts` writes: bytes, LEB128 numbers, floats and names, one after the other. */

export class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  /** Where the next byte lies. */
  at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get done(): boolean {
    return this.at >= this.#bytes.length
  }

  byte(): number {
    return this.#bytes[this.at++]
  }

  unsigned(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }

  signed(): bigint {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(Number(shift) + 7, value)
    }
  }

  int32(): number {
    this.at += 4
    return this.#view.getInt32(this.at - 4, true)
  }

  float32(): number {
    this.at += 4
    return this.#view.getFloat32(this.at - 4, true)
  }

  float64(): number {
    this.at += 8
    return this.#view.getFloat64(this.at - 8, true)
  }

  text(): string {
    const length = this.unsigned()
    this.at += length
    return String.fromCharCode(...this.#bytes.subarray(this.at - length, this.at))
  }

  /** `length` items, each read by `item`; the length comes first. */
  list<T>(item: () => T): T[] {
    return Array.from({ length: this.unsigned() }, item)
  }
}
