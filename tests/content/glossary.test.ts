/** @file The glossary and the lessons agree: each entry leads to where its term is introduced, and nothing is missing. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { bookMap } from "../../src/build/book-map.ts"
import { contentRoot } from "../../src/build/content-root.ts"
import { entryNamed, glossary } from "../../src/build/glossary.ts"
import { inlineMarkdown, markdown } from "../../src/build/markdown.ts"
import { namesIn, termPattern } from "../../src/build/term.ts"
import { termPlace } from "../../src/build/term-places.ts"

const words = glossary()
const entries = [...words.entries.values()]
const lessons = bookMap(contentRoot)

describe("the glossary", () => {
  it("has an entry for everything that a lesson defines", () => {
    const defined = [...lessons.values()].flatMap(({ definitions }) => definitions)
    expect(defined.length).toBeGreaterThan(20)
    const missing = defined.filter((term) => !namesIn(term).some((name) => entryNamed(words, name)))
    expect(missing).toEqual([])
  })

  it("leads to the definition of a term where there is one", () => {
    for (const { path, definitions } of lessons.values())
      for (const term of definitions) {
        const entry = entryNamed(words, namesIn(term)[0])!
        if (entry.in.split("/")[0] === path.id) expect(termPlace(entry, words).anchor).toMatch(/^def-/)
      }
  })

  it("leads to places that exist, in lessons that use the term", () => {
    const unused = entries.filter((entry) => {
      const { file } = lessons.get(termPlace(entry, words).lesson)!.path
      const text = readFileSync(file, "utf8").replace(/^---[\s\S]*?^---|\*/gm, "")
      return !termPattern([entry.term, ...entry.also, ...entry.forms]).test(text)
    })
    expect(unused.map((entry) => `${entry.term} in ${entry.in}`)).toEqual([])
  })

  it("says each thing in at most 60 words, and ends its sentences", () => {
    for (const { term, text } of entries) {
      expect(text.split(/\s+/).length, term).toBeLessThanOrEqual(60)
      expect(text, term).toMatch(/\.$/)
    }
  })

  it("has no term that leads to itself", () => {
    expect(entries.filter(({ id, see }) => see.includes(id)).map(({ term }) => term)).toEqual([])
  })

  it("has formulas that can be set", async () => {
    for (const { term, text, symbol } of entries) {
      expect(await markdown(text, term), term).not.toContain("$")
      if (symbol) expect(await inlineMarkdown(symbol, term), term).not.toContain("$")
    }
  })
})
