/**
 * @file Who may hold whose object, across cells: the keys of `effects.ts` as nodes of one graph. Knows neither calls nor
 * values.
 */
import type { Analysis } from "./analyze.ts"
import type { Key } from "./roots.ts"

export interface AnalysedCell {
  id: string
  analysis: Analysis | undefined
}

/** A name in the cell that declares it. */
export interface Place {
  cell: string
  name: string
}

/** A key in the cell that it belongs to. */
export type Held = string

export class Holdings {
  readonly #cells: readonly AnalysedCell[]
  readonly #index: Map<string, number>
  /** Node → what it holds, and the cell that puts it there. */
  readonly #edges = new Map<Held, { to: Held; by: number }[]>()
  readonly #homes = new Map<string, number[]>()

  constructor(cells: readonly AnalysedCell[]) {
    this.#cells = cells.map(({ id, analysis }) => ({ id, analysis }))
    this.#index = new Map(cells.map((cell, i) => [cell.id, i]))
    for (const [i, { analysis }] of cells.entries())
      for (const name of analysis?.declares ?? [])
        this.#homes.set(name, [...(this.#homes.get(name) ?? []), i])
    for (const { id, analysis } of cells)
      for (const [key, held] of analysis?.effects.holds ?? []) {
        const from = this.at(id, key)
        const nodes = [...held].flatMap((other) => this.at(id, other) ?? [])
        if (from !== undefined) this.add(from, nodes, id)
      }
  }

  analysis(cell: string): Analysis | undefined {
    return this.#cells[this.#index.get(cell) ?? -1]?.analysis
  }

  /** The nearest cell above `cell` that declares `name`. */
  source(cell: string, name: string): string | undefined {
    const below = this.#index.get(cell) ?? 0
    const home = this.#homes.get(name)?.findLast((i) => i < below)
    return home === undefined ? undefined : this.#cells[home].id
  }

  /** The node that a key of a cell means; undefined for what the library and the language have. */
  at(cell: string, key: Key): Held | undefined {
    if (/[#@~]/.test(key)) return `${cell}\n${key}`
    const name = key.replace(/^new |\(\)$/g, "")
    if (name === "" || /[.?]/.test(name)) return undefined
    const isOwn = this.analysis(cell)?.declares.has(name)
    const home = isOwn ? cell : this.source(cell, name)
    return home === undefined ? undefined : `${home}\n${key}`
  }

  split(node: Held): { cell: string; key: Key } {
    const end = node.indexOf("\n")
    return { cell: node.slice(0, end), key: node.slice(end + 1) }
  }

  /** The name of a cell that a node is; undefined for locals of functions and for what has no name. */
  place(node: Held): Place | undefined {
    const { cell, key } = this.split(node)
    return /[#@~() ]/.test(key) ? undefined : { cell, name: key }
  }

  /** `from` may hold the objects of `nodes` once the cell `by` runs. */
  add(from: Held, nodes: readonly Held[], by: string): void {
    const all = this.#edges.get(from) ?? []
    for (const to of nodes) if (to !== from) all.push({ to, by: this.#index.get(by) ?? 0 })
    this.#edges.set(from, all)
  }

  /** What a node holds, as far as the cells down to `viewer` put it there; all of them without it. */
  heldBy(node: Held, viewer?: string): Held[] {
    const edges = this.#edges.get(node)
    const last = viewer === undefined ? Number.POSITIVE_INFINITY : (this.#index.get(viewer) ?? 0)
    if (edges) return edges.filter(({ by }) => by <= last).map(({ to }) => to)
    // What gives or makes it is not written as a function or class: it may give all that it holds.
    const { cell, key } = this.split(node)
    const name = key.replace(/^new |\(\)$/g, "")
    return name === key ? [] : [`${cell}\n${name}`]
  }
}
