/**
 * @file Where a term or a symbol is introduced: lesson, and the definition, equation or cell in it. Knows no lesson's
 * text.
 */
import { bookMap } from "./book-map.ts"
import { ContentError, suggestion } from "./content-error.ts"
import { contentRoot } from "./content-root.ts"
import { type Entry, entryNamed, type Glossary } from "./glossary.ts"
import { type NumberedLesson, targetOf } from "./numbering.ts"
import { namesIn, termSlug } from "./term.ts"

export interface LessonPlace {
  lesson: string
  number: number
  /** Element id in the lesson's page; without one the lesson as a whole is meant. */
  anchor?: string
}

type Lessons = ReadonlyMap<string, NumberedLesson>

/** `lesson` or `lesson/id`, as in `<Ref>`; `line` of `file` names it. */
export function lessonPlace(
  named: string,
  file: string,
  line: number,
  lessons: Lessons = bookMap(contentRoot),
): LessonPlace {
  const [id, inner] = named.split("/")
  const lesson = lessons.get(id)
  if (!lesson)
    throw new ContentError(file, { line }, `there is no lesson "${id}".${suggestion(id, lessons.keys())}`)
  const place = { lesson: id, number: lesson.path.number }
  if (inner === undefined) return place
  const target = targetOf(lesson, inner)
  if (target) return { ...place, anchor: target.anchor }
  const ids = [...lesson.targets.values()].map((one) => one.id)
  throw new ContentError(file, { line }, `lesson ${id} has no "${inner}".${suggestion(inner, ids)}`)
}

/** The definition of the term in its lesson if there is one, else what the entry names. */
export function termPlace(
  entry: Entry,
  glossary: Glossary,
  lessons: Lessons = bookMap(contentRoot),
): LessonPlace {
  const place = lessonPlace(entry.in, glossary.file, entry.line, lessons)
  const defined = lessons
    .get(place.lesson)
    ?.definitions.find((term) => namesIn(term).some((name) => entryNamed(glossary, name) === entry))
  return defined ? { ...place, anchor: `def-${termSlug(defined)}` } : place
}
