/** @file Cells in both themes, in every state, for readers with and without sight. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faults } from "./axe.ts"
import { openBrowser, openPage } from "./browser.ts"
import { edit, editableCells, run, until } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  it("is accessible idle, editing, running, stale, stopped and failed", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/", { theme })
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme)
    const [first, second] = await editableCells(page)
    expect(await faults(page, "nn-cell")).toEqual([])
    await edit(first, "const a = 1 // one\nwhile (true) {}")
    await run(first)
    await until(first, /running \d/)
    expect(await faults(page, "nn-cell")).toEqual([])
    await first.getByRole("button", { name: "Stop", exact: true }).click()
    await edit(first, "const a = 1\nthrow new Error(String(a))")
    await run(first)
    await until(first, /^error/)
    await run(second)
    await edit(second, "2")
    expect(await faults(page, "nn-cell")).toEqual([])
    await close()
  })

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
