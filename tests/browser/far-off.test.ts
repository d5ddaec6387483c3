/** @file What is well off the screen rests while a cell computes, and nobody notices: not by place, search, links or print. */
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { desktop, openBrowser, openPage, type PageOptions, phone } from "./browser.ts"
import { edit, editableCells, run } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser({ gpu: false })
})
afterAll(() => browser.close())

const resting = (page: Page): Promise<number> => page.locator(".far").count()

/** A lesson whose first cell is running, and where its parts lay before that. */
async function openRun(options: PageOptions = {}) {
  const book = await openPage(browser, "perceptron/", { ...desktop, ...options })
  const { page } = book
  const [cell] = await editableCells(page)
  const before = await layout(page)
  expect(await resting(page)).toBe(0)
  await edit(cell, "await new Promise((done) => setTimeout(done, 600_000))")
  await run(cell)
  await expect.poll(() => resting(page)).toBeGreaterThan(30)
  return { ...book, cell, before }
}

/** Top and height of every block after the first cell, from the top of the next heading. */
const layout = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const blocks = [
      ...document.querySelectorAll(".prose > h2:nth-of-type(n + 6), .prose > h2:nth-of-type(n + 6) ~ *"),
    ]
    const shown = blocks
      .filter((block) => block.localName !== "script")
      .map((block) => block.getBoundingClientRect())
    return shown.flatMap(({ top, height }) => [Math.round(top - shown[0].top), Math.round(height)])
  })

it.each([
  ["on a desk", desktop],
  ["on a phone", phone],
])("leaves every block where it was and as high as it was, %s", async (_, options) => {
  const { page, before, close } = await openRun(options)
  expect(before.length).toBeGreaterThan(20)
  expect(await layout(page)).toEqual(before)
  await close()
})

it("wakes what comes near, before it is seen", async () => {
  const { page, close } = await openRun()
  const exercise = page.locator("nn-exercise.far").last()
  await exercise.evaluate((host) => host.setAttribute("data-watched", ""))
  await page.locator("[data-watched]").scrollIntoViewIfNeeded()
  await expect.poll(() => page.locator("[data-watched].far").count()).toBe(0)
  await page.evaluate(() => scrollTo(0, 0))
  await expect.poll(() => page.locator("[data-watched].far").count()).toBe(1)
  await close()
})

it("lets links, the search of the browser and the keyboard reach what rests", async () => {
  const { page, close } = await openRun()
  const target = await page.evaluate(() => {
    const inside = [...document.querySelectorAll(".far [id], .far[id]")].at(-1)
    return inside?.id ?? ""
  })
  expect(target).not.toBe("")
  await page.evaluate((id) => {
    location.hash = id
  }, target)
  const top = () =>
    page.evaluate((id) => document.getElementById(id)?.getBoundingClientRect().top ?? -1, target)
  await expect.poll(top).toBeLessThan(900)
  expect(await top()).toBeGreaterThanOrEqual(0)

  await page.evaluate(() => scrollTo(0, 0))
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0)
  const text = await page.locator(".prose > p.far").last().textContent()
  const words = text?.trim().slice(0, 24) ?? ""
  const found = await page.evaluate(
    (text) => {
      const find = Reflect.get(window, "find") as (text: string) => boolean
      return find.call(window, text) && getSelection()?.toString()
    },
    words.slice(0, 24),
  )
  expect(found).toBe(words)
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(900)

  await page.evaluate(() => scrollTo(0, 0))
  const button = page.locator(".far button, .far a[href], .far summary").last()
  await button.evaluate((one) => one.setAttribute("data-watched", ""))
  await page.locator("[data-watched]").focus()
  await expect
    .poll(() => page.locator("[data-watched]").evaluate((one) => one.getBoundingClientRect().top))
    .toBeLessThan(900)
  await close()
})

it("is printed as if it did not rest", async () => {
  const { page, close } = await openRun()
  await page.emulateMedia({ media: "print" })
  const block = page.locator(".far").first()
  expect(await block.evaluate((one) => getComputedStyle(one).contentVisibility)).toBe("visible")
  await close()
})

it("wakes when the run is over", async () => {
  const { page, cell, before, close } = await openRun()
  await cell.getByRole("button", { name: "Stop" }).click()
  await expect.poll(() => resting(page)).toBe(0)
  expect(await layout(page)).toEqual(before)
  await close()
})

it("is laid out anew when the page gets another width", async () => {
  const { page, close } = await openRun()
  await page.setViewportSize({ width: 700, height: 900 })
  await expect.poll(() => resting(page)).toBeGreaterThan(30)
  await page.waitForTimeout(300)
  const rested = await layout(page)
  await page.evaluate(() => {
    for (const block of document.querySelectorAll(".far")) block.classList.remove("far")
  })
  expect(rested).toEqual(await layout(page))
  await close()
})
