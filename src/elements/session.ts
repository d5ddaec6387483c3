/**
 * @file The session of a page: what its cells ask to run, and what the reader has set. All that running takes is loaded
 * when something is first to run. Knows nothing of sandboxes, buttons or editors.
 */
import { Answers } from "./answers.ts"
import type { InputOwner } from "./cell-inputs.ts"
import { type CellView, CellViews } from "./cell-views.ts"
import type { Running } from "./running.ts"

class Session {
  readonly views: CellViews
  readonly answers: Answers
  #running: Promise<Running> | undefined

  constructor(lesson: string) {
    this.views = new CellViews(lesson)
    this.answers = new Answers(lesson)
  }

  /** Runs these cells in page order, each after the cells that it needs. */
  run(ids: string[]): Promise<void> {
    // What was just typed is told before: a run must not take the text of a moment ago.
    for (const view of this.views.all) view.flush()
    return this.#do((running) => running.run(ids), ids[0])
  }

  runAll(): Promise<void> {
    return this.run(this.views.runnable)
  }

  runAbove(id: string): Promise<void> {
    const ids = this.views.runnable
    return this.run(ids.slice(0, ids.indexOf(id)))
  }

  /** The reader has set an input: its cell runs, and what depends on it follows. The newest value wins. */
  change(id: string, key: string, value: unknown): void {
    this.answers.set(id, key, value)
    void this.#do((running) => running.change(id, { [key]: value }), id)
  }

  /** What the controls of a cell ask. */
  inputs(id: string): InputOwner {
    return {
      answers: () => this.answers.of(id),
      change: (key, value) => this.change(id, key, value),
      lend: (values) => this.answers.lend(id, values),
    }
  }

  /** Loads what a run needs, so that the first one is quick. Nothing of a cell runs. */
  prepare(): void {
    void this.#do((running) => running.prepare())
  }

  /** The reader changed a cell's text. Before anything has run, nothing needs to know. */
  edit(id: string, source: string): void {
    if (this.#running) void this.#do((running) => running.edit(id, source))
  }

  /** Cells came, went, moved or were renamed: these are all, in the order of the page. */
  arrange(views: readonly CellView[]): void {
    this.views.arrange(views)
    if (this.#running) void this.#do((running) => running.arrange())
  }

  /** Ends whatever runs, at once. Texts and outputs stay; values are computed again when next needed. */
  stop(): void {
    if (this.#running) void this.#do((running) => running.stop())
  }

  /** The page's device is another one: what the cells have shown here before is out of date. */
  move(): void {
    if (this.#running) void this.#do((running) => running.move())
  }

  /** In the order of the calls. Where the code for it cannot be loaded, the cell that asked says so. */
  async #do(act: (running: Running) => void | Promise<void>, asking?: string): Promise<void> {
    const loading = (this.#running ??= import("./running.ts").then(
      (module) => new module.Running(this.views, this.answers),
    ))
    let running: Running
    try {
      running = await loading
    } catch (error) {
      this.#running = undefined
      const why = error instanceof Error ? error.message : String(error)
      if (asking !== undefined) this.views.get(asking)?.fail(`The code could not be started: ${why}`)
      return
    }
    await act(running)
  }
}

export type { Session }

let session: Session | undefined

/** The session of this page. */
export function pageSession(lesson: string): Session {
  session ??= new Session(lesson)
  return session
}
