/**
 * @file What a cell shows below its code, as it arrives: the latest output of each slot, once per animation frame.
 * Knows nothing of running; the look of each kind belongs to the renderer, and what else than markup some take to
 * `rich-outputs.ts`.
 */
import type { Output } from "../notebook/output.ts"
import { isPlain, renderPlain } from "../notebook/render-plain.ts"
import { spokenOutputs } from "../notebook/spoken.ts"
import type { InputOwner } from "./cell-inputs.ts"
import { unfoldable } from "./value-unfold.ts"

/** A run that shows more pieces than this is cut: no reader looks at them, and the page must live. */
const MOST = 1000

/** What an earlier run has shown may stay this long beside a new run's first outputs, so that nothing flickers. */
const GRACE = 200

const NOT_LOADED = "What shows this output could not be loaded. Run the cell again."

export class OutputPane {
  readonly #host: HTMLElement
  readonly #owner: InputOwner
  /** What shows figures, controls and the like: to be set before there is one. */
  rich: typeof import("./rich-outputs.ts") | undefined
  #run: number | undefined
  #slots = new Map<number, HTMLElement>()
  /** What earlier runs have shown, or the book: it gives its place to what comes. */
  #old: [slot: number, box: HTMLElement][] = []
  /** Boxes that this pane has filled; the book's figures have no place to draw into. */
  #own = new WeakSet<HTMLElement>()
  #waiting = new Map<number, Output>()
  /** What the run has shown so far. */
  #shown = new Map<number, Output>()
  #frame = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #cut = false
  /** Nobody asked for the run: it follows an input. */
  #quiet = false
  /** Whether what is on screen belongs to an earlier run than what waits. */
  #outdated = false

  /** `owner` is who hears of the controls among the outputs. */
  constructor(host: HTMLElement, owner: InputOwner) {
    this.#host = host
    this.#owner = owner
    this.#slots = new Map([...host.querySelectorAll<HTMLElement>(":scope > .cell-output")].entries())
  }

  /** A run begins: its first output takes the place of what is there, and until then nothing moves. */
  begin(quiet: boolean): void {
    this.#quiet = quiet
    this.#host.style.minHeight = `${this.#host.offsetHeight}px`
    this.#run = undefined
    this.#shown.clear()
  }

  /** What the run has shown, to be heard behind a sentence that says that it is over. */
  get spoken(): string {
    const slots = [...this.#shown].sort(([a], [b]) => a - b)
    const words = spokenOutputs(slots.map(([, output]) => output))
    return words && `. ${words}`
  }

  /** What is on screen is not of the last run, which has shown nothing so far. */
  get older(): boolean {
    return this.#run === undefined && this.#host.childElementCount > 0
  }

  /** The run is over. Without any output of its own the pane is emptied, unless the run was cut short (`keep`). */
  end(keep = false): void {
    this.#draw()
    if (this.#run === undefined && !keep) this.#startOver()
    if (this.#run !== undefined || !keep) this.#clearOld(keep)
    this.#host.style.minHeight = ""
  }

  add(run: number, slot: number, output: Output): void {
    if (run !== this.#run) {
      this.#run = run
      this.#waiting.clear()
      this.#shown.clear()
      this.#outdated = true
    }
    if (this.#shown.size < MOST || this.#shown.has(slot)) this.#shown.set(slot, output)
    // Only the newest state of a slot is drawn: frames that the page has no time for are dropped.
    this.#waiting.set(slot, output)
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #startOver(): void {
    // A run that was overtaken has not come to all controls: those it left are still under the reader's hand.
    this.#clearOld(true)
    this.#old.push(...this.#slots)
    this.#slots = new Map()
    this.#cut = false
    this.#timer = setTimeout(() => this.#clearOld(true), GRACE)
  }

  /** Controls may stay until the run is over: the reader may have hold of one. */
  #clearOld(keepControls = false): void {
    clearTimeout(this.#timer)
    this.#old = this.#old.filter(([, box]) => {
      const stays = keepControls && box.dataset.kind === "input"
      if (!stays) box.remove()
      return stays
    })
    for (const node of [...this.#host.childNodes]) if (!(node instanceof HTMLElement)) node.remove()
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    if (this.#outdated) this.#startOver()
    this.#outdated = false
    for (const [slot, output] of this.#waiting) this.#show(slot, output)
    this.#waiting.clear()
  }

  #show(slot: number, output: Output): void {
    const box = this.#slots.get(slot) ?? this.#oldBox(slot, output) ?? this.#newBox(slot)
    if (!box) return
    const isOwn = this.#own.has(box)
    this.#own.add(box)
    if (!isPlain(output)) {
      if (this.rich) this.rich.showRich(box, output, { isOwn, owner: this.#owner, quiet: this.#quiet })
      else box.textContent = NOT_LOADED
      return
    }
    box.dataset.kind = output.kind
    box.innerHTML = renderPlain(output, "page")
    if (output.kind === "value") unfoldable(box, output.value)
    if (output.kind === "error" || output.kind === "advice")
      for (const place of box.querySelectorAll("[data-line]")) toButton(place)
  }

  /** A box of the run before that the output can take over: its own control, or what stood in the same place. */
  #oldBox(slot: number, output: Output): HTMLElement | undefined {
    const isIts = (at: number, box: HTMLElement): boolean => {
      if (box.dataset.kind !== output.kind) return false
      if (output.kind !== "input") return at === slot && output.kind !== "curve"
      return this.rich?.hasControl(box, output) ?? false
    }
    const found = this.#old.find(([at, box]) => isIts(at, box))
    if (!found) return undefined
    this.#old = this.#old.filter((other) => other !== found)
    this.#slots.set(slot, found[1])
    return found[1]
  }

  #newBox(slot: number): HTMLElement | undefined {
    if (this.#slots.size >= MOST) {
      if (!this.#cut) this.#host.append(`Only the first ${MOST} outputs of this run are shown.`)
      this.#cut = true
      return undefined
    }
    const box = document.createElement("div")
    box.className = "cell-output"
    // Slots are shown in the order of their numbers, whenever they come.
    const later = [...this.#slots, ...this.#old]
      .filter(([other]) => other >= slot)
      .sort(([a], [b]) => a - b)[0]
    this.#host.insertBefore(box, later?.[1] ?? null)
    this.#slots.set(slot, box)
    return box
  }
}

/** A place in the code that the reader can follow, by keyboard too. */
function toButton(place: Element): void {
  const button = document.createElement("button")
  for (const { name, value } of place.attributes) button.setAttribute(name, value)
  button.type = "button"
  button.append(...place.childNodes)
  place.replaceWith(button)
}
