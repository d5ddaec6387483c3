/** @file A scratchpad as a file or a link, and files as scratchpads. Made here, sent nowhere. Knows no format. */
import { version } from "../../package.json"
import type { TakenLesson } from "../notebook/export-lesson.ts"
import { readCells, scratchpadFile } from "../notebook/import-cells.ts"
import * as parser from "../notebook/parser.ts"
import { link } from "../site.ts"
import { element } from "./cell-head.ts"
import { cellPart, downloadNotebook, downloadProgram } from "./download.ts"
import { tellPage } from "./page-notice.ts"
import { saveFile } from "./save-file.ts"
import type { ScratchDesk } from "./scratch-desk.ts"
import { sharedAddress } from "./scratch-share.ts"
import { createPad, type FilledCell, nextCellId } from "./scratch-store.ts"

export async function takeAway(what: string, desk: ScratchDesk): Promise<void> {
  if (what === "link") return giveLink(desk)
  const cells = desk.cells()
  const name = fileName(desk.name)
  if (what === "json") {
    saveFile(`${name}.json`, scratchpadFile(desk.name, cells, version), "application/json")
    desk.say(`Saved as ${name}.json. “Bring in a file” reads it.`)
    return
  }
  desk.say("Making the file…")
  const lesson = taken(name, desk.name)
  desk.say(await (what === "program" ? downloadProgram(lesson) : downloadNotebook(lesson)))
}

async function giveLink(desk: ScratchDesk): Promise<void> {
  const address = await sharedAddress(desk.name, desk.cells())
  const label = element("label", "scratch-link", "Link ")
  const field = document.createElement("input")
  field.readOnly = true
  field.value = address
  label.append(field)
  const copied = await navigator.clipboard.writeText(address).then(
    () => "Copied. ",
    () => "",
  )
  tellPage(
    `${copied}The link holds the code itself; nothing was sent anywhere. It does not follow later changes.`,
    {},
    [label],
  )
  field.select()
}

/** Makes a new scratchpad of the file's cells. Rejects where it cannot be read: nothing has been changed then. */
export async function bringIn(file: File): Promise<{ id: string; note?: string }> {
  const { name, cells, note } = readCells(file.name, await file.text(), parser)
  return { id: createPad(name, withIds(cells)), note }
}

/** Each cell under the id that it has in the file, where that can be. */
function withIds(cells: readonly (Omit<FilledCell, "id"> & { id?: string })[]): FilledCell[] {
  const taken: FilledCell[] = []
  const wished = cells.map(({ id = "" }) => ({ id }))
  for (const cell of cells) {
    const good = /^[A-Za-z][\w-]{0,40}$/.test(cell.id ?? "") && !taken.some(({ id }) => id === cell.id)
    const id = good ? cell.id! : nextCellId({ cells: [...taken, ...wished], gone: [] })
    taken.push({ ...cell, id })
  }
  return taken
}

function taken(id: string, title: string): TakenLesson {
  const address = new URL(link("scratchpad/"), location.href).href
  const cells = [...document.querySelectorAll<HTMLElement>("nn-scratchpad nn-cell")]
  return { what: "scratchpad", id, title, address, parts: cells.map(cellPart) }
}

function fileName(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/[\s_]+/g, "-")
    .toLowerCase()
  return slug.slice(0, 60) || "scratchpad"
}
