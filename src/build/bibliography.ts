/** @file The works in `references.json`, ready to be cited. A work without its data stops the build. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ContentError } from "./content-error.ts"
import { contentRoot, projectPath } from "./content-root.ts"

export interface Work {
  key: string
  /** "Rosenblatt, F."; several with "; " between. */
  authors: string
  year: number
  title: string
  /** Journal, volume, pages; or publisher. */
  where: string
  doi?: string
  url?: string
}

export interface CitedWork extends Work {
  /** "Rosenblatt 1958", "Guo et al. 2017". */
  short: string
  href?: string
}

export function parseBibliography(json: string, file: string): Map<string, Work> {
  const works = new Map<string, Work>()
  for (const [key, value] of Object.entries(JSON.parse(json) as Record<string, Omit<Work, "key">>)) {
    const line = json.slice(0, json.indexOf(`"${key}"`)).split("\n").length
    for (const field of ["authors", "year", "title", "where"] as const)
      if (!value[field]) throw new ContentError(file, { line }, `the work "${key}" has no ${field}.`)
    works.set(key, { ...value, key })
  }
  return works
}

/** All works, by their keys. */
export function bibliography(): Map<string, Work> {
  const file = join(contentRoot, "references.json")
  return parseBibliography(readFileSync(file, "utf8"), projectPath(file))
}

export function cited(keys: string[]): CitedWork[] {
  const works = bibliography()
  return keys.map((key) => {
    const work = works.get(key)
    if (!work) throw new Error(`references.json has no "${key}"`)
    return { ...work, short: shortForm(work), href: work.doi ? `https://doi.org/${work.doi}` : work.url }
  })
}

/** One author, two with "and", more with "et al.". */
export function shortForm({ authors, year }: Pick<Work, "authors" | "year">): string {
  const names = authors.split(/;\s*/).map((name) => name.split(",")[0])
  const who = names.length === 1 ? names[0] : names.length === 2 ? names.join(" and ") : `${names[0]} et al.`
  return `${who} ${year}`
}
