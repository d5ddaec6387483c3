/**
 * @file What the parser finds in the cells of a lesson: one file a lesson, fetched with the first Run, so that cells as
 * the author wrote them run without a parser in the page; an empty one for notebooks of the reader's. Knows nothing of
 * running.
 */
import type { APIRoute } from "astro"
import { bookMap } from "../../build/book-map.ts"
import { contentRoot } from "../../build/content-root.ts"
import { lessons } from "../../layouts/book.ts"
import { packTexts } from "../../notebook/parsed.ts"
import { parseCell } from "../../notebook/parser.ts"

export async function getStaticPaths() {
  return [...(await lessons()), { id: "scratchpad" }].map(({ id }) => ({ params: { id } }))
}

export const GET: APIRoute = ({ params }) => {
  const cells = bookMap(contentRoot).get(params.id ?? "")?.cells ?? []
  const sources = cells.filter(({ fence }) => !fence.static).map(({ source }) => source)
  const json = packTexts(new Map(sources.map((source) => [source, parseCell(source)])))
  return new Response(json, { headers: { "content-type": "application/json" } })
}
