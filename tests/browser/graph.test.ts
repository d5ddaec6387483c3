/** @file A computational graph in the page: read, moved, enlarged, on a phone. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faults } from "./axe.ts"
import { openBrowser, openPage, phone } from "./browser.ts"
import { run, until } from "./cells.ts"

const lesson = "softmax-and-cross-entropy/"
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe("a computational graph", () => {
  it("is there without scripts, as a picture with a sentence and as a table", async () => {
    const { page, close } = await openPage(browser, lesson, { javaScriptEnabled: false })
    const cell = page.locator("nn-cell:has([data-graph])")
    const picture = cell.getByRole("img", {
      name: /^Computational graph: 7 values, 1 parameter, result catLoss = 2\.0/,
    })
    expect(await picture.isVisible()).toBe(true)
    await cell.getByText("Data table").click()
    expect(await cell.getByRole("row").count()).toBe(8)
    expect(await cell.getByRole("row", { name: /^catShares softmax catScores \[3\]/ }).count()).toBe(1)
    await close()
  })

  it("looks the same when it is run in the page", async () => {
    const { page, close } = await openPage(browser, lesson)
    const cell = page.locator("nn-cell:has([data-graph])")
    const picture = () => cell.locator("[data-graph] svg").evaluate((svg) => svg.innerHTML)
    const book = await picture()
    await run(cell)
    await until(cell, /computed by you in/)
    expect(await picture()).toBe(book)
    await close()
  })

  it("is made larger, smaller and whole by buttons, and follows the mouse", async () => {
    const { page, close } = await openPage(browser, lesson)
    const cell = page.locator("nn-cell:has([data-graph])")
    const box = cell.getByRole("group", { name: "Computational graph" })
    await box.scrollIntoViewIfNeeded()
    const width = () => cell.locator("[data-graph] svg").evaluate((svg) => svg.getBoundingClientRect().width)
    const first = await width()
    for (let i = 0; i < 4; i++) await cell.getByRole("button", { name: "Larger" }).click()
    expect(await width()).toBeGreaterThan(first * 2)
    const place = () => box.evaluate((e) => [e.scrollLeft, e.scrollTop])
    await box.evaluate((e) => e.scrollTo(0, 0))
    await box.scrollIntoViewIfNeeded()
    const on = await box.boundingBox()
    if (!on) throw new Error("the graph has no place")
    await page.mouse.move(on.x + 200, on.y + 200)
    await page.mouse.down()
    await page.mouse.move(on.x + 140, on.y + 120, { steps: 4 })
    await page.mouse.up()
    expect((await place())[1]).toBeGreaterThan(50)
    await cell.getByRole("button", { name: "Whole graph" }).click()
    expect(await box.evaluate((e) => e.scrollHeight - e.clientHeight)).toBeLessThanOrEqual(1)
    await cell.getByRole("button", { name: "Smaller" }).click()
    expect(await width()).toBeLessThan(first)
    await close()
  })

  it.each(["light", "dark"] as const)(
    "scrolls in its box on a phone, with nothing for axe to find, %s",
    async (theme) => {
      const { page, close } = await openPage(browser, lesson, { theme, ...phone })
      const cell = page.locator("nn-cell:has([data-graph])")
      await cell.getByRole("group", { name: "Computational graph" }).scrollIntoViewIfNeeded()
      await cell.getByRole("button", { name: "Larger" }).click()
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      expect(await faults(page, "nn-cell:has([data-graph])")).toEqual([])
      await close()
    },
  )
})
