/**
 * @file `<Ref>`, `<Cite>` and the numbers on equations, figures, exercises and explorables: names become numbers and
 * links, unknown names stop the build. Knows the book's map, not its pages.
 */
import type { MdastPluginDefinition } from "satteri"
import { ContentError, type Place, suggestion } from "./content-error.ts"
import { attributes, type Jsx, textAttribute } from "./jsx-node.ts"
import { citationKeys, type NumberedLesson, type Sort, type Target, targetOf } from "./numbering.ts"

/** What exists outside the lesson's own text. */
export interface Known {
  lessons: ReadonlyMap<string, NumberedLesson>
  /** Keys of `references.json`. */
  citations: ReadonlySet<string>
  /** Slugs of files. */
  exercises: ReadonlySet<string>
  explorables: ReadonlySet<string>
}

/** `id` of this lesson, a lesson's id, or `lesson/id` of another one. */
export function findTarget(lesson: NumberedLesson, known: Known, to: string): Target | undefined {
  const own = targetOf(lesson, to)
  if (own) return own
  const [id, inner] = to.split("/")
  const other = known.lessons.get(id)
  if (!other) return undefined
  if (inner !== undefined) return targetOf(other, inner)
  return { kind: "lesson", id, lesson: id, number: String(other.path.number), place: { line: 1 } }
}

export function referencesPlugin(lesson: NumberedLesson, known: Known): MdastPluginDefinition {
  const { file, id: lessonId } = lesson.path
  const fail = (node: Readonly<Jsx>, message: string): never => {
    throw new ContentError(file, (node as { position?: { start: Place } }).position?.start, message)
  }
  const inFolder = (
    node: Readonly<Jsx>,
    id: string,
    names: ReadonlySet<string>,
    what: string,
    folder: string,
  ): void => {
    if (!names.has(id))
      fail(node, `unknown ${what} "${id}": there is no file ${folder}/${id}.ts.${suggestion(id, names)}`)
  }

  const visit = (node: Readonly<Jsx>): Jsx | undefined => {
    const more = (values: Record<string, unknown>): Jsx =>
      ({ ...node, attributes: [...node.attributes, ...attributes(values)] }) as Jsx
    switch (node.name) {
      case "Ref": {
        const to = textAttribute(node, "to") ?? ""
        const target = findTarget(lesson, known, to)
        if (!target) {
          const names = [...[...lesson.targets.values()].map(({ id }) => id), ...known.lessons.keys()]
          return fail(node, `unknown cross-reference "${to}".${suggestion(to, names)}`)
        }
        const { kind, number, title, anchor } = target
        return more({ kind, number, title, anchor, lesson: target.lesson, here: target.lesson === lessonId })
      }
      case "Cite": {
        const keys = citationKeys(node)
        if (keys.length === 0)
          fail(node, `<Cite> names no work; write k="key" with a key of references.json.`)
        for (const key of keys)
          if (!known.citations.has(key))
            fail(
              node,
              `missing citation "${key}": references.json has no such key.${suggestion(key, known.citations)}`,
            )
        return undefined
      }
      case "Exercise":
        inFolder(node, textAttribute(node, "id") ?? "", known.exercises, "exercise", "exercises/…")
        return more(place("exercise", textAttribute(node, "id")))
      case "Explorable":
        inFolder(node, textAttribute(node, "name") ?? "", known.explorables, "explorable", "src/explorables")
        return more(labelled(place("explorable", textAttribute(node, "name"))))
      case "Equation":
        return more(place("equation", textAttribute(node, "id")))
      case "Figure":
        return more(place("figure", textAttribute(node, "id")))
    }
    return undefined
  }
  const place = (sort: Sort, id: string | undefined): Record<string, unknown> => {
    const target = id ? lesson.targets.get(`${sort} ${id}`) : undefined
    return { number: target?.number, anchor: target?.anchor, lesson: lessonId }
  }

  const labelled = (values: Record<string, unknown>) => ({ ...values, label: `Figure ${values.number}` })

  return {
    name: "references",
    options: { position: true },
    mdxJsxFlowElement: (node) => visit(node),
    mdxJsxTextElement: (node) => visit(node),
    link(node) {
      if (/^(?:\/|\.)/.test(node.url))
        throw new ContentError(
          file,
          node.position?.start,
          `the link "${node.url}" would break under another base path; write <Ref to="lesson-id">…</Ref>.`,
        )
    },
  } as MdastPluginDefinition
}
