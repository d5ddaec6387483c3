/**
 * @file A reader's edit of one cell: saved under lesson and cell id, with the author's text it was based on, in step with
 * other tabs. Knows neither editors nor running.
 */
import { keepVersion, type Why } from "./history.ts"
import * as store from "./store.ts"

export interface SavedEdit {
  source: string
  /** The author's text when the edit was made. */
  base: string
  /** When it was saved, in milliseconds since 1970. */
  at?: number
}

export interface EditsObserver {
  /** Typing has paused, or something is about to run. */
  paused(source: string): void
  /**
   * Another tab's newer text is the cell's now; `before` stood here and is among the versions. Without it, the reader has
   * erased everything.
   */
  replaced(before?: string): void
  /** Another tab's text came while somebody typed here: it is among the versions. */
  overtook(): void
}

/** Under this key: when the reader erased everything, in milliseconds since 1970. */
export const ERASED = "erased"
/** So long other tabs may take to hear of it. */
const ERASING = 10_000

const DELAY = 250
const PAUSE = 3000

export class Edits {
  /** `lesson/cell`: where all that belongs to the cell is kept. */
  readonly place: string
  readonly author: string
  source: string
  /** The author's text when the edit was made. */
  base: string
  /** The author's text has changed since the edit was made. */
  conflict = false
  /** The text came from elsewhere: it is shown, and not saved before the reader changes or keeps it. */
  borrowed = false
  readonly #observer: EditsObserver
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(lesson: string, cell: string, author: string, observer: EditsObserver) {
    this.place = `${lesson}/${cell}`
    this.#observer = observer
    this.author = author
    const saved = this.#saved()
    this.source = saved?.source ?? author
    this.base = saved?.base ?? author
    this.conflict = this.base !== author
    store.listen(this.#key, () => this.#hear())
  }

  get #key(): string {
    return `edit:${this.place}`
  }

  get #undoKey(): string {
    return `reset:${this.place}`
  }

  #saved(): SavedEdit | undefined {
    const saved = store.get<SavedEdit>(this.#key)
    return typeof saved?.source === "string" && saved.source !== this.author ? saved : undefined
  }

  get edited(): boolean {
    return this.source !== this.author
  }

  /** What the last reset threw away, while it can be brought back. */
  get undoable(): string | undefined {
    return this.edited ? undefined : store.get<string>(this.#undoKey)
  }

  change(source: string): void {
    if (this.borrowed) {
      this.#keepOwn("shared")
      this.borrowed = false
    }
    this.source = source
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), DELAY)
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => this.remember("pause"), PAUSE)
  }

  /** As if typing had paused. */
  flush(): void {
    if (this.#timer === undefined) return
    this.save()
    this.#observer.paused(this.source)
  }

  /** Writes what is not yet written; called before anything runs and when the page goes. */
  save(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.borrowed) return
    const saved = store.get<SavedEdit>(this.#key)
    if (!this.edited) {
      if (saved) store.remove(this.#key)
      return
    }
    if (!this.conflict) this.base = this.author
    if (saved?.source === this.source && saved.base === this.base) return
    store.set(this.#key, { source: this.source, base: this.base, at: Date.now() } satisfies SavedEdit)
  }

  /** Adds the text to the cell's versions, unless it is the author's. */
  remember(why: Why, source = this.source): void {
    clearTimeout(this.#pause)
    this.#pause = undefined
    if (source !== this.author && !this.borrowed) keepVersion(this.place, source, why)
  }

  /** The page goes: what is not yet kept is kept now. */
  leave(): void {
    this.save()
    if (this.#pause !== undefined) this.remember("pause")
  }

  /** Puts another text in the place of this one, which stays among the versions. */
  put(source: string, why: Why): void {
    this.#keepOwn(why)
    this.borrowed = false
    this.conflict = false
    this.source = source
    this.save()
  }

  /** Shows a text that is not the reader's: nothing is saved. */
  borrow(source: string): void {
    this.save()
    this.source = source
    this.borrowed = true
  }

  /** The reader's own text is shown again, instead of the borrowed one. */
  giveBack(): void {
    this.borrowed = false
    this.source = this.#saved()?.source ?? this.author
  }

  /** Keeps the reader's text over the author's new one, and asks no more. */
  keep(): void {
    this.conflict = false
    this.save()
  }

  reset(): void {
    const own = this.#own()
    if (own !== undefined && own !== this.author) store.set(this.#undoKey, own)
    this.put(this.author, "reset")
  }

  undoReset(): void {
    this.source = this.undoable ?? this.source
    store.remove(this.#undoKey)
    this.save()
  }

  /** The reader's own text, which is the saved one while another is only borrowed. */
  #own(): string | undefined {
    return this.borrowed ? this.#saved()?.source : this.source
  }

  #keepOwn(why: Why): void {
    const own = this.#own()
    clearTimeout(this.#pause)
    this.#pause = undefined
    if (own !== undefined && own !== this.author) keepVersion(this.place, own, why)
  }

  /** Somebody wrote the cell's edit: mostly this tab, sometimes another. */
  #hear(): void {
    if (this.borrowed) return
    const saved = this.#saved()
    const theirs = saved?.source ?? this.author
    if (theirs === this.source) return
    if (this.#timer !== undefined) {
      if (saved) keepVersion(this.place, theirs, "other tab")
      this.#observer.overtook()
      return
    }
    const before = this.source
    const erased = !saved && Date.now() - (store.get<number>(ERASED) ?? 0) < ERASING
    if (!erased) this.remember("other tab")
    this.source = theirs
    this.base = saved?.base ?? this.author
    this.conflict = this.base !== this.author
    this.#observer.replaced(erased ? undefined : before)
  }
}
