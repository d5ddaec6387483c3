/**
 * @file Cells' texts, and what their inputs are set to, in the fragment of an address: JSON, checksum, deflate,
 * base64url. Knows neither page nor store.
 */
import { crc32 } from "./crc32.ts"
import { deflate, InflateError, inflate } from "./deflate.ts"

export interface SharedCells {
  lesson: string
  /** Cell id → text. */
  cells: Record<string, string>
  /** Cell id → what its inputs are set to, by their keys. */
  inputs?: Record<string, Record<string, unknown>>
}

/** How the fragment begins, behind the `#`. */
export const SHARED = "shared="

/** Longer addresses are cut by some programs that pass them on. */
export const LONGEST_LINK = 16_000
const LONGEST_READ = 200_000
const LONGEST_TEXT = 2_000_000

/** Why a link cannot be made or read, in a reader's words. */
export class ShareError extends Error {}

/** The fragment, without `#`. Rejects with {@link ShareError} if it would be too long to be passed on. */
export async function packCells({ lesson, cells, inputs = {} }: SharedCells): Promise<string> {
  const set = Object.entries(inputs)
  // Books from before links held inputs read those that hold none.
  const content = [
    set.length === 0 ? 1 : 2,
    lesson,
    Object.entries(cells),
    ...(set.length === 0 ? [] : [set]),
  ]
  const json = new TextEncoder().encode(JSON.stringify(content))
  const packed = await deflate(json)
  const bytes = new Uint8Array(4 + packed.length)
  new DataView(bytes.buffer).setUint32(0, crc32(json))
  bytes.set(packed, 4)
  const fragment = SHARED + base64url(bytes)
  if (fragment.length > LONGEST_LINK)
    throw new ShareError("This is too long for a link. Share one cell at a time, or download the lesson.")
  return fragment
}

/** Undoes {@link packCells}. Rejects with {@link ShareError} for whatever else. */
export async function unpackCells(fragment: string): Promise<SharedCells> {
  if (fragment.length > LONGEST_READ) throw new ShareError("The link is too long to be one of this book.")
  const bytes = fromBase64url(fragment.replace(/^#/, "").slice(SHARED.length))
  if (!bytes || bytes.length < 5) throw damaged()
  const crc = new DataView(bytes.buffer).getUint32(0)
  try {
    const json = await inflate(bytes.slice(4), LONGEST_TEXT)
    if (crc32(json) !== crc) throw damaged()
    return read(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)))
  } catch (error) {
    if (error instanceof ShareError) throw error
    if (error instanceof InflateError || error instanceof SyntaxError || error instanceof TypeError)
      throw damaged()
    throw error
  }
}

function damaged(): ShareError {
  return new ShareError(
    "The link is damaged: a part of it is missing or was changed on its way. Ask for it again.",
  )
}

function read(value: unknown): SharedCells {
  const [version, lesson, entries, set = []] = Array.isArray(value) ? value : []
  if (typeof version === "number" && version > 2)
    throw new ShareError("The link was made by a newer version of this book. Reload the page and try again.")
  if (typeof lesson !== "string" || !isTable(entries, isText) || !isTable(set, isRecord)) throw damaged()
  const inputs = Object.fromEntries(set)
  return { lesson, cells: Object.fromEntries(entries), ...(set.length > 0 && { inputs }) }
}

const isText = (value: unknown): value is string => typeof value === "string"
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Pairs of a name and what `is` says. */
function isTable<T>(value: unknown, is: (part: unknown) => part is T): value is [string, T][] {
  return (
    Array.isArray(value) &&
    value.every((pair) => Array.isArray(pair) && pair.length === 2 && isText(pair[0]) && is(pair[1]))
  )
}

function base64url(bytes: Uint8Array): string {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))
  } catch {
    return undefined
  }
}
