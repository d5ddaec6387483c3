/**
 * @file What a page makes of a notebook: which outputs stay on screen, which state is shown with them. As `cell.ts` and
 * `running.ts` of the page do it, without a DOM and without a worker.
 */
import type { Cell, CellState } from "../../src/notebook/cell.ts"
import { Notebook, type NotebookOptions } from "../../src/notebook/notebook.ts"
import type { Output } from "../../src/notebook/output.ts"
import { buildLimits } from "../../src/notebook/run-outputs.ts"

/** A cell as it stands on the page. */
export class View {
  readonly id: string
  source: string
  readonly author: string
  slow: boolean
  state: CellState = "idle"
  because: string | undefined
  /** Whose outputs are on screen. */
  shown: "book" | "you" | "nothing"
  /** The text whose outputs are on screen. */
  shownSource: string
  #runSource = ""
  #runs = new Map<number, Map<number, Output>>()
  #latest = -1

  constructor({ id, source, slow = false }: Cell, shown: View["shown"]) {
    this.id = id
    this.source = source
    this.author = source
    this.shownSource = source
    this.slow = slow
    this.shown = shown
  }

  get cell(): Cell {
    return { id: this.id, source: this.source, slow: this.slow, edited: this.source !== this.author }
  }

  get held(): boolean {
    return this.shown === "nothing" || this.source !== this.shownSource
  }

  /** The state that a reader sees. */
  get told(): CellState {
    const changed = this.source !== this.shownSource
    const quiet = this.state === "ok" || this.state === "idle" || this.state === "error"
    return changed && quiet && this.shown !== "nothing" ? "stale" : this.state
  }

  get outputs(): Output[] {
    const slots = this.#runs.get(this.#latest) ?? new Map<number, Output>()
    return [...slots].sort(([a], [b]) => a - b).map(([, output]) => output)
  }

  enter(state: CellState, because?: string): void {
    const before = this.state
    if (state === "stale" && this.shown === "nothing" && before !== "running") state = "idle"
    if (state === "idle" && before !== "queued" && before !== "running") return
    this.state = state
    this.because = because
    if (state === "running") {
      this.#runSource = this.source
      this.#runs.clear()
      this.#latest = -1
    } else if (before === "running") {
      this.shown = "you"
      this.shownSource = this.#runSource
    }
  }

  add(run: number, slot: number, output: Output): void {
    const slots = this.#runs.get(run) ?? new Map<number, Output>()
    this.#runs.set(run, slots.set(slot, output))
    this.#latest = run
  }
}

export type PageAnswers = Record<string, Record<string, unknown>>

export class Page {
  views: View[]
  readonly answers: PageAnswers = {}
  /** Every run, in order. */
  readonly ran: string[] = []
  readonly #options: Pick<NotebookOptions, "lesson" | "library">
  #notebook: Notebook | undefined
  #busy = new Map<string, "queued" | "running">()
  /** The cells whose outputs come from a worker that is gone: nobody knows any more what they depend on. */
  #lapsed = new Set<View>()
  /** The cells whose inputs have changed since all was at rest. */
  #restless = new Set<string>()
  #pending = new Set<Promise<void>>()

  /** `withBook`: the page came with outputs of the author's texts. */
  constructor(
    cells: readonly Cell[],
    withBook: boolean,
    options: Pick<NotebookOptions, "lesson" | "library">,
  ) {
    this.views = cells.map((cell) => new View(cell, withBook ? "book" : "nothing"))
    this.#options = options
  }

  view(id: string): View | undefined {
    return this.views.find((view) => view.id === id)
  }

  edit(id: string, source: string): void {
    const view = this.view(id)
    if (!view) return
    if (view.source !== source) this.#outdate(id, `the code of cell “${id}” has changed since`)
    view.source = source
    this.#notebook?.edit(id, source, source !== view.author)
  }

  run(ids: readonly string[]): void {
    for (const id of ids) if (!this.#busy.has(id)) this.#setState(id, "queued")
    this.#follow(this.#open().run(ids))
  }

  change(id: string, key: string, value: unknown): void {
    this.answers[id] = { ...this.answers[id], [key]: value }
    if (!this.view(id)) return
    if (!this.#busy.has(id)) this.#setState(id, "queued")
    this.#restless.add(id)
    const held = this.views.filter((view) => view.held && view.id !== id).map((view) => view.id)
    this.#follow(this.#open().change(id, { [key]: value }, held))
  }

  /** `cells` are those that are to be there, in this order; what is new has never run. */
  arrange(cells: readonly Cell[]): void {
    for (const view of this.#lapsed) view.enter("stale", "the order of the cells has changed since")
    this.views = cells.map((cell) => this.view(cell.id) ?? new View(cell, "nothing"))
    this.#notebook?.arrange(
      this.views.map((view) => view.cell),
      this.answers,
    )
  }

  /** The worker ends at once; texts and outputs stay. */
  stop(): void {
    const busy = [...this.#busy]
    this.#notebook?.restart()
    this.#notebook = undefined
    for (const [id, state] of busy)
      if (state === "running") this.#setState(id, "stopped")
      else this.#setState(id, "stale", "it waited to run when you stopped")
    this.#lapse()
  }

  /** Forgets what ran, in the same worker. */
  restart(): void {
    const busy = [...this.#busy.keys()]
    this.#notebook?.restart()
    for (const id of busy) this.#setState(id, "stale", "it waited to run when all was forgotten")
    this.#lapse()
  }

  #lapse(): void {
    this.#pending.clear()
    this.#lapsed = new Set(this.views)
    for (const id of this.#restless) this.#outdate(id, "an input has changed")
    this.#restless.clear()
  }

  /** The words of an error may tell of cells further down. */
  #outdate(id: string, because: string): void {
    const at = this.views.findIndex((view) => view.id === id)
    for (const [i, view] of this.views.entries())
      if (this.#lapsed.has(view) && (i > at || view.state === "error")) view.enter("stale", because)
  }

  /** Resolves when nothing is queued or running. */
  async rest(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending)
  }

  #open(): Notebook {
    if (this.#notebook) return this.#notebook
    const notebook: Notebook = new Notebook(
      this.views.map((view) => view.cell),
      {
        ...this.#options,
        answers: this.answers,
        limits: buildLimits,
        observer: {
          state: (id, state, { because }) => {
            if (this.#notebook !== notebook && this.#notebook) return
            if (state === "running") this.ran.push(id)
            this.#setState(id, state, because)
          },
          output: (id, run, slot, output) => {
            if (this.#notebook === notebook) this.view(id)?.add(run, slot, output)
          },
        },
      },
    )
    this.#notebook = notebook
    return notebook
  }

  #setState(id: string, state: CellState, because?: string): void {
    if (state === "queued" || state === "running") this.#busy.set(id, state)
    else this.#busy.delete(id)
    const view = this.view(id)
    if (view && state === "running") this.#lapsed.delete(view)
    view?.enter(state, because)
  }

  #follow(turn: Promise<void>): void {
    const notebook = this.#notebook
    const done: Promise<void> = turn.finally(() => {
      this.#pending.delete(done)
      if (this.#notebook !== notebook || !notebook?.isIdle) return
      this.#restless.clear()
      for (const id of [...this.#busy.keys()]) this.#setState(id, "idle")
    })
    this.#pending.add(done)
  }
}
