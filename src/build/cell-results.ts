/**
 * @file What the cells of one lesson gave at build, asked for once per document. A cell that throws stops the build
 * at its line. Knows the seam to the runner, not how cells run.
 */
import type { Cell } from "../notebook/cell.ts"
import type { Output } from "../notebook/output.ts"
import { ContentError } from "./content-error.ts"
import { placeExplorables } from "./explorables-of-cells.ts"
import type { NumberedLesson } from "./numbering.ts"

export interface LessonRun {
  outputs: Record<string, Output[]>
  /** `cell.expression` → its value. */
  values: Record<string, unknown>
}

/** Runs a lesson's cells in order; `values` are `cell.expression`, each computed in the scope after its cell. */
export type RunCells = (lesson: string, cells: Cell[], values: string[]) => Promise<LessonRun>

/** The same promise for every caller; nothing runs before the first call. */
export function cellResults(lesson: NumberedLesson, run: RunCells): () => Promise<LessonRun> {
  let result: Promise<LessonRun> | undefined
  return () => {
    result ??= runLesson(lesson, run)
    return result
  }
}

async function runLesson(lesson: NumberedLesson, run: RunCells): Promise<LessonRun> {
  if (lesson.cells.length === 0) return { outputs: {}, values: {} }
  const cells = lesson.cells.map(({ fence: { caption: _, yours: __, ...options }, source }) => ({
    ...options,
    source,
  }))
  const values = [...new Set(lesson.values.map(({ of }) => of))]
  const { file, id } = lesson.path
  let result: LessonRun
  try {
    result = await run(id, cells, values)
  } catch (error) {
    const { message, cell } = error as Error & { cell?: string }
    const { place } = lesson.cells.find(({ fence }) => fence.id === cell) ?? lesson.cells[0]
    throw new ContentError(file, place, `the cells could not be run: ${message}`)
  }
  for (const { fence, place } of lesson.cells) {
    const failure = (result.outputs[fence.id] ?? []).find((output) => output.kind === "error")
    if (failure && !fence.error)
      throw new ContentError(
        file,
        { line: place.line + (failure.line ?? 0), column: failure.column },
        `cell "${fence.id}" throws ${failure.name}: ${failure.message} (If that is its point, give it the option error.)`,
      )
    if (
      fence.steps &&
      !fence.static &&
      !(result.outputs[fence.id] ?? []).some(({ kind }) => kind === "steps")
    )
      throw new ContentError(
        file,
        place,
        `cell "${fence.id}" has the option steps but records none; call step({ … }) in it, or take the option away.`,
      )
    if (!failure && fence.error && !fence.static)
      throw new ContentError(
        file,
        place,
        `cell "${fence.id}" has the option error but does not throw; take the option away.`,
      )
  }
  return { ...result, outputs: await placeExplorables(lesson, result.outputs) }
}
