/**
 * @file The cells whose outputs come from a worker that is gone. Nobody knows any more what they depend on: they are out
 * of date as soon as something changes that they might. Knows neither workers nor DOM.
 */
import type { CellState } from "../notebook/cell.ts"
import type { CellViews } from "./cell-views.ts"

export class Lapsed {
  readonly #views: CellViews
  #ids = new Set<string>()
  /** How the last run of a cell ended. */
  readonly #ran = new Map<string, CellState>()
  /** Cell → the text that the worker was told last, in the order of the page. */
  #texts = new Map<string, string>()

  constructor(views: CellViews) {
    this.#views = views
  }

  /** The worker is gone. */
  begin(): void {
    this.#ids = new Set(this.#ran.keys())
  }

  hear(id: string, state: CellState): void {
    if (state === "running") this.#ids.delete(id)
    if (state === "ok" || state === "error") this.#ran.set(id, state)
  }

  /** These are the cells and texts that a worker is told. */
  told(): void {
    this.#texts = new Map(this.#views.cells.map(({ id, source }) => [id, source]))
  }

  edit(id: string, source: string): void {
    const before = this.#texts.get(id)
    if (before === source) return
    this.#texts.set(id, source)
    if (before !== undefined) this.#outdate(id, `the code of ${this.#label(id)} has changed since`)
  }

  arrange(): void {
    const before = [...this.#texts.keys()].join("\n")
    this.told()
    if (before === [...this.#texts.keys()].join("\n")) return
    for (const id of this.#ids) this.#mark(id, "cells have come, gone or moved since")
  }

  change(id: string): void {
    this.#outdate(id, `an input of ${this.#label(id)} has changed since`)
  }

  /** The cells below might depend on this one; what an error says of names may be about cells further down. */
  #outdate(id: string, because: string): void {
    const ids = this.#views.cells.map((cell) => cell.id)
    const at = ids.indexOf(id)
    for (const [i, other] of ids.entries())
      if (this.#ids.has(other) && (i > at || this.#ran.get(other) === "error")) this.#mark(other, because)
  }

  #mark(id: string, because: string): void {
    this.#views.get(id)?.setState("stale", because)
  }

  #label(id: string): string {
    return `cell “${this.#views.get(id)?.cell.title ?? id}”`
  }
}
