/** @file The scratchpad, used as a reader uses it: keys, pointer, touch, reload, files, links, two tabs. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import AxeBuilder from "@axe-core/playwright"
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { type BookPage, openBrowser, openPage, type PageOptions, pasteOver, phone } from "./browser.ts"
import { editableCells, output, run, state, until } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const ready = (page: Page): Promise<void> => page.locator("nn-scratchpad[data-ready]").waitFor()

async function open(options: PageOptions = {}, path = "scratchpad/"): Promise<BookPage> {
  const opened = await openPage(browser, path, options)
  await ready(opened.page)
  return opened
}

async function reload(page: Page): Promise<void> {
  await page.reload()
  await ready(page)
}

const cell = (page: Page, id: string): Locator => page.getByRole("figure", { name: new RegExp(`^${id}\\b`) })
const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click()
async function fold(page: Page, name: RegExp): Promise<void> {
  const summary = page.locator("summary", { hasText: name })
  await summary.click()
  // What it holds may still be on its way.
  await summary.locator("xpath=..").getByRole("button").first().waitFor()
}
const status = (page: Page): Locator => page.locator(".scratch-status")
const name = (page: Page): Locator => page.getByRole("textbox", { name: "Name", exact: true })
/** An editor draws spaces that do not break. */
const code = async (one: Locator): Promise<string> =>
  (await one.locator(".cell-code").innerText()).replaceAll("\u00a0", " ").trim()
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000 })

/** Opens the cell's editor. */
async function write(one: Locator): Promise<void> {
  await one.getByRole("button", { name: "Edit", exact: true }).click()
  const id = await one.locator(".cell-title").innerText()
  await eventually(() => focused(one.page())).toMatch(new RegExp(`^Code of (cell ${id}|“)`))
  await eventually(() => one.locator(".cell-code").getAttribute("aria-busy")).toBe(null)
}

async function edit(one: Locator, source: string): Promise<void> {
  await write(one)
  await pasteOver(one.page(), source)
}

const order = (page: Page): Promise<string[]> => page.locator(".cell-title").allInnerTexts()
const focused = (page: Page): Promise<string> =>
  page.evaluate(
    () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName ?? "",
  )

/** What the browser keeps, without when. */
const kept = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() => Object.fromEntries(Object.entries(localStorage)))

/** As the page keeps it. */
function stored(id: string, title: string, texts: Record<string, string>): Record<string, unknown> {
  const edits = Object.entries(texts).map(([c, source]) => [
    `edit:scratchpad/${id}/${c}`,
    { source, base: "", at: 5 },
  ])
  const cells = Object.keys(texts).map((c) => ({ id: c }))
  return { [`scratch:${id}`]: { name: title, at: 5, cells, gone: [] }, ...Object.fromEntries(edits) }
}

const chain = stored("chain1", "A chain", { c1: "const x = 2", c2: "const y = x * 10\ny", c3: "y + 1" })

