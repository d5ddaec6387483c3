/**
 * @file What a cell shows below its code, as it arrives: the latest output of each slot, once per animation frame.
 * Knows nothing of running; the look of each kind belongs to the renderer.
 */
import type { Output } from "../notebook/output.ts"
import { renderOutput } from "../notebook/render.ts"
import { mountFigure } from "./figure.ts"
import { setFormulas } from "./formula.ts"

/** A run that shows more pieces than this is cut: no reader looks at them, and the page must live. */
const MOST = 1000

export class OutputPane {
  #host: HTMLElement
  #run: number | undefined
  #slots = new Map<number, HTMLElement>()
  #waiting = new Map<number, Output>()
  #frame = 0
  #cut = false
  /** Whether what is on screen belongs to an earlier run than what waits. */
  #outdated = false

  constructor(host: HTMLElement) {
    this.#host = host
  }

  /** A run begins: its first output takes the place of what is there, and until then nothing moves. */
  begin(): void {
    this.#host.style.minHeight = `${this.#host.offsetHeight}px`
    this.#run = undefined
  }

  /** The run is over. Without any output of its own the pane is emptied, unless the run was cut short (`keep`). */
  end(keep = false): void {
    this.#draw()
    if (this.#run === undefined && !keep) this.#clear()
    this.#host.style.minHeight = ""
  }

  add(run: number, slot: number, output: Output): void {
    if (run !== this.#run) {
      this.#run = run
      this.#waiting.clear()
      this.#outdated = true
    }
    // Only the newest state of a slot is drawn: frames that the page has no time for are dropped.
    this.#waiting.set(slot, output)
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #clear(): void {
    this.#host.replaceChildren()
    this.#slots.clear()
    this.#cut = false
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    if (this.#outdated) this.#clear()
    this.#outdated = false
    for (const [slot, output] of this.#waiting) this.#show(slot, output)
    this.#waiting.clear()
  }

  #show(slot: number, output: Output): void {
    const box = this.#slots.get(slot) ?? this.#newBox(slot)
    if (!box) return
    if ((output.kind === "figure" || output.kind === "curve") && box.dataset.kind === output.kind) {
      mountFigure(box, output)
      return
    }
    box.dataset.kind = output.kind
    box.innerHTML = renderOutput(output)
    if (output.kind === "figure" || output.kind === "curve") mountFigure(box, output)
    if (output.kind === "tex") setFormulas(box)
    if (output.kind === "error") for (const place of box.querySelectorAll("[data-line]")) toButton(place)
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
    const later = [...this.#slots].filter(([other]) => other > slot).sort(([a], [b]) => a - b)[0]
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
