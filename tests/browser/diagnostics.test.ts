/** @file What the editor doubts while the reader types: plain words at the place, and the cell runs all the same. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"
import { edit, editableCells, output, run, until } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe("a type that is merely doubtful", () => {
  it("is underlined as a doubt, said in plain words by key, and keeps nothing from running", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/", { types: true })
    const [cell] = await editableCells(page)
    await edit(cell, 'const n: number = "three"\nn')
    await cell.locator(".squiggly-warning").first().waitFor({ state: "attached", timeout: 60_000 })
    expect(await cell.locator(".squiggly-error").count()).toBe(0)
    await page.keyboard.press("Alt+F8")
    await expect
      .poll(async () => (await page.locator(".zone-widget").innerText()).replace(/\s+/g, " "))
      .toMatch(/This is a text, where a number is wanted\./)
    await page.keyboard.press("Escape")
    await run(cell)
    await until(cell, /computed by you in/)
    expect(await output(cell)).toContain("three")
    await close()
  })

  it("is told from what cannot run, which is underlined as an error", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/", { types: true })
    const [cell] = await editableCells(page)
    await edit(cell, "const n = \n")
    await cell.locator(".squiggly-error").first().waitFor({ state: "attached", timeout: 60_000 })
    await close()
  })
})
