/** @file Reading: without scripts, with assistive technology, on a narrow screen, in both themes. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, openPage, phone } from "./browser.ts"
import { described } from "./explorables.ts"
import { lessons, pages } from "./pages.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe.each(lessons)("the lesson /$path without scripts", ({ path }) => {
  it("shows text, mathematics, every cell's output, the figures, and the first frame, words and table of its explorables", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(new URL(path, inject("book")).href)
    const visible = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((all) => all.filter((e) => e.getBoundingClientRect().height > 0).length)

    expect((await page.locator("main").innerText()).split(/\s+/).length).toBeGreaterThan(1200)
    expect(await visible("main .katex")).toBeGreaterThan(10)
    expect(await page.locator("main .katex math").count()).toBeGreaterThan(10)

    // A cell that only declares something shows nothing.
    const heights = await page
      .locator("nn-cell .cell-out:has(.output)")
      .evaluateAll((all) =>
        all
          .filter((out) => !out.closest("details:not([open])"))
          .map((out) => out.getBoundingClientRect().height),
      )
    expect(heights.length).toBeGreaterThan(4)
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(10)

    expect(await visible("nn-cell .output svg")).toBeGreaterThan(0)
    for (const figure of await page.locator("nn-explorable").all()) {
      for (const view of await figure.locator(":not(.needs-script) > .ex-stage > svg").all()) {
        expect((await view.boundingBox())?.height).toBeGreaterThan(60)
        expect(await view.locator("path, line, rect, circle, polyline, use, text").count()).toBeGreaterThan(3)
      }
      expect((await described(figure)).length).toBeGreaterThan(100)
      await figure.locator("summary", { hasText: "Table" }).click()
      await expect.poll(() => figure.getByRole("row").count()).toBeGreaterThan(3)
      expect(await figure.getByRole("button").count()).toBe(0)
      expect(await figure.getByRole("slider").count()).toBe(0)
    }
    expect(await page.locator("nn-exercise").count()).toBeGreaterThanOrEqual(4)
    await context.close()
  })
})

/** Of the lessons only a third, unless all are asked for: Firefox shows axe the others. */
const shown = [
  ...pages.filter(({ lesson }) => !lesson),
  ...lessons.filter((_, i) => process.env.FULL || i % 3 === 0),
]

describe.each(shown)("the page /$path", ({ path }) => {
  it("gives axe nothing to complain about, light or dark, and does not scroll sideways on a phone or at 320 pixels", async () => {
    const { page, close } = await openPage(browser, path)
    expect(await faultsInBothThemes(page)).toEqual([])
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 700 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wide).toBeLessThanOrEqual(0)
    }
    await close()
  })
})

describe.each(lessons)("the lesson /$path on a phone", ({ path }) => {
  it("shows tables of up to ten columns, figures and formulas whole; what scrolls all the same has a name", async () => {
    const { page, close } = await openPage(browser, path, phone)
    await page.addStyleTag({ content: ".far { content-visibility: visible !important }" })
    const boxes = page.locator(
      "nn-cell .scroll, .drawing, .formula, .table-scroll, pre.astro-code, .ex-scroll",
    )
    const wide = await boxes.evaluateAll(async (all) => {
      for (const fold of document.querySelectorAll("details")) fold.open = true
      await document.fonts.ready
      // Names come in the frame after next.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
      return all
        .filter((box) => box.scrollWidth > box.clientWidth + 1)
        .map((box) => ({
          named: box.hasAttribute("tabindex") && !!box.getAttribute("role") && !!box.ariaLabel,
          what: `${box.ariaLabel}: ${box.textContent?.slice(0, 60)}`,
          mayScroll: box.matches("pre, .ex-scroll") || box.querySelector("th:nth-child(11), [data-graph]"),
        }))
    })
    expect(wide.filter(({ named }) => !named)).toEqual([])
    expect(wide.filter(({ mayScroll }) => !mayScroll)).toEqual([])
    await close()
  })
})
