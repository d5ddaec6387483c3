/** @file Restart and run all: a fresh run of a lesson's cells shows what the book shows. */
import { globSync, readFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { numberLesson } from "../../src/build/numbering.ts"
import { runCells } from "../../src/build/run-cells.ts"

let empty: string
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), "descent-"))
})
afterAll(() => rm(empty, { recursive: true, force: true }))

const lessons = globSync("content/*/*.mdx").flatMap((file) => {
  const path = lessonPath(file)
  return path ? [{ id: path.id, lesson: numberLesson(path, readFileSync(file, "utf8")) }] : []
})

/** Half of the lessons, unless all are asked for. */
const some = lessons.filter((_, i) => process.env.FULL || i % 2 === 0)

test.each(some)(
  "L04: restart and run all gives every output and every number of $id again, to the last digit",
  async ({ id, lesson }) => {
    // The task of the build, word for word: what the book shows is not computed a third time.
    const cells = lesson.cells.map(({ fence: { caption: _, ...options }, source }) => ({
      ...options,
      source,
    }))
    const values = [...new Set(lesson.values.map(({ of }) => of))]
    const book = await runCells(id, cells, values)
    const again = await runCells(id, cells, values, { cache: empty })
    expect(Object.keys(book.outputs).length).toBeGreaterThan(5)
    expect(again.outputs).toEqual(book.outputs)
    expect(again.values).toEqual(book.values)
  },
  240_000,
)
