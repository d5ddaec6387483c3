/**
 * @file What a zip archive holds: names, and contents when they are asked for (APPNOTE 6.3). The same in Node and page.
 * Writes none, trusts no size that stands in one.
 */

export interface ZipEntry {
  name: string
  /** As the archive claims. */
  bytes: number
  /** Rejects with an Error where the content is damaged, encrypted or larger than `most`. */
  read: (most: number) => Promise<Uint8Array<ArrayBuffer>>
}

const [END, ENTRY, CONTENT] = [0x06054b50, 0x02014b50, 0x04034b50]
const [END_SIZE, ENTRY_SIZE, CONTENT_SIZE] = [22, 46, 30]
const MOST_COMMENT = 0xffff
/** What a field holds that is too small for its number; such archives are larger than any class. */
const ELSEWHERE = 0xffffffff
const MOST_ENTRIES = 20_000

/** Throws: Error that says what is wrong with the archive. Folders are left out. */
export function zipEntries(archive: Uint8Array<ArrayBuffer>): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (at === ELSEWHERE || count === 0xffff) throw new Error("the archive is too large")
  if (count > MOST_ENTRIES) throw new Error(`the archive holds more than ${MOST_ENTRIES} files`)
  const entries: ZipEntry[] = []
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== ENTRY)
      throw new Error("the archive is damaged; it may have been cut off")
    const [nameLength, moreLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    )
    const name = nameOf(archive.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength))
    if (!name.endsWith("/")) entries.push(entryAt(archive, view, at, name))
    at += ENTRY_SIZE + nameLength + moreLength + commentLength
  }
  return entries
}

function endOf(view: DataView): number {
  const last = view.byteLength - END_SIZE
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT); at--)
    if (view.getUint32(at, true) === END) return at
  throw new Error("the file is no zip archive, or it was cut off")
}

function entryAt(archive: Uint8Array<ArrayBuffer>, view: DataView, at: number, name: string): ZipEntry {
  const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1
  const method = view.getUint16(at + 10, true)
  const packed = view.getUint32(at + 20, true)
  const bytes = view.getUint32(at + 24, true)
  const content = view.getUint32(at + 42, true)
  const read = async (most: number): Promise<Uint8Array<ArrayBuffer>> => {
    if (isEncrypted) throw new Error("it is encrypted in its archive")
    if (content + CONTENT_SIZE > view.byteLength || view.getUint32(content, true) !== CONTENT)
      throw new Error("it is damaged in its archive")
    const start =
      content + CONTENT_SIZE + view.getUint16(content + 26, true) + view.getUint16(content + 28, true)
    const data = archive.subarray(start, start + packed)
    if (method === 0) return data
    if (method !== 8) throw new Error("it is packed in a way that this program does not know")
    return inflate(data, most)
  }
  return { name, bytes, read }
}

/** Stops where there is more than was allowed: a few bytes can unpack to a disk full of zeros. */
async function inflate(data: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error("it is damaged in its archive")
    })
    if (done) break
    parts.push(value)
    size += value.length
    if (size <= most) continue
    await reader.cancel()
    throw new Error(`it is larger than ${most / 2 ** 20} MB`)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/** UTF-8 nowadays; older programs wrote what their system used, and said so nowhere. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}
