/**
 * @file What an explorable draws as parts within parts, as a treegrid: arrow keys go through the rows and open and close
 * them, Enter goes into a row's field. Comes when it is opened. Knows no picture.
 */
import type { TreeRow } from "../explorables/lib/explorable.ts"
import { escapeText } from "../explorables/lib/svg.ts"
import css from "../styles/explorable-tree.css?inline"
import { addStyle } from "./added-style.ts"
import type { Desk } from "./explorable-desk.ts"

export function growTree(desk: Desk, fold: HTMLDetailsElement): void {
  addStyle("explorable-tree", css)
  new TreeGrid(desk, fold)
}

class TreeGrid {
  #desk: Desk
  #fold: HTMLDetailsElement
  #body: HTMLTableSectionElement
  #rows: readonly TreeRow[] = []
  #open = new Set<string>()
  /** The row that is in the order of Tab. */
  #chosen = ""

  constructor(desk: Desk, fold: HTMLDetailsElement) {
    const { title, columns } = desk.explorable.tree!
    this.#desk = desk
    this.#fold = fold
    const heads = columns
      .map((name) => `<th role="columnheader" scope="col">${escapeText(name)}</th>`)
      .join("")
    fold.querySelector(".ex-scroll")!.innerHTML =
      `<p class="ex-which">Arrow keys: through the rows, open and close them. Enter: into the number of a row, and back.</p>` +
      `<table role="treegrid" aria-label="${escapeText(title)}"><thead><tr role="row">${heads}</tr></thead><tbody></tbody></table>`
    this.#body = fold.querySelector("tbody")!
    this.#listen()
    desk.onpaint(() => this.#show())
    fold.addEventListener("toggle", () => this.#show())
    this.#show()
  }

  #listen(): void {
    const rowOf = (event: Event) => (event.target as Element).closest<HTMLTableRowElement>("tr[data-id]")
    this.#body.addEventListener("keydown", (event) => this.#key(event))
    this.#body.addEventListener("click", (event) => {
      const row = rowOf(event)
      if (!row || (event.target as Element).matches("input")) return
      if (row.ariaExpanded !== null) this.#toggle(row.dataset.id!)
      this.#choose(row.dataset.id!)
    })
    this.#body.addEventListener("focusin", (event) => {
      const row = rowOf(event)
      if (row && row.dataset.id !== this.#chosen) this.#choose(row.dataset.id!, false)
    })
    for (const kind of ["input", "change"] as const)
      this.#body.addEventListener(kind, (event) => {
        const field = event.target as HTMLInputElement
        const row = rowOf(event)
        if (!row || !Number.isFinite(field.valueAsNumber)) return
        const { place, state, explorable } = this.#desk
        this.#desk.root.dispatchEvent(new Event("ex-grab"))
        this.#desk.change(
          { params: explorable.tree!.write(place.params, state, row.dataset.id!, field.valueAsNumber) },
          kind === "change",
        )
      })
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const field = (event.target as Element).matches("input")
    const row = this.#rows.find(({ id }) => id === this.#chosen)
    if (!row) return
    if (field) {
      if (event.key !== "Enter" && event.key !== "Escape") return
      event.preventDefault()
      this.#choose(row.id)
      return
    }
    const seen = this.#seen()
    const at = seen.indexOf(row)
    const to = (index: number) => this.#choose(seen[Math.max(0, Math.min(seen.length - 1, index))]!.id)
    const parent = () => {
      const before = this.#rows.slice(0, this.#rows.indexOf(row)).reverse()
      const above = before.find(({ level }) => level < row.level)
      if (above) this.#choose(above.id)
    }
    const acts: Record<string, () => void> = {
      ArrowDown: () => to(at + 1),
      ArrowUp: () => to(at - 1),
      Home: () => to(0),
      End: () => to(seen.length - 1),
      ArrowRight: () => {
        if (!this.#hasParts(row)) this.#element(row.id)?.querySelector("input")?.focus()
        else if (this.#open.has(row.id)) to(at + 1)
        else this.#toggle(row.id)
      },
      ArrowLeft: () => (this.#hasParts(row) && this.#open.has(row.id) ? this.#toggle(row.id) : parent()),
      Enter: () => {
        if (this.#hasParts(row)) this.#toggle(row.id)
        else this.#element(row.id)?.querySelector("input")?.select()
      },
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  #hasParts(row: TreeRow): boolean {
    return (this.#rows[this.#rows.indexOf(row) + 1]?.level ?? 0) > row.level
  }

  /** Rows whose parts above them are all open. */
  #seen(): TreeRow[] {
    let shut = Number.POSITIVE_INFINITY
    return this.#rows.filter((row) => {
      if (row.level > shut) return false
      shut = this.#open.has(row.id) ? Number.POSITIVE_INFINITY : row.level
      return true
    })
  }

  #toggle(id: string): void {
    if (!this.#open.delete(id)) this.#open.add(id)
    this.#show()
  }

  #element(id: string): HTMLTableRowElement | null {
    return this.#body.querySelector(`tr[data-id="${CSS.escape(id)}"]`)
  }

  #choose(id: string, focus = true): void {
    this.#chosen = id
    for (const row of this.#body.rows) row.tabIndex = row.dataset.id === id ? 0 : -1
    if (focus) this.#element(id)?.focus()
  }

  /** Keeps the rows that are there, so that focus and half-typed numbers stay. */
  #show(): void {
    if (!this.#fold.open) return
    this.#rows = this.#desk.explorable.tree!.rows(this.#desk.state)
    const seen = this.#seen()
    if (!seen.some(({ id }) => id === this.#chosen)) this.#chosen = seen[0]?.id ?? ""
    const wanted = new Set(seen.map(({ id }) => id))
    for (const row of [...this.#body.rows]) if (!wanted.has(row.dataset.id!)) row.remove()
    seen.forEach((row, i) => {
      const there = this.#element(row.id)
      const element = there ?? this.#make(row)
      if (this.#body.rows[i] !== element) this.#body.insertBefore(element, this.#body.rows[i] ?? null)
      this.#fill(element, row)
    })
  }

  #make({ id, level, cells, value }: TreeRow): HTMLTableRowElement {
    const row = document.createElement("tr")
    row.dataset.id = id
    row.setAttribute("role", "row")
    row.setAttribute("aria-level", String(level))
    const rest = cells.map((_, i) =>
      i === 0 && value !== undefined
        ? `<td role="gridcell"><input type="number" step="0.1" tabindex="-1"></td>`
        : `<td role="gridcell"></td>`,
    )
    row.innerHTML = `<th role="rowheader" scope="row"></th>${rest.join("")}`
    return row
  }

  #fill(element: HTMLTableRowElement, row: TreeRow): void {
    element.tabIndex = row.id === this.#chosen ? 0 : -1
    const parts = this.#hasParts(row)
    const open = this.#open.has(row.id)
    element.ariaExpanded = parts ? String(open) : null
    const [name, ...rest] = [...element.cells]
    name!.dataset.sign = parts ? (open ? "▾" : "▸") : ""
    write(name!, row.name)
    rest.forEach((cell, i) => {
      const field = cell.querySelector("input")
      if (!field) write(cell, row.cells[i] ?? "")
      else {
        field.ariaLabel = `${row.name}, value`
        if (document.activeElement !== field && field.valueAsNumber !== row.value)
          field.value = String(row.value)
      }
    })
  }
}

function write(cell: HTMLElement, words: string): void {
  if (cell.textContent !== words) cell.textContent = words
}
