/** @file The lessons of the book as tasks: their cells in order, and the files that they read. Needs Node. */
import { globSync, readFileSync } from "node:fs"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { numberLesson } from "../../src/build/numbering.ts"
import type { LessonTask } from "./on-device.ts"

const files: Readonly<Record<string, string>> = { digits: "digits.bin", iris: "iris.csv" }

export async function readData(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(readFileSync(new URL(`../../content/data/${files[name]}`, import.meta.url)))
}

export const lessons: readonly LessonTask[] = globSync("content/*/*.mdx").flatMap((file) => {
  const path = lessonPath(file)
  if (!path) return []
  const { cells } = numberLesson(path, readFileSync(file, "utf8"))
  return [
    {
      id: path.id,
      cells: cells.map(({ fence: { caption: _, ...options }, source }) => ({ ...options, source })),
    },
  ]
})

/** All lessons but these, which compute for half a minute on the device that is tested; FULL=1 takes them, too. */
export const lessonsBut = (...slow: string[]): readonly LessonTask[] =>
  lessons.filter(({ id }) => process.env.FULL || !slow.includes(id))
