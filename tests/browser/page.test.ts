/** @file The page around the text: colours before the first paint, contents, keys, deep links, copying, paper. */
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"
import { lessons } from "./pages.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const lesson = lessons.find(({ path }) => path.startsWith("gradient-descent"))!

const top = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.getBoundingClientRect().top)

describe("the colours", () => {
  it("are the remembered ones before anything is painted, and follow the button", async () => {
    const { page, close } = await openPage(browser, "", { theme: "light", stored: { theme: "dark" } })
    const dark = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.body) return
        sessionStorage.setItem("first", document.documentElement.dataset.theme ?? "none")
        observer.disconnect()
      }).observe(document, { childList: true, subtree: true })
    })
    await page.reload()
    expect(await page.evaluate(() => sessionStorage.getItem("first"))).toBe("dark")
    const button = page.getByRole("button", { name: /^Colours: Dark/ })
    await button.click()
    await expect.poll(() => page.getByRole("button", { name: /^Colours: System/ }).count()).toBe(1)
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("light")
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).not.toBe(
      dark,
    )
    await close()
  })
})

describe("the contents of a lesson", () => {
  it("stay in sight, mark the section being read and lead to its end", async () => {
    const { page, close } = await openPage(browser, lesson.path, { viewport: { width: 1440, height: 900 } })
    const contents = page.getByRole("navigation", { name: "In this lesson" })
    for (const [name, hash] of [
      ["Summary", "#summary"],
      ["Further reading", "#further-reading"],
      ["Hand in your answers", "#hand-in"],
    ]) {
      await contents.getByRole("link", { name, exact: true }).click()
      await expect.poll(() => page.evaluate(() => location.hash)).toBe(hash)
      await expect.poll(() => contents.locator("[aria-current]").innerText()).toBe(name)
      expect(await contents.boundingBox().then((box) => box && box.y >= 0 && box.y < 200)).toBe(true)
    }
    await close()
  })

  it("mark the section that a jump into its middle leads to", async () => {
    const { page, close } = await openPage(browser, lesson.path, { viewport: { width: 1440, height: 900 } })
    const last = page.locator("nn-explorable").first()
    await last.scrollIntoViewIfNeeded()
    await expect.poll(() => page.locator(".toc [aria-current]").count()).toBe(1)
    await close()
  })
})

describe("a link into a lesson", () => {
  it("shows its heading, cell, equation, exercise or reference below the header", async () => {
    const { page, close } = await openPage(browser, lesson.path)
    const ids = await page.evaluate(() =>
      ["h2[id]:not(:first-of-type)", "nn-cell", ".equation[id]", "nn-exercise", ".references li"].map(
        (selector) => [...document.querySelectorAll(selector)].at(-1)?.id ?? "",
      ),
    )
    const header = await page.locator(".site-header").evaluate((e) => e.getBoundingClientRect().bottom)
    for (const id of ids) {
      await page.goto(new URL("about/", inject("book")).href)
      await page.goto(new URL(`${lesson.path}#${id}`, inject("book")).href)
      await expect.poll(() => top(page, `[id="${id}"]`)).toBeLessThan(900)
      expect(await top(page, `[id="${id}"]`)).toBeGreaterThanOrEqual(header)
    }
    await close()
  })
})

describe("keys", () => {
  it("turn pages and list themselves, and stay silent in the editor", async () => {
    const { page, close } = await openPage(browser, lesson.path)
    await page.keyboard.press("?")
    await page.getByRole("dialog", { name: "Keys" }).waitFor()
    await page.keyboard.press("Escape")
    const cell = page.locator("nn-cell:not([data-readonly], [data-static])").first()
    await cell.getByRole("button", { name: "Edit", exact: true }).click()
    await cell.getByRole("textbox").waitFor({ state: "attached" })
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("?")
    expect(await page.getByRole("dialog").count()).toBe(0)
    expect(page.url()).toContain(lesson.path.replace(/\/.*/, ""))
    await page.keyboard.press("Escape")
    await page.locator("h1").click()
    await page.keyboard.press("ArrowLeft")
    await page.waitForURL(/softmax-and-cross-entropy/)
    await close()
  })
})

it("a copied formula is TeX", async () => {
  const { page, close } = await openPage(browser, lesson.path)
  const text = await page.evaluate(() => {
    const paragraph = [...document.querySelectorAll(".prose > p")].find((p) => p.querySelector(".katex"))
    getSelection()?.selectAllChildren(paragraph!)
    const clipboardData = new DataTransfer()
    document.dispatchEvent(new ClipboardEvent("copy", { clipboardData, cancelable: true }))
    return clipboardData.getData("text/plain")
  })
  expect(text).toMatch(/\$\\theta\$/)
  await close()
})

it("paper unfolds answers and leaves out what needs a pointer", async () => {
  const { page, close } = await openPage(browser, lesson.path)
  await page.locator("nn-cell .cell-run").first().waitFor()
  await page.emulateMedia({ media: "print" })
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")))
  const heights = (selector: string) =>
    page.locator(selector).evaluateAll((all) => all.map((e) => e.getBoundingClientRect().height))
  for (const selector of [".predict details > :not(summary)", ".note .note-body", "nn-cell .cell-out"])
    expect((await heights(selector)).filter((height) => height === 0)).toEqual([])
  for (const selector of [".site-header", ".toc-side", ".cell-tools", ".pagination"])
    expect((await heights(selector)).filter((height) => height > 0)).toEqual([])
  await close()
})
