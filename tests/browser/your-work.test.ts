/** @file The page of the reader's own work: what is here, to a file and back, erased by name, all by keyboard. */
import { readFileSync } from "node:fs"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { closeStorage, openBrowser, openPage } from "./browser.ts"
import { edit, editableCells } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const stored = {
  "edit:gradient-descent/one": { source: "const mine = 1", base: "", at: 5 },
  "history:gradient-descent/one": [{ source: "const before = 0", at: 1, why: "run" }],
  "exercise:fit-line": { answer: { kind: "code", source: "1" }, attempts: [], hintsUsed: 0, revealed: false },
  learner: { name: "Ada", id: "7" },
  theme: "dark",
}
const everything = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() =>
    Object.fromEntries(
      Object.keys(localStorage)
        .filter((key) => key.startsWith("descent:") && key !== "descent:erased")
        .map((key) => [key.slice(8), JSON.parse(localStorage.getItem(key) ?? "null")]),
    ),
  )
const status = (page: Page) => page.locator("nn-your-work [role=status]")

async function saved(page: Page): Promise<string> {
  const download = page.waitForEvent("download")
  await page.getByRole("button", { name: "Save everything to a file" }).click()
  return (await download).path()
}

describe("the page of your work", () => {
  it("is linked from every page's foot and says what is here", async () => {
    const { page, close } = await openPage(browser, "", { stored })
    await page.getByRole("contentinfo").getByRole("link", { name: "Your work" }).click()
    const list = page.getByRole("region", { name: "What is here" })
    await list.getByText("1 edited cell").waitFor()
    expect(await list.getByRole("listitem").allInnerTexts()).toEqual([
      "1 edited cell",
      "1 kept version of cells",
      "answers to 1 exercise, 0 of them solved",
      "your name and number for handing in",
      "your choice of colours",
      expect.stringMatching(/: 1 edited, 1 version$/),
    ])
    await close()
  })

  it("says that nothing is kept where the browser's storage is closed, and promises nothing then", async () => {
    const { page, close } = await openPage(browser, "your-work/")
    const promise = page.getByText("are kept in this browser, on this machine")
    const warning = page.getByText("This browser does not let the book keep anything")
    await page.getByText("Nothing yet.").waitFor()
    expect([await promise.isVisible(), await warning.isVisible()]).toEqual([true, false])
    await page.addInitScript(closeStorage)
    await page.reload()
    await warning.waitFor()
    expect(await promise.isVisible()).toBe(false)
    await close()
  })

  it("takes everything to another browser by a file", async () => {
    const here = await openPage(browser, "your-work/", { stored })
    const path = await saved(here.page)
    expect(await status(here.page).innerText()).toMatch(/^Saved as descent-\d{4}-\d\d-\d\d\.json/)
    const there = await openPage(browser, "your-work/")
    await there.page.getByLabel("Bring in a file").setInputFiles(path)
    await expect
      .poll(() => status(there.page).innerText())
      .toMatch(/1 cell has the file’s text now; 1 exercise was brought up to date; 2 settings were added\.$/)
    expect(await everything(there.page)).toEqual(stored)
    await there.page.getByLabel("Bring in a file").setInputFiles(path)
    await expect.poll(() => status(there.page).innerText()).toMatch(/All of it was here already/)
    await there.close()
    await here.close()
  })

  it("keeps the newer text of a cell and the other among its versions", async () => {
    const here = await openPage(browser, "your-work/", { stored })
    const path = await saved(here.page)
    const newer = { "edit:gradient-descent/one": { source: "const newer = 2", base: "", at: 9 } }
    const { page, close } = await openPage(browser, "your-work/", { stored: newer })
    await page.getByLabel("Bring in a file").setInputFiles(path)
    await expect.poll(() => status(page).innerText()).toMatch(/1 cell keeps its newer text/)
    expect(await everything(page)).toMatchObject({
      ...newer,
      "history:gradient-descent/one": [
        { source: "const before = 0" },
        { source: "const mine = 1", why: "import" },
      ],
    })
    await close()
    await here.close()
  })

  it("refuses a damaged file with a sentence and changes nothing", async () => {
    const { page, close } = await openPage(browser, "your-work/", { stored })
    const good = readFileSync(await saved(page))
    for (const [name, buffer, words] of [
      ["cut.json", good.subarray(0, good.length - 20), /damaged or cut off.*Nothing here was changed/],
      ["photo.json", Buffer.from([0xff, 0xd8, 0xff, 0x00]), /damaged.*Nothing here was changed/],
      ["other.json", Buffer.from('{"a": 1}'), /not one that this book has saved.*Nothing here was changed/],
    ] as const) {
      await page
        .getByLabel("Bring in a file")
        .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(buffer) })
      await expect.poll(() => status(page).innerText()).toMatch(words)
      await page.reload()
    }
    expect(await everything(page)).toEqual(stored)
    await close()
  })

  it("erases in the other tabs, too, and brings back there what is brought back here", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const [cell] = await editableCells(page)
    await edit(cell, "const mine = 1")
    await page.waitForTimeout(400)
    const other = await page.context().newPage()
    await other.goto(new URL("../your-work/", page.url()).href)
    await other.getByRole("button", { name: "Erase my data…" }).click()
    await other.getByRole("button", { name: "Erase everything" }).click()
    await page.bringToFront()
    await expect.poll(() => cell.getByText("your edit", { exact: true }).isVisible()).toBe(false)
    await page.waitForTimeout(3500)
    expect(await everything(page)).toEqual({})
    await other.getByRole("button", { name: "Undo" }).click()
    await expect.poll(() => cell.getByText("your edit", { exact: true }).isVisible()).toBe(true)
    await close()
  })

  it("erases after naming what goes and offering a file first, by keyboard, and can take it back", async () => {
    const { page, close } = await openPage(browser, "your-work/", { stored })
    await page.getByRole("button", { name: "Erase my data…" }).focus()
    await page.keyboard.press("Enter")
    const question = page.getByRole("group", { name: "This goes, in all lessons:" })
    expect(await question.getByRole("listitem").count()).toBe(5)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Save it to a file first")
    const download = page.waitForEvent("download")
    await page.keyboard.press("Enter")
    expect(JSON.parse(readFileSync(await (await download).path(), "utf8")).entries).toEqual(stored)
    expect(await everything(page)).toEqual(stored)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    expect(await status(page).innerText()).toMatch(/Erased/)
    expect(await everything(page)).toEqual({})
    expect(await page.getByText("Nothing yet.").isVisible()).toBe(true)
    await page.getByRole("button", { name: "Undo" }).click()
    expect(await everything(page)).toEqual(stored)
    await page.getByRole("button", { name: "Erase my data…" }).click()
    await page.getByRole("button", { name: "Keep it" }).click()
    expect(await everything(page)).toEqual(stored)
    await close()
  })
})
