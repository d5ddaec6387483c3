/** @file Asks a lesson's own cells for values, in the scope right after a cell. Knows no lesson. */
import { readFileSync } from "node:fs"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { numberLesson } from "../../src/build/numbering.ts"
import { runCells } from "../../src/build/run-cells.ts"

/** The answers to questions of the form `cell.expression`, by the names of the questions. */
export async function ask<Q extends Record<string, string>>(
  file: string,
  questions: Q,
): Promise<Record<keyof Q, unknown>> {
  const path = lessonPath(file)
  if (!path) throw new Error(`${file} is no lesson's path.`)
  const lesson = numberLesson(path, readFileSync(file, "utf8"))
  const cells = lesson.cells.map(({ fence: { caption: _, ...options }, source }) => ({ ...options, source }))
  const { outputs, values } = await runCells(path.id, cells, Object.values(questions))
  const meant = new Set(lesson.cells.flatMap(({ fence }) => (fence.error ? [fence.id] : [])))
  const thrown = Object.entries(outputs).flatMap(([id, list]) =>
    list.flatMap((output) => (output.kind === "error" && !meant.has(id) ? [`${id}: ${output.message}`] : [])),
  )
  if (thrown.length > 0) throw new Error(thrown.join("\n"))
  return Object.fromEntries(
    Object.entries(questions).map(([name, question]) => [name, values[question]]),
  ) as Record<keyof Q, unknown>
}

/** Every number as the book prints it: `digits` decimals, without a negative zero. */
export function printed(value: unknown, digits: number): unknown {
  if (Array.isArray(value)) return value.map((v) => printed(v, digits))
  return typeof value === "number" ? value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1") : value
}
