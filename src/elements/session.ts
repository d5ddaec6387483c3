/**
 * @file A lesson's cells in one sandbox: opened on the first run, ended by Stop, opened again when next needed. Routes
 * replies to cells. Knows nothing of buttons or editors.
 */
import type { Cell, CellState } from "../notebook/cell.ts"
import type { Output } from "../notebook/output.ts"
import type { Reply } from "../notebook/protocol.ts"
import { link } from "../site.ts"
import type { Sandbox } from "./sandbox.ts"

/** What the session needs of a cell on the page. */
export interface CellView {
  /** The cell as it is to run now: the reader's text, not the author's. */
  readonly cell: Cell
  /** The text is not the author's. */
  readonly edited: boolean
  /** What was typed and not yet told is told now. */
  flush(): void
  setState(state: CellState, because?: string, ms?: number): void
  addOutput(run: number, slot: number, output: Output): void
  /** The run ended from outside, and why. */
  fail(message: string): void
}

/** The data files that a cell can ask for by name. */
const files = import.meta.glob<string>("../../content/data/*.{bin,csv}", {
  query: "?url&no-inline",
  import: "default",
  eager: true,
})

/** What the build has parsed of a lesson; nothing where that cannot be had, since the worker can parse as well. */
async function fetchParsed(lesson: string): Promise<string | undefined> {
  try {
    const response = await fetch(link(`cells/${lesson}.json`))
    return response.ok ? await response.text() : undefined
  } catch {
    return undefined
  }
}

function loadParser(): void {
  import("../notebook/parser.ts?bundle-text").catch(() => {
    // The worker asks again, and tells the reader if it fails again.
  })
}

class Session {
  readonly lesson: string
  #views = new Map<string, CellView>()
  #busy = new Map<string, "queued" | "running">()
  #sandbox: Promise<Sandbox> | undefined
  #parsed: Promise<string | undefined> | undefined

  constructor(lesson: string) {
    this.lesson = lesson
  }

  /** Cells join in the order of the page. */
  add(view: CellView): void {
    this.#views.set(view.cell.id, view)
  }

  get cells(): Cell[] {
    return [...this.#views.values()].map((view) => view.cell)
  }

  view(id: string): CellView | undefined {
    return this.#views.get(id)
  }

  /** The cell after `id` that can run. */
  after(id: string): CellView | undefined {
    const all = [...this.#views.values()]
    return all.slice(all.findIndex((v) => v.cell.id === id) + 1).find((v) => !v.cell.static)
  }

  /** Runs these cells in page order, each after the cells that it needs. */
  async run(ids: string[]): Promise<void> {
    for (const view of this.#views.values()) view.flush()
    for (const id of ids) if (!this.#busy.has(id)) this.#setState(id, "queued")
    const opening = (this.#sandbox ??= this.#open())
    try {
      const sandbox = await opening
      if (this.#sandbox === opening) sandbox.post({ type: "run", ids })
    } catch (error) {
      if (this.#sandbox !== opening) return
      this.#end(`The code could not be started: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  runAll(): Promise<void> {
    return this.run(this.#runnable())
  }

  runAbove(id: string): Promise<void> {
    const ids = this.#runnable()
    return this.run(ids.slice(0, ids.indexOf(id)))
  }

  /** Loads what a run needs, so that the first one is quick. Nothing of a cell runs. */
  prepare(): void {
    this.#sandbox ??= this.#open()
    this.#sandbox.catch(() => {
      this.#sandbox = undefined
    })
  }

  /** The reader changed a cell's text; what depends on it is told by the worker. */
  async edit(id: string, source: string): Promise<void> {
    const opening = this.#sandbox
    if (!opening) return
    try {
      const sandbox = await opening
      if (this.#sandbox === opening) sandbox.post({ type: "edit", id, source })
    } catch {
      // The run that opened it reports why it failed.
      return
    }
  }

  /** Ends whatever runs, at once. Texts and outputs stay; values are computed again when next needed. */
  stop(): void {
    const opening = this.#sandbox
    this.#sandbox = undefined
    opening?.then(
      (sandbox) => sandbox.stop(),
      () => undefined,
    )
    for (const [id, state] of this.#busy) {
      this.#busy.delete(id)
      this.#views.get(id)?.setState(state === "running" ? "stopped" : "idle")
    }
  }

  async #open(): Promise<Sandbox> {
    // The worker will ask for the parser; by then it is here, or on its way.
    if ([...this.#views.values()].some((view) => view.edited)) loadParser()
    this.#parsed ??= fetchParsed(this.lesson)
    const opening = import("./sandbox.ts").then(({ openSandbox }) => openSandbox())
    const [sandbox, parsed] = await Promise.all([opening, this.#parsed])
    sandbox.onreply = (reply) => this.#hear(sandbox, reply)
    sandbox.ondeath = (message) => this.#end(message)
    sandbox.post({ type: "open", lesson: this.lesson, cells: this.cells, parsed })
    return sandbox
  }

  #runnable(): string[] {
    return this.cells.filter((cell) => !cell.static).map((cell) => cell.id)
  }

  #setState(id: string, state: CellState, because?: string, ms?: number): void {
    if (state === "queued" || state === "running") this.#busy.set(id, state)
    else this.#busy.delete(id)
    this.#views.get(id)?.setState(state, because, ms)
  }

  #hear(sandbox: Sandbox, reply: Reply): void {
    if (reply.type === "state") this.#setState(reply.id, reply.state, reply.because, reply.ms)
    if (reply.type === "output") this.#views.get(reply.id)?.addOutput(reply.run, reply.slot, reply.output)
    if (reply.type === "need-file") this.#sendFile(sandbox, reply.name)
    if (reply.type === "idle") for (const id of [...this.#busy.keys()]) this.#setState(id, "idle")
  }

  /** The worker is gone: says so at the cell that ran. */
  #end(message: string): void {
    this.#sandbox = undefined
    const busy = [...this.#busy]
    const [victim] = busy.find(([, state]) => state === "running") ?? busy[0] ?? []
    for (const [id] of busy) this.#setState(id, id === victim ? "stopped" : "idle")
    if (victim !== undefined) this.#views.get(victim)?.fail(message)
  }

  async #sendFile(sandbox: Sandbox, name: string): Promise<void> {
    const path = Object.keys(files).find((p) => p.replace(/^.*\/|\.[a-z]+$/g, "") === name)
    try {
      if (!path) throw new Error(`there is no data file called ${name}`)
      const response = await fetch(files[path])
      if (!response.ok) throw new Error(`${name}: the server answered ${response.status}`)
      const bytes = new Uint8Array(await response.arrayBuffer())
      sandbox.post({ type: "file", name, bytes }, [bytes.buffer])
    } catch (error) {
      sandbox.post({ type: "file", name, error: error instanceof Error ? error.message : String(error) })
    }
  }
}

export type { Session }

let session: Session | undefined

/** The session of this page. */
export function pageSession(lesson: string): Session {
  session ??= new Session(lesson)
  return session
}
