/** @file Reads the line behind ```` ```ts ````: is it a cell, and with which options? Knows nothing of running it. */
import type { CellOptions } from "../notebook/cell.ts"

export interface CellFence extends CellOptions {
  /** Makes the output a numbered figure. Markdown of one line. */
  caption?: string
  /** The exercise in which the reader builds what this cell declares: their own code may take its place. */
  yours?: string
}

const flags = ["hidden", "readonly", "static", "error", "slow", "steps"] as const
const texts = ["id", "title", "caption", "yours"] as const

/**
 * `cell id="ce" title="Cross-entropy" hidden` → its options; a fence that is no cell → `undefined`.
 * Throws an `Error` that says what is wrong with the line.
 */
export function cellFence(
  lang: string | null | undefined,
  meta: string | null | undefined,
): CellFence | undefined {
  if (lang !== "ts" || !/^cell(\s|$)/.test(meta ?? "")) return undefined
  const fence: Partial<CellFence> = {}
  const rest = meta!
    .slice(4)
    .replace(/\s*([A-Za-z]+)(?:=("[^"]*"|[^\s"]+))?(?=\s|$)/g, (_, name, raw?: string) => {
      const value = raw?.replace(/^"|"$/g, "")
      const flag = flags.find((one) => one === name)
      const key = texts.find((one) => one === name)
      if (flag && value === undefined) fence[flag] = true
      else if (key && value) fence[key] = value
      else
        throw new Error(
          `cell: unknown option "${name}"; there are ${texts.join('="…", ')}="…", ${flags.join(", ")}.`,
        )
      return ""
    })
  if (rest.trim())
    throw new Error(`cell: cannot read "${rest.trim()}"; write options as name="text" or name.`)
  if (!fence.id) throw new Error(`cell: it has no id; write \`\`\`ts cell id="a-short-name".`)
  if (!/^[a-z][a-z0-9-]*$/.test(fence.id))
    throw new Error(`cell: the id "${fence.id}" must be lower-case letters, digits and hyphens.`)
  return { ...fence, id: fence.id }
}
