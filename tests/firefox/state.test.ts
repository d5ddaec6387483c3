/** @file What belongs to the reader, in Firefox: edits, versions, links, other tabs, files to take away and to bring in. */
import { execFileSync } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ElementHandle, Page } from "puppeteer-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faults } from "../browser/axe.ts"
import { click, type Firefox, find, openFirefox, openPage, press, textOf } from "./browser.ts"
import { type Cell, code, edit, editableCells, output, run, state, until } from "./cells.ts"

const lesson = "gradient-descent/"
let firefox: Firefox
beforeAll(async () => {
  firefox = await openFirefox()
})
afterAll(() => firefox?.close())

async function menu(cell: Cell, entry: string): Promise<void> {
  await click((await cell.$(".cell-menu > summary")) as ElementHandle<HTMLElement>)
  await press(cell, entry)
}

const keysStored = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => /^descent:(edit|history|exercise)/.test(key)))

describe("an edit", () => {
  it("survives a reload at once, is reset and brought back, and is kept among the versions", async () => {
    const { page, close } = await openPage(firefox, lesson)
    const [cell] = await editableCells(page)
    const author = await code(cell)
    await edit(cell, "const a = 1\nconst b = 2\na + b")
    await run(cell)
    await until(cell, /computed by you/)
    await edit(cell, "const a = 1\nconst b = 5\na + b")
    await page.reload()
    const [again] = await editableCells(page)
    expect(await code(again)).toContain("const b = 5")
    expect(await again.evaluate((one) => one.innerText)).toContain("your edit")
    await press(again, "Reset")
    expect((await code(again)).trim()).toBe(author.trim())
    await press(again, "Undo reset")
    expect(await code(again)).toContain("const b = 5")
    await menu(again, "Versions of this cell…")
    const panel = await again.waitForSelector(".cell-panel", { visible: true })
    const select = await find(panel ?? again, "combobox", "Version")
    const versions = await select.$$eval("option", (all) => all.map((one) => one.textContent))
    expect(versions.at(-1)).toBe("The book’s text")
    expect(versions.join()).toMatch(/as you ran it/)
    expect(await faults(page, ".cell-panel")).toEqual([])
    await select.focus()
    await page.keyboard.press("End")
    await expect.poll(async () => (await again.$$eval(".cell-panel ins", (all) => all.length)) > 0).toBe(true)
    await press(panel as Cell, "Restore this version")
    await expect.poll(async () => (await code(again)).trim()).toBe(author.trim())
    await close()
  })

  it("in another tab is taken over, and the newer text wins, aloud", async () => {
    const { page, close } = await openPage(firefox, lesson)
    const second = await page.browserContext().newPage()
    await second.setViewport({ width: 1280, height: 900 })
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
    await press(a, "Bring mine back")
    await expect.poll(() => code(a)).toContain("const here = 1")
    await close()
  })
})

describe("a shared cell", () => {
  it("is a link that opens elsewhere: shown, not run, not saved until it is kept", async () => {
    const { page, close } = await openPage(firefox, lesson)
    const [cell] = await editableCells(page)
    await edit(cell, "const shared = 123321\nshared // Σ 🙂")
    await menu(cell, "Share or download…")
    await press(cell, "Link to this cell")
    const field = await find(cell, "textbox", "Link")
    const address = await field.evaluate((one) => (one as HTMLInputElement).value)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address)
    await close()

    const other = await openPage(firefox, address)
    const [opened] = await editableCells(other.page)
    await opened.waitForSelector(".cell-notice", { visible: true })
    expect(await code(opened)).toContain("const shared = 123321")
    expect(await output(opened)).not.toContain("123321")
    expect(await other.page.$("iframe")).toBe(null)
    expect(await keysStored(other.page)).toEqual([])
    expect(await faults(other.page, ".cell-notice")).toEqual([])
    await press(opened, "Keep it")
    await expect.poll(() => keysStored(other.page)).toHaveLength(1)
    expect(new URL(other.page.url()).hash).toBe("")
    await other.close()
  })

  it("that is damaged gives a sentence and changes nothing", async () => {
    const { page, close } = await openPage(firefox, `${lesson}#shared=AAAA-not-a-link`)
    const notice = await page.waitForSelector(".page-notice [role=status]")
    await expect
      .poll(() => textOf(notice as Cell))
      .toMatch(/The link is damaged.*Nothing of yours was changed/)
    const [cell] = await editableCells(page)
    expect(await state(cell)).toBe("from the book")
    await close()
  })
})

