/** @file The reader's scratchpads as a list to choose from, and to add to. Knows no cells. */
import { button, element } from "./cell-head.ts"
import { tellPage } from "./page-notice.ts"
import type { ScratchDesk } from "./scratch-desk.ts"
import { allPads, createPad, type ListedPad, readPad, writePad } from "./scratch-store.ts"

export interface ShelfOwner {
  /** The one that is open. */
  readonly here: ScratchDesk
  deletePad(): void
  leave(id: string): void
}

export class ScratchShelf {
  readonly #host: HTMLElement
  readonly #owner: ShelfOwner

  constructor(host: HTMLElement, owner: ShelfOwner) {
    this.#host = host
    this.#owner = owner
    const { here } = owner
    const on = (name: string, act: () => void): void => this.#part(name).addEventListener("click", act)
    on("new", () => owner.leave(createPad("Scratchpad", [{ id: "c1", source: "" }])))
    on("copy", () => owner.leave(createPad(`${here.name} (copy)`, here.cells())))
    on("delete", () => owner.deletePad())
    const file = this.#part<HTMLInputElement>("file")
    file.addEventListener("change", () => {
      const [chosen] = file.files ?? []
      if (chosen) void this.#bringIn(chosen)
      // The same file can be chosen again.
      file.value = ""
    })
    this.#part("shelf-body").hidden = false
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.#host.querySelector<T>(`[data-part="${name}"]`)!
  }

  show(): void {
    const all = allPads()
    const open = all.filter(({ pad }) => pad.deleted === undefined)
    const deleted = all.filter(({ pad }) => pad.deleted !== undefined)
    this.#part("pads").replaceChildren(...open.map((one) => this.#row(one)))
    this.#part("nothing").hidden = open.length > 0
    this.#part<HTMLButtonElement>("delete").disabled = !open.some(({ id }) => id === this.#owner.here.padId)
    this.#part("deleted-pads").hidden = deleted.length === 0
    this.#part("deleted-pads")
      .querySelector("ul")
      ?.replaceChildren(...deleted.map((one) => this.#deletedRow(one)))
  }

  #row({ id, pad, changed }: ListedPad): HTMLElement {
    const row = element("li")
    const link = document.createElement("a")
    link.href = `${location.pathname}?pad=${id}`
    link.textContent = pad.name
    if (id === this.#owner.here.padId) link.setAttribute("aria-current", "page")
    const count = `${pad.cells.length} ${pad.cells.length === 1 ? "cell" : "cells"}`
    row.append(link, element("span", "scratch-when", ` ${count}, ${dayAndTime(changed)}`))
    return row
  }

  #deletedRow({ id, pad }: ListedPad): HTMLElement {
    const row = element("li", "", `${pad.name} `)
    const back = button("Bring back", () => {
      const { deleted: _, ...kept } = readPad(id) ?? pad
      writePad(id, { ...kept, at: Date.now() })
      this.show()
      this.#owner.here.say(`“${pad.name}” is back`)
      this.#host.querySelector<HTMLElement>(`a[href$="?pad=${id}"]`)?.focus()
    })
    back.setAttribute("aria-label", `Bring back “${pad.name}”`)
    row.append(back)
    return row
  }

  async #bringIn(file: File): Promise<void> {
    try {
      const { bringIn } = await import("./scratch-files.ts")
      const { id, note } = await bringIn(file)
      if (note) tellPage(note, { "Open it": () => this.#owner.leave(id) })
      else this.#owner.leave(id)
      this.show()
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.#part("file-status").textContent = `${file.name}: ${why} Nothing of yours was changed.`
    }
  }
}

function dayAndTime(at: number): string {
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }).format(
    at,
  )
}
