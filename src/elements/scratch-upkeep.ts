/** @file What becomes of scratchpads besides being written: two states are joined, what is long deleted is forgotten. */
import { allPads, keyOf, placeOf, type ScratchCell, type Scratchpad, writePad } from "./scratch-store.ts"
import * as store from "./store.ts"

/** Deleted scratchpads can be brought back for so long. */
const KEPT = 30 * 86_400_000
/** So many deleted cells of a scratchpad can be brought back. */
const MOST_GONE = 30

/** Of two states of a scratchpad the newer, with the cells that only the older has behind its own. */
export function joinPads(a: Scratchpad | undefined, b: Scratchpad | undefined): Scratchpad | undefined {
  if (!a || !b) return a ?? b
  const [newer, older] = isNewer(b, a) ? [b, a] : [a, b]
  const added = <T extends ScratchCell>(first: readonly T[], more: readonly T[]): T[] => {
    const known = new Set([...newer.cells, ...newer.gone, ...first].map(({ id }) => id))
    return [...first, ...more.filter(({ id }) => !known.has(id))]
  }
  const cells = added(newer.cells, older.cells)
  return {
    ...newer,
    cells,
    gone: added(
      newer.gone,
      older.gone.filter(({ id }) => !cells.some((c) => c.id === id)),
    ),
  }
}

/** Of the same time, the same one counts on both sides. */
function isNewer(a: Scratchpad, b: Scratchpad): boolean {
  return a.at === b.at ? JSON.stringify(a) > JSON.stringify(b) : a.at > b.at
}

/** Forgets for good what was deleted long ago, and of the deleted cells of a scratchpad all but the newest. */
export function sweep(now = Date.now()): void {
  const forget = (id: string, isGone: (cell: string) => boolean): void => {
    for (const kind of ["edit", "history", "input", "reset"]) {
      const place = `${kind}:${placeOf(id)}/`
      for (const key of store.keys(place)) if (isGone(key.slice(place.length))) store.remove(key)
    }
  }
  for (const { id, pad } of allPads()) {
    if (pad.deleted !== undefined && now - pad.deleted >= KEPT) {
      forget(id, () => true)
      store.remove(keyOf(id))
    } else if (pad.gone.length > MOST_GONE) {
      const old = new Set(pad.gone.slice(0, -MOST_GONE).map((cell) => cell.id))
      forget(id, (cell) => old.has(cell))
      writePad(id, { ...pad, gone: pad.gone.slice(-MOST_GONE) })
    }
  }
}
