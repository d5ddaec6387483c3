/**
 * @file The reader's scratchpads as they are kept: a name and a list of cells each; the cells' texts, versions and inputs
 * are kept as those of lessons are. What is deleted stays to be brought back for a while. Knows no page.
 */
import type { SavedEdit } from "./edits.ts"
import * as store from "./store.ts"

export interface ScratchCell {
  id: string
  title?: string
}

/** A cell that was deleted, and the one that it stood behind. */
export interface GoneCell extends ScratchCell {
  after?: string
}

export interface Scratchpad {
  name: string
  /** When its name or its list of cells last changed, in milliseconds since 1970. */
  at: number
  /** In page order. */
  cells: ScratchCell[]
  /** Newest last. */
  gone: GoneCell[]
  /** When it was deleted. */
  deleted?: number
}

/** A cell with its text, on its way into a scratchpad or out of one. */
export interface FilledCell extends ScratchCell {
  source: string
  /** What its inputs are set to. */
  inputs?: Record<string, unknown>
}

const PREFIX = "scratch:"
const LAST = "scratch-last"

/** As the lesson of its cells it is called so. */
export const placeOf = (id: string): string => `scratchpad/${id}`
export const keyOf = (id: string): string => PREFIX + id

export function newId(): string {
  const signs = crypto.getRandomValues(new Uint8Array(6))
  return [...signs].map((sign) => (sign % 36).toString(36)).join("")
}

/** What is damaged is left out. */
export function readPad(id: string): Scratchpad | undefined {
  return asPad(store.get<unknown>(PREFIX + id))
}

export function asPad(value: unknown): Scratchpad | undefined {
  if (typeof value !== "object" || value === null) return undefined
  const { name, at, cells, gone, deleted } = value as Record<string, unknown>
  if (!Array.isArray(cells)) return undefined
  return {
    name: typeof name === "string" ? name : "Scratchpad",
    at: typeof at === "number" ? at : 0,
    cells: cells.filter(isCell),
    gone: Array.isArray(gone) ? gone.filter(isCell) : [],
    ...(typeof deleted === "number" && { deleted }),
  }
}

function isCell(value: unknown): value is ScratchCell {
  return typeof value === "object" && value !== null && typeof (value as ScratchCell).id === "string"
}

export function writePad(id: string, pad: Scratchpad): void {
  store.set(PREFIX + id, pad)
}

export interface ListedPad {
  id: string
  pad: Scratchpad
  /** When anything in it last changed. */
  changed: number
}

/** All of them, also those that were deleted; the one that changed last comes first. */
export function allPads(): ListedPad[] {
  return store
    .keys(PREFIX)
    .flatMap((key) => {
      const id = key.slice(PREFIX.length)
      const pad = readPad(id)
      return pad ? [{ id, pad, changed: lastChange(id, pad) }] : []
    })
    .sort((a, b) => b.changed - a.changed)
}

function lastChange(id: string, { at, cells }: Scratchpad): number {
  const edits = cells.map((cell) => store.get<SavedEdit>(`edit:${placeOf(id)}/${cell.id}`)?.at ?? 0)
  return Math.max(at, ...edits)
}

/** The cells as they are kept, with their texts. */
export function filledCells(id: string, cells: readonly ScratchCell[]): FilledCell[] {
  return cells.map(({ id: cell, title }) => {
    const inputs = store.get<Record<string, unknown>>(`input:${placeOf(id)}/${cell}`)
    const source = store.get<SavedEdit>(`edit:${placeOf(id)}/${cell}`)?.source ?? ""
    return { id: cell, ...(title && { title }), source, ...(inputs && { inputs }) }
  })
}

/** Puts the text of a cell where it will look for it. */
export function fillCell(id: string, { id: cell, source, inputs }: FilledCell): void {
  const place = `${placeOf(id)}/${cell}`
  if (source !== "") store.set(`edit:${place}`, { source, base: "", at: Date.now() } satisfies SavedEdit)
  if (inputs) store.set(`input:${place}`, inputs)
}

/** Keeps a new scratchpad under a name that no other one has. Returns its id. */
export function createPad(name: string, cells: readonly FilledCell[]): string {
  const id = newId()
  for (const cell of cells) fillCell(id, cell)
  const listed = cells.map(({ id: cell, title }) => ({ id: cell, ...(title && { title }) }))
  writePad(id, { name: freeName(name), at: Date.now(), cells: listed, gone: [] })
  return id
}

/** `Scratchpad`, then `Scratchpad 2`. */
export function freeName(wish: string): string {
  const taken = new Set(allPads().flatMap(({ pad }) => (pad.deleted === undefined ? [pad.name] : [])))
  if (!taken.has(wish)) return wish
  const stem = wish.replace(/ \d+$/, "")
  let n = 2
  while (taken.has(`${stem} ${n}`)) n++
  return `${stem} ${n}`
}

/** The next id that no cell has or had: `c1`, `c2`, … */
export function nextCellId(pad: Pick<Scratchpad, "cells" | "gone">): string {
  const numbers = [...pad.cells, ...pad.gone].map(({ id }) => Number(/^c(\d+)$/.exec(id)?.[1] ?? 0))
  return `c${Math.max(0, ...numbers) + 1}`
}

/** The one that was open last, or else changed last; none before the reader has written anything. */
export function lastPad(): string | undefined {
  const open = allPads().filter(({ pad }) => pad.deleted === undefined)
  const last = store.get<string>(LAST)
  return (open.find(({ id }) => id === last) ?? open[0])?.id
}

export function rememberLast(id: string): void {
  if (store.get(LAST) !== id) store.set(LAST, id)
}
