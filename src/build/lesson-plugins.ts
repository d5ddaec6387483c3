/** @file The passes over a lesson, in their order, for Astro's Markdown processor. Fresh ones for every document. */
import { existsSync, globSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { MdastPluginEntry } from "satteri"
import { bookMap } from "./book-map.ts"
import { cellResults, type RunCells } from "./cell-results.ts"
import { cellsPlugin } from "./cells.ts"
import { ContentError } from "./content-error.ts"
import { contentRoot, projectPath, projectRoot } from "./content-root.ts"
import { glossary } from "./glossary.ts"
import { mathPlugin } from "./math.ts"
import { notesPlugin } from "./notes.ts"
import { referencesPlugin } from "./references.ts"
import { termLinksPlugin } from "./term-links.ts"
import { valuesPlugin } from "./values.ts"
import { waysPlugin } from "./ways.ts"

export function lessonPlugins(run: RunCells): MdastPluginEntry {
  return (context) => {
    if (!context.fileURL) return false
    const file = projectPath(fileURLToPath(context.fileURL))
    const lessons = bookMap(contentRoot)
    const lesson = [...lessons.values()].find(({ path }) => path.file === file)
    if (!lesson)
      throw new ContentError(
        file,
        undefined,
        "the file is not a lesson of the book; lessons are NN-part/NN-slug.mdx.",
      )
    const known = {
      lessons,
      citations: citations(),
      exercises: slugs("exercises/*/*.ts"),
      explorables: slugs("src/explorables/*.ts"),
    }
    const results = cellResults(lesson, run)
    return [
      waysPlugin(file),
      notesPlugin(),
      termLinksPlugin(lesson, glossary()),
      referencesPlugin(lesson, known),
      valuesPlugin(lesson, results),
      cellsPlugin(lesson, known, results),
      mathPlugin(file),
    ]
  }
}

function citations(): Set<string> {
  const file = join(contentRoot, "references.json")
  return new Set(existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, "utf8"))) : [])
}

function slugs(pattern: string): Set<string> {
  return new Set(globSync(pattern, { cwd: projectRoot }).map((name) => basename(name, ".ts")))
}
