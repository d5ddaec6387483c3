/**
 * @file The reader's state in this browser: JSON under `descent:` keys, with listeners. Never throws: what the
 * browser refuses to keep lives in memory until the page is closed. Knows no meaning of any key.
 */

const PREFIX = "descent:"

/** What could not be written to the disk, or `null` for what could not be removed from it. */
const memory = new Map<string, string | null>()

/** `elsewhere`: another tab did it. */
type Listener = (key: string, elsewhere: boolean) => void
const listeners = new Map<Listener, string>()

let makeRoom: (() => boolean) | undefined
let refused: (() => void) | undefined

/** Under this prefix: what could not be read, as the text that it was. */
export const DAMAGED = "damaged:"
const damaged: string[] = []
let found: (() => void) | undefined

/** The browser's storage, where the reader allows it. */
function disk(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    // Reading the property itself throws where storage is forbidden.
    return undefined
  }
}

/** Whether this browser lets the page keep anything at all. It may be full all the same. */
export function isOpen(): boolean {
  return disk() !== undefined
}

function tell(key: string, elsewhere = false): void {
  for (const [listener, prefix] of listeners) if (key.startsWith(prefix)) listener(key, elsewhere)
}

/** The value under `key` (without `descent:`), or `undefined` if there is none; what is not JSON is put aside. */
export function get<T>(key: string): T | undefined {
  const text = textOf(key)
  if (text == null) return undefined
  try {
    return JSON.parse(text) as T
  } catch {
    putAside(key)
    return undefined
  }
}

function textOf(key: string): string | null | undefined {
  const full = PREFIX + key
  try {
    return memory.has(full) ? memory.get(full) : disk()?.getItem(full)
  } catch {
    return undefined
  }
}

/** Keeps the text under `key` elsewhere, since it is damaged, and `sound` in its place, if anything of it is. */
export function putAside(key: string, sound?: unknown): void {
  set(DAMAGED + key, textOf(key))
  if (sound === undefined) remove(key)
  else set(key, sound)
  damaged.push(key)
  found?.()
}

/** `listener` is called whenever something damaged was put aside, and now if that has happened already. */
export function whenDamaged(listener: () => void): void {
  found = listener
  if (damaged.length > 0) listener()
}

/** The keys of what was put aside since the page was opened. */
export function damagedKeys(): readonly string[] {
  return damaged
}

/** Keeps `value` as JSON. Returns whether it will outlive the page. */
export function set(key: string, value: unknown): boolean {
  const full = PREFIX + key
  const text = JSON.stringify(value)
  let kept = write(full, text)
  while (!kept && roomMade()) kept = write(full, text)
  if (kept) memory.delete(full)
  else memory.set(full, text)
  tell(key)
  if (!kept) refused?.()
  return kept
}

function write(full: string, text: string): boolean {
  try {
    const storage = disk()
    storage?.setItem(full, text)
    return storage !== undefined
  } catch {
    // Full, or closed to this page.
    return false
  }
}

function roomMade(): boolean {
  const make = makeRoom
  if (!make || !disk()) return false
  // Making room writes, too: it must not ask for room itself.
  makeRoom = undefined
  try {
    return make()
  } finally {
    makeRoom = make
  }
}

/** `make` is asked to forget what can be spared when nothing more fits; it answers whether it did. */
export function whenFull(make: () => boolean): void {
  makeRoom = make
}

/** `listener` is called whenever something will not outlive the page. */
export function whenRefused(listener: () => void): void {
  refused = listener
}

export function remove(key: string): void {
  const full = PREFIX + key
  try {
    disk()?.removeItem(full)
    memory.delete(full)
  } catch {
    memory.set(full, null)
  }
  tell(key)
}

/** All keys that begin with `prefix`, sorted. */
export function keys(prefix = ""): string[] {
  const found = new Set<string>()
  try {
    const storage = disk()
    for (let i = 0; i < (storage?.length ?? 0); i++) found.add(storage!.key(i)!)
  } catch {
    found.clear()
  }
  for (const [key, value] of memory) value === null ? found.delete(key) : found.add(key)
  const full = PREFIX + prefix
  return [...found]
    .filter((key) => key.startsWith(full))
    .map((key) => key.slice(PREFIX.length))
    .sort()
}

/** Calls `listener` after each change of a key that begins with `prefix`, here or in another tab. */
export function listen(prefix: string, listener: Listener): () => void {
  if (listeners.size === 0) globalThis.addEventListener?.("storage", onOtherTab)
  listeners.set(listener, prefix)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) globalThis.removeEventListener?.("storage", onOtherTab)
  }
}

function onOtherTab(event: StorageEvent): void {
  // No key means that everything was cleared.
  if (event.key === null) for (const [listener, prefix] of listeners) listener(prefix, true)
  else if (event.key.startsWith(PREFIX)) tell(event.key.slice(PREFIX.length), true)
}
