/**
 * @file The entries of `glossary.md`. A mistake in one stops the build with its line. Knows no lesson's text and
 * nothing of the page that shows them.
 */
import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { ContentError, suggestion } from "./content-error.ts"
import { contentRoot, projectPath } from "./content-root.ts"
import { termSlug } from "./term.ts"

export interface Entry {
  /** Anchor on the page. */
  id: string
  term: string
  /** Where it is introduced: a lesson, or `lesson/id` as in `<Ref>`. */
  in: string
  /** Markdown with TeX. */
  text: string
  /** Markdown with TeX. */
  symbol?: string
  also: string[]
  forms: string[]
  /** Ids of other entries. */
  see: string[]
  /** Whether lessons link it at its first use. */
  linked: boolean
  line: number
}

export interface Glossary {
  file: string
  /** By id, in alphabetical order. */
  entries: Map<string, Entry>
  /** Every term, other name and form → its entry. */
  names: Map<string, Entry>
}

const fields = ["in", "symbol", "also", "forms", "see", "link"] as const
const list = (text = ""): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean)

/** Entries begin with `## term`; lines `field: value` follow, then the text. What stands before the first is a comment. */
export function parseGlossary(source: string, file: string): Glossary {
  const fail = (line: number, message: string): never => {
    throw new ContentError(file, { line }, message)
  }
  const entries = new Map<string, Entry>()
  const wanted: [entry: Entry, term: string][] = []
  const comment = /^<!--[\s\S]*?-->/.exec(source)?.[0] ?? ""
  const skipped = comment.split("\n").length
  const blocks = source.slice(comment.length).split(/^## /m)
  let line = skipped + blocks[0].split("\n").length - 1
  for (const block of blocks.slice(1)) {
    const [term, ...lines] = block.split("\n")
    const given: Partial<Record<(typeof fields)[number], string>> = {}
    let first = 0
    for (; first < lines.length; first++) {
      const [, name, value] = /^([a-z]+): *(.*)$/.exec(lines[first]) ?? []
      if (!name) break
      const field = fields.find((known) => known === name)
      if (!field)
        fail(line + first + 1, `"${term}" has an unknown field "${name}".${suggestion(name, fields)}`)
      else given[field] = value
    }
    const text = lines.slice(first).join("\n").trim()
    if (!given.in) fail(line, `"${term}" does not say where it is introduced; write "in: lesson".`)
    if (!text) fail(line, `"${term}" has no text.`)
    if (given.link !== undefined && given.link !== "no")
      fail(line, `"${term}": write "link: no", or nothing.`)
    const entry: Entry = {
      id: termSlug(term),
      term: term.trim(),
      in: given.in ?? "",
      text,
      symbol: given.symbol,
      also: list(given.also),
      forms: list(given.forms),
      see: list(given.see).map(termSlug),
      linked: given.link !== "no",
      line,
    }
    const same = entries.get(entry.id)
    if (same) fail(line, `"${term}" has an entry already, in line ${same.line}.`)
    entries.set(entry.id, entry)
    for (const other of list(given.see)) wanted.push([entry, other])
    line += block.split("\n").length - 1
  }
  for (const [entry, other] of wanted)
    if (!entries.has(termSlug(other)))
      fail(
        entry.line,
        `"${entry.term}" names "${other}", which has no entry.${suggestion(termSlug(other), entries.keys())}`,
      )
  const order = new Intl.Collator("en", { sensitivity: "base", ignorePunctuation: true })
  const sorted = [...entries.values()].sort((a, b) => order.compare(a.term, b.term))
  const names = new Map<string, Entry>()
  for (const entry of sorted)
    for (const name of [entry.term, ...entry.also, ...entry.forms]) {
      const other = names.get(name)
      if (other) fail(entry.line, `"${name}" stands for "${other.term}" already, in line ${other.line}.`)
      names.set(name, entry)
    }
  return { file, entries: new Map(sorted.map((entry) => [entry.id, entry])), names }
}

let read: { stamp: string; glossary: Glossary } | undefined

/** That of the book; one without entries where the book has no such file. Read again when the file changes. */
export function glossary(): Glossary {
  const path = join(contentRoot, "glossary.md")
  const file = projectPath(path)
  const stamp = existsSync(path) ? `${statSync(path).mtimeMs} ${statSync(path).size}` : "none"
  if (read?.stamp !== stamp)
    read = { stamp, glossary: parseGlossary(stamp === "none" ? "" : readFileSync(path, "utf8"), file) }
  return read.glossary
}

/** The entry of a name as an author writes it, with a capital or without. */
export function entryNamed({ names }: Glossary, name: string): Entry | undefined {
  return names.get(name) ?? names.get(name[0].toLowerCase() + name.slice(1))
}
