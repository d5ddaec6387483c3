/** @file A scratchpad as its reader handles it: its cells, its menus, what the browser keeps of it. */
import type { Browser, Locator, Page } from "playwright-core"
import { expect } from "vitest"
import { type BookPage, openPage, type PageOptions, pasteOver } from "./browser.ts"

export const ready = (page: Page): Promise<void> => page.locator("nn-scratchpad[data-ready]").waitFor()

export async function openScratchpad(
  browser: Browser,
  options: PageOptions = {},
  path = "scratchpad/",
): Promise<BookPage> {
  const opened = await openPage(browser, path, options)
  await ready(opened.page)
  return opened
}

export async function reload(page: Page): Promise<void> {
  await page.reload()
  await ready(page)
}

export const cell = (page: Page, id: string): Locator =>
  page.getByRole("figure", { name: new RegExp(`^${id}\\b`) })
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click()
export async function fold(page: Page, name: RegExp): Promise<void> {
  const summary = page.locator("summary", { hasText: name })
  await summary.click()
  // What it holds may still be on its way.
  await summary.locator("xpath=..").getByRole("button").first().waitFor()
}
export const status = (page: Page): Locator => page.locator(".scratch-status")
export const name = (page: Page): Locator => page.getByRole("textbox", { name: "Name", exact: true })
export const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000 })

/** Opens the cell's editor. */
export async function write(one: Locator): Promise<void> {
  await one.getByRole("button", { name: "Edit", exact: true }).click()
  const id = await one.locator(".cell-title").innerText()
  await eventually(() => focused(one.page())).toMatch(new RegExp(`^Code of (cell ${id}|“)`))
  await eventually(() => one.locator(".cell-code").getAttribute("aria-busy")).toBe(null)
}

export async function edit(one: Locator, source: string): Promise<void> {
  await write(one)
  await pasteOver(one.page(), source)
}

export const order = (page: Page): Promise<string[]> => page.locator(".cell-title").allInnerTexts()
export const focused = (page: Page): Promise<string> =>
  page.evaluate(
    () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName ?? "",
  )

/** What the browser keeps, without when. */
export const kept = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() => Object.fromEntries(Object.entries(localStorage)))

/** As the page keeps it. */
export function stored(id: string, title: string, texts: Record<string, string>): Record<string, unknown> {
  const edits = Object.entries(texts).map(([c, source]) => [
    `edit:scratchpad/${id}/${c}`,
    { source, base: "", at: 5 },
  ])
  const cells = Object.keys(texts).map((c) => ({ id: c }))
  return { [`scratch:${id}`]: { name: title, at: 5, cells, gone: [] }, ...Object.fromEntries(edits) }
}

export const chain = stored("chain1", "A chain", {
  c1: "const x = 2",
  c2: "const y = x * 10\ny",
  c3: "y + 1",
})
