/** @file Where each term of the glossary is introduced: lesson, and the definition, equation or cell in it. */
import { bookMap } from "./book-map.ts"
import { ContentError, suggestion } from "./content-error.ts"
import { contentRoot } from "./content-root.ts"
import { type Entry, entryNamed, type Glossary } from "./glossary.ts"
import { type NumberedLesson, targetOf } from "./numbering.ts"
import { namesIn, termSlug } from "./term.ts"

export interface TermPlace {
  lesson: string
  number: number
  /** Element id in the lesson's page; without one the lesson as a whole introduces the term. */
  anchor?: string
}

/** The definition of the term in its lesson if there is one, else what the entry names. */
export function termPlace(
  entry: Entry,
  glossary: Glossary,
  lessons: ReadonlyMap<string, NumberedLesson> = bookMap(contentRoot),
): TermPlace {
  const [id, inner] = entry.in.split("/")
  const lesson = lessons.get(id)
  const fail = (message: string): never => {
    throw new ContentError(glossary.file, { line: entry.line }, `"${entry.term}": ${message}`)
  }
  if (!lesson) return fail(`there is no lesson "${id}".${suggestion(id, lessons.keys())}`)
  const place = { lesson: id, number: lesson.path.number }
  const defined = lesson.definitions.find((term) =>
    namesIn(term).some((name) => entryNamed(glossary, name) === entry),
  )
  if (defined) return { ...place, anchor: `def-${termSlug(defined)}` }
  if (inner === undefined) return place
  const target = targetOf(lesson, inner)
  if (!target)
    return fail(
      `lesson ${id} has no "${inner}".${suggestion(
        inner,
        [...lesson.targets.values()].map((one) => one.id),
      )}`,
    )
  return { ...place, anchor: target.anchor }
}
