/**
 * @file The cells of a scratchpad on the page: they come, go, move, take titles. The same elements as in lessons, made of
 * the same markup. Knows neither storage of texts nor other scratchpads.
 */
import { cellMarkup } from "../notebook/cell-markup.ts"
import { CellElement } from "./cell.ts"
import { button, element } from "./cell-head.ts"
import type { GoneCell, ScratchCell } from "./scratch-store.ts"
import { pageSession } from "./session.ts"

export interface CellListObserver {
  /** The reader is about to change the list of cells. */
  changing(): void
  /** The list of cells or a title has changed, by the reader. */
  changed(): void
  /** The id of a new cell. */
  nextId(): string
  /** Puts text and inputs of a cell where another one will look for them. */
  copy(from: string, to: string): void
  say(sentence: string): void
}

export class ScratchCells {
  readonly #host: HTMLElement
  readonly #place: string
  readonly #observer: CellListObserver
  /** Every cell that was ever on the page, by its id: a deleted one comes back as it was. */
  readonly #items = new Map<string, HTMLElement>()
  gone: GoneCell[] = []

  /** `place` is the lesson that the cells belong to. */
  constructor(host: HTMLElement, place: string, observer: CellListObserver) {
    this.#host = host
    this.#place = place
    this.#observer = observer
    host.dataset.lesson = place
    host.append(this.#adder())
    host.addEventListener("last", () => this.add(this.cells.at(-1)?.id))
  }

  /** In page order. */
  get cells(): ScratchCell[] {
    return this.#elements.map(({ dataset: { cell = "", title } }) => ({ id: cell, ...(title && { title }) }))
  }

  get #elements(): CellElement[] {
    return [...this.#host.querySelectorAll("nn-cell")].filter((one) => one instanceof CellElement)
  }

  element(id: string): CellElement | undefined {
    return this.#elements.find(({ dataset }) => dataset.cell === id)
  }

  /** Shows these cells and no others; those that are there already stay as they are. */
  show(cells: readonly ScratchCell[], gone: readonly GoneCell[]): void {
    this.gone = [...gone]
    const kept = new Set(cells.map(({ id }) => id))
    for (const one of this.#elements) if (!kept.has(one.dataset.cell ?? "")) this.#itemOf(one).remove()
    for (const row of this.#host.querySelectorAll(".scratch-gone")) row.remove()
    let before: Element | null = this.#host.querySelector(":scope > .scratch-add")
    for (const cell of cells) {
      const item = this.#item(cell)
      if (before?.nextElementSibling !== item) before?.after(item)
      before = item
      const field = item.querySelector("input")
      if (field && field.value !== (cell.title ?? "")) this.#entitle(item, cell.title ?? "")
    }
    this.#arranged()
  }

  /** A new cell behind `after`, or first; its editor opens. */
  add(after: string | undefined): void {
    this.#observer.changing()
    const id = this.#observer.nextId()
    this.#put({ id }, after)
    this.#observer.changed()
    this.#observer.say(`Cell ${id} added`)
    this.element(id)?.takeFocus()
  }

  duplicate(id: string): void {
    this.#observer.changing()
    const copy = this.#observer.nextId()
    const { title } = this.element(id)?.dataset ?? {}
    this.element(id)?.desk?.edits.save()
    this.#observer.copy(id, copy)
    this.#put({ id: copy, ...(title && { title }) }, id)
    this.#observer.changed()
    this.#observer.say(`Cell ${copy} added: a copy of cell ${id}`)
    this.element(copy)?.takeFocus()
  }

  /** One place up (−1) or down (1). The neighbour is what moves, so that an editor or a control keeps the focus. */
  move(id: string, by: -1 | 1): void {
    const found = this.element(id)
    if (!found) return
    this.#observer.changing()
    const item = this.#itemOf(found)
    const all = this.#elements
    const at = all.indexOf(found)
    const other = all[at + by]
    if (!other) return
    if (by < 0) item.after(this.#itemOf(other))
    else item.before(this.#itemOf(other))
    this.#arranged()
    this.#observer.changed()
    this.#observer.say(`Cell ${id} is now number ${at + by + 1} of ${all.length}`)
    found.scrollIntoView({ block: "nearest" })
    // A button that cannot go further would leave the keyboard nowhere.
    if (document.activeElement instanceof HTMLButtonElement && document.activeElement.disabled)
      item.querySelector<HTMLButtonElement>(".scratch-tools button:enabled")?.focus()
  }

  remove(id: string): void {
    const found = this.element(id)
    if (!found) return
    this.#observer.changing()
    const item = this.#itemOf(found)
    found.desk?.edits.leave()
    const wasRunning = found.dataset.state === "running"
    if (wasRunning) pageSession(this.#place).stop()
    const all = this.cells
    const at = all.findIndex((cell) => cell.id === id)
    this.gone = [...this.gone.filter((cell) => cell.id !== id), { ...all[at], after: all[at - 1]?.id }]
    const row = element("p", "scratch-gone", `Cell ${nameOf(found)} was deleted. `)
    const undo = button("Undo", () => this.bringBack(id))
    undo.setAttribute("aria-label", `Undo: bring cell ${id} back`)
    row.dataset.gone = id
    row.append(undo)
    item.replaceWith(row)
    for (const other of this.#host.querySelectorAll(".scratch-gone")) if (other !== row) other.remove()
    this.#arranged()
    this.#observer.changed()
    this.#observer.say(
      `Cell ${nameOf(found)} was deleted${wasRunning ? ", and its run stopped" : ""}. Undo brings it back.`,
    )
    undo.focus()
  }

  /** A deleted cell stands where it was, as far as that place is still there. */
  bringBack(id: string): void {
    const cell = this.gone.find((one) => one.id === id)
    if (!cell) return
    const row = this.#host.querySelector(`.scratch-gone[data-gone="${CSS.escape(id)}"]`)
    this.gone = this.gone.filter((one) => one !== cell)
    const last = this.cells.at(-1)?.id
    this.#put(cell, cell.after === undefined || this.element(cell.after) ? cell.after : last)
    row?.remove()
    this.#observer.changed()
    this.#observer.say(`Cell ${id} is back`)
    this.element(id)?.takeFocus()
  }

  #put(cell: ScratchCell, after: string | undefined): void {
    const found = after === undefined ? undefined : this.element(after)
    const before = found ? this.#itemOf(found) : this.#host.querySelector(":scope > .scratch-add")
    before?.after(this.#item(cell))
    this.#arranged()
  }

  #itemOf(cell: CellElement): HTMLElement {
    return cell.parentElement!
  }

  /** The place of a cell on the page: the cell, and the button that adds one behind it. */
  #item({ id, title }: ScratchCell): HTMLElement {
    const known = this.#items.get(id)
    if (known) return known
    const item = element("div", "scratch-item")
    item.innerHTML = cellMarkup({
      lesson: this.#place,
      cell: { id, title, source: "" },
      anchor: `cell-${id}`,
      code: "",
      outputs: [],
    })
    const cell = item.firstElementChild as HTMLElement
    cell.dataset.own = "yes"
    item.append(this.#adder(id))
    this.#items.set(id, item)
    this.#host.append(item)
    this.#equip(item, cell, id)
    return item
  }

  #adder(after?: string): HTMLButtonElement {
    const made = button("Add cell", () => this.add(after))
    made.className = "scratch-add"
    made.setAttribute("aria-label", after === undefined ? "Add cell at the top" : `Add cell below ${after}`)
    return made
  }

  /** What only cells of the reader's own have: a title to write, and a place to change. */
  #equip(item: HTMLElement, cell: HTMLElement, id: string): void {
    const name = cell.querySelector<HTMLElement>(".cell-title")!
    const field = document.createElement("input")
    field.className = "scratch-title"
    field.id = `cell-${id}-name`
    field.placeholder = "Title"
    field.maxLength = 80
    field.setAttribute("aria-label", `Title of cell ${id}`)
    field.addEventListener("input", () => {
      this.#observer.changing()
      this.#entitle(item, field.value.trim())
      this.#arranged()
      this.#observer.changed()
    })
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") field.blur()
    })
    name.after(field)
    cell.querySelector("figure")?.setAttribute("aria-labelledby", `${name.id} ${field.id}`)
    const tools = element("div", "scratch-tools")
    tools.setAttribute("role", "group")
    tools.setAttribute("aria-label", `Place of cell ${id}`)
    const act = (text: string, label: string, does: () => void): HTMLButtonElement => {
      const made = button(text, does)
      made.setAttribute("aria-label", label)
      made.title = label
      return made
    }
    tools.append(
      act("↑", `Move ${id} up`, () => this.move(id, -1)),
      act("↓", `Move ${id} down`, () => this.move(id, 1)),
      act("Duplicate", `Duplicate ${id}`, () => this.duplicate(id)),
      act("Delete", `Delete ${id}`, () => this.remove(id)),
    )
    cell.querySelector(".cell-head")?.append(tools)
    this.#entitle(item, cell.dataset.title ?? "")
  }

  #entitle(item: HTMLElement, title: string): void {
    const cell = item.querySelector<HTMLElement>("nn-cell")!
    const field = item.querySelector<HTMLInputElement>(".scratch-title")!
    if (title === "") delete cell.dataset.title
    else cell.dataset.title = title
    cell.querySelector(".cell-title")!.textContent = cell.dataset.cell ?? ""
    if (field.value.trim() !== title) field.value = title
    const { desk } = cell as CellElement
    if (!desk) return
    desk.label = title === "" ? `cell ${desk.id}` : `“${title}”`
    desk.head.rename(desk.label)
  }

  /** The session hears which cells there are; the ends of the list can go no further. */
  #arranged(): void {
    const all = this.#elements
    pageSession(this.#place).arrange(all)
    for (const [i, cell] of all.entries()) {
      const [up, down] = cell.querySelectorAll<HTMLButtonElement>(".scratch-tools button")
      up.disabled = i === 0
      down.disabled = i === all.length - 1
    }
  }
}

function nameOf({ dataset: { cell, title } }: CellElement): string {
  return title ? `${cell} “${title}”` : `${cell}`
}
