/**
 * @file `<nn-cell>`: a cell of a lesson comes to life. Owns its buttons, its state in words, its saved edit. Loads
 * nothing before the reader runs or edits.
 */
import type { Cell, CellState } from "../notebook/cell.ts"
import type { CellError, Output } from "../notebook/output.ts"
import { CellCode } from "./cell-code.ts"
import type { CellDesk } from "./cell-desk.ts"
import { CellHead } from "./cell-head.ts"
import type { InputOwner } from "./cell-inputs.ts"
import { CellPane } from "./cell-pane.ts"
import { stateInWords, took } from "./cell-state.ts"
import type { CellView } from "./cell-views.ts"
import { Edits } from "./edits.ts"
import { makeRoom } from "./history.ts"
import { pageSession, type Session } from "./session.ts"
import { whenFull } from "./store.ts"

export class CellElement extends HTMLElement implements CellView {
  #edits!: Edits
  #session!: Session
  #code!: CellCode
  #head!: CellHead
  #out!: HTMLElement
  #pane!: CellPane
  #bookCode = ""
  #bookOutputs = ""
  #state: CellState = "idle"
  #because: string | undefined
  #ms: number | undefined
  #began = 0
  #clock: ReturnType<typeof setInterval> | undefined
  #shown: "book" | "you" | "nothing" = "nothing"
  /** The text whose outputs are on screen. */
  #shownSource = ""
  #runSource = ""
  #error: CellError | undefined
  /** The reader's run was reset: that its text is not the cell's says nothing about the book's outputs on screen. */
  #forgotten = false
  #connected = false
  #desk: CellDesk | undefined
  #inputs!: InputOwner

