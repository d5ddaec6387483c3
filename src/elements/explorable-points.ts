/**
 * @file The editor of a set of labelled points: drag, choose, flip, add, delete, by pointer, by button and by
 * key. One of the points is chosen; it alone is in the order of Tab. The view draws the marks.
 */
import type { LabelledPoint, Points } from "../explorables/lib/explorable.ts"
import { clean, within } from "../explorables/lib/params.ts"
import type { Desk } from "./explorable-desk.ts"
import { Grip, underPointer } from "./explorable-grip.ts"

const look = ({ label }: LabelledPoint) => (label === 1 ? "+1, blue disc" : "−1, orange triangle")

export function pointEditor(desk: Desk): void {
  for (const [name, control] of Object.entries(desk.explorable.controls)) {
    if (control.type === "points") new Editor(desk, name, control)
  }
}

class Editor {
  #desk: Desk
  #name: string
  #control: Points
  #stage: HTMLElement
  #grips: Grip[] = []
  #chosen = 0

  constructor(desk: Desk, name: string, control: Points) {
    this.#desk = desk
    this.#name = name
    this.#control = control
    this.#stage = desk.find(`[data-view="${control.view}"]`)!
    if (!this.#view.scale) throw new Error(`${desk.name}: points ${name} need a view with a scale.`)
    const acts: Record<string, () => void> = {
      previous: () => this.#choose(this.#chosen - 1),
      next: () => this.#choose(this.#chosen + 1),
      flip: () => this.#flip(),
      delete: () => this.#delete(),
      add: () => this.#add(this.#middle()),
    }
    for (const button of desk.all(`[data-control="${name}"] [data-points]`)) {
      button.addEventListener("click", acts[button.dataset.points!]!)
    }
    const byKey: Record<string, () => void> = {
      "[": () => this.#choose(this.#chosen - 1, true),
      "]": () => this.#choose(this.#chosen + 1, true),
      Enter: acts.flip!,
      Delete: acts.delete!,
      Backspace: acts.delete!,
    }
    this.#stage.addEventListener("keydown", (event) => {
      const act = (event.target as Element).closest(".ex-handle") ? byKey[event.key] : undefined
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      act()
    })
    this.#stage.querySelector("svg")!.addEventListener("click", (event) => {
      const [x, y] = underPointer(this.#stage, this.#view, event)
      const [low, high] = control.x
      if (x >= low && x <= high && y >= control.y[0] && y <= control.y[1]) this.#add([x, y])
    })
    desk.onpaint(() => this.#show())
  }

  get #view() {
    return this.#desk.explorable.views[this.#control.view]!
  }

  get #points(): readonly LabelledPoint[] {
    return this.#desk.place.params[this.#name] as readonly LabelledPoint[]
  }

  #set(points: readonly LabelledPoint[], done = true): void {
    this.#desk.change({ params: { [this.#name]: points } }, done)
  }

  #choose(index: number, focus = false): void {
    const n = this.#points.length
    if (n === 0) return
    this.#chosen = (index + n) % n
    this.#show()
    if (focus) this.#grips[this.#chosen]?.inputs[0].focus()
    this.#desk.say(this.#words(this.#chosen))
  }

  #flip(): void {
    this.#set(this.#points.map((p, i) => (i === this.#chosen ? { ...p, label: p.label === 1 ? -1 : 1 } : p)))
  }

  #delete(): void {
    if (this.#points.length === 0) return
    const inside = this.#stage.contains(document.activeElement)
    this.#set(this.#points.filter((_, i) => i !== this.#chosen))
    this.#chosen = Math.max(0, Math.min(this.#chosen, this.#points.length - 1))
    this.#desk.now()
    const next = this.#grips[this.#chosen]?.inputs[0]
    if (inside) (next ?? this.#desk.find(`[data-control="${this.#name}"] [data-points="add"]`))?.focus()
  }

  /** A new point has the label of the chosen one. */
  #add([x, y]: readonly [number, number]): void {
    const { max, step } = this.#control
    if (this.#points.length >= max) {
      this.#desk.say(`There is room for ${max} points only.`)
      return
    }
    const snap = (v: number) => clean(Math.round(v / step) * step)
    const label = this.#points[this.#chosen]?.label ?? 1
    this.#set([...this.#points, { x: snap(x), y: snap(y), label }])
    this.#chosen = this.#points.length - 1
    this.#desk.now()
    this.#grips[this.#chosen]?.inputs[0].focus({ preventScroll: true })
  }

  /** Where the Add button puts a point: the middle of the view, a little aside of what already lies there. */
  #middle(): [number, number] {
    const { x, y, step } = this.#control
    const at: [number, number] = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2]
    while (this.#points.some((p) => Math.hypot(p.x - at[0], p.y - at[1]) < step)) at[0] += step * 2
    return [within(at[0], x), at[1]]
  }

  #words(i: number): string {
    const p = this.#points[i]
    if (!p) return "no points"
    return `point ${i + 1} of ${this.#points.length}, class ${look(p)}`
  }

  #show(): void {
    const points = this.#points
    while (this.#grips.length > points.length) this.#grips.pop()!.remove()
    while (this.#grips.length < points.length) this.#grips.push(this.#grip(this.#grips.length))
    this.#chosen = Math.max(0, Math.min(this.#chosen, points.length - 1))
    this.#grips.forEach((grip, i) => {
      const p = points[i]!
      grip.relabel(`Point ${i + 1}`)
      grip.element.classList.add("ex-point")
      grip.element.classList.toggle("ex-chosen", i === this.#chosen)
      for (const input of grip.inputs) input.tabIndex = i === this.#chosen ? 0 : -1
      grip.place([p.x, p.y])
    })
    const which = this.#desk.find(`[data-control="${this.#name}"] [data-which]`)
    const chosen = points[this.#chosen]
    if (which)
      which.textContent = chosen
        ? `${this.#chosen + 1} of ${points.length}: ${look(chosen)}`
        : this.#words(this.#chosen)
  }

  #grip(i: number): Grip {
    return new Grip(this.#stage, this.#view, {
      ...this.#control,
      label: `Point ${i + 1}`,
      says: () =>
        this.#desk.explorable.place?.(this.#name, this.#desk.place.params, this.#desk.state) ??
        this.#words(i),
      move: ([x, y], done) =>
        this.#set(
          this.#points.map((p, j) => (j === i ? { ...p, x, y } : p)),
          done,
        ),
      grab: () => {
        this.#chosen = i
        this.#show()
        this.#desk.root.dispatchEvent(new Event("ex-grab"))
      },
    })
  }
}
