/** @file ```` ```ts cell ```` fences → `<Cell>` with what they gave at build. Knows neither running nor drawing. */
import type { MdastPluginDefinition } from "satteri"
import type { LessonRun } from "./cell-results.ts"
import { cellFence } from "./fence.ts"
import { flow } from "./jsx-node.ts"
import { inlineMarkdown } from "./markdown.ts"
import type { NumberedLesson } from "./numbering.ts"

/**
 * `<Cell lesson anchor number? caption? cell outputs/>`: `cell` is a `Cell` of the notebook, `outputs` its outputs,
 * `caption` HTML text, `anchor` the element's id, `number` that of the figure.
 */
export function cellsPlugin(
  lesson: NumberedLesson,
  results: () => Promise<LessonRun>,
): MdastPluginDefinition {
  return {
    name: "cells",
    options: { position: true },
    async code(node) {
      const fence = cellFence(node.lang, node.meta)
      if (!fence) return undefined
      const { outputs } = await results()
      const { caption, ...options } = fence
      const target = lesson.targets.get(`cell ${fence.id}`)
      return flow("Cell", {
        lesson: lesson.path.id,
        anchor: target?.anchor,
        number: target?.number,
        caption:
          caption && (await inlineMarkdown(caption, `caption of cell ${fence.id} in ${lesson.path.file}`)),
        cell: { ...options, source: node.value },
        outputs: outputs[fence.id] ?? [],
      })
    },
  }
}
