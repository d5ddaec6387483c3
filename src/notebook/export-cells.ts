/**
 * @file What has to change in cells' texts so that they run outside of the book: which names they need, where a name is
 * declared anew, and the last expression shown. Parses; writes no file format.
 */
import type { Analysis } from "./analyze.ts"
import type { Cell } from "./cell.ts"
import { parseCell } from "./parser.ts"

export interface RunnableCell {
  cell: Cell
  /** The text with its last expression shown; absent where the text cannot be read or is not to be run. */
  code?: string
  /** Why it cannot be read. */
  problem?: string
  /** Names that an earlier cell or the library has given a meaning already. */
  redeclares: string[]
}

export interface RunnableCells {
  cells: RunnableCell[]
  /** Of `names`, those that the cells use, sorted. */
  imports: string[]
  /** What the cell runner is called: a name that no cell has. */
  runner: string
}

export function runnableCells(cells: readonly Cell[], names: ReadonlySet<string>): RunnableCells {
  const parsed = cells.map((cell) => ({ cell, found: cell.static ? undefined : parseCell(cell.source) }))
  const taken = new Set<string>()
  for (const { found } of parsed)
    if (found && "analysis" in found)
      for (const name of [...found.analysis.declares, ...found.analysis.uses.keys()]) taken.add(name)
  let runner = "cell"
  while (taken.has(runner)) runner += "_"
  const declared = new Set<string>()
  const free = new Set<string>()
  const runnable = parsed.map(({ cell, found }): RunnableCell => {
    if (!found) return { cell, redeclares: [] }
    if ("problem" in found) {
      const { message, line } = found.problem
      return { cell, problem: `line ${line}: ${message}`, redeclares: [] }
    }
    const { analysis } = found
    for (const name of analysis.uses.keys()) if (!declared.has(name)) free.add(name)
    const redeclares = [...analysis.declares].filter((name) => declared.has(name) || free.has(name))
    // What is expected to fail runs in a function of its own: nobody sees its names.
    if (!cell.error) for (const name of analysis.declares) declared.add(name)
    return { cell, code: shown(cell.source, analysis, runner), redeclares: cell.error ? [] : redeclares }
  })
  return { cells: runnable, imports: [...free].filter((name) => names.has(name)).sort(), runner }
}

function shown(source: string, { last }: Analysis, runner: string): string {
  if (!last) return source
  const { start, end } = last
  return `${source.slice(0, start)}${runner}.show(${source.slice(start, end)})${source.slice(end)}`
}
