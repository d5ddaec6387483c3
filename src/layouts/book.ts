/** @file The book as readers meet it: parts, lessons in order, reading times, neighbours. */

import { type CollectionEntry, getCollection } from "astro:content"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ContentError } from "../build/content-error.ts"
import { contentRoot, projectPath } from "../build/content-root.ts"
import { type LessonPath, lessonPath } from "../build/lesson-path.ts"

export interface Lesson {
  id: string
  number: number
  title: string
  description: string
  path: LessonPath
  part: string
  minutes: number
  entry: CollectionEntry<"lessons">
}

export interface Part {
  number: number
  title: string
  lessons: Lesson[]
}

/** All lessons in the order of their numbers. */
export async function lessons(): Promise<Lesson[]> {
  const entries = await getCollection("lessons")
  return entries
    .map((entry) => {
      const path = lessonPath(projectPath(join(process.cwd(), entry.filePath ?? "")))
      if (!path) throw new Error(`${entry.filePath}: a lesson is NN-part/NN-slug.mdx`)
      const { title, description } = entry.data
      const { id, number } = path
      return {
        id,
        number,
        title,
        description,
        path,
        part: partTitle(path),
        minutes: minutes(entry.body ?? ""),
        entry,
      }
    })
    .sort((a, b) => a.number - b.number)
}

export async function parts(): Promise<Part[]> {
  const byPart = new Map<string, Part>()
  for (const lesson of await lessons()) {
    const { part, partNumber } = lesson.path
    if (!byPart.has(part)) byPart.set(part, { number: partNumber, title: lesson.part, lessons: [] })
    byPart.get(part)!.lessons.push(lesson)
  }
  return [...byPart.values()].sort((a, b) => a.number - b.number)
}

function partTitle({ part }: LessonPath): string {
  const file = join(contentRoot, part, "part.json")
  try {
    return String(JSON.parse(readFileSync(file, "utf8")).title)
  } catch (error) {
    throw new ContentError(
      projectPath(file),
      undefined,
      `every part has a file {"title": "…"}: ${(error as Error).message}`,
    )
  }
}

/** 220 words a minute; a line of code as eight words, a formula as six, an exercise and an explorable five minutes. */
function minutes(body: string): number {
  const code = [...body.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].reduce(
    (n, [, text]) => n + text.split("\n").length,
    0,
  )
  const prose = body.replace(/^```[\s\S]*?^```/gm, "").replace(/<[^>]*>/g, "")
  const formulas = prose.match(/\$\$[\s\S]*?\$\$|\$[^$]+\$/g)?.length ?? 0
  const words = prose.replace(/\$\$[\s\S]*?\$\$|\$[^$]+\$/g, "").split(/\s+/).length
  const active = body.match(/<(?:Exercise|Explorable)\b/g)?.length ?? 0
  return Math.max(1, Math.round((words + 8 * code + 6 * formulas) / 220 + 5 * active))
}
