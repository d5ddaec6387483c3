/** @file What belongs to the reader: versions, links, other tabs, storage that is full. Driven as a reader drives it. */
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { packCells } from "../../src/notebook/shared-cells.ts"
import { faults } from "./axe.ts"
import { closeStorage, openBrowser, openPage, phone, refuseStorage } from "./browser.ts"
import { code, edit, editableCells, output, run, state, until } from "./cells.ts"

const lesson = "gradient-descent/"
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

type Cell = Awaited<ReturnType<typeof editableCells>>[number]

const idOf = async (cell: Cell): Promise<string> => (await cell.getAttribute("data-cell")) ?? ""
const press = (cell: Cell, name: string | RegExp) => cell.getByRole("button", { name, exact: true }).click()
const notice = (cell: Cell) => cell.locator(".cell-notice")

async function menu(cell: Cell, entry: string): Promise<void> {
  await cell.locator(".cell-menu > summary").click()
  await press(cell, entry)
}

const stored = (page: Page, key: string): Promise<unknown> =>
  page.evaluate((k) => JSON.parse(localStorage.getItem(`descent:${k}`) ?? "null"), key)

/** Two ids of cells that can be edited, with the book's text of the first. */
async function twoCells(): Promise<{ first: string; second: string; author: string }> {
  const { page, close } = await openPage(browser, lesson)
  const [a, b] = await editableCells(page)
  const author = (await a.locator("pre code").textContent()) ?? ""
  const ids = { first: await idOf(a), second: await idOf(b), author }
  await close()
  return ids
}

describe("autosave", () => {
  it("keeps what was typed a moment before the page was left", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    const id = await idOf(cell)
    await edit(cell, "const late = 1")
    await page.reload()
    const [again] = await editableCells(page)
    await expect.poll(() => code(again)).toContain("const late = 1")
    expect(await stored(page, `edit:gradient-descent/${id}`)).toMatchObject({ source: "const late = 1" })
    await close()
  })

  it("writes what was just typed before another cell runs all", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second] = await editableCells(page)
    await edit(first, "const early = 1\nearly")
    await run(first)
    await until(first, /computed by you/)
    await edit(second, "early + 1")
    await run(second)
    await until(second, /computed by you/)
    await edit(first, "const early = 41\nearly")
    await run(second)
    await expect.poll(() => output(second)).toContain("42")
    await close()
  })
})

describe("the versions of a cell", () => {
  it("are kept at runs and pauses, shown as differences, restored, and the restore undone, by keyboard", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    await edit(cell, "const a = 1\nconst b = 2\na + b")
    await run(cell)
    await until(cell, /computed by you/)
    await edit(cell, "const a = 1\nconst b = 5\na + b")
    await page.waitForTimeout(3400)
    await cell.locator(".cell-menu > summary").focus()
    await page.keyboard.press("Enter")
    // Past running above, running all, forgetting and the device.
    for (let i = 0; i < 5; i++) await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    const panel = cell.getByRole("region", { name: /^Versions of/ })
    const select = panel.getByRole("combobox", { name: "Version" })
    await select.waitFor()
    expect(await select.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await select.locator("option").allInnerTexts()).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d, as you paused$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d, as you ran it$/),
      "The book’s text",
    ])
    expect(await panel.locator("figcaption").innerText()).toMatch(/1 line added, 1 line removed/)
    expect(await panel.locator("del").allInnerTexts()).toEqual([expect.stringContaining("const b = 5")])
    expect(await panel.locator("ins").allInnerTexts()).toEqual([expect.stringContaining("const b = 2")])
    expect(await cell.getByRole("status").innerText()).toMatch(/as you ran it\. .*1 line added/)
    expect(await faults(page, ".cell-panel")).toEqual([])
    await panel.getByRole("button", { name: "Restore this version" }).press("Enter")
    await expect.poll(() => code(cell)).toContain("const b = 2")
    expect(await state(cell)).toMatch(/computed by you|out of date/)
    await page.keyboard.press("Enter")
    await expect.poll(() => code(cell)).toContain("const b = 5")
    await close()
  })

  it("hold what a reset threw away, after a reload too, and close with Escape", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    await edit(cell, "const mine = 77")
    await press(cell, "Reset")
    await page.reload()
    const [again] = await editableCells(page)
    await menu(again, "Versions of this cell…")
    const panel = again.getByRole("region", { name: /^Versions of/ })
    await panel.waitFor()
    expect(await panel.locator("ins").allInnerTexts()).toEqual([expect.stringContaining("const mine = 77")])
    await page.keyboard.press("Escape")
    expect(await panel.count()).toBe(0)
    expect(await again.locator(".cell-menu > summary").evaluate((s) => s === document.activeElement)).toBe(
      true,
    )
    await close()
  })

  it("fit on a phone, in the dark", async () => {
    const { page, close } = await openPage(browser, lesson, { ...phone, theme: "dark" })
    const [cell] = await editableCells(page)
    await menu(cell, "Versions of this cell…")
    await cell.getByRole("region", { name: /^Versions of/ }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    expect(await faults(page, ".cell-panel")).toEqual([])
    await close()
  })
})

