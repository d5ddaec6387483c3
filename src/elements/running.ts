/**
 * @file What happens once a cell of a page is to run: one sandbox for all of them, opened on the first run, ended by Stop,
 * opened again when next needed. Routes replies to cells. Knows nothing of buttons or editors.
 */
import type { CellState } from "../notebook/cell.ts"
import type { Reply, Request } from "../notebook/protocol.ts"
import { link } from "../site.ts"
import type { Answers } from "./answers.ts"
import type { CellViews } from "./cell-views.ts"
import { restFarOff, wakeFarOff } from "./far-off.ts"
import { Lapsed } from "./lapsed.ts"
import { type PageDevice, pageDevice } from "./page-device.ts"
import { openSandbox, type Sandbox } from "./sandbox.ts"

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
  import("../notebook/parser.ts?bundle-part").catch(() => {
    // The worker asks again, and tells the reader if it fails again.
  })
}

/** Waiting this long for a run that is overtaken is no trouble. */
const PATIENCE = 300

/** A run is over before this, or long: then the page has less to do besides. */
const QUICK = 400

export class Running {
  readonly #views: CellViews
  readonly #answers: Answers
  readonly #device: PageDevice
  #busy = new Map<string, "queued" | "running">()
  #sandbox: Promise<Sandbox> | undefined
  #parsed: Promise<string | undefined> | undefined
  /** The cells whose run the reader asked for, from when the worker comes to it until it is over. */
  #asked = new Set<string>()
  /** What the reader asked for and the worker has not come to: until then an earlier run of such a cell may end. */
  #asks = new Map<number, string[]>()
  readonly #lapsed: Lapsed
  /** Cell → milliseconds of its last run. */
  #spent = new Map<string, number>()
  /** The cells that inputs drive, as far as the worker has said. */
  #driven = new Set<string>()
  /** Cell → the newest change of its inputs that the worker has not begun to run with. */
  #changes = new Map<string, number>()
  /** The cells whose inputs have changed since all was at rest. */
  #restless = new Set<string>()
  #newest = 0
  #waiting: ReturnType<typeof setTimeout> | undefined
  #long: ReturnType<typeof setTimeout> | undefined

  constructor(views: CellViews, answers: Answers) {
    this.#views = views
    this.#answers = answers
    this.#device = pageDevice(views.lesson)
    this.#lapsed = new Lapsed(views)
  }

