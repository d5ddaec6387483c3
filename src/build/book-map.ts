/** @file All lessons of a folder, numbered, with their ids checked against each other. Knows nothing of pages. */
import { globSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { ContentError } from "./content-error.ts"
import { projectPath } from "./content-root.ts"
import { lessonPath } from "./lesson-path.ts"
import { type NumberedLesson, numberLesson } from "./numbering.ts"

const read = new Map<string, { stamp: string; lesson: NumberedLesson }>()

/** Lesson id → lesson, in the order of the book. Files that did not change are not read again. */
export function bookMap(root: string): Map<string, NumberedLesson> {
  const lessons = globSync("*/*.mdx", { cwd: root })
    .map((name) => join(root, name))
    .filter((file) => !/[\\/]_/.test(file.slice(root.length)))
    .map(readLesson)
    .sort((a, b) => a.path.number - b.path.number)
  const byId = new Map<string, NumberedLesson>()
  const byNumber = new Map<number, NumberedLesson>()
  for (const lesson of lessons) {
    const { id, number, file } = lesson.path
    const same = byId.get(id)
    if (same)
      throw new ContentError(
        file,
        undefined,
        `duplicate lesson id "${id}": ${same.path.file} has it too; rename one.`,
      )
    const twin = byNumber.get(number)
    if (twin)
      throw new ContentError(
        file,
        undefined,
        `two lessons have the number ${number}: ${twin.path.file} is the other.`,
      )
    byId.set(id, lesson)
    byNumber.set(number, lesson)
  }
  return byId
}

function readLesson(file: string): NumberedLesson {
  const { mtimeMs, size } = statSync(file)
  const stamp = `${mtimeMs} ${size}`
  const known = read.get(file)
  if (known?.stamp === stamp) return known.lesson
  const path = lessonPath(projectPath(file))
  if (!path)
    throw new ContentError(
      projectPath(file),
      undefined,
      "a lesson is NN-part/NN-slug.mdx, with a slug of lower-case letters, digits and hyphens; rename the file.",
    )
  const lesson = numberLesson(path, readFileSync(file, "utf8"))
  read.set(file, { stamp, lesson })
  return lesson
}
