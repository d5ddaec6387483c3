/** @file A file's bytes as text, whatever program has saved it again on its way here. Knows nothing of what is in it. */

/** UTF-8 and UTF-16, by their marks and without; what is no UTF-8 is read as Windows of western Europe writes. */
export function textOfBytes(bytes: Uint8Array<ArrayBuffer>): string {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes)
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}
