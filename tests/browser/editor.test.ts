/** @file What hands expect of an editor: find, comment, format, fold, undo. In the real one, by its keys. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type BookPage, openBrowser, openPage } from "./browser.ts"
import { edit, editableCells } from "./cells.ts"

const LOOP = "let total = 0\nfor (let i = 0; i < 3; i++) {\ntotal+=i\n}\ntotal"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe("the editor of a cell", () => {
  let book: BookPage
  let page: Page
  let cell: Locator
  const lines = (): Promise<string[]> =>
    cell.locator(".view-line").evaluateAll((all) =>
      all
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? "" }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll("\u00a0", " ")),
    )
  const becomes = (act: () => unknown) => expect.poll(act, { timeout: 20_000 })

  beforeAll(async () => {
    book = await openPage(browser, "perceptron/", { types: true })
    page = book.page
    ;[cell] = await editableCells(page)
    return () => book.close()
  })
  beforeEach(async () => {
    await edit(cell, LOOP)
    await becomes(lines).toEqual(LOOP.split("\n"))
  })

  it("finds a text, and Escape leaves the search before it leaves the editor", async () => {
    await page.keyboard.press("ControlOrMeta+F")
    await page.keyboard.type("total")
    await becomes(() => cell.locator(".find-widget.visible").innerText()).toMatch(/of 3/)
    await page.keyboard.press("Escape")
    await becomes(() => cell.locator(".find-widget.visible").count()).toBe(0)
    await page.keyboard.type("x")
    await becomes(async () => (await lines()).join("\n")).not.toBe(LOOP)
  })

  it("completes names, and shows parameters, formulas and types by key, without the files that declare them", async () => {
    const own =
      "/** @param rate how far one step goes */\nfunction move(w: Tensor, rate: number) { return w.mul(rate) }\n"
    await edit(cell, own)
    await page.keyboard.press("ControlOrMeta+End")
    const told = async (place: string): Promise<string> =>
      (await page.locator(place).allInnerTexts()).join(" ").replace(/\s+/g, " ")
    const call =
      /crossEntropy\(logits: TensorLike, target: TensorLike, options\?: CrossEntropyOptions\): Tensor/
    const formula = "−ln p_y for a class y"
    const isTold = async (place: string): Promise<void> => {
      await becomes(() => told(place)).toContain(formula)
      expect(await told(place)).toMatch(call)
      expect(await told(place)).not.toMatch(/file:|import|alias/)
    }
    await page.keyboard.type("crossEn")
    await becomes(() => told(".suggest-widget.visible")).toContain("crossEntropy")
    await expect
      .poll(
        async () => {
          const details = await told(".suggest-details")
          if (details === "") await page.keyboard.press("Control+Space")
          return details
        },
        { timeout: 20_000, interval: 500 },
      )
      .toContain(formula)
    await isTold(".suggest-details")
    await page.keyboard.press("Enter")
    await page.keyboard.type("(")
    const hints = ".parameter-hints-widget.visible"
    await isTold(hints)
    await page.keyboard.press("Escape")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ControlOrMeta+K")
    await page.keyboard.press("ControlOrMeta+I")
    await isTold(".monaco-hover:not(.hidden)")
    await page.keyboard.press("ControlOrMeta+A")
    await page.keyboard.insertText(own)
    await page.keyboard.type("move(tensor([1]), ")
    await becomes(() => told(hints)).toMatch(/move\(w: Tensor, rate: number\): Tensor.*how far one step goes/)
  })

  it("formats the code, and undoes that", async () => {
    await page.keyboard.press("Shift+Alt+F")
    const formatted = ["let total = 0", "for (let i = 0; i < 3; i++) {", "  total += i", "}", "total"]
    await becomes(lines).toEqual(formatted)
    await page.keyboard.press("ControlOrMeta+Z")
    await becomes(lines).toEqual(LOOP.split("\n"))
  })

  it("comments lines out and in", async () => {
    await page.keyboard.press("ControlOrMeta+A")
    await page.keyboard.press("ControlOrMeta+/")
    await becomes(async () => (await lines()).every((line) => line.startsWith("// "))).toBe(true)
    await page.keyboard.press("ControlOrMeta+/")
    await becomes(lines).toEqual(LOOP.split("\n"))
  })

  it("folds a block from its margin and by key", async () => {
    // What is folded is told by the indentation.
    await page.keyboard.press("Shift+Alt+F")
    await becomes(lines).toContain("  total += i")
    const sign = cell.locator(".codicon-folding-expanded").first()
    await sign.waitFor({ state: "attached" })
    await page.keyboard.press("ControlOrMeta+Home")
    await page.keyboard.press("ArrowDown")
    await becomes(async () => {
      await page.keyboard.press("ControlOrMeta+Shift+BracketLeft")
      return (await lines()).length
    }).toBe(4)
    await page.keyboard.press("ControlOrMeta+Shift+BracketRight")
    await becomes(async () => (await lines()).length).toBe(5)
    await cell.locator(".view-lines").hover()
    await sign.click()
    await becomes(async () => (await lines()).length).toBe(4)
  })

  it("undoes a reset", async () => {
    await cell.getByRole("button", { name: "Reset", exact: true }).click()
    await becomes(async () => (await lines()).join("\n")).not.toBe(LOOP)
    await cell.locator(".view-lines").click()
    await page.keyboard.press("ControlOrMeta+Z")
    await becomes(lines).toEqual(LOOP.split("\n"))
  })

  it("lists its keys under “?”", async () => {
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    const list = page.getByRole("dialog", { name: "Keys" })
    for (const words of ["find", "format the code", "comment lines", "everything that it can do"])
      await list.getByText(words).waitFor()
  })
})
