/** @file ```` ```ts cell ```` fences → `<Cell>` with what they gave at build. Knows neither running nor drawing. */
import type { MdastPluginDefinition } from "satteri"
import type { LessonRun } from "./cell-results.ts"
import { ContentError, type Place, suggestion } from "./content-error.ts"
import { cellFence } from "./fence.ts"
import { flow } from "./jsx-node.ts"
import { inlineMarkdown } from "./markdown.ts"
import type { NumberedLesson, Target } from "./numbering.ts"
import type { Known } from "./references.ts"

/**
 * `<Cell lesson anchor number? caption? yours? cell outputs/>`: `cell` is a `Cell` of the notebook, `outputs` its outputs,
 * `caption` HTML text, `anchor` the element's id, `number` that of the figure, `yours` the exercise that builds the same.
 */
export function cellsPlugin(
  lesson: NumberedLesson,
  known: Known,
  results: () => Promise<LessonRun>,
): MdastPluginDefinition {
  return {
    name: "cells",
    options: { position: true },
    async code(node) {
      const fence = cellFence(node.lang, node.meta)
      if (!fence) return undefined
      const { outputs } = await results()
      const { caption, yours, ...options } = fence
      const target = lesson.targets.get(`cell ${fence.id}`)
      return flow("Cell", {
        lesson: lesson.path.id,
        anchor: target?.anchor,
        number: target?.number,
        caption:
          caption && (await inlineMarkdown(caption, `caption of cell ${fence.id} in ${lesson.path.file}`)),
        yours: yours && exerciseOf(lesson, node.position?.start, yours, known),
        cell: { ...options, source: node.value },
        outputs: outputs[fence.id] ?? [],
      })
    },
  }
}

/** Where the exercise stands, which may be in another lesson. */
function exerciseOf(
  lesson: NumberedLesson,
  place: Place | undefined,
  id: string,
  { lessons, exercises }: Known,
): Target {
  for (const { targets } of lessons.values()) {
    const found = targets.get(`exercise ${id}`)
    if (found) return found
  }
  throw new ContentError(
    lesson.path.file,
    place,
    `yours="${id}": no lesson has an exercise of this id.${suggestion(id, exercises)}`,
  )
}