describe("a cell that the author has changed", () => {
  it("offers to keep, to take, and to compare what changed with what is mine", async () => {
    const { first, author } = await twoCells()
    const base = author.replace(/^.*\n/, "const old = 0\n")
    const edits = { [`edit:gradient-descent/${first}`]: { source: `${base}\n// mine`, base } }
    const { page, close } = await openPage(browser, lesson, { stored: edits })
    const [cell] = await editableCells(page)
    await press(cell, "Compare")
    const figures = notice(cell).locator("figure")
    expect(await figures.locator("figcaption").allInnerTexts()).toEqual([
      "What the author changed: 1 line added, 1 line removed",
      "From your text to the new one: 1 line added, 2 lines removed",
    ])
    expect(await faults(page, ".cell-notice")).toEqual([])
    await press(cell, "Keep mine")
    expect(await notice(cell).isVisible()).toBe(false)
    await page.reload()
    const [again] = await editableCells(page)
    await expect.poll(() => code(again)).toContain("// mine")
    await page.waitForTimeout(300)
    expect(await notice(again).isVisible()).toBe(false)
    await close()
  })
})

describe("a shared cell", () => {
  it("is a link that opens elsewhere: shown, not run, not saved until it is kept", async () => {
    const { page, close } = await openPage(browser, lesson)
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
    const [cell] = await editableCells(page)
    const id = await idOf(cell)
    await edit(cell, "const shared = 123321\nshared // Σ 🙂")
    await menu(cell, "Share or download…")
    await press(cell, "Link to this cell")
    const address = await cell.getByRole("textbox", { name: "Link" }).inputValue()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address)
    expect(await faults(page, ".cell-notice")).toEqual([])
    await close()

    const other = await openPage(browser, address)
    const [opened] = await editableCells(other.page)
    await notice(opened).getByText("Shared with you: shown, not run").waitFor()
    await expect.poll(() => code(opened)).toContain("const shared = 123321")
    expect(await opened.getByText("shared with you", { exact: true }).isVisible()).toBe(true)
    expect(await opened.getByRole("status").innerText()).toMatch(/Shared with you/)
    expect(await output(opened)).not.toContain("123321")
    expect(await other.page.locator("iframe").count()).toBe(0)
    expect(await stored(other.page, `edit:gradient-descent/${id}`)).toBe(null)
    await other.page.reload()
    const [again] = await editableCells(other.page)
    await notice(again).waitFor()
    await press(again, "Keep it")
    expect(await stored(other.page, `edit:gradient-descent/${id}`)).toMatchObject({
      source: "const shared = 123321\nshared // Σ 🙂",
    })
    expect(new URL(other.page.url()).hash).toBe("")
    await other.close()
  })

  it("never takes the place of the reader's own text unasked, and gives it back", async () => {
    const { first, second } = await twoCells()
    const fragment = await packCells({
      lesson: "gradient-descent",
      cells: { [first]: "theirs(1)", [second]: "theirs(2)" },
    })
    const own = { [`edit:gradient-descent/${first}`]: { source: "mine(1)", base: "" } }
    const { page, close } = await openPage(browser, `${lesson}#${fragment}`, { stored: own })
    const [a, b] = await editableCells(page)
    await notice(a).getByText("You see your own").waitFor()
    await expect.poll(() => code(a)).toContain("mine(1)")
    await expect.poll(() => code(b)).toContain("theirs(2)")
    await press(a, "Compare")
    expect(await notice(a).locator("figcaption").innerText()).toMatch(/1 line added, 1 line removed/)
    await press(a, "Take the shared one")
    await expect.poll(() => code(a)).toContain("theirs(1)")
    await press(a, "Bring mine back")
    await expect.poll(() => code(a)).toContain("mine(1)")
    await press(b, "Back to the book’s")
    expect(await b.getByText("your edit", { exact: true }).isVisible()).toBe(false)
    await close()
  })

  it("is the reader's from the first key on", async () => {
    const { first } = await twoCells()
    const fragment = await packCells({ lesson: "gradient-descent", cells: { [first]: "const theirs = 1" } })
    const { page, close } = await openPage(browser, `${lesson}#${fragment}`)
    const [cell] = await editableCells(page)
    await notice(cell).waitFor()
    await edit(cell, "const mine = 2")
    expect(await notice(cell).isVisible()).toBe(false)
    await page.reload()
    const [again] = await editableCells(page)
    await expect.poll(() => code(again)).toContain("const mine = 2")
    expect(await again.getByText("your edit", { exact: true }).isVisible()).toBe(true)
    await close()
  })

  it.each([
    ["shared=AAAA-not-a-link", /The link is damaged.*Nothing of yours was changed/],
    [`shared=${"A".repeat(250_000)}`, /too long/],
  ])("that is damaged or too long gives a sentence and changes nothing", async (fragment, words) => {
    const { page, close } = await openPage(browser, `${lesson}#${fragment}`)
    await expect.poll(() => page.locator(".page-notice [role=status]").innerText()).toMatch(words)
    const [cell] = await editableCells(page)
    expect(await state(cell)).toBe("from the book")
    expect(await faults(page, ".page-notice")).toEqual([])
    await page.locator(".page-notice").getByRole("button", { name: "Close" }).click()
    expect(await page.locator(".page-notice").count()).toBe(0)
    await close()
  })

  it("opens in a page that is already there, and leads to its own lesson from another", async () => {
    const { first } = await twoCells()
    const fragment = await packCells({ lesson: "gradient-descent", cells: { [first]: "const here = 1" } })
    const { page, close } = await openPage(browser, "perceptron/")
    await editableCells(page)
    await page.evaluate((hash) => {
      location.hash = hash
    }, fragment)
    await page.getByRole("button", { name: "Go there" }).click()
    await page.waitForURL(/gradient-descent/)
    const [cell] = await editableCells(page)
    await notice(cell).getByText("Shared with you").waitFor()
    await expect.poll(() => code(cell)).toContain("const here = 1")
    await close()
  })

  it("of a cell that is no longer there can be read all the same", async () => {
    const fragment = await packCells({ lesson: "gradient-descent", cells: { gone: "const lost = false" } })
    const { page, close } = await openPage(browser, `${lesson}#${fragment}`)
    await page.getByText("The text of “gone”").click()
    expect(await page.locator(".page-notice pre").innerText()).toBe("const lost = false")
    await close()
  })
})

