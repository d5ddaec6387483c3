/** @file A scratchpad in the fragment of an address: made, and read again. Knows no page. */
import { packCells, type SharedCells, ShareError, unpackCells } from "../notebook/shared-cells.ts"
import { link } from "../site.ts"
import type { FilledCell } from "./scratch-store.ts"

const PLACE = "scratchpad/"

/** The address that holds these cells. Rejects with {@link ShareError} if it would be too long. */
export async function sharedAddress(name: string, cells: readonly FilledCell[]): Promise<string> {
  const texts = cells.map(({ id, title, source }) => [title ? `${id} ${title}` : id, source])
  try {
    const inputs = Object.fromEntries(cells.flatMap(({ id, inputs: set }) => (set ? [[id, set]] : [])))
    const fragment = await packCells({ lesson: PLACE + name, cells: Object.fromEntries(texts), inputs })
    return new URL(`${link("scratchpad/")}#${fragment}`, location.href).href
  } catch (error) {
    if (!(error instanceof ShareError)) throw error
    throw new ShareError("This is too long for a link: save it as a file and pass that on.")
  }
}

/** What the fragment holds; nothing where it is not a scratchpad, which is said elsewhere. */
export async function readShared(
  fragment: string,
): Promise<{ name: string; cells: FilledCell[] } | undefined> {
  let shared: SharedCells
  try {
    shared = await unpackCells(fragment)
  } catch (error) {
    if (error instanceof ShareError) return undefined
    throw error
  }
  if (!shared.lesson.startsWith(PLACE)) return undefined
  const cells = Object.entries(shared.cells).map(([key, source]) => {
    const [id, ...title] = key.split(" ")
    const inputs = shared.inputs?.[id]
    return { id, ...(title.length > 0 && { title: title.join(" ") }), source, ...(inputs && { inputs }) }
  })
  return cells.length > 0 ? { name: shared.lesson.slice(PLACE.length) || "Scratchpad", cells } : undefined
}
