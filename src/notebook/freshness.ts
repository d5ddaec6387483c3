/**
 * @file What a run of a cell was made of, and why it no longer holds: dependencies, stale marks in words, which cells
 * to run again. Pure: reads cells and their last runs, starts none.
 */
import type { Analysis } from "./analyze.ts"
import type { CellOptions } from "./cell.ts"
import { Changes, type Openness } from "./changes.ts"
import type { Place } from "./holdings.ts"
import type { Links } from "./links.ts"

/** The last run of a cell in this worker. */
export interface Ran {
  /** Counts all runs of the notebook; a later run has a higher number. */
  serial: number
  source: string
  /** The cells that it needed → the serials of their runs. */
  inputs: Map<string, number>
  /** The names that it uses → the cells that declared them, "" for those of no cell. */
  homes: Map<string, string>
  /** What it read of the cell's answers. */
  answers: ReadonlyMap<string, unknown>
  failed: boolean
  /** What was wrong with its names, in words. */
  mistake: string | undefined
  ms: number
  names: Record<string, unknown>
}

/** What the notebook knows of a cell. */
export interface KnownCell extends CellOptions {
  source: string
  analysis: Analysis | undefined
  /** What the reader has set the cell's inputs to, by their keys. */
  answers: ReadonlyMap<string, unknown>
  ran: Ran | undefined
  /** Name → the cells that may have changed its object since this cell ran, in order. */
  touched: Map<string, string[]>
}

/** Why a cell needs another one: it declares these names, or may change their objects. */
export interface Need {
  declares: string[]
  changes: string[]
}

/** A dependent that took less follows by itself. */
const QUICK = 100

export class Freshness {
  #cells: readonly KnownCell[]
  #byId: Map<string, KnownCell>
  #index: Map<string, number>
  #changes: Changes
  #changed = new Map<string, Place[]>()
  #seen = new Map<string, Place[]>()
  #needs = new Map<string, Map<string, Need>>()
  #deep = new Map<string, Set<KnownCell>>()
  #because = new Map<string, string | undefined>()
  #gone: ReadonlyMap<string, string>

