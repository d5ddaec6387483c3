/** @file What a reader does with cells, for the tests: find, edit, run. By role and name, as a reader would. */
import type { Locator, Page } from "playwright-core"
import { expect } from "vitest"
import { pasteOver } from "./browser.ts"

/** The cells of the lesson that the reader can run and change, in order. */
export async function editableCells(page: Page): Promise<Locator[]> {
  const all = page.locator("nn-cell:not([data-static], [data-readonly], [data-error])")
  await page.locator("nn-cell .cell-run").first().waitFor()
  const shown: Locator[] = []
  for (const cell of await all.all()) if ((await cell.locator(".cell-fold").count()) === 0) shown.push(cell)
  expect(shown.length).toBeGreaterThan(2)
  return shown
}

/** Puts a text in the place of a cell's code, as a reader would: open, select all, paste. */
export async function edit(cell: Locator, source: string): Promise<void> {
  const page = cell.page()
  await cell.getByRole("button", { name: "Edit", exact: true }).click()
  await cell.getByRole("textbox").waitFor({ state: "attached" })
  await expect
    .poll(() => cell.locator(".cell-code").getAttribute("aria-busy"), { timeout: 20_000 })
    .toBe(null)
  await pasteOver(page, source)
}

export async function run(cell: Locator): Promise<void> {
  await cell.getByRole("button", { name: "Run", exact: true }).click()
}

/** The code as it stands there: an editor draws spaces that do not break. */
export const code = async (cell: Locator): Promise<string> =>
  (await cell.locator(".cell-code").innerText()).replaceAll("\u00a0", " ").trim()
export const state = (cell: Locator): Promise<string> => cell.locator(".cell-state").innerText()
export const output = (cell: Locator): Promise<string> => cell.locator(".cell-out").innerText()

/** Waits until the words of the state match. */
export async function until(cell: Locator, words: RegExp, timeout = 20_000): Promise<void> {
  await expect.poll(() => state(cell), { timeout }).toMatch(words)
}