  /** Runs these cells in page order, each after the cells that it needs. */
  async run(ids: string[]): Promise<void> {
    const n = ++this.#newest
    this.#asks.set(n, ids)
    for (const id of ids) if (!this.#busy.has(id)) this.#setState(id, "queued")
    await this.#send({ type: "run", ids, n })
  }

  async #send(request: Request): Promise<void> {
    const opening = (this.#sandbox ??= this.#open())
    try {
      const sandbox = await opening
      if (this.#sandbox === opening) {
        sandbox.post(request)
        if (request.type === "change") this.#wait()
      }
    } catch (error) {
      if (this.#sandbox !== opening) return
      this.#end(`The code could not be started: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** The reader has set inputs: their cell runs, and what depends on it follows. The newest value wins. */
  change(id: string, answers: Record<string, unknown>): void {
    const n = ++this.#newest
    this.#changes.set(id, n)
    this.#restless.add(id)
    if (!this.#busy.has(id)) this.#setState(id, "queued")
    const held = this.#views.all.filter((view) => view.held && view.cell.id !== id)
    void this.#send({ type: "change", id, answers, held: held.map((view) => view.cell.id), n })
  }

  /** A new worker would have to compute again what no input drives: a run is ended when waiting has taken as long. */
  #wait(): void {
    let spent = 0
    for (const [id, ms] of this.#spent) if (!this.#driven.has(id)) spent += ms
    this.#waiting ??= setTimeout(() => this.#overtake(), Math.max(PATIENCE, spent))
  }

  #begun(n: number, driven: readonly string[]): void {
    for (const id of driven) this.#driven.add(id)
    for (const [id, newest] of this.#changes) if (newest <= n) this.#changes.delete(id)
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    if (this.#changes.size > 0) this.#wait()
  }

  /** A run that the inputs have overtaken does not end: its worker does, and a new one takes the newest values. */
  #overtake(): void {
    this.#waiting = undefined
    if (this.#changes.size === 0) return
    const running = [...this.#busy].find(([, state]) => state === "running")?.[0]
    // Whoever asked for a run can stop it; and what the inputs do not drive would have to run again.
    if (running !== undefined && (this.#asked.has(running) || !this.#driven.has(running))) {
      this.#waiting = setTimeout(() => this.#overtake(), PATIENCE)
      return
    }
    const changed = [...this.#restless]
    const begun = [...this.#asked].filter((id) => this.#busy.has(id))
    const asked = [...begun, ...[...this.#asks.values()].flat()]
    this.#leave()
    for (const id of this.#busy.keys()) this.#setState(id, "queued")
    for (const id of changed) this.change(id, this.#answers.of(id))
    if (asked.length > 0) void this.run(asked)
  }

  /** Ends the worker and forgets what it knew. */
  #leave(): void {
    const opening = this.#sandbox
    this.#sandbox = undefined
    this.#lapsed.begin()
    this.#changes.clear()
    this.#asked.clear()
    this.#asks.clear()
    this.#restless.clear()
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    opening?.then(
      (sandbox) => sandbox.stop(),
      () => undefined,
    )
  }

  /** Ends the worker for good: what inputs had still to change stays as it is. */
  #abandon(): void {
    const changed = [...this.#restless]
    this.#leave()
    for (const id of changed) this.#lapsed.change(id)
  }

  /** Loads what a run needs, so that the first one is quick. Nothing of a cell runs. */
  prepare(): void {
    this.#sandbox ??= this.#open()
    this.#sandbox.catch(() => {
      this.#sandbox = undefined
    })
  }

  /** The reader changed a cell's text; what depends on it is told by the worker. */
  edit(id: string, source: string): Promise<void> {
    this.#lapsed.edit(id, source)
    return this.#tell(() => ({ type: "edit", id, source, edited: this.#views.get(id)?.edited ?? true }))
  }

  /** Cells came, went, moved or were renamed. */
  arrange(): Promise<void> {
    for (const id of [...this.#busy.keys()]) if (!this.#views.get(id)) this.#busy.delete(id)
    this.#yield()
    this.#lapsed.arrange()
    return this.#tell(() => ({ type: "arrange", cells: this.#views.cells, answers: this.#allAnswers() }))
  }

  /** Says something to the worker, if there is one. */
  async #tell(request: () => Request): Promise<void> {
    const opening = this.#sandbox
    if (!opening) return
    try {
      const sandbox = await opening
      if (this.#sandbox === opening) sandbox.post(request())
    } catch {
      // The run that opened it reports why it failed.
      return
    }
  }

  /** Ends whatever runs, at once. Texts and outputs stay; values are computed again when next needed. */
  stop(): void {
    this.#abandon()
    for (const [id, state] of [...this.#busy])
      if (state === "running") this.#setState(id, "stopped")
      else this.#setState(id, "stale", "it waited to run when you stopped")
  }

  /** The device is another one: a new worker will compute there, and what ran before is out of date. */
  move(): void {
    const because = `the cells of this page compute on the ${this.#device.name === "cpu" ? "CPU" : "GPU"} now`
    const done = [...this.#spent.keys()].filter((id) => !this.#busy.has(id))
    this.stop()
    for (const id of done) this.#setState(id, "stale", because)
  }

  async #open(): Promise<Sandbox> {
    // The worker will ask for the parser; by then it is here, or on its way.
    if (this.#views.all.some((view) => view.edited)) loadParser()
    // To the build, and to what cells draw at random, every notebook of the reader's is the same lesson.
    const [lesson] = this.#views.lesson.split("/")
    this.#parsed ??= fetchParsed(lesson)
    const [sandbox, parsed] = await Promise.all([openSandbox(), this.#parsed])
    sandbox.onreply = (reply) => this.#hear(sandbox, reply)
    sandbox.ondeath = (message) => this.#end(message)
    this.#lapsed.told()
    sandbox.post({
      type: "open",
      lesson,
      cells: this.#views.cells,
      parsed,
      answers: this.#allAnswers(),
      device: this.#device.name,
    })
    return sandbox
  }

  #allAnswers(): Record<string, Record<string, unknown>> {
    return Object.fromEntries(this.#views.all.map(({ cell: { id } }) => [id, this.#answers.of(id)]))
  }

  #setState(id: string, state: CellState, because?: string, ms?: number): void {
    if (state === "queued" || state === "running") this.#busy.set(id, state)
    else this.#busy.delete(id)
    this.#yield()
    this.#lapsed.hear(id, state)
    this.#views.get(id)?.setState(state, because, ms, !this.#asked.has(id))
    if (this.#busy.has(id)) return
    this.#asked.delete(id)
    if (ms !== undefined) this.#spent.set(id, ms)
  }

  /** As long as something runs the page does less. */
  #yield(): void {
    if (this.#busy.size > 0) {
      this.#long ??= setTimeout(restFarOff, QUICK)
      return
    }
    clearTimeout(this.#long)
    this.#long = undefined
    wakeFarOff()
  }

  #hear(sandbox: Sandbox, reply: Reply): void {
    if (reply.type === "state") this.#hearState(reply)
    if (reply.type === "output") this.#views.get(reply.id)?.addOutput(reply.run, reply.slot, reply.output)
    if (reply.type === "begun") this.#begun(reply.n, reply.driven)
    if (reply.type === "asked") {
      for (const id of this.#asks.get(reply.n) ?? []) this.#asked.add(id)
      this.#asks.delete(reply.n)
    }
    if (reply.type === "used") this.#device.report(reply.use)
    if (reply.type === "need-file") this.#sendFile(sandbox, reply.name)
    // What the reader has changed since is on its way.
    if (reply.type === "idle" && this.#changes.size === 0) {
      this.#restless.clear()
      for (const id of [...this.#busy.keys()]) this.#setState(id, "idle")
    }
  }

  #hearState({ id, state, because, ms }: Extract<Reply, { type: "state" }>): void {
    // That a cell has not run yet is no news of one that is about to.
    if (state === "idle" && this.#busy.get(id) === "queued") return
    this.#setState(id, state, because, ms)
  }

  /** The worker is gone: says so at the cell that ran. */
  #end(message: string): void {
    this.#abandon()
    const busy = [...this.#busy]
    const [victim] = busy.find(([, state]) => state === "running") ?? busy[0] ?? []
    for (const [id] of busy)
      if (id === victim) this.#setState(id, "stopped")
      else this.#setState(id, "stale", "it waited to run when the code was ended")
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
