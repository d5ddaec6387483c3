/** @file What a reader does with cells in Firefox, for the tests: find, edit, run. By role and name, as a reader would. */
import type { ElementHandle, Page } from "puppeteer-core"
import { expect } from "vitest"
import { find, pasteOver, press, textOf } from "./browser.ts"

export type Cell = ElementHandle<HTMLElement>

/** The cells of the lesson that the reader can run and change, in order, without those behind a tab. */
export async function editableCells(page: Page): Promise<Cell[]> {
  await page.waitForSelector("nn-cell .cell-run")
  const open = "nn-cell:not([data-static], [data-readonly], [data-error], :has(.cell-fold), .way *)"
  const cells = (await page.$$(open)) as Cell[]
  expect(cells.length).toBeGreaterThan(2)
  return cells
}

/** Opens the editor in the place of a cell's code, and waits until it has the focus. */
export async function open(cell: Cell): Promise<Page> {
  const page = cell.frame.page()
  await press(cell, "Edit")
  await cell.waitForSelector(".cell-code :is(textarea, .cm-content)")
  await page.waitForFunction(
    (one) => {
      const code = one.querySelector(".cell-code")
      return !code?.hasAttribute("aria-busy") && code?.contains(document.activeElement)
    },
    {},
    cell,
  )
  return page
}

/** Puts a text in the place of a cell's code, as a reader would: open, select all, paste. */
export async function edit(cell: Cell, source: string): Promise<void> {
  await pasteOver(await open(cell), source)
}

export const run = (cell: Cell): Promise<void> => press(cell, "Run")

const part = async (cell: Cell, selector: string): Promise<string> => {
  const found = await cell.$(selector)
  return found ? textOf(found) : ""
}
export const state = (cell: Cell): Promise<string> => part(cell, ".cell-state")
export const output = (cell: Cell): Promise<string> => part(cell, ".cell-out")
/** An editor draws spaces that do not break. */
export const code = async (cell: Cell): Promise<string> =>
  (await part(cell, ".cell-code")).replaceAll("\u00a0", " ")

/** What the cell says to those who do not see it. */
export const spoken = async (cell: Cell): Promise<string> => textOf(await find(cell, "status"))

/** Waits until the words of the state match. */
export async function until(cell: Cell, words: RegExp, timeout = 30_000): Promise<void> {
  await expect.poll(() => state(cell), { timeout }).toMatch(words)
}

/** The selector of the cell. */
export const idOf = (cell: Cell): Promise<string> => cell.evaluate((one) => `#${one.id}`)

/** The first cells with other texts, all run. */
export async function withCells(page: Page, sources: string[]): Promise<Cell[]> {
  const cells = (await editableCells(page)).slice(0, sources.length)
  for (const [i, source] of sources.entries()) await edit(cells[i], source)
  for (const cell of cells) {
    await run(cell)
    await until(cell, /computed by you in/)
  }
  return cells
}