  connectedCallback(): void {
    if (this.#connected || this.dataset.static !== undefined) return
    this.#connected = true
    const lesson = this.closest<HTMLElement>("[data-lesson]")?.dataset.lesson ?? location.pathname
    // In a notebook of the reader's there is no author's text to go back to.
    const { own } = this.dataset
    const code = this.querySelector<HTMLElement>(".cell-code")!
    const text = code.querySelector("code")!
    this.#bookCode = text.innerHTML
    this.#out = this.querySelector<HTMLElement>(".cell-out")!
    this.#bookOutputs = this.#out.innerHTML
    this.#shown = this.#out.childElementCount > 0 ? "book" : "nothing"
    this.#edits = new Edits(lesson, this.#id, text.textContent ?? "", {
      paused: (source) => this.#session.edit(this.#id, source),
      replaced: (before) => {
        this.#refresh()
        if (before !== undefined) this.#more("replaced", before)
      },
      overtook: () => this.#more("overtook"),
    })
    this.#shownSource = this.#edits.author
    this.#session = pageSession(lesson)
    this.#session.views.add(this)
    this.#head = new CellHead(this, this.#label, {
      run: () => this.#run("stay"),
      stop: () => this.#session.stop(),
      edit: this.#readonly ? undefined : () => this.#code.edit(),
      reset: this.#readonly || own ? undefined : () => this.#reset(),
      copy: () => navigator.clipboard.writeText(this.#edits.source),
      runAbove: () => this.#session.runAbove(this.#id),
      runAll: () => this.#session.runAll(),
      restart: () => this.#session.stop(),
      more: this.#readonly
        ? {}
        : {
            "Versions of this cell…": () => this.#more("versions"),
            ...(!own && { "Share or download…": () => this.#more("takeAway") }),
          },
    })
    this.#code = new CellCode(code, () => ({
      source: this.#edits.source,
      label: `Code of ${this.#label}`,
      readonly: this.#readonly,
      scope: lesson,
      name: this.#id,
      siblings: () => this.#session.views.cells.map((cell) => ({ name: cell.id, source: cell.source })),
      onChange: (source) => this.#changed(source),
      onRun: (then) => this.#run(then),
      onLeave: () => this.#head.focusBehind(code),
    }))
    this.#inputs = this.#session.inputs(this.#id)
    this.#pane = new CellPane(this.#out, this.#inputs)
    this.#adopt()
    if (this.#edits.edited) this.#code.show(this.#edits.source)
    if (this.#edits.conflict) this.#more("authorChanged")
    this.#out.addEventListener("click", (event) => this.#follow(event))
    for (const sign of ["pointerdown", "focusin"])
      this.addEventListener(sign, () => this.#equip(), { once: true })
    this.#head.soon(() => this.#session.prepare())
    addEventListener("pagehide", () => this.#edits.leave())
    document.addEventListener("visibilitychange", () => document.hidden && this.#edits.leave())
    this.#desk = {
      lesson,
      id: this.#id,
      label: this.#label,
      readonly: this.#readonly,
      edits: this.#edits,
      head: this.#head,
      inputs: this.#inputs,
      put: (source, why) => {
        this.#edits.put(source, why)
        this.#refresh()
      },
      reset: () => this.#reset(),
      refresh: () => this.#refresh(),
    }
    this.#tell()
  }

  get desk(): CellDesk | undefined {
    return this.#desk
  }

  get cell(): Cell {
    const { title, slow, error, steps } = this.dataset
    return {
      id: this.#id,
      title,
      source: this.#edits.source,
      edited: this.#edits.edited,
      slow: slow !== undefined,
      error: error !== undefined,
      steps: steps !== undefined,
      readonly: this.#readonly,
    }
  }

  get edited(): boolean {
    return this.#edits.edited
  }

  /** Unique in the lesson; the element's own id is an anchor. */
  get #id(): string {
    return this.dataset.cell ?? this.id
  }

  get #readonly(): boolean {
    return this.dataset.readonly !== undefined
  }

  get #label(): string {
    return this.dataset.title ? `“${this.dataset.title}”` : `cell ${this.#id}`
  }

  flush(): void {
    this.#edits.flush()
  }

  setState(state: CellState, because?: string, ms?: number, quiet = false): void {
    // After what the run has shown, which may still wait for the pane to be loaded.
    if (state === "queued" || state === "running") this.#enter(state, because, ms, quiet)
    else this.#pane.after(() => this.#enter(state, because, ms, quiet))
  }

  /** Its text was changed and the reader has not run it so, or nothing is shown that could be out of date. */
  get held(): boolean {
    return this.#shown === "nothing" || this.#edits.source !== this.#shownSource
  }

  outdate(because: string): void {
    if (this.#state === "idle" && this.#shown !== "nothing") this.#enter("stale", because)
  }

  #enter(state: CellState, because?: string, ms?: number, quiet = false): void {
    const before = this.#state
    if (state === "stale" && this.#shown === "nothing" && before !== "running") state = "idle"
    // A new worker has not run the cell yet; what is on screen is still what it was.
    if (state === "idle" && before !== "queued" && before !== "running") return
    if (state === "stale" && this.#forgotten) return
    this.#state = state
    this.#because = because
    this.#ms = ms
    if (state === "queued") this.#pane.expect()
    if (state === "running") this.#begin(quiet)
    else if (before === "running") this.#finish()
    if (state !== "running") clearInterval(this.#clock)
    this.#tell()
    if (state === "ok" && !quiet) this.#head.say(`${this.#label}: finished${took(ms)}${this.#pane.spoken}`)
    if (state === "stopped") this.#head.say(`${this.#label}: stopped`)
  }

  addOutput(run: number, slot: number, output: Output): void {
    if (output.kind === "error") this.#showError(output)
    this.#pane.do((pane) => pane.add(run, slot, output), output.kind)
  }

  fail(message: string): void {
    this.addOutput(-1, 0, { kind: "error", name: "Stopped", message })
    this.#pane.do((pane) => pane.end())
  }

  /** Shift+Enter in the cell above comes here. */
  takeFocus(): void {
    this.scrollIntoView({ block: "nearest" })
    if (this.dataset.own) void this.#code.edit()
    else this.#code.focus()
  }

  /** What the reader steps through was recorded by this line of the text that ran. */
  point(line: number): void {
    if (this.#edits.source === this.#shownSource) this.#code.point(line)
  }

  #run(then: "advance" | "stay"): void {
    this.#edits.save()
    this.#edits.remember("run")
    this.#session.edit(this.#id, this.#edits.source)
    this.#session.run([this.#id])
    if (then === "advance") {
      const next = this.#session.views.after(this.#id)
      if (next instanceof CellElement) next.takeFocus()
      else this.dispatchEvent(new Event("last", { bubbles: true }))
    }
  }

  #begin(quiet: boolean): void {
    this.#forgotten = false
    this.#runSource = this.#edits.source
    this.#began = performance.now()
    clearInterval(this.#clock)
    this.#clock = setInterval(() => this.#tell(), 100)
    this.#error = undefined
    this.#code.mark()
    this.#pane.do((pane) => pane.begin(quiet))
  }

  #finish(): void {
    // A run that was cut short before it showed anything leaves what was there.
    const stopped = this.#state !== "ok" && this.#state !== "error"
    this.#pane.do((pane) => pane.end(stopped))
    this.#shown = "you"
    this.#shownSource = this.#runSource
  }

  #showError(error: CellError): void {
    this.#error = error
    const where = error.line === undefined ? "" : ` in line ${error.line}`
    this.#head.say(`${this.#label}: ${error.name}${where}: ${error.message}`)
    if (error.cell === undefined || error.cell === this.#id) this.#code.mark(error.line, error.message)
  }

  /** An error's place is a button: it leads to the line, in this cell or in the one above that it names. */
  #follow(event: Event): void {
    const place = (event.target as Element).closest<HTMLElement>("[data-line]")
    if (!place) return
    const view = place.dataset.cell ? this.#session.views.get(place.dataset.cell) : this
    if (view instanceof CellElement)
      view.#code.goTo(Number(place.dataset.line), Number(place.dataset.column ?? 1))
  }

  #changed(source: string): void {
    if (source === this.#edits.source) return
    const { borrowed } = this.#edits
    this.#edits.change(source)
    if (borrowed) this.dispatchEvent(new Event("own"))
    if (this.#error) this.#code.mark()
    this.#tell()
  }

  #reset(): void {
    if (this.#edits.undoable !== undefined) {
      this.#edits.undoReset()
      this.#code.show(this.#edits.source)
      this.#head.say(`${this.#label}: your edit is back`)
    } else {
      this.#edits.reset()
      if (this.#code.editing) this.#code.show(this.#edits.source)
      else this.#code.restore(this.#bookCode)
      this.#code.mark()
      this.#showBook()
      this.#head.say(`${this.#label}: reset. Undo reset brings your edit back.`)
    }
    this.#head.clearNotice()
    this.#session.edit(this.#id, this.#edits.source)
    this.#tell()
  }

  /** The author's text is back, so the book's outputs are right again. */
  #showBook(): void {
    if (this.#state === "running" || this.#bookOutputs.trim() === "") return
    this.#out.innerHTML = this.#bookOutputs
    this.#pane = new CellPane(this.#out, this.#inputs)
    this.#shown = "book"
    this.#shownSource = this.#edits.author
    this.#state = "idle"
    this.#forgotten = true
    this.#adopt()
  }

  /** The book's controls and graphs come to life when they are near; at once where the reader has set something. */
  #adopt(): void {
    if (!this.#out.querySelector("[data-input], [data-graph], [data-steps]")) return
    const isSet = Object.keys(this.#inputs.answers()).length > 0
    if (isSet) return void this.#bringAlive()
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        near.disconnect()
        void this.#bringAlive()
      },
      { rootMargin: "50%" },
    )
    near.observe(this.#out)
  }

  /** What the controls no longer agree with says so. */
  async #bringAlive(): Promise<void> {
    const outputs = await import("./book-outputs.ts")
    for (const { key, feeds } of await outputs.bringOutputsAlive(this.#out, this.#inputs))
      for (const id of [this.#id, ...feeds]) this.#session.views.get(id)?.outdate(`“${key}” has changed`)
  }

  /** What is rarely wanted is loaded when it is. */
  async #more(what: keyof typeof import("./cell-more.ts"), text = ""): Promise<void> {
    try {
      const more = await import("./cell-more.ts")
      if (this.#desk) more[what](this.#desk, text)
    } catch (error) {
      this.#head.say(`This part of the book could not be loaded: ${String(error)}`)
    }
  }

  /** Sorting and downloading come when the reader first touches the cell. */
  #equip(): void {
    void import("./output-tools.ts").then(({ equip }) => equip(this.#out, this.#id))
  }

  /** Draws a text that was not typed here. */
  #refresh(): void {
    if (this.#edits.edited || this.#code.editing) this.#code.show(this.#edits.source)
    else this.#code.restore(this.#bookCode)
    this.#code.mark()
    this.#session.edit(this.#id, this.#edits.source)
    this.#tell()
  }

  #tell(): void {
    const changed =
      this.#edits.source !== this.#shownSource && (!this.dataset.own || this.#shown !== "nothing")
    const quiet = this.#state === "ok" || this.#state === "idle"
    this.dataset.state = changed && quiet && this.#shown !== "nothing" ? "stale" : this.#state
    this.toggleAttribute("data-edited", this.#edits.edited)
    const words = stateInWords({
      state: this.#state,
      because: this.#because,
      ms: this.#ms,
      elapsed: performance.now() - this.#began,
      shown: this.#shown,
      older: this.#pane.older,
      changed,
    })
    this.#head.update({
      words,
      running: this.#state === "running" || this.#state === "queued",
      edited: this.#edits.edited,
      borrowed: this.#edits.borrowed,
      undoable: this.#edits.undoable !== undefined,
    })
  }
}

whenFull(makeRoom)
if (!customElements.get("nn-cell")) customElements.define("nn-cell", CellElement)

/** Cells of somebody else came with the address. */
function openShared(): void {
  if (location.hash.startsWith("#shared=")) import("./share-open.ts").then(({ openLink }) => openLink())
}
openShared()
addEventListener("hashchange", openShared)