describe("two tabs of a lesson", () => {
  it("merge edits of different cells; in the same cell the newer wins, aloud, and the other is kept", async () => {
    const { page, close } = await openPage(browser, lesson)
    const second = await page.context().newPage()
    await second.goto(page.url())
    const [a, b] = await editableCells(page)
    const [a2, b2] = await editableCells(second)
    await page.bringToFront()
    await edit(a, "const here = 1")
    await second.bringToFront()
    await expect.poll(() => code(a2)).toContain("const here = 1")
    await edit(b2, "const there = 2")
    await expect.poll(() => code(b)).toContain("const there = 2")
    await edit(a2, "const newer = 3")
    await page.bringToFront()
    await expect.poll(() => code(a)).toContain("const newer = 3")
    await expect.poll(() => a.getByRole("status").innerText()).toMatch(/Another tab changed this cell/)
    await press(a, "Bring mine back")
    await expect.poll(() => code(a)).toContain("const here = 1")
    await second.bringToFront()
    await expect.poll(() => code(a2)).toContain("const here = 1")
    await menu(a2, "Versions of this cell…")
    expect(await a2.getByRole("combobox", { name: "Version" }).innerText()).toMatch(/another tab/)
    await close()
  })
})

describe("storage", () => {
  it("that is full makes room among old versions first", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    const id = await idOf(cell)
    await page.evaluate(() => {
      const versions = Array.from({ length: 50 }, (_, i) => ({
        source: `${i}`.repeat(20_000),
        at: i,
        why: "run",
      }))
      localStorage.setItem("descent:history:gone/cell", JSON.stringify(versions))
      let size = 2 ** 22
      while (size > 16) {
        try {
          localStorage.setItem(`x${Math.random()}`, "x".repeat(size))
        } catch {
          size /= 2
        }
      }
    })
    await edit(cell, `const fits = "${"y".repeat(5000)}"`)
    await page.waitForTimeout(600)
    expect(await stored(page, `edit:gradient-descent/${id}`)).toMatchObject({
      source: expect.stringContaining("yyy"),
    })
    expect(await page.locator(".page-notice").count()).toBe(0)
    await close()
  })

  it.each([
    ["full", "QuotaExceededError" as const],
    ["forbidden", "SecurityError" as const],
  ])("that is %s is said once, in words; nothing is lost while the page is open", async (_, name) => {
    const { page, close } = await openPage(browser, lesson)
    const [cell, other] = await editableCells(page)
    await page.evaluate(refuseStorage, name)
    await edit(cell, "const unkept = 1\nunkept")
    await expect
      .poll(() => page.locator(".page-notice [role=status]").innerText())
      .toMatch(/does not keep your work.*until you close this page/)
    expect(await faults(page, ".page-notice")).toEqual([])
    const download = page.waitForEvent("download")
    await page.getByRole("button", { name: "Save my work to a file" }).click()
    const path = await (await download).path()
    const { readFileSync } = await import("node:fs")
    expect(readFileSync(path, "utf8")).toContain("const unkept = 1")
    await edit(other, "unkept + 1")
    await run(other)
    await expect.poll(() => output(other)).toContain("2")
    expect(await page.locator(".page-notice").count()).toBe(0)
    await close()
  })

  it("that is not there at all is said, too, and cells work all the same", async () => {
    const { page, close } = await openPage(browser, lesson)
    await page.addInitScript(closeStorage)
    await page.reload()
    const [cell] = await editableCells(page)
    await edit(cell, "const unkept = 41\nunkept + 1")
    await expect
      .poll(() => page.locator(".page-notice [role=status]").innerText())
      .toMatch(/does not keep your work/)
    await run(cell)
    await expect.poll(() => output(cell)).toContain("42")
    await close()
  })
})
