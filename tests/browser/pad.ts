/** @file A scratchpad with cells of a test's own, as the browser would keep it. Knows no cell. */
import type { Browser, Locator, Page } from "playwright-core"
import { type BookPage, openPage, type PageOptions } from "./browser.ts"

/** Opens a scratchpad whose cells have these texts: `id` or `id title` → text. Nothing has run. */
export async function openPad(
  browser: Browser,
  texts: Record<string, string>,
  options: PageOptions = {},
): Promise<BookPage> {
  const cells = Object.keys(texts).map((key) => {
    const [id, ...title] = key.split(" ")
    return { id, ...(title.length > 0 && { title: title.join(" ") }) }
  })
  const edits = Object.values(texts).map((source, i) => [
    `edit:scratchpad/pad/${cells[i].id}`,
    { source, base: "", at: 5 },
  ])
  const stored = {
    "scratch:pad": { name: "A pad", at: 5, cells, gone: [] },
    ...Object.fromEntries(edits),
    ...options.stored,
  }
  const opened = await openPage(browser, "scratchpad/", { ...options, stored })
  await opened.page.locator("nn-scratchpad[data-ready]").waitFor()
  return opened
}

export const padCell = (page: Page, id: string): Locator => page.locator(`nn-cell[data-cell="${id}"]`)