  /** A snapshot: make a new one after any run or edit. `gone`: cells that were taken away → what they are called. */
  constructor(
    cells: readonly KnownCell[],
    links: Links,
    openness: (value: unknown) => Openness,
    gone: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#cells = cells
    this.#gone = gone
    this.#byId = new Map(cells.map((cell) => [cell.id, cell]))
    this.#index = new Map(cells.map((cell, i) => [cell.id, i]))
    const known = new Map<string, Openness | undefined>()
    this.#changes = new Changes(links, ({ cell, name }) =>
      once(known, `${cell}\n${name}`, () => {
        const names = this.#byId.get(cell)?.ran?.names
        return names && Object.hasOwn(names, name) ? openness(names[name]) : undefined
      }),
    )
  }

  source(cell: KnownCell, name: string): KnownCell | undefined {
    return this.#byId.get(this.#changes.source(cell.id, name) ?? "")
  }

  /** The places that a cell may change, outside of itself. */
  changed(cell: KnownCell): Place[] {
    return once(this.#changed, cell.id, () => this.#changes.changedBy(cell.id))
  }

  #seenBy(cell: KnownCell): Place[] {
    return once(this.#seen, cell.id, () => this.#changes.seenBy(cell.id))
  }

  /** The cells that a cell needs: those that declare its names, and those between that may change their objects. */
  needs(cell: KnownCell): Map<string, Need> {
    return once(this.#needs, cell.id, () => {
      const needs = new Map<string, Need>()
      const need = (id: string): Need => once(needs, id, () => ({ declares: [], changes: [] }))
      for (const name of cell.analysis?.uses.keys() ?? []) {
        const source = this.source(cell, name)
        if (source) need(source.id).declares.push(name)
      }
      for (const place of this.#seenBy(cell))
        for (const changer of this.#changersBefore(cell, place)) need(changer.id).changes.push(place.name)
      return needs
    })
  }

  /** What a cell needs, and what that needs, and so on. */
  #deepNeeds(cell: KnownCell): Set<KnownCell> {
    return once(this.#deep, cell.id, () => {
      const found = new Set<KnownCell>()
      for (const id of this.needs(cell).keys()) {
        const other = this.#byId.get(id)
        if (other && !found.has(other)) for (const deep of [other, ...this.#deepNeeds(other)]) found.add(deep)
      }
      return found
    })
  }

  #changersBefore(cell: KnownCell, { cell: home, name }: Place): KnownCell[] {
    return this.#cells
      .slice((this.#index.get(home) ?? 0) + 1, this.#index.get(cell.id))
      .filter((c) => this.changed(c).some((place) => place.cell === home && place.name === name))
  }

  /** The last run succeeded and would give the same again. */
  isFresh(cell: KnownCell): boolean {
    return cell.ran !== undefined && !cell.ran.failed && this.because(cell) === undefined
  }

  /** Why the last run no longer holds, in words; undefined where it does, or where there is none. */
  because(cell: KnownCell): string | undefined {
    return once(this.#because, cell.id, () => this.#reason(cell))
  }

  #reason(cell: KnownCell): string | undefined {
    const { ran } = cell
    if (!ran) return undefined
    if (ran.source !== cell.source) return "its code has changed since it ran"
    const moved = movedInput(cell)
    if (moved !== undefined) return `“${moved}” has changed`
    const needs = this.needs(cell)
    for (const [id, need] of needs) {
      const other = this.#byId.get(id)
      if (!other) continue
      const names = need.declares.length > 0 ? need.declares : need.changes
      const name = `\`${names[0]}\``
      if (!other.ran) return `${name} comes from ${label(other)}, which has not run`
      if (other.ran.source !== other.source) return `the code of ${label(other)} has changed`
      const movedThere = movedInput(other)
      if (movedThere !== undefined) return `“${movedThere}” has changed in ${label(other)}`
      if (other.ran.failed && ran.inputs.get(id) !== other.ran.serial)
        return `it waits for ${label(other)}, which stopped with an error`
      const at = ran.inputs.get(id)
      if (at === undefined) return `${name} now comes from ${label(other)}`
      if (at !== other.ran.serial)
        return need.declares.length > 0
          ? `${name} changed in ${label(other)}`
          : `${name} was changed by ${label(other)}`
      const deeper = this.because(other)
      if (deeper) return deeper
    }
    for (const id of ran.inputs.keys()) {
      if (needs.has(id)) continue
      const gone = this.#gone.get(id)
      return gone ? `${gone} is gone` : "what it uses now comes from another cell"
    }
    // Two cells that it needs may have changed roles.
    for (const [name, home] of ran.homes) {
      const now = this.source(cell, name)
      if ((now?.id ?? "") !== home)
        return now ? `\`${name}\` now comes from ${label(now)}` : "the names that it can use are others now"
    }
    return undefined
  }

  /**
   * `targets` with the cells to run before them: those they need that are not fresh, and those whose objects were
   * changed by a cell that would change them again, or that comes later on the page. In page order.
   */
  plan(targets: Iterable<KnownCell>): KnownCell[] {
    const plan = new Set<KnownCell>(targets)
    for (let size = -1; size !== plan.size; ) {
      size = plan.size
      for (const cell of plan) {
        for (const id of this.needs(cell).keys()) {
          const other = this.#byId.get(id)
          if (!other || plan.has(other)) continue
          const runs = !this.isFresh(other) || [...this.#deepNeeds(other)].some((deep) => plan.has(deep))
          if (runs) plan.add(other)
        }
        for (const home of this.#worn(cell, plan)) plan.add(home)
      }
    }
    return this.#inOrder(plan)
  }

  /** Before `cell` runs, others must that are not in `plan` and have not run since the run `since`. */
  lacks(plan: readonly KnownCell[], cell: KnownCell, since: number): boolean {
    return this.plan([cell]).some((other) => (other.ran?.serial ?? 0) <= since && !plan.includes(other))
  }

  /** The cells whose objects are no longer what `cell` should see. */
  #worn(cell: KnownCell, plan: Set<KnownCell>): KnownCell[] {
    const places = [...this.#seenBy(cell), ...this.changed(cell)]
    const worn = places.flatMap((place) => {
      const home = this.#byId.get(place.cell)
      const touchers = home?.touched.get(place.name) ?? []
      if (!home || touchers.length === 0) return []
      const expected = this.#changersBefore(cell, place).map(({ id }) => id)
      const isWorn = touchers.some((id) => !expected.includes(id) || plan.has(this.#byId.get(id)!))
      return isWorn ? [home] : []
    })
    return worn
  }

  /** `plan` with the dependents that follow by themselves: they ran before, quickly, and need nothing slow. */
  withFollowers(plan: KnownCell[]): KnownCell[] {
    let all = new Set(plan)
    for (const cell of this.#cells) {
      if (all.has(cell) || !isQuick(cell)) continue
      const depends = [...this.needs(cell).keys()].some((id) => all.has(this.#byId.get(id)!))
      if (!depends) continue
      const more = this.plan([...all, cell])
      if (more.every((c) => all.has(c) || isQuick(c))) all = new Set(more)
    }
    return this.#inOrder(all)
  }

  /** The cells that depend on `cell`, directly or through others. */
  below(cell: KnownCell): Set<KnownCell> {
    const found = new Set([cell])
    for (const other of this.#cells)
      if ([...this.needs(other).keys()].some((id) => found.has(this.#byId.get(id)!))) found.add(other)
    found.delete(cell)
    return found
  }

  /**
   * `targets` with what they need, and the cells below them that may follow: an input drives them, however long they
   * take. Those that are `slow`, or need something that is not to run by itself, stay as they are.
   */
  driven(targets: Iterable<KnownCell>, mayFollow: (cell: KnownCell) => boolean): KnownCell[] {
    const down = new Set(targets)
    let all = new Set(this.plan(down))
    for (const cell of this.#cells) {
      if (down.has(cell) || !mayFollow(cell)) continue
      if (![...this.needs(cell).keys()].some((id) => down.has(this.#byId.get(id)!))) continue
      const more = this.plan([...all, cell])
      if (!more.every((c) => all.has(c) || mayFollow(c))) continue
      all = new Set(more)
      down.add(cell)
    }
    return this.#inOrder(all)
  }

  #inOrder(cells: Iterable<KnownCell>): KnownCell[] {
    return [...cells].sort((a, b) => (this.#index.get(a.id) ?? 0) - (this.#index.get(b.id) ?? 0))
  }
}

function isQuick(cell: KnownCell): boolean {
  return (
    cell.ran !== undefined && cell.ran.ms < QUICK && cell.slow !== true && cell.ran.source === cell.source
  )
}

/** The key of an input that has changed since the cell ran. */
function movedInput({ answers, ran }: KnownCell): string | undefined {
  return [...(ran?.answers ?? [])].find(([key, value]) => !Object.is(answers.get(key), value))?.[0]
}

/** A cell as a sentence names it. */
export function label(cell: CellOptions): string {
  return `cell “${cell.title ?? cell.id}”`
}

/** The value of a key, computed the first time. */
function once<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined || map.has(key)) return known as V
  const value = make()
  map.set(key, value)
  return value
}
