/**
 * @file The ways of seeing an algorithm: one tab each, remembered in all of the book, nothing lost in what is not open.
 */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { faults } from "./axe.ts"
import { type BookPage, openBrowser, openPage, recolour } from "./browser.ts"

const lesson = "gradient-descent/"
const other = "dense-layers/"
let browser: Browser
let book: BookPage
let page: Page
beforeAll(async () => {
  browser = await openBrowser()
  book = await openPage(browser, lesson, { stored: { ways: null } })
  page = book.page
})
afterAll(async () => {
  await book.close()
  await browser.close()
})

const tab = (name: string): Locator => page.getByRole("tab", { name, exact: true })
const selected = (): Promise<string[]> => page.locator("[role=tab][aria-selected=true]").allTextContents()
/** What the reader sees of the ways, by their labels in a group's order. */
const open = (): Promise<string[]> =>
  page
    .locator(".way")
    .evaluateAll((ways) =>
      ways
        .filter(
          (way) =>
            way.clientHeight > 0 && way.lastElementChild!.checkVisibility({ contentVisibilityAuto: true }),
        )
        .map((way) => way.firstElementChild!.textContent),
    )

it("shows the first way, and the arrow keys, Home and End go through the others and round", async () => {
  expect(await open()).toEqual(["Mathematics"])
  await tab("Mathematics").focus()
  for (const [key, name] of [
    ["ArrowRight", "From scratch"],
    ["End", "PyTorch"],
    ["ArrowRight", "Mathematics"],
    ["ArrowLeft", "PyTorch"],
    ["Home", "Mathematics"],
    ["ArrowRight", "From scratch"],
    ["ArrowRight", "Engine"],
  ]) {
    await page.keyboard.press(key)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(name)
    expect(await selected()).toEqual([name])
    expect(await open()).toEqual([name])
  }
  // One stop for all tabs; then the button for all ways, then what is open.
  await page.keyboard.press("Tab")
  await page.keyboard.press("Tab")
  expect(await page.evaluate(() => document.activeElement?.role)).toBe("tabpanel")
})

it("leaves the tab that was pressed where it is, and has no faults in either theme", async () => {
  await tab("Engine").scrollIntoViewIfNeeded()
  const before = await tab("PyTorch").boundingBox()
  await tab("PyTorch").click()
  expect((await tab("PyTorch").boundingBox())?.y).toBeCloseTo(before!.y, 0)
  expect(before!.height).toBeGreaterThanOrEqual(44)
  expect(await faults(page, ".ways")).toEqual([])
  await recolour(page, "dark")
  expect(await faults(page, ".ways")).toEqual([])
})

it("opens the way into which a link leads, and a cell's way when the cell asks for it", async () => {
  await page.locator("a.ref[href='#cell-fit']").first().click()
  await expect.poll(open).toEqual(["From scratch"])
  await expect.poll(() => page.locator("#cell-fit .cell-title").isVisible()).toBe(true)
  await page.locator("#eq-line-mse").evaluate((equation) => {
    location.hash = equation.id
  })
  await expect.poll(open).toEqual(["Mathematics"])
  // Shift+Enter in the cell above leads to the next one, wherever it stands.
  await page.locator("#cell-line .cell-code pre").press("Shift+Enter")
  await expect.poll(open).toEqual(["From scratch"])
  expect(
    await page.locator("#cell-fit .cell-code pre").evaluate((code) => code === document.activeElement),
  ).toBe(true)
})

it("is found by the browser's search, and says in its tab what is out of date", async () => {
  expect(await page.locator(".way[hidden=until-found]").count()).toBe(3)
  await page.locator("#cell-engine-fit").evaluate((cell: HTMLElement) => {
    cell.dataset.state = "error"
  })
  await expect
    .poll(() =>
      page.locator("[role=tab][data-state=error]").evaluateAll((tabs) => tabs.map((one) => one.textContent)),
    )
    .toEqual(["Engine"])
  await page.locator("#cell-engine-fit").evaluate((cell: HTMLElement) => {
    cell.dataset.state = "idle"
  })
  await expect.poll(() => page.locator("[role=tab][data-state=error]").count()).toBe(0)
})

it("shows all ways one after the other on paper, and on the screen for whoever wants them", async () => {
  const all = ["Mathematics", "From scratch", "Engine", "PyTorch"]
  await page.emulateMedia({ media: "print" })
  expect(await open()).toEqual(all)
  await page.emulateMedia({ media: "screen" })
  expect(await open()).toEqual(["From scratch"])
  await page.getByRole("button", { name: "All", exact: true }).click()
  expect(await open()).toEqual(all)
  expect(await page.locator(".way-label").first().isVisible()).toBe(true)
})

it("is remembered over a reload and in another lesson; without the reader's way the first one shows", async () => {
  await tab("Engine").click()
  // With the address of the equation, its way would open.
  await page.evaluate(() => history.replaceState(null, "", location.pathname))
  await page.reload()
  await expect.poll(selected).toEqual(["Engine"])
  expect(await open()).toEqual(["Engine"])
  const elsewhere = await page.context().newPage()
  // Before any script of the page has run.
  await elsewhere.route("**/*.js", (route) => route.abort())
  const address = page.url().replace(lesson, other).replace(/#.*/, "")
  await elsewhere.goto(address)
  const first = elsewhere.locator(".way").first()
  expect(await first.evaluate((way) => way.clientHeight)).toBe(0)
  expect(
    await elsewhere
      .locator(".way.engine")
      .first()
      .evaluate((way) => way.clientHeight),
  ).toBeGreaterThan(0)
  await elsewhere.evaluate(() => localStorage.setItem("descent:ways", JSON.stringify("nothing")))
  await elsewhere.reload()
  expect(await first.evaluate((way) => way.clientHeight)).toBeGreaterThan(0)
  expect(
    await elsewhere
      .locator(".way.engine")
      .first()
      .evaluate((way) => way.clientHeight),
  ).toBe(0)
})

it("shows all ways and no tabs where no script runs", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const still = await context.newPage()
  await still.goto(page.url())
  expect(await still.locator(".way-label").count()).toBe(4)
  for (const label of await still.locator(".way-label").all()) expect(await label.isVisible()).toBe(true)
  expect(await still.getByRole("tab").count()).toBe(0)
  await context.close()
})
