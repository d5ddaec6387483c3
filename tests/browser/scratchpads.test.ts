/** @file Several scratchpads; what leaves the page as a file or a link and comes back; two tabs; what is kept. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { openBrowser, openPage, pasteOver, refuseStorage } from "./browser.ts"
import { code, editableCells, output, run, state, until } from "./cells.ts"
import {
  cell,
  chain,
  edit,
  eventually,
  focused,
  fold,
  kept,
  name,
  openScratchpad,
  order,
  press,
  ready,
  reload,
  stored,
} from "./scratch-page.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe("several scratchpads", () => {
  it("are made, renamed, copied and switched between", async () => {
    const { page, close } = await openScratchpad(browser, { stored: chain })
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
    const { page, close } = await openScratchpad(
      browser,
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
    await expect.poll(() => code(cell(page, "c3"))).toBe("y + 1")
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
    const here = await openScratchpad(browser, { stored: chain })
    await here.page.getByRole("textbox", { name: "Title of cell c2" }).fill("Ten times")
    const path = await saved(here.page, as)
    expect(path).toMatch(file)
    const there = await openScratchpad(browser)
    await fold(there.page, /^My scratchpads/)
    await there.page.getByLabel("Bring in a file").setInputFiles(path)
    await eventually(() => name(there.page).inputValue()).toBe("A chain")
    await ready(there.page)
    expect(await order(there.page)).toEqual(["c1", "c2", "c3"])
    await expect.poll(() => code(cell(there.page, "c2"))).toBe("const y = x * 10\ny")
    expect(await there.page.getByRole("textbox", { name: "Title of cell c2" }).inputValue()).toBe("Ten times")
    await here.close()
    await there.close()
  })

  it("runs as a program beside the engine, and the program can be brought in", async () => {
    const { page, close } = await openScratchpad(browser, { stored: chain })
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
    await expect.poll(() => code(cell(page, "c2"))).toBe("const y = x * 10\ny")
    await close()
  })

  it("comes back damaged with a sentence, and nothing changes", async () => {
    const { page, close } = await openScratchpad(browser, { stored: chain })
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
    const here = await openScratchpad(browser, { stored: chain })
    await fold(here.page, /^Share or save/)
    await press(here.page, "Copy a link")
    const address = await here.page.getByRole("textbox", { name: "Link" }).inputValue()
    const there = await openScratchpad(browser, { stored: stored("mine01", "Mine", { c1: "1" }) }, address)
    const { page } = there
    const before = await kept(page)
    await page.getByText("“A chain” was shared with you: shown, not run").waitFor()
    await expect.poll(() => code(cell(page, "c3"))).toBe("y + 1")
    expect(await state(cell(page, "c3"))).toBe("not run yet")
    await run(cell(page, "c3"))
    await until(cell(page, "c3"), /computed by you/)
    expect(await kept(page)).toEqual(before)
    await press(page, "Keep it")
    await reload(page)
    expect(await name(page).inputValue()).toBe("A chain")
    await expect.poll(() => code(cell(page, "c3"))).toBe("y + 1")
    await fold(page, /^My scratchpads \(2\)/)
    await here.close()
    await there.close()
  })

  it("in a damaged link says so, and shows the reader's own", async () => {
    const { page, close } = await openScratchpad(browser, { stored: chain }, "scratchpad/#shared=abc")
    await page.getByText("The link is damaged").waitFor()
    expect(await name(page).inputValue()).toBe("A chain")
    await close()
  })
})

describe("the reader's work", () => {
  it("in two tabs is the same: the newer list of cells is taken over, and said", async () => {
    const { page, close } = await openScratchpad(browser, { stored: chain }, "scratchpad/?pad=chain1")
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
    await expect.poll(() => code(cell(page, "c1"))).toMatch(/^$|^Click/)
    await close()
  })

  it("is still on the page where the browser keeps nothing, and the page says that it is not kept", async () => {
    const { page, close } = await openPage(browser, "about/")
    await page.addInitScript(refuseStorage, "QuotaExceededError" as const)
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