describe("what is taken away", () => {
  it("is the lesson as a program that runs in Node, with the reader's text", async () => {
    const { page, close } = await openPage(firefox, lesson)
    const [cell] = await editableCells(page)
    await edit(cell, 'console.log("taken away")')
    await menu(cell, "Share or download…")
    const { name, path } = await firefox.download(() => press(cell, "Lesson as a program (.zip)"))
    expect(name).toMatch(/\.zip$/)
    const folder = mkdtempSync(join(tmpdir(), "descent-taken-"))
    execFileSync("python3", ["-m", "zipfile", "-e", path, folder])
    const id = lesson.replace("/", "")
    let printed: string
    try {
      printed = execFileSync(process.execPath, [`${id}.ts`], {
        cwd: join(folder, id),
        encoding: "utf8",
        stdio: "pipe",
      })
    } catch (error) {
      // The later cells may need what the first one no longer declares.
      printed = String((error as { stdout: string }).stdout)
    }
    expect(printed).toContain("\ntaken away")
    await close()
  })

  it("is everything, to a file, back in another browser, and erased by name", async () => {
    const stored = {
      "edit:gradient-descent/one": { source: "const mine = 1", base: "", at: 5 },
      "history:gradient-descent/one": [{ source: "const before = 0", at: 1, why: "run" }],
      "exercise:fit-line": {
        answer: { kind: "code", source: "1" },
        attempts: [],
        hintsUsed: 0,
        revealed: false,
      },
    }
    const here = await openPage(firefox, "your-work/", stored)
    const main = (await here.page.waitForSelector("nn-your-work")) as Cell
    const { path, bytes } = await firefox.download(() => press(main, "Save everything to a file"))
    expect(JSON.parse(bytes.toString()).entries).toEqual(stored)
    await press(main, "Erase my data…")
    await press(main, "Erase everything")
    await expect.poll(() => keysStored(here.page)).toEqual([])
    await press(main, "Undo")
    await expect.poll(() => keysStored(here.page)).toHaveLength(3)
    const there = await openPage(firefox, "your-work/")
    const bring = await there.page.waitForSelector('nn-your-work input[type="file"]')
    await (bring as ElementHandle<HTMLInputElement>).uploadFile(path)
    await expect.poll(() => keysStored(there.page)).toHaveLength(3)
    const said = (await there.page.$("nn-your-work [role=status]")) as Cell
    expect(await textOf(said)).toMatch(/1 cell has the file’s text now; 1 exercise was brought up to date/)
    expect(await faults(there.page)).toEqual([])
    await there.close()
    await here.close()
  })
})

describe("storage that is forbidden", () => {
  it("is said once, in words, and cells work all the same", async () => {
    const { page, close } = await openPage(firefox, lesson)
    await page.evaluateOnNewDocument(() => {
      if (window !== window.top) return
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("no", "SecurityError")
        },
      })
    })
    await page.reload()
    const [cell] = await editableCells(page)
    await edit(cell, "const unkept = 41\nunkept + 1")
    const notice = await page.waitForSelector(".page-notice [role=status]")
    await expect.poll(() => textOf(notice as Cell)).toMatch(/does not keep your work/)
    await run(cell)
    await expect.poll(() => output(cell)).toContain("42")
    await close()
  })
})
