/**
 * @file The desk on which one explorable lies: where it stands, its state, and who redraws when that changes.
 * At most one redraw in an animation frame, always of the newest params. Knows no markup but its root.
 */
import type { Explorable, Params } from "../explorables/lib/explorable.ts"
import type { Place } from "../explorables/lib/link.ts"

const desks = new WeakMap<Element, Desk>()

/** The desk of an explorable that is alive. */
export const deskOf = (root: Element): Desk | undefined => desks.get(root)

export class Desk {
  readonly root: HTMLElement
  readonly name: string
  readonly explorable: Explorable
  /** Everything that the parts listen to outside of the figure ends with it. */
  readonly signal: AbortSignal
  place: Place
  state: unknown
  /** Last position of the transport. */
  last = 0
  /** What is to be said before the words for the newest change. */
  notice = ""
  #painters: (() => void)[] = []
  #settlers: (() => void)[] = []
  #frame = 0
  #committed = false
  #foreign = false

  constructor(root: HTMLElement, name: string, explorable: Explorable, place: Place, signal: AbortSignal) {
    this.root = root
    this.name = name
    this.explorable = explorable
    this.place = place
    this.signal = signal
    this.#think()
    desks.set(root, this)
    signal.addEventListener("abort", () => cancelAnimationFrame(this.#frame))
  }

  /** Is what is being drawn not of the reader's making, but a cell's? */
  get foreign(): boolean {
    return this.#foreign
  }

  /** The transport as far as these params let it go. */
  get step(): number {
    return Math.min(this.place.step, this.last)
  }

  /** Called at every redraw. */
  onpaint(painter: () => void): void {
    this.#painters.push(painter)
  }

  /** Called when the reader has let go: after a drag, a key, a step, never while something plays. */
  onsettle(settler: () => void): void {
    this.#settlers.push(settler)
  }

  /** `committed`: the reader has let go, so it may be spoken, after the notice if there is one. */
  change(
    part: { params?: Partial<Params>; seed?: number; step?: number },
    committed = true,
    notice = "",
  ): void {
    this.notice = notice
    const params = part.params ? ({ ...this.place.params, ...part.params } as Params) : this.place.params
    this.place = { params, seed: part.seed ?? this.place.seed, step: part.step ?? this.place.step }
    this.#committed ||= committed
    this.#frame ||= requestAnimationFrame(() => this.now())
  }

  /** Takes a place that a cell has set, and draws it at once. */
  adopt(place: Place): void {
    this.place = place
    this.#foreign = true
    this.now()
    this.#foreign = false
  }

  /** Draws at once what is waiting to be drawn. */
  now(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#think()
    for (const paint of this.#painters) paint()
    if (!this.#committed) return
    this.#committed = false
    for (const settle of this.#settlers) settle()
  }

  find<E extends Element = HTMLElement>(selector: string): E | undefined {
    return this.root.querySelector<E>(selector) ?? undefined
  }

  all<E extends Element = HTMLElement>(selector: string): E[] {
    return [...this.root.querySelectorAll<E>(selector)]
  }

  /** Says it in the figure's polite live region. */
  say(words: string): void {
    const live = this.find(".ex-live")
    if (live) live.textContent = words
  }

  #think(): void {
    const { params, seed } = this.place
    this.last = this.explorable.steps?.(params, seed) ?? 0
    this.state = this.explorable.model(params, seed, this.step)
  }
}
