/**
 * @file `<nn-scratchpad>`: one notebook of the reader's on its page. Keeps its name and its list of cells, in step with
 * other tabs. Knows neither files nor how a cell works.
 */
import { desks } from "./cell-desk.ts"
import { button, element } from "./cell-head.ts"
import { ScratchCells } from "./scratch-cells.ts"
import type { ScratchDesk } from "./scratch-desk.ts"
import type { ScratchShelf } from "./scratch-shelf.ts"
import {
  allPads,
  type FilledCell,
  fillCell,
  filledCells,
  freeName,
  keyOf,
  lastPad,
  newId,
  nextCellId,
  placeOf,
  readPad,
  rememberLast,
  type ScratchCell,
  type Scratchpad,
  writePad,
} from "./scratch-store.ts"
import { pageSession, type Session } from "./session.ts"
import { listen } from "./store.ts"

export class ScratchpadElement extends HTMLElement implements ScratchDesk {
  padId = ""
  #pad: Scratchpad = fresh()
  #list!: ScratchCells
  /** Loaded when it is opened. */
  #shelf: Promise<ScratchShelf> | undefined
  #session!: Session
  /** It is in the reader's storage: not before something is written in it. */
  #kept = false
  #shared = false
  #connected = false

  async connectedCallback(): Promise<void> {
    if (this.#connected) return
    this.#connected = true
    const shared = location.hash.startsWith("#shared=") ? await this.#sharedCells() : undefined
    const wanted = new URLSearchParams(location.search).get("pad") ?? ""
    const found = readPad(wanted) ? wanted : lastPad()
    this.padId = shared || found === undefined ? newId() : found
    const pad = readPad(this.padId)
    this.#kept = pad !== undefined
    this.#pad = pad ?? { ...fresh(), name: shared?.name ?? freeName("Scratchpad") }
    const place = placeOf(this.padId)
    this.#session = pageSession(place)
    this.#list = new ScratchCells(this.#part("cells"), place, {
      changing: () => this.#shared && this.#keep(),
      changed: () => this.#changed(),
      nextId: () => nextCellId({ cells: this.#list.cells, gone: this.#list.gone }),
      copy: (from, to) => {
        const [cell] = filledCells(this.padId, [{ id: from }])
        fillCell(this.padId, { ...cell, id: to })
      },
      say: (sentence) => this.say(sentence),
    })
    this.#wire()
    if (shared) this.#showShared(shared.cells)
    else this.#show()
    listen(keyOf(this.padId), () => this.#hear())
    // The first text that is written in it keeps it.
    listen(`edit:${place}/`, () => !this.#kept && this.#keep())
    addEventListener("hashchange", () => location.hash.startsWith("#shared=") && location.reload())
    this.#part("live").hidden = false
    this.dataset.ready = ""
    setTimeout(async () => (await import("./scratch-upkeep.ts")).sweep(), 3000)
  }

  get name(): string {
    return this.#pad.name
  }

  cells(): FilledCell[] {
    const texts = new Map(desks().map(({ id, edits }) => [id, edits.source]))
    for (const { edits } of desks()) edits.save()
    return filledCells(this.padId, this.#list.cells).map((cell) => ({
      ...cell,
      source: texts.get(cell.id) ?? cell.source,
    }))
  }

  say(sentence: string): void {
    this.#part("status").textContent = sentence
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.querySelector<T>(`[data-part="${name}"]`)!
  }

  #wire(): void {
    const on = (name: string, act: () => void): void => this.#part(name).addEventListener("click", act)
    on("run-all", () => this.#session.runAll())
    on("stop", () => this.#session.stop())
    on("restart", () => this.#restart())
    const field = this.#part<HTMLInputElement>("name")
    field.addEventListener("input", () => {
      this.#pad = { ...this.#pad, name: field.value.trim() || "Scratchpad" }
      this.#changed()
    })
    field.addEventListener("change", () => {
      field.value = this.#pad.name
    })
    const stop = this.#part<HTMLButtonElement>("stop")
    new MutationObserver(() => {
      stop.disabled = !this.querySelector('nn-cell:is([data-state="running"], [data-state="queued"])')
    }).observe(this.#part("cells"), { subtree: true, attributeFilter: ["data-state"] })
    this.#part("shelf").addEventListener("toggle", () => this.#openShelf())
    for (const made of this.querySelectorAll<HTMLElement>("[data-file]"))
      made.addEventListener("click", () => void this.#takeAway(made.dataset.file ?? ""))
    this.addEventListener("keydown", (event) => {
      const open = (event.target as Element).closest<HTMLDetailsElement>(".scratch-fold[open]")
      if (event.key !== "Escape" || !open) return
      open.open = false
      open.querySelector("summary")?.focus()
    })
  }

  #openShelf(): void {
    this.#shelf ??= import("./scratch-shelf.ts").then(
      ({ ScratchShelf }) =>
        new ScratchShelf(this.#part("shelf"), {
          here: this,
          deletePad: () => this.#deletePad(),
          leave: (id) => this.#leave(id),
        }),
    )
    this.#shelf.then(
      (shelf) => shelf.show(),
      (error: unknown) => {
        this.#shelf = undefined
        this.say(`The list could not be loaded: ${String(error)}`)
      },
    )
  }

  /** How many there are, and which, if somebody looks. */
  #listed(): void {
    const open = allPads().filter(({ pad }) => pad.deleted === undefined)
    this.#part("shelf").querySelector("summary")!.textContent = `My scratchpads (${open.length})`
    if (this.#shelf) this.#openShelf()
  }

  async #tellPage(sentence: string): Promise<void> {
    const { tellPage } = await import("./page-notice.ts")
    tellPage(sentence)
  }