async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include("main")
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`))
}

describe("the scratchpad", () => {
  it("is linked from every page, and begins with one empty cell and nothing kept", async () => {
    const { page, close } = await openPage(browser, "")
    await page.getByRole("banner").getByRole("link", { name: "Scratchpad" }).click()
    await ready(page)
    expect(await order(page)).toEqual(["c1"])
    expect(await state(cell(page, "c1"))).toBe("not run yet")
    expect(Object.keys(await kept(page))).toEqual([])
    await close()
  })

  it("needs scripts, and says so without", async () => {
    const { page, close } = await openPage(browser, "scratchpad/", { javaScriptEnabled: false })
    expect(await page.locator("main noscript").innerText()).toContain("This page needs JavaScript")
    expect(await page.getByRole("button", { name: "Run all" }).count()).toBe(0)
    await close()
  })

  it("is written in and run by keyboard alone, each Shift+Enter a cell further", async () => {
    const { page, close } = await open()
    await page.getByRole("group", { name: "Code of c1" }).focus()
    await page.keyboard.press("Enter")
    await cell(page, "c1")
      .getByRole("textbox", { name: /^Code of cell c1/ })
      .waitFor({ state: "attached" })
    await eventually(() => focused(page)).toMatch(/^Code of cell c1/)
    await pasteOver(page, "const x = tensor([1, 2, 3])\nx.sum()")
    await page.keyboard.press("Shift+Enter")
    await eventually(() => focused(page)).toMatch(/^Code of cell c2/)
    await pasteOver(page, "x.mul(2)")
    await page.keyboard.press("Control+Enter")
    await until(cell(page, "c2"), /computed by you in/)
    expect(await output(cell(page, "c1"))).toContain("6")
    expect(await output(cell(page, "c2"))).toMatch(/2\s+4\s+6/)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    expect(await focused(page)).not.toMatch(/^Code of/)
    await close()
  })

  it("keeps texts, titles, order and name over a reload, and computes when asked", async () => {
    const { page, close } = await open()
    await edit(cell(page, "c1"), "const x = 4\nx")
    await press(page, "Add cell below c1")
    await eventually(() => focused(page)).toMatch(/^Code of cell c2/)
    await pasteOver(page, "x * x")
    await page.getByRole("textbox", { name: "Title of cell c2" }).fill("Square")
    await name(page).fill("My trials")
    await press(page, "Add cell at the top")
    await eventually(() => order(page)).toEqual(["c3", "c1", "c2"])
    await reload(page)
    expect(await order(page)).toEqual(["c3", "c1", "c2"])
    expect(await name(page).inputValue()).toBe("My trials")
    expect(await page.title()).toMatch(/^My trials · Scratchpad/)
    expect(await code(cell(page, "c2"))).toBe("x * x")
    expect(await page.getByRole("textbox", { name: "Title of cell c2" }).inputValue()).toBe("Square")
    await press(page, "Run all")
    await until(cell(page, "c2"), /computed by you in/)
    expect(await output(cell(page, "c2"))).toContain("16")
    await close()
  })

  it("shows errors with the title of the cell that they lead to, and versions with what they change", async () => {
    const { page, close } = await open({
      stored: stored("err001", "Errors", { c1: "later + 1", c2: "const later = 1" }),
    })
    await page.getByRole("textbox", { name: "Title of cell c2" }).fill("Declared here")
    await page.keyboard.press("Tab")
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /error/)
    expect(await output(cell(page, "c1"))).toContain("cell “Declared here”, further down")
    await edit(cell(page, "c1"), "1 + 1")
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /computed by you/)
    await cell(page, "c1").locator(".cell-menu > summary").click()
    await press(page, "Versions of this cell…")
    const versions = page.getByRole("region", { name: /^Versions of/ })
    await versions.getByRole("figure").waitFor()
    expect(await versions.getByRole("combobox", { name: "Version" }).innerText()).toContain(
      "Empty, as it began",
    )
    await close()
  })
})

describe("the cells of a scratchpad", () => {
  it("move and say where they are; what no longer holds says why; the keyboard stays at the button", async () => {
    const { page, close } = await open({ stored: chain })
    await press(page, "Run all")
    await until(cell(page, "c3"), /computed by you/)
    const up = page.getByRole("button", { name: "Move c2 up" })
    await up.focus()
    await page.keyboard.press("Enter")
    expect(await order(page)).toEqual(["c2", "c1", "c3"])
    await eventually(() => status(page).innerText()).toBe("Cell c2 is now number 1 of 3")
    await until(cell(page, "c2"), /out of date: what it uses now comes from another cell/)
    await until(cell(page, "c3"), /out of date/)
    expect(await state(cell(page, "c1"))).toMatch(/computed by you/)
    // There is no further up.
    expect(await focused(page)).toBe("Move c2 down")
    await page.keyboard.press("Enter")
    expect(await order(page)).toEqual(["c1", "c2", "c3"])
    await until(cell(page, "c2"), /computed by you/)
    await close()
  })

  it("are copied with their text and deleted; undo takes no question and no pointer", async () => {
    const { page, close } = await open({ stored: chain })
    await press(page, "Run all")
    await until(cell(page, "c3"), /computed by you/)
    await press(page, "Duplicate c2")
    expect(await order(page)).toEqual(["c1", "c2", "c4", "c3"])
    await eventually(() => focused(page)).toMatch(/^Code of cell c4/)
    expect(await code(cell(page, "c4"))).toBe("const y = x * 10\ny")
    await page.getByRole("button", { name: "Delete c2" }).focus()
    await page.keyboard.press("Enter")
    expect(await order(page)).toEqual(["c1", "c4", "c3"])
    await until(cell(page, "c3"), /out of date: `y` comes from cell “c4”, which has not run/)
    expect(await status(page).innerText()).toBe("Cell c2 was deleted. Undo brings it back.")
    expect(await focused(page)).toBe("Undo: bring cell c2 back")
    await page.keyboard.press("Enter")
    expect(await order(page)).toEqual(["c1", "c2", "c4", "c3"])
    await until(cell(page, "c2"), /out of date: it was taken away for a while/)
    expect(await output(cell(page, "c2"))).toContain("20")
    await eventually(() => focused(page)).toMatch(/^Code of cell c2/)
    await close()
  })

  it("can be brought back after a reload, too", async () => {
    const { page, close } = await open({ stored: chain })
    await press(page, "Delete c2")
    await reload(page)
    expect(await order(page)).toEqual(["c1", "c3"])
    await fold(page, /^Deleted cells \(1\)/)
    await press(page, "Bring back c2")
    expect(await order(page)).toEqual(["c1", "c2", "c3"])
    await run(cell(page, "c3"))
    await until(cell(page, "c3"), /computed by you/)
    expect(await output(cell(page, "c3"))).toContain("21")
    await close()
  })

  it("see the names of the cells above in the editor, wherever they have moved", async () => {
    const { page, close } = await open({
      stored: stored("types1", "Types", { c1: "const x = 2", c2: "x.toFixed()" }),
    })
    await write(cell(page, "c2"))
    await page.waitForTimeout(3000)
    expect(await page.locator(".squiggly-warning").count()).toBe(0)
    await press(page, "Move c2 up")
    await edit(cell(page, "c2"), "x.toFixed(1)")
    await page.locator(".squiggly-warning").first().waitFor({ state: "attached", timeout: 60_000 })
    await close()
  })

  it("end with Stop, and forget with Restart what is then out of date", async () => {
    const { page, close } = await open({
      stored: stored("loop01", "Loop", { c1: "1 + 1", c2: "while (true);" }),
    })
    const stop = page.getByRole("group", { name: "All cells" }).getByRole("button", { name: "Stop" })
    expect(await stop.isDisabled()).toBe(true)
    await press(page, "Run all")
    await until(cell(page, "c2"), /^running/)
    await stop.click()
    await until(cell(page, "c2"), /^stopped/)
    expect(await state(cell(page, "c1"))).toMatch(/computed by you/)
    await press(page, "Delete c2")
    await until(cell(page, "c1"), /out of date: cells have come, gone or moved since/)
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /computed by you/)
    await press(page, "Restart")
    await until(cell(page, "c1"), /out of date: its values were forgotten when you restarted/)
    expect(await output(cell(page, "c1"))).toContain("2")
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /computed by you/)
    await close()
  })

  it("that run are stopped when they are deleted", async () => {
    const { page, close } = await open({
      stored: stored("loop02", "Loop", { c1: "while (true);", c2: "2 + 2" }),
    })
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /^running/)
    await press(page, "Delete c1")
    await run(cell(page, "c2"))
    await until(cell(page, "c2"), /computed by you/)
    expect(await output(cell(page, "c2"))).toContain("4")
    await close()
  })

  it("have inputs that drive what depends on them, also over a reload", async () => {
    const texts = { c1: 'const n = input.slider("n", { min: 0, max: 10, step: 1, value: 3 })', c2: "n * n" }
    const { page, close } = await open({ stored: stored("input1", "Inputs", texts) })
    await press(page, "Run all")
    await until(cell(page, "c2"), /computed by you/)
    const slider = page.getByRole("slider", { name: "n" })
    await slider.focus()
    await page.keyboard.press("ArrowRight")
    await eventually(() => output(cell(page, "c2"))).toContain("16")
    await reload(page)
    await press(page, "Run all")
    await eventually(() => output(cell(page, "c2"))).toContain("16")
    await close()
  })
})

describe("several scratchpads", () => {
  it("are made, renamed, copied and switched between", async () => {
    const { page, close } = await open({ stored: chain })
    await fold(page, /^My scratchpads \(1\)/)
    await press(page, "New scratchpad")
    await eventually(() => name(page).inputValue()).toBe("Scratchpad")
    await ready(page)
    expect(await order(page)).toEqual(["c1"])
    await name(page).fill("Second thoughts")
    await fold(page, /^My scratchpads \(2\)/)
    const list = page.getByRole("group").filter({ hasText: "My scratchpads" }).getByRole("link")
    expect((await list.allInnerTexts()).sort()).toEqual(["A chain", "Second thoughts"])
    await page.getByRole("link", { name: "A chain" }).click()
    await eventually(() => name(page).inputValue()).toBe("A chain")
    await ready(page)
    await fold(page, /^My scratchpads/)
    await press(page, "Duplicate this one")
    await eventually(() => name(page).inputValue()).toBe("A chain (copy)")
    await ready(page)
    await press(page, "Run all")
    await until(cell(page, "c3"), /computed by you/)
    expect(await output(cell(page, "c3"))).toContain("21")
    await close()
  })

  it("are deleted without a question and brought back, now and later", async () => {
    const { page, close } = await open(
      { stored: { ...chain, ...stored("other1", "Other", { c1: "1" }) } },
      "scratchpad/?pad=chain1",
    )
    await fold(page, /^My scratchpads \(2\)/)
    await press(page, "Delete this one")
    await page.getByText("“A chain” was deleted. For thirty days").waitFor()
    expect(await focused(page)).toBe("Undo: bring “A chain” back")
    await page.keyboard.press("Enter")
    expect(await focused(page)).toBe("INPUT")
    expect(await order(page)).toEqual(["c1", "c2", "c3"])
    await press(page, "Delete this one")
    await page.goto(new URL("scratchpad/", inject("book")).href)
    await ready(page)
    expect(await name(page).inputValue()).toBe("Other")
    await fold(page, /^My scratchpads \(1\)/)
    await press(page, "Bring back “A chain”")
    await page.getByRole("link", { name: "A chain" }).click()
    await eventually(() => name(page).inputValue()).toBe("A chain")
    await ready(page)
    expect(await code(cell(page, "c3"))).toBe("y + 1")
    await close()
  })
})

describe("a scratchpad that is taken away", () => {
  async function saved(page: Page, as: string): Promise<string> {
    if (!(await page.getByRole("button", { name: as }).isVisible())) await fold(page, /^Share or save/)
    const download = page.waitForEvent("download")
    await press(page, as)
    const file = await download
    const path = join(mkdtempSync(join(tmpdir(), "descent-scratch-")), file.suggestedFilename())
    await file.saveAs(path)
    return path
  }

  it.each([
    ["File for this page (.json)", /a-chain\.json$/],
    ["Notebook (.ipynb)", /a-chain\.ipynb$/],
  ])("comes back as it was from the %s", async (as, file) => {
    const here = await open({ stored: chain })
    await here.page.getByRole("textbox", { name: "Title of cell c2" }).fill("Ten times")
    const path = await saved(here.page, as)
    expect(path).toMatch(file)
    const there = await open()
    await fold(there.page, /^My scratchpads/)
    await there.page.getByLabel("Bring in a file").setInputFiles(path)
    await eventually(() => name(there.page).inputValue()).toBe("A chain")
    await ready(there.page)
    expect(await order(there.page)).toEqual(["c1", "c2", "c3"])
    expect(await code(cell(there.page, "c2"))).toBe("const y = x * 10\ny")
    expect(await there.page.getByRole("textbox", { name: "Title of cell c2" }).inputValue()).toBe("Ten times")
    await here.close()
    await there.close()
  })

  it("runs as a program beside the engine, and the program can be brought in", async () => {
    const { page, close } = await open({ stored: chain })
    const path = await saved(page, "Program (.zip)")
    const folder = mkdtempSync(join(tmpdir(), "descent-scratch-"))
    execFileSync("python3", ["-m", "zipfile", "-e", path, folder])
    const printed = execFileSync(process.execPath, ["a-chain.ts"], {
      cwd: join(folder, "a-chain"),
      encoding: "utf8",
    })
    expect(printed).toContain("21")
    await fold(page, /^My scratchpads/)
    await page.getByLabel("Bring in a file").setInputFiles(join(folder, "a-chain", "a-chain.ts"))
    await eventually(() => name(page).inputValue()).toBe("A chain 2")
    await ready(page)
    expect(await code(cell(page, "c2"))).toBe("const y = x * 10\ny")
    await close()
  })

  it("comes back damaged with a sentence, and nothing changes", async () => {
    const { page, close } = await open({ stored: chain })
    const before = await kept(page)
    const path = join(mkdtempSync(join(tmpdir(), "descent-scratch-")), "cut.json")
    writeFileSync(path, '{"format": "descent-scratchpad", "cells": [')
    await fold(page, /^My scratchpads/)
    await page.getByLabel("Bring in a file").setInputFiles(path)
    await page
      .getByText(
        "cut.json: The file is damaged or cut off: it is no complete JSON. Nothing of yours was changed.",
      )
      .waitFor()
    expect(await kept(page)).toEqual(before)
    await close()
  })

  it("in a link is shown, not run, and kept only when somebody keeps or changes it", async () => {
    const here = await open({ stored: chain })
    await fold(here.page, /^Share or save/)
    await press(here.page, "Copy a link")
    const address = await here.page.getByRole("textbox", { name: "Link" }).inputValue()
    const there = await open({ stored: stored("mine01", "Mine", { c1: "1" }) }, address)
    const { page } = there
    const before = await kept(page)
    await page.getByText("“A chain” was shared with you: shown, not run").waitFor()
    expect(await code(cell(page, "c3"))).toBe("y + 1")
    expect(await state(cell(page, "c3"))).toBe("not run yet")
    await run(cell(page, "c3"))
    await until(cell(page, "c3"), /computed by you/)
    expect(await kept(page)).toEqual(before)
    await press(page, "Keep it")
    await reload(page)
    expect(await name(page).inputValue()).toBe("A chain")
    expect(await code(cell(page, "c3"))).toBe("y + 1")
    await fold(page, /^My scratchpads \(2\)/)
    await here.close()
    await there.close()
  })

  it("in a damaged link says so, and shows the reader's own", async () => {
    const { page, close } = await open({ stored: chain }, "scratchpad/#shared=abc")
    await page.getByText("The link is damaged").waitFor()
    expect(await name(page).inputValue()).toBe("A chain")
    await close()
  })
})

describe("the reader's work", () => {
  it("in two tabs is the same: the newer list of cells is taken over, and said", async () => {
    const { page, close } = await open({ stored: chain }, "scratchpad/?pad=chain1")
    const other = await page.context().newPage()
    await other.goto(page.url())
    await ready(other)
    await press(other, "Add cell below c3")
    await eventually(() => order(page)).toEqual(["c1", "c2", "c3", "c4"])
    await page.getByText("Another tab changed which cells this scratchpad has").waitFor()
    await eventually(() => focused(other)).toMatch(/^Code of cell c4/)
    await pasteOver(other, "y + 100")
    await eventually(() => code(cell(page, "c4"))).toBe("y + 100")
    await press(other, "Delete c1")
    await eventually(() => order(page)).toEqual(["c2", "c3", "c4"])
    await close()
  })

  it("is saved, counted and erased with everything else", async () => {
    const { page, close } = await openPage(browser, "your-work/", { stored: chain })
    const list = page.getByRole("region", { name: "What is here" })
    await list.getByText("1 scratchpad", { exact: true }).waitFor()
    await press(page, "Erase my data…")
    await press(page, "Erase everything")
    await page.goto(new URL("scratchpad/", inject("book")).href)
    await ready(page)
    expect(await order(page)).toEqual(["c1"])
    expect(await code(cell(page, "c1"))).toMatch(/^$|^Click/)
    await close()
  })

  it("is still on the page where the browser keeps nothing, and the page says that it is not kept", async () => {
    const { page, close } = await openPage(browser, "about/")
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError")
      }
    })
    await page.goto(new URL("scratchpad/", inject("book")).href)
    await ready(page)
    await edit(cell(page, "c1"), "6 * 7")
    await page.getByText("This browser does not keep your work").waitFor()
    await press(page, "Add cell below c1")
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /computed by you/)
    expect(await output(cell(page, "c1"))).toContain("42")
    await close()
  })

  it("in a lesson can be copied into a scratchpad and goes on there", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const [first] = await editableCells(page)
    await first.locator(".cell-menu > summary").click()
    await first.getByRole("button", { name: "Share or download…" }).click()
    const cells = await page.locator("nn-cell:not([data-static])").count()
    await first.getByRole("button", { name: "Its cells in a scratchpad" }).click()
    await page.waitForURL(/scratchpad\/\?pad=/)
    await ready(page)
    expect((await order(page)).length).toBe(cells)
    const [top] = await editableCells(page)
    await run(top)
    await until(top, /computed by you/)
    await close()
  })
})

describe("on a phone", () => {
  it("cells are written, run, moved and deleted by touch, and nothing is wider than the screen", async () => {
    const { page, close } = await open({ ...phone, stored: chain })
    await cell(page, "c3").getByRole("button", { name: "Edit", exact: true }).tap()
    await cell(page, "c3").locator(".cm-editor").waitFor()
    await pasteOver(page, "y + 2")
    await cell(page, "c3").getByRole("button", { name: "Run", exact: true }).tap()
    await until(cell(page, "c3"), /computed by you/)
    expect(await output(cell(page, "c3"))).toContain("22")
    await page.getByRole("button", { name: "Move c3 up" }).tap()
    expect(await order(page)).toEqual(["c1", "c3", "c2"])
    await page.getByRole("button", { name: "Delete c3" }).tap()
    await page.getByRole("button", { name: "Undo: bring cell c3 back" }).tap()
    await fold(page, /^My scratchpads/)
    await fold(page, /^Share or save/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await close()
  })
})

it.each(["light", "dark"] as const)("axe finds nothing to mend in any state, %s", async (theme) => {
  const { page, close } = await open({
    theme,
    stored: stored("states", "States", { c1: "const a = 1\na", c2: "b", c3: "a" }),
  })
  expect(await axe(page)).toEqual([])
  await press(page, "Run all")
  await until(cell(page, "c3"), /computed by you/)
  await edit(cell(page, "c1"), "const a = 2\na")
  await until(cell(page, "c3"), /out of date/)
  await fold(page, /^My scratchpads/)
  await fold(page, /^Share or save/)
  await press(page, "Delete c2")
  await fold(page, /^Deleted cells/)
  await press(page, "Add cell below c3")
  await eventually(() => focused(page)).toMatch(/^Code of cell c4/)
  expect(await axe(page)).toEqual([])
  await press(page, "Delete this one")
  expect(await axe(page)).toEqual([])
  await close()
})
