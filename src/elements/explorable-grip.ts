/**
 * @file One draggable mark over a picture: two native range inputs for the keyboard and for assistive
 * technology, pointer dragging on the mark alone, and a nudge pad for those who tap. Knows no params.
 */
import type { Point, Range, View } from "../explorables/lib/explorable.ts"
import { clean, within } from "../explorables/lib/params.ts"
import css from "../styles/explorable-handles.css?inline"
import { addStyle } from "./added-style.ts"

export interface Held {
  label: string
  /** From and to; the same twice for a mark that cannot move this way. */
  x: Range
  y: Range
  step: number
  /** What the place means, spoken after its coordinates. */
  says: () => string
  /** `done`: the reader has let go. */
  move: (to: Point, done: boolean) => void
  /** The reader has taken hold of it. */
  grab: () => void
}

/** How many steps a key on a slider means: arrows one, with Shift a tenth, page keys ten, Home and End all. */
export function keySteps(event: KeyboardEvent): number | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 10,
    PageDown: -10,
    Home: -1e9,
    End: 1e9,
  }
  const n = steps[event.key]
  return n !== undefined && event.shiftKey ? n / 10 : n
}

export class Grip {
  readonly element: HTMLElement
  readonly inputs: readonly [HTMLInputElement, HTMLInputElement]
  #stage: HTMLElement
  #view: View<unknown>
  #held: Held
  #at: Point = [0, 0]
  #pad: HTMLElement | undefined