  async #takeAway(what: string): Promise<void> {
    try {
      const files = await import("./scratch-files.ts")
      await files.takeAway(what, this)
    } catch (error) {
      this.say(`The file could not be made: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** All values are gone; what is on screen was made of them. */
  #restart(): void {
    this.#session.stop()
    for (const view of this.#session.views.all)
      view.setState("stale", "its values were forgotten when you restarted")
    this.say("Restarted: all values are forgotten. Texts and outputs are still here.")
  }

  #show(): void {
    const { name, cells, gone, deleted } = this.#pad
    this.#part<HTMLInputElement>("name").value = name
    document.title = document.title.replace(
      /^.*?(?=Scratchpad · )/,
      name === "Scratchpad" ? "" : `${name} · `,
    )
    this.#part("open").hidden = deleted !== undefined
    this.#part("deleted").hidden = deleted === undefined
    if (deleted !== undefined) this.#showDeleted()
    this.#list.show(cells, gone)
    this.#showGone()
    this.#listed()
  }

  #changed(): void {
    const { cells, gone } = this.#list
    this.#pad = { ...this.#pad, cells, gone, at: Date.now() }
    this.#keep()
    this.#showGone()
    this.#listed()
  }

  #keep(): void {
    this.#kept = true
    if (this.#shared) this.#keepShared()
    writePad(this.padId, this.#pad)
    rememberLast(this.padId)
    const address = `${location.pathname}?pad=${this.padId}`
    if (location.pathname + location.search + location.hash !== address)
      history.replaceState(null, "", address)
    this.#listed()
  }

  /** What is kept has changed: mostly by this tab, sometimes by another. */
  #hear(): void {
    const theirs = readPad(this.padId)
    if (JSON.stringify(theirs) === JSON.stringify(this.#pad)) return
    if (!theirs) {
      this.#kept = false
      this.#pad = fresh()
      this.#show()
      void this.#tellPage("Your work was erased in another tab, and this scratchpad with it.")
      return
    }
    const known = new Set([...theirs.cells, ...theirs.gone].map(({ id }) => id))
    const lost = this.#pad.cells.filter(({ id }) => !known.has(id))
    const before = this.#pad
    this.#pad = { ...theirs, gone: [...theirs.gone, ...lost] }
    this.#show()
    if (theirs.deleted === before.deleted && idsOf(theirs) !== idsOf(before))
      void this.#tellPage(
        "Another tab changed which cells this scratchpad has, and you see it as it is there. A cell that is gone is under “Deleted cells”.",
      )
  }

  /** Deleted cells can be brought back long after. */
  #showGone(): void {
    const { gone } = this.#list
    const fold = this.#part("gone")
    fold.hidden = gone.length === 0
    const texts = filledCells(this.padId, gone)
    const rows = gone.map(({ id, title }, i) => {
      const row = element("li")
      const [line = ""] = texts[i].source.trim().split("\n")
      row.append(`${id}${title ? ` “${title}”` : ""} `)
      const back = button("Bring back", () => this.#list.bringBack(id))
      back.setAttribute("aria-label", `Bring back ${id}`)
      if (line !== "") row.append(element("code", "", line.slice(0, 60)), " ")
      row.append(back)
      return row
    })
    fold.querySelector("ul")?.replaceChildren(...rows.reverse())
    fold.querySelector("summary")!.textContent = `Deleted cells (${gone.length})`
  }

  #deletePad(): void {
    this.#session.stop()
    for (const { edits } of desks()) edits.leave()
    this.#pad = { ...this.#pad, deleted: Date.now() }
    writePad(this.padId, this.#pad)
    this.#kept = true
    this.#show()
    this.say(`“${this.name}” was deleted. Undo brings it back.`)
    this.#part("deleted").querySelector("button")?.focus()
  }

  #showDeleted(): void {
    const back = button("Undo", () => {
      const { deleted: _, ...pad } = this.#pad
      this.#pad = { ...pad, at: Date.now() }
      writePad(this.padId, this.#pad)
      rememberLast(this.padId)
      this.#show()
      this.say(`“${this.name}” is back`)
      this.#part("name").focus()
    })
    back.setAttribute("aria-label", `Undo: bring “${this.name}” back`)
    const words = `“${this.name}” was deleted. For thirty days it can be brought back here or under “My scratchpads”. `
    this.#part("deleted").replaceChildren(words, back)
  }

  /** To another scratchpad. */
  #leave(id: string): void {
    for (const { edits } of desks()) edits.leave()
    location.assign(`${location.pathname}?pad=${id}`)
  }

  async #sharedCells(): Promise<{ name: string; cells: FilledCell[] } | undefined> {
    const { readShared } = await import("./scratch-share.ts")
    return readShared(location.hash)
  }

  /** Shown, not run, not kept before the reader keeps or changes it. */
  #showShared(cells: readonly FilledCell[]): void {
    this.#shared = true
    this.#pad = { ...this.#pad, cells: cells.map(withoutText) }
    this.#show()
    for (const { id, source, inputs } of cells) {
      if (inputs) this.#session.answers.lend(id, inputs)
      const { desk } = this.#list.element(id) ?? {}
      desk?.edits.borrow(source)
      desk?.refresh()
    }
    const place = this.#part("shared")
    place.replaceChildren(
      `“${this.name}” was shared with you: shown, not run, and not kept until you keep or change it. `,
      button("Keep it", () => {
        this.#keep()
        this.say(`“${this.name}” is among your scratchpads now`)
        this.#part("name").focus()
      }),
      " ",
      button("To my scratchpads", () => location.assign(location.pathname)),
    )
    place.hidden = false
  }

  #keepShared(): void {
    this.#shared = false
    this.#part("shared").hidden = true
    this.#pad = { ...this.#pad, name: freeName(this.name), cells: this.#list.cells, at: Date.now() }
    this.#part<HTMLInputElement>("name").value = this.name
    const { answers } = this.#session
    for (const desk of desks()) {
      if (desk.edits.borrowed) desk.put(desk.edits.source, "shared")
      for (const [key, value] of Object.entries(answers.of(desk.id))) answers.set(desk.id, key, value)
    }
  }
}

function fresh(): Scratchpad {
  return { name: "Scratchpad", at: 0, cells: [{ id: "c1" }], gone: [] }
}

const idsOf = ({ cells }: Scratchpad): string => cells.map(({ id }) => id).join(" ")

function withoutText({ id, title }: FilledCell): ScratchCell {
  return { id, ...(title && { title }) }
}

if (!customElements.get("nn-scratchpad")) customElements.define("nn-scratchpad", ScratchpadElement)
