/**
 * @file The points of an input: drag, choose, change the class, add, delete, by pointer, by button and by key. One of
 * them is chosen; it alone is in the order of Tab. Knows no cells.
 */
import type { View } from "../explorables/lib/explorable.ts"
import type { InputControl, InputPoint } from "../notebook/input.ts"
import { clean } from "../notebook/input.ts"
import { drawPoints, pointText, stage } from "../notebook/render-input.ts"
import css from "../styles/input-points.css?inline"
import { addStyle } from "./added-style.ts"
import { Grip, underPointer } from "./explorable-grip.ts"

type Control = Extract<InputControl, { type: "points" }>

export class InputPoints {
  readonly #stage: HTMLElement
  readonly #svg: SVGElement
  readonly #control: Control
  readonly #set: (points: readonly InputPoint[]) => void
  readonly #view: View<unknown>
  readonly #which: HTMLElement
  #points: readonly InputPoint[] = []
  #grips: Grip[] = []
  #chosen = 0

  /** `set` hears of every change; `show` is to be called with what is allowed of it. */
  constructor(field: HTMLElement, control: Control, set: (points: readonly InputPoint[]) => void) {
    addStyle("input-points", css)
    this.#control = control
    this.#set = set
    this.#stage = field.querySelector<HTMLElement>(".input-stage")!
    this.#svg = this.#stage.querySelector("svg")!
    this.#view = {
      title: control.label,
      width: stage.width,
      height: stage.height,
      scale: { x: control.x, y: control.y, inset: stage.inset },
      draw: () => "",
    }
    this.#which = document.createElement("p")
    this.#which.className = "input-which"
    this.#which.setAttribute("role", "status")
    this.#stage.after(this.#tools(), this.#which)
    this.#stage.addEventListener("keydown", (event) => this.#press(event))
    this.#svg.addEventListener("click", (event) => {
      const [x, y] = underPointer(this.#stage, this.#view, event)
      const inside = x >= control.x[0] && x <= control.x[1] && y >= control.y[0] && y <= control.y[1]
      if (inside) this.#add(x, y)
    })
  }

  show(points: readonly InputPoint[]): void {
    this.#points = points
    while (this.#grips.length > points.length) this.#grips.pop()?.remove()
    while (this.#grips.length < points.length) this.#grips.push(this.#grip(this.#grips.length))
    this.#chosen = Math.max(0, Math.min(this.#chosen, points.length - 1))
    this.#svg.innerHTML = drawPoints(this.#control, points)
    const all = points.map(pointText).join("; ") || "no points yet"
    this.#svg.setAttribute("aria-label", `${this.#control.label}: ${all}`)
    this.#grips.forEach((grip, i) => {
      const { x, y } = points[i]
      grip.element.classList.toggle("chosen", i === this.#chosen)
      for (const input of grip.inputs) input.tabIndex = i === this.#chosen ? 0 : -1
      grip.place([x, y])
    })
    const chosen = points[this.#chosen]
    this.#which.textContent = chosen
      ? `Point ${this.#chosen + 1} of ${points.length}: ${pointText(chosen)}`
      : "No points: click into the picture, or press Add."
  }

  #tools(): HTMLElement {
    const tools = document.createElement("div")
    tools.className = "input-tools"
    const acts: [string, () => void][] = [
      ["Previous", () => this.#choose(this.#chosen - 1)],
      ["Next", () => this.#choose(this.#chosen + 1)],
      ["Change class", () => this.#flip()],
      ["Add", () => this.#add(...this.#middle())],
      ["Delete", () => this.#delete()],
    ]
    for (const [words, act] of acts) {
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = words
      button.addEventListener("click", act)
      tools.append(button)
    }
    return tools
  }

  #press(event: KeyboardEvent): void {
    if (!(event.target as Element).closest(".ex-handle") || event.ctrlKey || event.metaKey || event.altKey)
      return
    const acts: Record<string, () => void> = {
      "[": () => this.#choose(this.#chosen - 1, true),
      "]": () => this.#choose(this.#chosen + 1, true),
      Enter: () => this.#flip(),
      Delete: () => this.#delete(),
      Backspace: () => this.#delete(),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  #choose(index: number, focus = false): void {
    const n = this.#points.length
    if (n === 0) return
    this.#chosen = (index + n) % n
    this.show(this.#points)
    if (focus) this.#grips[this.#chosen].inputs[0].focus()
  }

  #flip(): void {
    this.#set(
      this.#points.map((p, i) =>
        i === this.#chosen ? { ...p, label: p.label === 1 ? -1 : (1 as const) } : p,
      ),
    )
  }

  #delete(): void {
    const inside = this.#stage.contains(document.activeElement)
    this.#set(this.#points.filter((_, i) => i !== this.#chosen))
    if (inside)
      (this.#grips[this.#chosen]?.inputs[0] ?? this.#stage.parentElement?.querySelector("button"))?.focus()
  }

  /** A new point has the class of the chosen one. */
  #add(x: number, y: number): void {
    const { most, step } = this.#control
    if (this.#points.length >= most) {
      this.#which.textContent = `There is room for ${most} points only.`
      return
    }
    const snap = (v: number): number => clean(Math.round(v / step) * step)
    const label = this.#points[this.#chosen]?.label ?? 1
    this.#chosen = this.#points.length
    this.#set([...this.#points, { x: snap(x), y: snap(y), label }])
    this.#grips[this.#chosen]?.inputs[0].focus({ preventScroll: true })
  }

  /** The middle of the picture, a little aside of what already lies there. */
  #middle(): [number, number] {
    const { x, y, step } = this.#control
    const at: [number, number] = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2]
    while (at[0] < x[1] && this.#points.some((p) => Math.hypot(p.x - at[0], p.y - at[1]) < step))
      at[0] += 2 * step
    return at
  }

  #grip(i: number): Grip {
    return new Grip(this.#stage, this.#view, {
      label: `Point ${i + 1}`,
      x: this.#control.x,
      y: this.#control.y,
      step: this.#control.step,
      says: () => (this.#points[i]?.label === -1 ? "class −1" : "class 1"),
      move: ([x, y]) => this.#set(this.#points.map((p, j) => (j === i ? { ...p, x, y } : p))),
      grab: () => {
        if (this.#chosen === i) return
        this.#chosen = i
        this.show(this.#points)
      },
    })
  }
}
