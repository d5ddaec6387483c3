/** @file The tables of `notation.md`, cell by cell. Knows neither TeX nor lessons nor the page that shows them. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ContentError } from "./content-error.ts"
import { contentRoot, projectPath } from "./content-root.ts"

export interface Row {
  cells: string[]
  line: number
}

export interface Section {
  id: string
  title: string
  /** Markdown before the table; may be empty. */
  text: string
  head: string[]
  rows: Row[]
}

const cells = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim())

/** A section is `## title`, perhaps a text, and one table. Every row has a cell for every column. */
export function parseNotation(source: string, file: string): Section[] {
  const sections: Section[] = []
  for (const [i, line] of source
    .replace(/^<!--[\s\S]*?-->/, (comment) => comment.replace(/./g, ""))
    .split("\n")
    .entries()) {
    const [, title] = /^## (.+)$/.exec(line) ?? []
    const section = sections.at(-1)
    if (title)
      sections.push({ id: title.toLowerCase().replaceAll(" ", "-"), title, text: "", head: [], rows: [] })
    else if (!section) continue
    else if (!line.startsWith("|")) section.text = `${section.text}\n${line}`.trim()
    else if (section.head.length === 0) section.head = cells(line)
    else if (!/^\|[\s|:-]+$/.test(line)) {
      const row = { cells: cells(line), line: i + 1 }
      if (row.cells.length !== section.head.length)
        throw new ContentError(
          file,
          { line: row.line },
          `the row has ${row.cells.length} cells, its table ${section.head.length}; write \\lvert instead of | in a formula.`,
        )
      sections.at(-1)!.rows.push(row)
    }
  }
  return sections
}

export function notation(): { file: string; sections: Section[] } {
  const path = join(contentRoot, "notation.md")
  const file = projectPath(path)
  return { file, sections: parseNotation(readFileSync(path, "utf8"), file) }
}
