/**
 * @file What a cell gets from outside before it runs, and the mistakes that show only there: undeclared names,
 * assignments to what is not its own, cells that failed. Runs nothing.
 */
import { CellMistake } from "./explain.ts"
import { type Freshness, type KnownCell, label, type Ran } from "./freshness.ts"
import type { Library } from "./library.ts"
import { nearestName } from "./nearest-name.ts"

/** Names of the machine that runs the build, which no page has. */
const machineNames =
  /^(process|Buffer|require|module|exports|global|__filename|__dirname|setImmediate|clearImmediate)$/

/**
 * The values of the names that `cell` uses: from the cells above, else from `values`. Notes in `ran` where they come from.
 * Throws a {@link CellMistake} where something is not to be had.
 */
export function scopeOf(
  cell: KnownCell,
  cells: readonly KnownCell[],
  freshness: Freshness,
  library: Library,
  values: Record<string, unknown>,
  ran: Pick<Ran, "inputs" | "homes">,
): Record<string, unknown> {
  return new Scope(cell, cells, freshness, library).read(values, ran)
}

/** Why what a cell said of its names no longer holds, in words. */
export function otherNames(
  cell: KnownCell,
  cells: readonly KnownCell[],
  freshness: Freshness,
  library: Library,
): string | undefined {
  if (cell.ran?.mistake === undefined) return undefined
  const mistake = wordsOf(new Scope(cell, cells, freshness, library).mistake())
  return mistake === cell.ran.mistake ? undefined : "the names that it can use are others now"
}

/** Undefined for what is no mistake in names. */
export function wordsOf(error: unknown): string | undefined {
  const isOne = error instanceof CellMistake && /^(Assignment|Reference)Error$/.test(error.name)
  return isOne ? `${error.message}\n${error.hint}` : undefined
}

class Scope {
  readonly #cell: KnownCell
  readonly #cells: readonly KnownCell[]
  readonly #freshness: Freshness
  readonly #library: Library

  constructor(cell: KnownCell, cells: readonly KnownCell[], freshness: Freshness, library: Library) {
    this.#cell = cell
    this.#cells = cells
    this.#freshness = freshness
    this.#library = library
  }

  read(values: Record<string, unknown>, ran: Pick<Ran, "inputs" | "homes">): Record<string, unknown> {
    const cell = this.#cell
    const freshness = this.#freshness
    const needed = [...freshness.needs(cell).keys()].map((id) => this.#cells.find((other) => other.id === id))
    for (const other of needed) if (other?.ran) ran.inputs.set(other.id, other.ran.serial)
    const used = [...(cell.analysis?.uses.keys() ?? [])]
    for (const name of used) ran.homes.set(name, freshness.source(cell, name)?.id ?? "")
    const assigned = this.#assignment()
    if (assigned) throw assigned
    const failed = needed.find((other) => !other?.ran || !freshness.isFresh(other))
    if (failed)
      throw new CellMistake("Waiting", `This cell waits for ${label(failed)}, which stopped with an error.`)
    const undeclared = this.#undeclared()
    if (undeclared) throw undeclared
    const scope: Record<string, unknown> = {}
    for (const name of used) {
      const home = freshness.source(cell, name)
      if (home?.ran) scope[name] = home.ran.names[name]
      else if (Object.hasOwn(values, name)) scope[name] = values[name]
    }
    return scope
  }

  mistake(): CellMistake | undefined {
    return this.#assignment() ?? this.#undeclared()
  }

  #undeclared(): CellMistake | undefined {
    for (const [name, at] of this.#cell.analysis?.uses ?? []) {
      if (this.#freshness.source(this.#cell, name) || this.#library.has(name)) continue
      if (machineNames.test(name) || !(name in globalThis)) return this.#unknown(name, at)
    }
    return undefined
  }

  #assignment(): CellMistake | undefined {
    const cell = this.#cell
    for (const [name, at] of cell.analysis?.assigns ?? []) {
      const home = this.#freshness.source(cell, name)
      if (home)
        return new CellMistake(
          "AssignmentError",
          `\`${name}\` belongs to ${label(home)} and cannot be assigned here.`,
          at,
          `Declare a name of this cell, such as \`let ${name}2 = ${name}\`, or make the change in ${label(home)}.`,
        )
      if (this.#library.has(name))
        return new CellMistake(
          "AssignmentError",
          `\`${name}\` belongs to the book’s library and cannot be assigned.`,
          at,
          `Declare your own: \`let ${name} = …\`.`,
        )
      if (!(name in globalThis)) return this.#unknown(name, at, `Declare it: \`let ${name} = …\`.`)
    }
    return undefined
  }

  #unknown(name: string, at: { line: number; column: number }, hint?: string): CellMistake {
    const cell = this.#cell
    const below = this.#cells.slice(this.#cells.indexOf(cell) + 1).find((c) => c.analysis?.declares.has(name))
    if (below)
      return new CellMistake(
        "ReferenceError",
        `\`${name}\` is not declared yet: ${label(below)}, further down, declares it.`,
        at,
        "A cell sees the names of the cells above it only. Move the declaration up.",
      )
    const above = this.#cells.slice(0, this.#cells.indexOf(cell))
    const known = [
      ...(cell.analysis?.declares ?? []),
      ...above.flatMap((c) => [...(c.analysis?.declares ?? [])]),
      ...this.#library.names,
    ]
    const meant = nearestName(name, known)
    return new CellMistake(
      "ReferenceError",
      `\`${name}\` is not declared in this cell or above.`,
      at,
      hint ?? (meant && `Did you mean \`${meant}\`?`),
      hint === undefined ? name : undefined,
    )
  }
}
