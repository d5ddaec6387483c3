/** @file Reading in Firefox: nothing to complain about, colours, contents, a page that listens to keys and to axe. */
import type { Page } from "puppeteer-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { colourFaults, faults } from "../browser/axe.ts"
import { lessons, pages } from "../browser/pages.ts"
import { COMMAND, type Firefox, find, keys, openFirefox, openPage, textOf } from "./browser.ts"

let firefox: Firefox
beforeAll(async () => {
  firefox = await openFirefox()
})
afterAll(() => firefox?.close())

/** Two thirds of the lessons and a twelfth of the other pages, unless all are asked for: Chromium shows the rest to axe. */
const read = [
  ...lessons.filter((_, i) => process.env.FULL || i % 3 !== 0),
  ...pages.filter(({ lesson }, i) => !lesson && (process.env.FULL || i % 12 === 0)),
]

const recolour = (page: Page, theme: string): Promise<void> =>
  page.evaluate((value) => {
    document.documentElement.dataset.theme = value
  }, theme)

describe.each(read)("the page /$path", ({ path, lesson }) => {
  it("gives neither Firefox nor axe anything to complain about, light or dark, and fits a narrow window", async () => {
    const { page, close } = await openPage(firefox, path)
    if (lesson) {
      const drawn = await page.$$eval("nn-cell svg, nn-explorable svg", (all) =>
        all.map((svg) => svg.getBoundingClientRect().height),
      )
      expect(drawn.filter((height) => height > 50).length).toBeGreaterThan(1)
    }
    await recolour(page, "light")
    expect(await faults(page)).toEqual([])
    await recolour(page, "dark")
    expect(await colourFaults(page)).toEqual([])
    for (const width of [390, 320]) {
      await page.setViewport({ width, height: 700 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide).toBeLessThanOrEqual(0)
    }
    await close()
  })
})

const lesson = lessons[0].path

describe("a lesson", () => {
  it("changes its colours by the button and keeps them over a reload", async () => {
    const { page, close } = await openPage(firefox, lesson, { theme: "light" })
    const colour = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const light = await colour()
    const button = await page.waitForSelector("button[aria-label^='Colours:']")
    if (!button) throw new Error("there is no button for the colours")
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
    for (let i = 0; i < 3 && (await theme()) !== "dark"; i++) await button.click()
    expect(await theme()).toBe("dark")
    expect(await colour()).not.toBe(light)
    await page.reload()
    expect(await theme()).toBe("dark")
    await close()
  })

  it("has contents that lead to their section and mark it", async () => {
    const { page, close } = await openPage(firefox, lesson)
    await page.setViewport({ width: 1440, height: 900 })
    const contents = await page.waitForSelector(".toc-side nav[aria-label='In this lesson']")
    if (!contents) throw new Error("there are no contents")
    await (await find(contents, "link", "Summary")).click()
    await expect.poll(() => page.evaluate(() => location.hash)).toBe("#summary")
    await expect.poll(async () => textOf((await contents.$("[aria-current]")) ?? contents)).toBe("Summary")
    // One way of seeing the algorithm is open; the others are there for the browser's search.
    // To find it by its role in all of the page takes Firefox ten seconds.
    const ways = await page.waitForSelector("[role=tablist]")
    if (!ways) throw new Error("there are no ways to see the algorithm")
    await (await find(ways, "tab", "Engine")).click()
    expect(await page.$$eval(".way", (ways) => ways.map((way) => way.getAttribute("hidden")))).toEqual([
      "until-found",
      "until-found",
      null,
      "until-found",
    ])
    await close()
  })

  it("lists its keys at ?, copies formulas as TeX, and turns pages by key", async () => {
    const { page, close } = await openPage(firefox, "gradient-descent/")
    await page.waitForSelector("nn-cell .cell-run")
    await page.keyboard.type("?")
    const listed = await page.waitForSelector("key-shortcuts dialog", { visible: true })
    await find(listed ?? page, "heading", "Keys")
    await page.keyboard.press("Escape")
    await expect.poll(() => listed?.isVisible()).toBe(false)
    await page.evaluate(() => {
      const paragraph = [...document.querySelectorAll(".prose > p")].find((p) => p.querySelector(".katex"))
      if (paragraph) getSelection()?.selectAllChildren(paragraph)
    })
    await keys(page, `${COMMAND}+c`)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\$\\theta\$/)
    await Promise.all([page.waitForNavigation(), page.keyboard.press("ArrowLeft")])
    expect(page.url()).toMatch(/softmax-and-cross-entropy/)
    await close()
  })
})
