/**
 * @file Files in one zip archive, made in memory (PKWARE APPNOTE 6.3: deflate, UTF-8 names, no zip64). Knows no file's
 * meaning.
 */
import { crc32 } from "./crc32.ts"
import { deflate } from "./deflate.ts"

export interface ZipFile {
  /** With slashes; no leading one. */
  name: string
  content: string | Uint8Array<ArrayBuffer>
}

interface Packed {
  name: Uint8Array<ArrayBuffer>
  data: Uint8Array<ArrayBuffer>
  crc: number
  size: number
  offset: number
}

const VERSION = 20
const UTF8_NAMES = 0x0800
const DEFLATE = 8

/** `made`: the date of all files, in local time as the format wants it. */
export async function zip(files: readonly ZipFile[], made: Date): Promise<Uint8Array<ArrayBuffer>> {
  const packed: Packed[] = []
  const parts: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  const put = (part: Uint8Array<ArrayBuffer>): void => {
    parts.push(part)
    offset += part.length
  }
  const encode = new TextEncoder()
  for (const { name, content } of files) {
    const bytes = typeof content === "string" ? encode.encode(content) : content
    const one = {
      name: encode.encode(name),
      data: await deflate(bytes),
      crc: crc32(bytes),
      size: bytes.length,
      offset,
    }
    packed.push(one)
    put(record([4, 0x04034b50], ...common(one, made), [2, 0]))
    put(one.name)
    put(one.data)
  }
  const directory = offset
  for (const one of packed) {
    // No comment, first disk, no attributes.
    const rest: Field[] = [
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, one.offset],
    ]
    put(record([4, 0x02014b50], [2, VERSION], ...common(one, made), ...rest))
    put(one.name)
  }
  const size = offset - directory
  const count = packed.length
  put(record([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, directory], [2, 0]))
  return joined(parts, offset)
}

/** Bytes and value of a little-endian number. */
type Field = [bytes: 2 | 4, value: number]

function common({ name, data, crc, size }: Packed, made: Date): Field[] {
  const time = (made.getHours() << 11) | (made.getMinutes() << 5) | (made.getSeconds() >> 1)
  const date = ((made.getFullYear() - 1980) << 9) | ((made.getMonth() + 1) << 5) | made.getDate()
  return [
    [2, VERSION],
    [2, UTF8_NAMES],
    [2, DEFLATE],
    [2, time],
    [2, date],
    [4, crc],
    [4, data.length],
    [4, size],
    [2, name.length],
  ]
}

function record(...fields: Field[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)))
  let at = 0
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += bytes
  }
  return new Uint8Array(view.buffer)
}

function joined(parts: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
