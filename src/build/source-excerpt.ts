/** @file Lines of the project's own source, for pages that show it: found by what they begin and end with. */
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { projectRoot } from "./content-root.ts"

export interface Excerpt {
  text: string
  /** Number of its first line, from 1. */
  line: number
}

/**
 * The lines of `file` (relative to the project) from the one that begins with `from` to the next that is `to`.
 * Throws if there are none, so that a page cannot show what has gone.
 */
export function sourceExcerpt(file: string, from: string, to: string): Excerpt {
  const lines = readFileSync(resolve(projectRoot, file), "utf8").split("\n")
  const first = lines.findIndex((line) => line.startsWith(from))
  const last = lines.findIndex((line, i) => i >= first && line === to)
  if (first < 0 || last < 0)
    throw new Error(`sourceExcerpt: ${file} has no lines from "${from}" to "${to}"; has the code been moved?`)
  return { text: lines.slice(first, last + 1).join("\n"), line: first + 1 }
}
