/**
 * @file The engine's reference as data: every public name with its docstring, its example and what that shows, in groups.
 * Knows no page.
 */
import { Tensor } from "../../engine/index.ts"
import { renderOutput } from "../notebook/render.ts"
import { packCells } from "../notebook/shared-cells.ts"
import { type Docstring, docstring } from "./docstring.ts"
import { type Group, groupOf, groups } from "./reference-groups.ts"
import { type Exported, exportedByEngine, type Member, type Option } from "./reference-source.ts"
import { type RunCellsOptions, runCells } from "./run-cells.ts"

type Documented<T> = Omit<T, "comment"> & { doc: Docstring }

export interface Entry extends Documented<Omit<Exported, "options" | "members">> {
  options: Documented<Option>[]
  members: Documented<Member>[]
  /** It is a method of Tensor too. */
  method: boolean
}

/** An entry whose example has run. */
export interface ShownEntry extends Entry {
  /** The outputs as markup. */
  outputs: string[]
  /** The fragment with which the scratchpad opens the example. */
  fragment: string
}

export interface ShownGroup extends Group {
  entries: ShownEntry[]
  types: Entry[]
  /** The objects that hold names of this group: `nn`, `optim`. */
  namespaces: Entry[]
}

export type Reference = ShownGroup[]

const documented = <T extends { comment: string }>({ comment, ...rest }: T): Documented<T> => ({
  ...rest,
  doc: docstring(comment),
})

/** Everything that the engine exports. Nothing runs. */
export function entries(): Entry[] {
  return exportedByEngine().map((one) => ({
    ...documented(one),
    options: one.options.map(documented),
    members: one.members.map(documented),
    method: one.kind === "function" && one.name in Tensor.prototype,
  }))
}

/** What is meant to throw: the example of an error. */
export const isError = ({ name }: Entry): boolean => name.endsWith("Error")

/** The reference, with all examples run. Rejects if one of them shows nothing, or fails. */
export async function reference(options: RunCellsOptions = {}): Promise<Reference> {
  const all = entries()
  const values = all.filter(({ kind }) => kind !== "type" && kind !== "namespace")
  const outputs = await examplesOf(values, options)
  const shown = await Promise.all(
    values.map(async (entry) => ({
      ...entry,
      outputs: outputs.get(entry.name) ?? [],
      fragment: await packCells({
        lesson: `scratchpad/${entry.name}`,
        cells: { example: entry.doc.example },
      }),
    })),
  )
  // Options are shown with what takes them.
  const types = all.filter(({ kind, name }) => kind === "type" && !name.endsWith("Options"))
  const namespaces = all.filter(({ kind }) => kind === "namespace")
  return groups.map((group) => ({
    ...group,
    entries: inOrder(group, shown),
    types: inOrder(group, types),
    namespaces: inOrder(group, namespaces),
  }))
}

/** The entries of a group, as its files come and as their lines do. */
function inOrder<T extends Entry>(group: Group, all: readonly T[]): T[] {
  const place = ({ file }: T): number =>
    group.files.reduce(
      (best, path, i) =>
        file.startsWith(`engine/${path}`) && path.length > (group.files[best]?.length ?? 0) ? i : best,
      -1,
    )
  return all
    .filter(({ file }) => groupOf(file).id === group.id)
    .sort((a, b) => place(a) - place(b) || a.file.localeCompare(b.file) || a.line - b.line)
}

async function examplesOf(all: readonly Entry[], options: RunCellsOptions): Promise<Map<string, string[]>> {
  const run = await runCells("reference", all.map(exampleCell), [], options)
  return new Map(
    all.map((entry) => {
      const outputs = run.outputs[entry.name]
      const failure = outputs.find((output) => output.kind === "error")
      const where = `the example of ${entry.name} (${entry.file}, line ${entry.line})`
      if (outputs.length === 0)
        throw new Error(`reference: ${where} shows nothing; end it with an expression.`)
      if (failure && !isError(entry))
        throw new Error(`reference: ${where} throws ${failure.name}: ${failure.message}`)
      if (!failure && isError(entry))
        throw new Error(`reference: ${where} does not throw; an error's example does.`)
      return [entry.name, outputs.map((output) => renderOutput(output, "build"))]
    }),
  )
}

/** An example as a cell of its own. */
export const exampleCell = (entry: Entry): { id: string; source: string; error: boolean } => ({
  id: entry.name,
  source: entry.doc.example,
  error: isError(entry),
})
