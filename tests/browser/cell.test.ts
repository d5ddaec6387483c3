/** @file Cells in the page, driven as a reader drives them. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openBrowser, openPage, phone } from "./browser.ts"
import { edit, editableCells, output, run, state, until } from "./cells.ts"

const lesson = "gradient-descent/"
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe("a cell", () => {
  it("shows the book's outputs with scripts disabled, and no buttons", async () => {
    const { page, close } = await openPage(browser, lesson, { javaScriptEnabled: false })
    const cells = page.locator("nn-cell:not([data-static])")
    expect(await cells.count()).toBeGreaterThan(2)
    expect(await cells.first().locator(".cell-output").count()).toBeGreaterThan(0)
    expect(await cells.first().innerText()).toContain("from the book")
    expect(await page.locator("nn-cell button").count()).toBe(0)
    await close()
  })

  it("loads neither engine nor editor before the reader runs or edits", async () => {
    const { page, close } = await openPage(browser, lesson)
    await editableCells(page)
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType("resource").map((entry) => entry.name.replace(/^.*\//, "")),
    )
    expect(scripts.filter((name) => /sandbox|editor|output-pane|plot|worker/.test(name))).toEqual([])
    expect(await page.locator("iframe").count()).toBe(0)
    await close()
  })

  it("runs what the reader typed and says who computed it", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    expect(await state(cell)).toBe("from the book")
    await edit(cell, "const answer: number = 6 * 7\nanswer")
    await until(cell, /out of date: the code was edited/)
    await run(cell)
    await until(cell, /computed by you in/)
    expect(await output(cell)).toContain("42")
    expect(await cell.getByText("your edit").isVisible()).toBe(true)
    expect(await cell.getByRole("status").innerText()).toMatch(/finished in/)
    await close()
  })

  it("runs the author's cells as they are, with the same kinds of output", async () => {
    const { page, close } = await openPage(browser, lesson)
    const kinds = (cell: (typeof cells)[number]) =>
      cell.locator(".cell-output").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.kind))
    const cells = await editableCells(page)
    for (const cell of cells.slice(0, 3)) {
      const before = await kinds(cell)
      await run(cell)
      await until(cell, /computed by you in/)
      expect(await kinds(cell)).toEqual(before)
    }
    await close()
  })

  it("is run without the parser while its text is the author's, and with it once it is edited", async () => {
    const { page, close } = await openPage(browser, lesson)
    const parsers = () =>
      page.evaluate(
        () => performance.getEntriesByType("resource").filter(({ name }) => /parser/.test(name)).length,
      )
    const [first, second] = await editableCells(page)
    await run(first)
    await until(first, /computed by you in/)
    expect(await parsers()).toBe(0)
    await edit(second, "const seven: number = 7\nseven * 6")
    await run(second)
    await until(second, /computed by you in/)
    expect(await output(second)).toContain("42")
    expect(await parsers()).toBe(1)
    await close()
  })

  it("runs without what the build has parsed, and says when the parser cannot be had either", async () => {
    const { page, problems, close } = await openPage(browser, lesson)
    const [first, second] = await editableCells(page)
    await page.route("**/cells/*.json", (route) => route.fulfill({ status: 500 }))
    await run(first)
    await until(first, /computed by you in/)
    await page.reload()
    await page.route("**/*parser*", (route) => route.abort())
    await run(second)
    await until(second, /^error$/)
    expect(await output(second)).toContain("A part of the book could not be loaded")
    problems.splice(0)
    await close()
  })

  it("first runs the cells that it needs, and again when they have changed", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second] = await editableCells(page)
    await edit(first, "const alpha = 2\nalpha")
    await edit(second, "alpha * 10")
    await run(second)
    await until(second, /computed by you in/)
    expect(await output(second)).toContain("20")
    await until(first, /computed by you in/)
    await edit(first, "const alpha = 3\nalpha")
    await until(second, /out of date/)
    await run(second)
    await expect.poll(() => output(second)).toContain("30")
    expect(await state(first)).toMatch(/computed by you in/)
    await close()
  })

  it("draws a live curve, a figure and a table while the page scrolls, and shows the last of each", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    await edit(
      cell,
      `const loss = curve("Loss", { x: "step", y: "loss" })
const bars = display("no bars yet")
const last = table({ step: [] })
for (let i = 0; i < 150; i++) {
  loss.push({ loss: 1 / (i + 1) })
  bars.update(() => Plot.barX([i + 1]).plot({ ariaLabel: "bar " + (i + 1) }))
  last.update({ step: [i + 1] })
  await new Promise((resolve) => setTimeout(resolve, 20))
}`,
    )
    await run(cell)
    const canvas = cell.locator(".cell-out canvas")
    await canvas.waitFor()
    const picture = () => canvas.evaluate((c) => (c as HTMLCanvasElement).toDataURL())
    const before = await picture()
    const from = await page.evaluate(() => scrollY)
    const box = await cell.boundingBox()
    await page.mouse.move(4, (box?.y ?? 0) + 4)
    for (let i = 0; i < 5; i++) await page.mouse.wheel(0, 40)
    await expect.poll(() => page.evaluate(() => scrollY)).not.toBe(from)
    expect(await state(cell)).toMatch(/running/)
    expect(await picture()).not.toBe(before)
    await until(cell, /computed by you in/)
    await cell.locator(".cell-out svg").first().waitFor()
    await cell.getByRole("img", { name: "bar 150" }).waitFor()
    expect(await cell.getByRole("cell").allInnerTexts()).toContain("150")
    await close()
  })

  it("stops an endless loop at once and runs the next cell afterwards", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second] = await editableCells(page)
    await edit(first, "while (true) {}")
    await edit(second, "1 + 1")
    await run(first)
    await until(first, /running \d/)
    await first.getByRole("button", { name: "Stop", exact: true }).click()
    await until(first, /^stopped; what is shown is from before$/)
    await run(second)
    await until(second, /computed by you in/)
    expect(await output(second)).toContain("2")
    await close()
  })

  it("does not trust what ran before a stop once a text above it has changed, and goes on trusting it until then", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second, third] = await editableCells(page)
    await edit(first, "const mine = 1")
    await edit(second, "mine * 10")
    await run(second)
    await until(second, /computed by you in/)
    await edit(third, "while (true) {}")
    await run(third)
    await until(third, /running \d/)
    await third.getByRole("button", { name: "Stop", exact: true }).click()
    await until(third, /^stopped/)
    expect(await state(second)).toMatch(/computed by you/)
    await edit(first, "const mine = 2")
    await until(second, /out of date: the code of cell “.*” has changed since/)
    await run(second)
    await until(second, /computed by you in/)
    expect(await output(second)).toContain("20")
    await close()
  })

  it("keeps an edit over a reload, shows it and does not run it", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    await edit(cell, "const kept = 123454321\nkept")
    await page.waitForTimeout(400)
    await page.reload()
    const [again] = await editableCells(page)
    expect(await again.locator(".cell-code").innerText()).toContain("123454321")
    expect(await again.getByText("your edit").first().isVisible()).toBe(true)
    expect(await again.locator(".cell-out").innerText()).not.toContain("123454321")
    expect(await page.locator("iframe").count()).toBe(0)
    await close()
  })

  it("resets to the author's text and takes the reset back", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    const author = await cell.locator("pre code").textContent()
    await edit(cell, "const mine = 1")
    await page.keyboard.press("Escape")
    await cell.getByRole("button", { name: "Reset", exact: true }).click()
    expect(await state(cell)).toBe("from the book")
    expect(await cell.getByText("your edit", { exact: true }).isVisible()).toBe(false)
    await page.reload()
    const [again] = await editableCells(page)
    expect(await again.locator("pre code").textContent()).toBe(author)
    await again.getByRole("button", { name: "Undo reset" }).click()
    expect(await again.locator("pre code").textContent()).toBe("const mine = 1")
    await close()
  })

  it("asks what to do when the author changed the cell since the edit", async () => {
    const plain = await openPage(browser, lesson)
    const [cell] = await editableCells(plain.page)
    const id = await cell.getAttribute("data-cell")
    const author = await cell.locator("pre code").textContent()
    await plain.close()
    const stored = { [`edit:gradient-descent/${id}`]: { source: "const mine = 1", base: "an older text" } }
    const { page, close } = await openPage(browser, lesson, { stored })
    const [asked] = await editableCells(page)
    expect(await asked.locator(".cell-code").innerText()).toContain("const mine = 1")
    await asked.getByRole("button", { name: "Compare", exact: true }).click()
    expect(await asked.locator(".cell-notice figcaption").allInnerTexts()).toHaveLength(2)
    await asked.getByRole("button", { name: "Take the new one" }).click()
    expect(await asked.locator(".cell-code pre code").textContent()).toBe(author)
    await asked.getByRole("button", { name: "Undo reset" }).click()
    expect(await asked.locator(".cell-code").innerText()).toContain("const mine = 1")
    await close()
  })

  it("survives ten million console lines", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second] = await editableCells(page)
    await edit(first, "for (let i = 0; i < 1e7; i++) console.log(i)")
    await edit(second, "1 + 1")
    await run(first)
    await until(first, /computed by you in/, 60_000)
    expect(await output(first)).toMatch(/more lines that are not shown/)
    expect(await first.locator(".cell-out *").count()).toBeLessThan(2000)
    await run(second)
    await until(second, /computed by you in/)
    await close()
  })

  it("says that an allocation is too large and goes on", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second, third] = await editableCells(page)
    await edit(first, "new Float64Array(2 ** 40)")
    await edit(second, "zeros([2 ** 40])")
    await edit(third, "1 + 1")
    for (const cell of [first, second]) {
      await run(cell)
      await until(cell, /^error/)
      expect((await output(cell)).length).toBeGreaterThan(20)
    }
    await run(third)
    await until(third, /computed by you in/)
    await close()
  })

  it("marks the line of a syntax error and of an exception, and leads there", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    await edit(cell, "const a = 1\nconst b = ;\nb")
    await run(cell)
    await until(cell, /^error/)
    expect(await cell.getByRole("button", { name: /line 2/ }).isVisible()).toBe(true)
    expect(await cell.locator(".code-error-line").count()).toBeGreaterThan(0)
    expect(await cell.getByRole("status").innerText()).toMatch(/line 2/)
    await edit(cell, "const a = 1\n\nmatmul(ones([2, 3]), ones([2, 3]))")
    await run(cell)
    await expect.poll(() => output(cell)).toMatch(/matmul/)
    await cell.getByRole("button", { name: /line 3/ }).click()
    await page.keyboard.insertText("// ")
    await page.waitForTimeout(400)
    expect(await page.evaluate(() => JSON.stringify(Object.values(localStorage)))).toContain("\\n// matmul")
    await close()
  })

  it("needs no pointer: edit, run, leave, move on by keyboard", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first] = await editableCells(page)
    await first.locator("pre").focus()
    await page.keyboard.press("Enter")
    await first.getByRole("textbox").waitFor({ state: "attached" })
    await expect.poll(() => first.locator(".cell-code").getAttribute("aria-busy")).toBe(null)
    await page.keyboard.press("Control+A")
    await page.keyboard.insertText("3 * 3")
    await page.keyboard.press("Control+Enter")
    await until(first, /computed by you in/)
    expect(await first.locator(".cell-code :focus").count()).toBe(1)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    expect(await first.locator(".cell-code :focus").count()).toBe(0)
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await first.locator(".cell-code").getByRole("textbox").focus()
    await page.keyboard.press("Shift+Enter")
    const movedOn = () =>
      first.evaluate((cell) => {
        const all = [...document.querySelectorAll("nn-cell:not([data-static])")]
        const code = document.activeElement?.closest(".cell-code")
        return code?.closest("nn-cell") === all[all.indexOf(cell) + 1]
      })
    await expect.poll(movedOn).toBe(true)
    await close()
  })

  it("unfolds set-up code for whoever edits it or comes to it with Shift+Enter", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const folded = page.locator("nn-cell:has(.cell-fold):not([data-readonly])").first()
    await folded.getByRole("button", { name: "Run", exact: true }).waitFor()
    expect(await folded.locator(".cell-code").isVisible()).toBe(false)
    const above = await folded.evaluate((cell) => {
      const all = [...document.querySelectorAll("nn-cell:not([data-static])")]
      return all[all.indexOf(cell) - 1].id
    })
    await page.locator(`[id="${above}"] pre`).first().press("Shift+Enter")
    await expect
      .poll(() => folded.locator("pre").evaluate((pre) => pre === document.activeElement))
      .toBe(true)
    await folded.locator("summary", { hasText: "Show the code" }).click()
    expect(await folded.locator(".cell-code").isVisible()).toBe(false)
    await folded.getByRole("button", { name: "Edit", exact: true }).click()
    await expect.poll(() => folded.locator(".cell-code .editor").isVisible(), { timeout: 20_000 }).toBe(true)
    await close()
  })

  it("stays where it is, to the pixel, when the editor takes the place of the text", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    const height = async () => (await cell.locator(".cell-code").boundingBox())?.height ?? 0
    const before = await height()
    await cell.getByRole("button", { name: "Edit", exact: true }).click()
    await cell.getByRole("textbox").waitFor({ state: "attached" })
    await expect.poll(() => cell.locator(".cell-code").getAttribute("aria-busy")).toBe(null)
    expect(Math.abs((await height()) - before)).toBeLessThan(1.5)
    await close()
  })

  it("can be edited and run on a phone", async () => {
    const { page, close } = await openPage(browser, lesson, phone)
    const [cell] = await editableCells(page)
    await cell.getByRole("button", { name: "Edit", exact: true }).tap()
    await cell.locator(".cm-content").waitFor()
    await page.keyboard.press("Control+A")
    await page.keyboard.insertText("const answer: number = 6 * 7\nanswer")
    await cell.getByRole("button", { name: "Run", exact: true }).tap()
    await until(cell, /computed by you in/)
    expect(await output(cell)).toContain("42")
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await close()
  })
})
