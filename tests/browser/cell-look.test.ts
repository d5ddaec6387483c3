/** @file The colours of a cell in both themes. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"
import { edit, editableCells } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  it("gives the editor the colours of the static text", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/", { theme })
    const [cell] = await editableCells(page)
    const background = () =>
      cell.locator(".cell-code").evaluate((code) => {
        const editor = code.querySelector(".monaco-editor") ?? code
        return getComputedStyle(editor).backgroundColor
      })
    const before = await background()
    await edit(cell, 'const text = "text" // comment')
    expect(await background()).toBe(before)
    const colour = (text: string) =>
      cell
        .locator(".view-line span", { hasText: text })
        .last()
        .evaluate((span) => getComputedStyle(span).color)
    const token = (name: string) =>
      page.evaluate((variable) => {
        const probe = document.createElement("i")
        probe.style.color = `var(${variable})`
        document.body.append(probe)
        const found = getComputedStyle(probe).color
        probe.remove()
        return found
      }, name)
    await expect.poll(() => colour('"text"')).toBe(await token("--code-string"))
    expect(await colour("comment")).toBe(await token("--code-comment"))
    await close()
  })
})
