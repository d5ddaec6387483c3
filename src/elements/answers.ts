/**
 * @file What a reader has set the inputs of a lesson's cells to: kept in the browser; chosen files, and what somebody else
 * has set, only while the page is open. Knows no controls.
 */
import * as store from "./store.ts"

type Kept = Record<string, unknown>

export class Answers {
  readonly #lesson: string
  readonly #unkept = new Map<string, Map<string, unknown>>()

  constructor(lesson: string) {
    this.#lesson = lesson
  }

  /** The answers of one cell, by the keys of its inputs. */
  of(cell: string): Kept {
    return { ...this.#kept(cell), ...Object.fromEntries(this.#unkept.get(cell) ?? []) }
  }

  /** Without a value the input is again as the cell says. */
  set(cell: string, key: string, value: unknown): void {
    const unkept = this.#unkept.get(cell) ?? new Map<string, unknown>()
    this.#unkept.set(cell, unkept)
    unkept.delete(key)
    const { [key]: _, ...kept } = this.#kept(cell)
    if (isFile(value)) unkept.set(key, value)
    else if (value !== undefined) kept[key] = value
    if (Object.keys(kept).length > 0) store.set(this.#name(cell), kept)
    else store.remove(this.#name(cell))
  }

  /** Somebody else has set them; what is set here later takes their place. */
  lend(cell: string, values: Kept): void {
    this.#unkept.set(cell, new Map(Object.entries(values)))
  }

  #kept(cell: string): Kept {
    const kept = store.get<Kept>(this.#name(cell))
    return typeof kept === "object" && kept !== null ? kept : {}
  }

  #name(cell: string): string {
    return `input:${this.#lesson}/${cell}`
  }
}

function isFile(value: unknown): boolean {
  return typeof value === "object" && value !== null && "bytes" in value
}