  constructor(stage: HTMLElement, view: View<unknown>, held: Held) {
    addStyle("explorable-handles", css)
    this.#stage = stage
    this.#view = view
    this.#held = held
    this.element = document.createElement("div")
    this.element.className = "ex-handle"
    this.element.setAttribute("role", "group")
    this.inputs = [this.#input(0), this.#input(1)]
    this.element.append(...this.#free)
    this.relabel(held.label)
    stage.append(this.element)
    this.#drag()
    this.element.addEventListener("focusin", () => held.grab())
  }

  /** The inputs of the axes along which it can move. */
  get #free(): HTMLInputElement[] {
    return this.inputs.filter((_, i) => this.#along(i)[0] !== this.#along(i)[1])
  }

  #along(axis: number): Range {
    return axis === 0 ? this.#held.x : this.#held.y
  }

  /** Puts the mark where the value is. */
  place(at: Point): void {
    this.#at = at
    const [left, top] = this.#percent(at)
    this.element.style.left = `${left}%`
    this.element.style.top = `${top}%`
    this.inputs.forEach((input, i) => {
      input.value = String(at[i]!)
      input.setAttribute("aria-valuetext", `${at[i]!}; ${this.#held.says()}`)
    })
    if (this.#pad) this.#movePad()
  }

  relabel(label: string): void {
    this.element.setAttribute("aria-label", label)
    this.inputs[0].setAttribute("aria-label", `${label}, horizontal`)
    this.inputs[1].setAttribute("aria-label", `${label}, vertical`)
  }

  remove(): void {
    this.#pad?.remove()
    this.element.remove()
  }

  #input(axis: 0 | 1): HTMLInputElement {
    const input = document.createElement("input")
    const [low, high] = this.#along(axis)
    Object.assign(input, { type: "range", min: String(low), max: String(high), step: "any" })
    input.dataset.axis = axis === 0 ? "x" : "y"
    const along = (value: number, done: boolean) =>
      this.#move(axis === 0 ? [value, this.#at[1]] : [this.#at[0], value], done)
    input.addEventListener("input", () => along(input.valueAsNumber, false))
    input.addEventListener("change", () => along(input.valueAsNumber, true))
    input.addEventListener("keydown", (event) => {
      const steps = keySteps(event)
      if (steps === undefined) return
      event.preventDefault()
      along(this.#at[axis] + steps * this.#held.step, true)
    })
    return input
  }

  #move([x, y]: Point, done: boolean): void {
    const to: Point = [clean(within(x, this.#held.x)), clean(within(y, this.#held.y))]
    this.#at = to
    this.#held.move(to, done)
  }

  #percent([x, y]: Point): Point {
    const { width, height, scale } = this.#view
    const [top, right, bottom, left] = scale!.inset
    const along = (v: number, [low, high]: Range) => (v - low) / (high - low)
    return [
      ((left + along(x, scale!.x) * (width - left - right)) / width) * 100,
      ((height - bottom - along(y, scale!.y) * (height - top - bottom)) / height) * 100,
    ]
  }

  #drag(): void {
    const { element } = this
    element.addEventListener("pointerdown", (down) => {
      if (down.button !== 0) return
      down.preventDefault()
      element.setPointerCapture(down.pointerId)
      this.#free[0].focus({ preventScroll: true })
      const from = this.#at
      const fine = this.#held.step / 10
      let dragged = false
      const end = new AbortController()
      const moved = (event: PointerEvent, done: boolean) => {
        const dx = event.clientX - down.clientX
        const dy = event.clientY - down.clientY
        dragged ||= Math.hypot(dx, dy) > 4
        if (!dragged) return
        const [ux, uy] = unitsPerPixel(this.#stage, this.#view)
        const snap = (v: number) => Math.round(v / fine) * fine
        this.#move([snap(from[0] + dx * ux), snap(from[1] - dy * uy)], done)
      }
      element.dataset.held = ""
      element.addEventListener("pointermove", (event) => moved(event, false), { signal: end.signal })
      const release = (event: PointerEvent) => {
        end.abort()
        delete element.dataset.held
        if (event.type === "pointerup" && !dragged) this.#openPad()
        else moved(event, true)
      }
      element.addEventListener("pointerup", release, { signal: end.signal })
      element.addEventListener("pointercancel", release, { signal: end.signal })
    })
  }

  /** Four buttons beside the mark: the way to move it without dragging (WCAG 2.5.7). */
  #openPad(): void {
    this.#stage.querySelector(".ex-pad")?.remove()
    const pad = document.createElement("div")
    this.#pad = pad
    pad.className = "ex-pad"
    pad.setAttribute("role", "group")
    pad.setAttribute("aria-label", `Nudge ${this.element.getAttribute("aria-label")}`)
    const close = () => {
      pad.remove()
      this.#pad = undefined
    }
    const ways: [string, string, number, number][] = [
      ["left", "←", -1, 0],
      ["up", "↑", 0, 1],
      ["down", "↓", 0, -1],
      ["right", "→", 1, 0],
    ]
    const canMove = [0, 1].map((axis) => this.#along(axis)[0] !== this.#along(axis)[1])
    for (const [name, sign, dx, dy] of ways.filter(([, , dx]) => canMove[dx === 0 ? 1 : 0])) {
      const { step } = this.#held
      pad.append(
        button(name, sign, () => this.#move([this.#at[0] + dx * step, this.#at[1] + dy * step], true)),
      )
    }
    pad.append(button("close", "×", close))
    pad.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return
      event.stopPropagation()
      close()
      this.#free[0].focus()
    })
    this.element.after(pad)
    this.#movePad()
    document.addEventListener(
      "pointerdown",
      (event) => this.#stage.contains(event.target as Node) || close(),
      {
        once: true,
      },
    )
  }

  #movePad(): void {
    const [left, top] = this.#percent(this.#at)
    const half = (50 * this.#pad!.offsetWidth) / this.#stage.clientWidth
    this.#pad!.style.left = `${within(left, [half, 100 - half])}%`
    this.#pad!.style.top = `${top < 50 ? top + 9 : top - 24}%`
  }
}

/** Model units in one CSS pixel of the stage. */
export function unitsPerPixel(stage: HTMLElement, { width, height, scale }: View<unknown>): Point {
  const box = stage.getBoundingClientRect()
  const [top, right, bottom, left] = scale!.inset
  const across = ((width - left - right) / width) * box.width
  const down = ((height - top - bottom) / height) * box.height
  return [(scale!.x[1] - scale!.x[0]) / across, (scale!.y[1] - scale!.y[0]) / down]
}

/** The model's coordinates under the pointer, even outside of the plotting area. */
export function underPointer(stage: HTMLElement, view: View<unknown>, event: MouseEvent): Point {
  const box = stage.getBoundingClientRect()
  const [ux, uy] = unitsPerPixel(stage, view)
  const [, , bottom, left] = view.scale!.inset
  return [
    view.scale!.x[0] + (event.clientX - box.left - (left / view.width) * box.width) * ux,
    view.scale!.y[0] + (box.bottom - event.clientY - (bottom / view.height) * box.height) * uy,
  ]
}

function button(name: string, sign: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button")
  Object.assign(made, { type: "button", textContent: sign, ariaLabel: name })
  made.addEventListener("click", press)
  return made
}
