/**
 * @file What an exercise says about each mistake that it knows, and about each option, as markup: one small file an
 * exercise, fetched when an answer shows the mistake. Knows nothing of grading.
 */
import type { APIRoute } from "astro"
import type { Exercise } from "../../../exercises/lib/exercise.ts"
import { valuesOf } from "../../../exercises/lib/variant.ts"
import { exerciseId, notesOf } from "../../../exercises/lib/wording.ts"
import { givenMarkup } from "../../build/given.ts"
import { inlineMarkdown } from "../../build/markdown.ts"

interface Props {
  exercise: Exercise
  path: string
}

export function getStaticPaths() {
  const modules = import.meta.glob<{ default: Exercise }>("/exercises/*-*/*.ts", { eager: true })
  return Object.entries(modules).map(([path, { default: exercise }]) => ({
    params: { id: exerciseId(path) },
    props: { exercise, path },
  }))
}

export const GET: APIRoute<Props> = async ({ props: { exercise, path } }) => {
  const given = valuesOf(exercise, 0)
  const entries = notesOf(exercise).map(async ({ id, says }) => [
    id,
    givenMarkup(await inlineMarkdown(says, `${path}, ${id}`), given),
  ])
  return Response.json(Object.fromEntries(await Promise.all(entries)))
}
