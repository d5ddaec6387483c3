/** @file A reader without a pointer: every place is reached with Tab, from the top of the page. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { openBrowser, openPage, pasteOver } from "./browser.ts"
import { editableCells, run, until } from "./cells.ts"
import { openPad, padCell } from "./pad.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Presses Tab, or another key that moves the focus, until it stands on `place`. */
async function moveTo(page: Page, place: Locator, key = "Tab"): Promise<void> {
  const there = () => place.evaluate((element) => element === document.activeElement)
  for (let presses = 0; !(await there()); presses++) {
    if (presses === 150) throw new Error(`${presses} × ${key} did not lead to ${place}.`)
    await page.keyboard.press(key)
  }
}

/** Waits until the editor has the focus that Enter gave it, and replaces its text. */
async function write(page: Page, code: Locator, text: string): Promise<void> {
  await code.getByRole("textbox").waitFor({ state: "attached" })
  await expect.poll(() => code.getAttribute("aria-busy")).toBe(null)
  await expect.poll(() => code.evaluate((host) => host.contains(document.activeElement))).toBe(true)
  await pasteOver(page, text)
}

describe("a reader without a pointer", () => {
  it("edits and runs a cell, stops its endless loop, runs the next, and finds the edit after a reload", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const [first, second] = await editableCells(page)
    await moveTo(page, first.locator(".cell-code pre"))
    await page.keyboard.press("Enter")
    await write(page, first.locator(".cell-code"), "while (true) {} // typed without a pointer")
    await page.keyboard.press("Control+Enter")
    await until(first, /running/)
    const stop = first.getByRole("button", { name: "Stop", exact: true })
    await stop.waitFor()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Shift+Tab")
    expect(await stop.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press("Enter")
    await until(first, /stopped/)
    await moveTo(page, first.locator(".cell-code").getByRole("textbox"))
    await page.keyboard.press("Escape")
    await moveTo(page, second.locator(".cell-code pre"))
    await page.keyboard.press("Shift+Enter")
    await until(second, /computed by you in/)
    await page.reload()
    await first.getByText("typed without a pointer").waitFor()
    await close()
  })

  it("answers a code exercise wrongly, without end and rightly, and is told so each time", async () => {
    const { page, close } = await openPage(browser, "softmax-and-cross-entropy/")
    const one = page.locator('nn-exercise[data-exercise="softmax"]')
    const code = one.locator(".exercise-code")
    const check = one.getByRole("button", { name: "Check", exact: true })
    await check.waitFor()
    const says = async (answer: string, words: RegExp) => {
      await write(page, code, answer)
      await page.keyboard.press("Escape")
      await moveTo(page, check)
      await page.keyboard.press("Enter")
      await expect.poll(() => one.locator(".exercise-result").innerText(), { timeout: 20_000 }).toMatch(words)
      await expect.poll(() => check.evaluate((button) => button === document.activeElement)).toBe(true)
    }
    await moveTo(page, code.locator("pre"))
    await page.keyboard.press("Enter")
    await says("function softmax(s: Tensor) { return s.exp() }", /Not yet/)
    await moveTo(page, code.getByRole("textbox"), "Shift+Tab")
    await says("function softmax(s: Tensor) { while (true) {} }", /out of time/)
    await moveTo(page, code.getByRole("textbox"), "Shift+Tab")
    await says(softmax.solution, /Correct/)
    await close()
  })

  it("reaches what a run has shown once it scrolls, though it did not when a typeface arrived", async () => {
    const eight = `Object.fromEntries([..."abcdefgh"].map((name) => ["column " + name, 1]))`
    const { page, close } = await openPad(browser, { c1: `table([${eight}])` })
    await run(padCell(page, "c1"))
    const box = padCell(page, "c1").locator(".scroll")
    await box.getByRole("table").waitFor()
    const scrolls = () => box.evaluate((e) => e.scrollWidth > e.clientWidth)
    expect(await scrolls()).toBe(false)
    await page.evaluate(() => document.fonts.dispatchEvent(new Event("loadingdone")))
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
    // As a graph does when its style arrives.
    await box.getByRole("table").evaluate((table) => {
      table.style.minWidth = "200rem"
    })
    expect(await scrolls()).toBe(true)
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
    expect(await box.getAttribute("tabindex")).toBe("0")
    await close()
  })
})
