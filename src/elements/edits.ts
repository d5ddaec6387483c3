/**
 * @file A reader's edit of one cell: saved under lesson and cell id, with the author's text it was based on. Knows
 * neither editors nor running.
 */
import * as store from "./store.ts"

interface SavedEdit {
  source: string
  /** The author's text when the edit was made. */
  base: string
}

const DELAY = 250

export class Edits {
  readonly author: string
  source: string
  /** The author's text has changed since the edit was made. */
  conflict = false
  #key: string
  #undoKey: string
  #onSave: (source: string) => void
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `onSave` is called with the text whenever typing has paused. */
  constructor(lesson: string, cell: string, author: string, onSave: (source: string) => void) {
    this.#onSave = onSave
    this.#key = `edit:${lesson}/${cell}`
    this.#undoKey = `reset:${lesson}/${cell}`
    this.author = author
    const saved = store.get<SavedEdit>(this.#key)
    const usable = typeof saved?.source === "string" && saved.source !== author
    this.source = usable ? saved.source : author
    this.conflict = usable && saved.base !== author
  }

  get edited(): boolean {
    return this.source !== this.author
  }

  /** What the last reset threw away, while it can be brought back. */
  get undoable(): string | undefined {
    return this.edited ? undefined : store.get<string>(this.#undoKey)
  }

  change(source: string): void {
    this.source = source
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.save()
      this.#onSave(source)
    }, DELAY)
  }

  /** Writes what is not yet written; called before anything runs and when the page goes. */
  save(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.edited) {
      store.remove(this.#key)
      return
    }
    const base = this.conflict ? (store.get<SavedEdit>(this.#key)?.base ?? this.author) : this.author
    store.set(this.#key, { source: this.source, base } satisfies SavedEdit)
  }

  /** Keeps the reader's text over the author's new one, and asks no more. */
  keep(): void {
    this.conflict = false
    this.save()
  }

  reset(): void {
    if (this.edited) store.set(this.#undoKey, this.source)
    this.source = this.author
    this.conflict = false
    this.save()
  }

  undoReset(): void {
    this.source = this.undoable ?? this.source
    store.remove(this.#undoKey)
    this.save()
  }
}
