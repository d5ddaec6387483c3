/** @file Cells in Firefox, driven as a reader drives them: run, edit, stop, errors, what is out of date and why. */
import type { Page } from "puppeteer-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faults } from "../browser/axe.ts"
import { type BookPage, click, type Firefox, has, keys, openFirefox, openPage, press } from "./browser.ts"
import { type Cell, code, edit, editableCells, idOf, output, run, spoken, state, until } from "./cells.ts"

const lesson = "gradient-descent/"
let firefox: Firefox
let book: BookPage
let page: Page
beforeAll(async () => {
  firefox = await openFirefox()
  book = await openPage(firefox, lesson)
  page = book.page
})
afterAll(async () => {
  await book?.close()
  await firefox?.close()
})

/** What the cell shows, without the buttons that come with scripts. */
const shown = async (cell: Cell): Promise<string> =>
  (await output(cell)).replace(/\s*Download(\s+(CSV|SVG|PNG))+/g, "").trim()

describe("a cell", () => {
  it("shows the book's outputs and loads no engine before it is run", async () => {
    const [cell] = await editableCells(page)
    expect(await state(cell)).toBe("from the book")
    expect((await output(cell)).length).toBeGreaterThan(20)
    expect(await page.$("iframe")).toBe(null)
  })

  it("of the author's gives in Firefox what the build gave, and says who computed it", async () => {
    const cells = (await editableCells(page)).slice(0, 3)
    for (const cell of cells) {
      const before = await shown(cell)
      await run(cell)
      await until(cell, /computed by you in/)
      expect(await shown(cell)).toBe(before)
    }
    expect(await spoken(cells[2])).toMatch(/finished in/)
  })

  it("is run with Shift+Enter, which moves on", async () => {
    const [cell] = await editableCells(page)
    await (await cell.$("pre"))?.focus()
    await keys(page, "Shift+Enter")
    await expect.poll(() => cell.evaluate((one) => one.contains(document.activeElement))).toBe(false)
    await until(cell, /computed by you in/)
  })

  it("is edited with types, hover, and completion, run in place, and left by key", async () => {
    const [cell] = await editableCells(page)
    await edit(cell, "const answer: number = 6 * 7\nanswer")
    await until(cell, /out of date: the code was edited/)
    await keys(page, "Control+Enter")
    await until(cell, /computed by you in/)
    expect(await output(cell)).toContain("42")
    expect(await cell.evaluate((one) => one.contains(document.activeElement))).toBe(true)
    await keys(page, "Control+End")
    await page.keyboard.type(".toFix")
    await page.waitForFunction(() =>
      document.querySelector(".suggest-widget.visible")?.textContent?.includes("toFixed"),
    )
    await page.keyboard.press("Enter")
    await page.keyboard.type("(1)")
    expect(await code(cell)).toContain("answer.toFixed(1)")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    expect(await cell.$eval(".cell-code", (one) => one.contains(document.activeElement))).toBe(false)
  })

  it("underlines what is doubtful, says so in plain words, and runs all the same", async () => {
    const [cell] = await editableCells(page)
    await edit(cell, 'const n: number = "three"\nn')
    await cell.waitForSelector(".squiggly-warning", { timeout: 60_000 })
    const doubt = async () => {
      await keys(page, "Alt+F8")
      return page.$$eval(".zone-widget", (all) => all.map((one) => (one as HTMLElement).innerText).join())
    }
    await expect
      .poll(async () => (await doubt()).replace(/\s+/g, " "), { interval: 1000, timeout: 20_000 })
      .toMatch(/This is a text, where a number is wanted\./)
    await page.keyboard.press("Escape")
    await expect.poll(() => page.$(".zone-widget")).toBe(null)
    await run(cell)
    await until(cell, /computed by you in/)
    expect(await output(cell)).toContain("three")
  })

  it("marks the line of an error and leads there", async () => {
    const [cell] = await editableCells(page)
    await edit(cell, "const a = 1\n\nmatmul(ones([2, 3]), ones([2, 3]))")
    await run(cell)
    await until(cell, /^error/)
    expect(await output(cell)).toMatch(/matmul.*\[2, 3\]/s)
    expect(await spoken(cell)).toMatch(/line 3/)
    expect(await faults(page, await idOf(cell))).toEqual([])
    await press(cell, "line 3")
    await page.keyboard.type("// ")
    // Firefox counts a call from its bracket, other browsers from its name: the line is the same.
    await expect.poll(() => code(cell)).toMatch(/^(\/\/ )?matmul(\/\/ )?\(/m)
    expect(await code(cell)).toContain("//")
  })

  it("tells a name that is declared further down, and what cannot be parsed", async () => {
    const [first, second] = await editableCells(page)
    await edit(second, "const later = 5\nlater")
    await edit(first, "later + 1")
    await run(first)
    await until(first, /^error/)
    expect(await output(first)).toMatch(/later/)
    await edit(first, "const b = ;")
    await run(first)
    await expect.poll(() => output(first)).toMatch(/line 1/)
  })

  it("first runs what it needs; what depends on it is out of date, says why, and follows Run all", async () => {
    const [first, second] = await editableCells(page)
    await edit(first, "const alpha = 2\nalpha")
    await edit(second, "alpha * 10")
    await run(second)
    await until(second, /computed by you in/)
    expect(await output(second)).toContain("20")
    await until(first, /computed by you in/)
    await edit(first, "const alpha = 3\nalpha")
    await until(second, /out of date/)
    expect(await faults(page, await idOf(second))).toEqual([])
    const summary = await second.$(".cell-menu > summary")
    if (summary) await click(summary)
    await press(second, "Run all cells")
    await expect.poll(() => output(second)).toContain("30")
    for (const cell of await editableCells(page)) await until(cell, /computed by you in|^error/)
  })

  it("without end is stopped, and the next run is normal", async () => {
    const [first, second] = await editableCells(page)
    await edit(second, "1 + 1")
    for (const endless of [
      "while (true) {}",
      "for (;;) await null",
      "(function again() { queueMicrotask(again) })()\nawait new Promise(() => {})",
    ]) {
      await edit(first, endless)
      await run(first)
      await until(first, /running/)
      if (endless.startsWith("while")) expect(await faults(page, await idOf(first))).toEqual([])
      await press(first, "Stop")
      await until(first, /stopped/)
      await run(second)
      await until(second, /computed by you in/)
    }
    expect(await output(second)).toContain("2")
  })

  it("that wants more memory than there is says so, and the next run is normal", async () => {
    const [first, second] = await editableCells(page)
    for (const source of ["new Float64Array(2 ** 40)", "zeros([2 ** 40])"]) {
      await edit(first, source)
      await run(first)
      await until(first, /^error/)
      expect((await output(first)).length).toBeGreaterThan(20)
    }
    await run(second)
    await until(second, /computed by you in/)
  })

  it("may print a million lines", async () => {
    const [first] = await editableCells(page)
    await edit(first, "for (let i = 0; i < 1e6; i++) console.log(i)")
    await run(first)
    await until(first, /computed by you in/, 60_000)
    expect(await output(first)).toMatch(/more lines that are not shown/)
  })

  it("forgets its edits with Reset, and gets them back", async () => {
    const [cell] = await editableCells(page)
    await edit(cell, "const mine = 1")
    await press(cell, "Reset")
    expect(await code(cell)).not.toContain("mine")
    await press(cell, "Undo reset")
    expect(await code(cell)).toContain("const mine = 1")
    expect(await has(cell, "button", "Undo reset")).toBe(false)
  })
})
