/**
 * @file The cells of a page, in its order, as a session sees them. Knows nothing of running.
 */
import type { Cell, CellState } from "../notebook/cell.ts"
import type { Output } from "../notebook/output.ts"

/** What a session needs of a cell on the page. */
export interface CellView {
  /** The cell as it is to run now: the reader's text, not the author's. */
  readonly cell: Cell
  /** The text is not the author's. */
  readonly edited: boolean
  /** Its text was changed, and the reader has not run it so: it must not run by itself. Nor if it shows nothing. */
  readonly held: boolean
  /** What was typed and not yet told is told now. */
  flush(): void
  /** `quiet`: nobody asked for this run, so nobody waits to hear of it. */
  setState(state: CellState, because?: string, ms?: number, quiet?: boolean): void
  /** What is on screen no longer holds, though nothing has run yet. */
  outdate(because: string): void
  addOutput(run: number, slot: number, output: Output): void
  /** The run ended from outside, and why. */
  fail(message: string): void
}

export class CellViews {
  readonly lesson: string
  readonly #views = new Map<string, CellView>()

  constructor(lesson: string) {
    this.lesson = lesson
  }

  /** Cells join in the order of the page. */
  add(view: CellView): void {
    this.#views.set(view.cell.id, view)
  }

  /** Cells came, went or moved: these are all, in the order of the page. */
  arrange(views: readonly CellView[]): void {
    this.#views.clear()
    for (const view of views) this.add(view)
  }

  get(id: string): CellView | undefined {
    return this.#views.get(id)
  }

  get all(): CellView[] {
    return [...this.#views.values()]
  }

  get cells(): Cell[] {
    return this.all.map((view) => view.cell)
  }

  /** The ids of the cells that can run. */
  get runnable(): string[] {
    return this.cells.filter((cell) => !cell.static).map((cell) => cell.id)
  }

  /** The cell after `id` that can run. */
  after(id: string): CellView | undefined {
    const { all } = this
    return all.slice(all.findIndex((view) => view.cell.id === id) + 1).find((view) => !view.cell.static)
  }
}
