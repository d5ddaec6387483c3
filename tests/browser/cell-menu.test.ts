/** @file What a cell's buttons and menu do to the others: Run above, Run all, Stop, forgetting values, Copy. By key. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"
import { output, state, until } from "./cells.ts"
import { openPad, padCell } from "./pad.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const patience = { timeout: 20_000 }
const more = (cell: Locator): Locator => cell.getByLabel(/^More for/)
const said = (cell: Locator): Promise<string> => cell.locator(".cell-live").innerText()
const hasFocus = (one: Locator): Promise<boolean> => one.evaluate((e) => e === document.activeElement)
const focused = (page: Page): Promise<string> =>
  page.evaluate(
    () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "",
  )

/** Opens the menu and goes to the entry, by Tab alone. */
async function choose(cell: Locator, entry: string): Promise<void> {
  const page = cell.page()
  await more(cell).focus()
  await page.keyboard.press("Enter")
  for (let i = 0; i < 8 && (await focused(page)) !== entry; i++) await page.keyboard.press("Tab")
  expect(await focused(page)).toBe(entry)
  await page.keyboard.press("Enter")
}

describe("the menu of a cell", () => {
  const entries = [
    "Run all above",
    "Run all cells",
    "Restart and forget all values",
    "Device and memory…",
    "Versions of this cell…",
    "Share or download…",
  ]

  it("opens by key, is gone through by Tab, and closes by Escape, which gives the focus back", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const cell = page.getByRole("figure", { name: "Five step sizes on f(x) = x²" })
    await more(cell).focus()
    expect(await cell.getByRole("button", { name: entries[0] }).isVisible()).toBe(false)
    await page.keyboard.press("Space")
    const found: string[] = []
    for (const _ of entries) {
      await page.keyboard.press("Tab")
      found.push(await focused(page))
    }
    expect(found).toEqual(entries)
    await page.keyboard.press("Shift+Tab")
    expect(await focused(page)).toBe(entries[4])
    await page.keyboard.press("Escape")
    expect(await cell.getByRole("button", { name: entries[0] }).isVisible()).toBe(false)
    expect(await hasFocus(more(cell))).toBe(true)
    await close()
  })

  it("closes when the focus goes elsewhere, and there is one open at most", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const open = page.locator(".cell-menu[open]")
    await page.getByLabel("More for “Five step sizes on f(x) = x²”").press("Enter")
    expect(await open.count()).toBe(1)
    for (let i = 0; i <= entries.length; i++) await page.keyboard.press("Tab")
    expect(await open.count()).toBe(0)
    await page.getByLabel("More for “The walks on their curve”").click()
    await page.getByLabel("More for “Five step sizes on f(x) = x²”").click()
    await expect.poll(() => open.count()).toBe(1)
    await close()
  })
})

const CHAIN = {
  "a First": "const at = performance.now()\nat",
  "b Second": "const twice = at * 2\ntwice",
  "c Third": "twice + at",
  "d Alone": '"alone"',
}

describe("the cells of a page", () => {
  it("run above one of them, all of them, and are forgotten: what is shown stays, values are computed anew", async () => {
    const { page, close } = await openPad(browser, CHAIN)
    const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => padCell(page, id))
    await choose(c, "Run all above")
    await until(b, /computed by you/)
    expect(await state(a)).toMatch(/computed by you/)
    expect([await state(c), await state(d)]).toEqual(["not run yet", "not run yet"])
    expect(await hasFocus(more(c))).toBe(true)
    expect(await said(b)).toMatch(/^“Second”: finished in .* ms\. \d/)
    const first = await output(a)

    await choose(c, "Run all cells")
    for (const cell of [a, b, c, d]) await expect.poll(() => said(cell), patience).toMatch(/: finished in /)
    await until(d, /computed by you/)
    const second = await output(a)
    expect(second).not.toBe(first)

    await choose(d, "Restart and forget all values")
    expect(await output(a)).toBe(second)
    expect(await state(a)).toMatch(/computed by you/)
    await c.getByRole("button", { name: "Run", exact: true }).press("Enter")
    await expect.poll(() => output(a), patience).not.toBe(second)
    await until(c, /computed by you/)
    expect(await state(d)).toMatch(/computed by you/)
    await close()
  })

  it("say that they wait; Stop at one that waits ends all, and the next run is a normal one", async () => {
    const { page, close } = await openPad(browser, {
      "a First": "const a = 1\na",
      "b Endless": "while (a === 1);",
      "c Third": "a + 1",
      "d Fourth": "a + 2",
    })
    const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => padCell(page, id))
    await d.getByRole("button", { name: "Run", exact: true }).click()
    await until(d, /computed by you/)
    await choose(b, "Run all cells")
    await until(b, /^running \d/)
    expect([await state(c), await state(d)]).toEqual(["waiting to run", "waiting to run"])
    for (const cell of [b, c, d]) expect(await cell.locator(".cell-run").innerText()).toBe("Stop")
    await c.getByRole("button", { name: "Stop", exact: true }).press("Enter")
    await until(b, /^stopped/)
    expect(await said(b)).toBe("“Endless”: stopped")
    // What it showed before is still there, and says what it is; what showed nothing has not run.
    expect(await state(a)).toMatch(/computed by you/)
    expect(await state(c)).toBe("not run yet")
    expect(await state(d)).toBe("out of date: it waited to run when you stopped")
    expect(await output(d)).toContain("3")
    for (const cell of [a, b, c, d]) expect(await cell.locator(".cell-run").innerText()).toBe("Run")
    await c.getByRole("button", { name: "Run", exact: true }).press("Enter")
    await until(c, /computed by you/)
    expect(await output(c)).toContain("2")
    await close()
  })

  it("end with one below which Shift+Enter has nowhere to go: it runs, and keeps the focus", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const last = page.locator("nn-cell:not([data-static])").last()
    const code = last.getByRole("group", { name: /^Code of/ })
    await last.locator(".cell-run").waitFor()
    const count = await page.locator("nn-cell").count()
    await code.focus()
    await page.keyboard.press("Shift+Enter")
    await expect.poll(() => said(last), patience).toMatch(/: finished in .*\. .+/)
    expect(await hasFocus(code)).toBe(true)
    expect(await page.locator("nn-cell").count()).toBe(count)
    await close()
  })
})

describe("Copy", () => {
  it("takes the text that is shown, says so, and is Copy again", async () => {
    const { page, close } = await openPad(browser, { "c1 Mine": "const mine = 1\nmine" })
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
    const copy = padCell(page, "c1").getByRole("button", { name: "Copy", exact: true })
    await copy.press("Enter")
    await expect.poll(() => said(padCell(page, "c1")), patience).toBe("“Mine”: Copied")
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("const mine = 1\nmine")
    await copy.waitFor()
    await close()
  })

  it("says when the browser does not let it", async () => {
    const { page, close } = await openPad(browser, { "c1 Mine": "1" })
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"))
    })
    await padCell(page, "c1").getByRole("button", { name: "Copy", exact: true }).press("Enter")
    await expect.poll(() => said(padCell(page, "c1")), patience).toBe("“Mine”: The browser did not allow it")
    await close()
  })
})
