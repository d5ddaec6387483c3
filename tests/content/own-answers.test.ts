/** @file Cells that declare what a reader builds in an exercise: the book's own code there is a right answer to it. */
import { describe, expect, it } from "vitest"
import { loadExercises } from "../../scripts/grading/exercises.ts"
import { bookMap } from "../../src/build/book-map.ts"
import { contentRoot } from "../../src/build/content-root.ts"
import { gradeHere } from "../exercises/in-process.ts"

const lessons = [...bookMap(contentRoot).values()]
const built = lessons.flatMap(({ path, cells }) =>
  cells.flatMap(({ fence, source }) => (fence.yours ? [{ lesson: path, fence, source }] : [])),
)
const exercises = await loadExercises()

it("four parts or more, of three lessons or more, live on in a later lesson", () => {
  const from = new Set(
    built.map(({ fence }) => lessons.find(({ targets }) => targets.has(`exercise ${fence.yours}`))?.path.id),
  )
  expect(built.length).toBeGreaterThanOrEqual(4)
  expect(from.size).toBeGreaterThanOrEqual(3)
})

describe.each(built)("in $lesson.id, the cell $fence.id", ({ fence, source }) => {
  const id = fence.yours ?? ""
  const exercise = exercises.get(id)

  it("is a right answer to the exercise, which gives no code of its own", async () => {
    if (exercise?.kind !== "function") throw new Error(`${id} is no exercise in which a function is built`)
    expect(exercise.given ?? "").toBe("")
    expect(await gradeHere(id, exercise, { kind: "function", source })).toMatchObject({ verdict: "correct" })
  })
})
