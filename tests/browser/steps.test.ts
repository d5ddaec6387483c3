/** @file Recorded steps as a reader goes through them: by pointer, keys and touch, without scripts, on paper, after a run. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, openPage, type PageOptions, phone } from "./browser.ts"
import { edit, run, until } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** A first run loads what running takes. */
const SOON = { timeout: 20_000 }

interface Visit {
  page: Page
  cell: Locator
  close: () => Promise<void>
}

/** The trace of the perceptron, alive. */
async function trace(options: PageOptions = {}): Promise<Visit> {
  return visit("perceptron/", "trace", options)
}

async function visit(lesson: string, id: string, options: PageOptions = {}): Promise<Visit> {
  const { page, close } = await openPage(browser, lesson, options)
  const cell = page.locator(`nn-cell[data-cell="${id}"]`)
  await cell.scrollIntoViewIfNeeded()
  await press(cell, "Forward").waitFor()
  return { page, cell, close }
}

const press = (cell: Locator, name: string): Locator =>
  cell.getByRole("group", { name: "Steps" }).getByRole("button", { name, exact: true })
const slider = (cell: Locator): Locator => cell.getByRole("slider", { name: "Step" })
const where = (cell: Locator): Promise<string> => cell.locator(".steps-where").innerText()
const said = (cell: Locator): Promise<string> =>
  cell.getByRole("group", { name: "Steps" }).getByRole("status").innerText()
const value = (cell: Locator, name: string): Promise<string> =>
  cell
    .locator(".steps-values > div")
    .filter({ has: cell.page().getByText(name, { exact: true }) })
    .locator("dd")
    .innerText()
const pointed = (cell: Locator): Promise<string> => cell.locator(".code-step-line").last().innerText()

describe("recorded steps", () => {
  it("are read without scripts: the first one, and a table of all", async () => {
    const { page, close } = await openPage(browser, "perceptron/", { javaScriptEnabled: false })
    const cell = page.locator('nn-cell[data-cell="trace"]')
    expect(await where(cell)).toBe("Step 1 of 18")
    expect(await value(cell, "weights")).toBe("[0, 0, −1]")
    expect(await cell.locator(".steps-bar").evaluate((bar) => bar.clientHeight)).toBe(0)
    await cell.getByText("All 18 steps").click()
    expect(await cell.getByRole("row").count()).toBe(19)
    expect(await cell.getByRole("row").last().innerText()).toMatch(
      /^18\s+8\s+−\s+\[0, 1, 1\]\s+\[3, 2, −4\]\s+0$/,
    )
    await close()
  })

  it("are a table on paper, without buttons", async () => {
    const { page, cell, close } = await trace()
    await page.emulateMedia({ media: "print" })
    expect(await press(cell, "Forward").isVisible()).toBe(false)
    const last = await cell.getByRole("row", { name: /^18 8/, includeHidden: true }).boundingBox()
    expect(last?.height).toBeGreaterThan(5)
    await close()
  })

  it("go forward and back by pointer; what changed says what it was; the line that recorded it is marked", async () => {
    const { cell, close } = await trace()
    expect(await where(cell)).toBe("Step 1 of 18")
    expect(await press(cell, "Back").getAttribute("aria-disabled")).toBe("true")
    await press(cell, "Forward").click()
    expect(await where(cell)).toBe("Step 2 of 18")
    expect(await value(cell, "weights")).toMatch(/^\[1, 1, 0\]\s+was \[0, 0, −1\]$/)
    expect(await value(cell, "pass")).toBe("1")
    expect(await said(cell)).toBe(
      "Step 2 of 18: sign = +, input = [1, 1, 1], weights = [1, 1, 0], rows wrong = 3",
    )
    expect(await pointed(cell)).toMatch(/^\s*step\(\{/)
    await press(cell, "Last").click()
    expect(await where(cell)).toBe("Step 18 of 18")
    expect(await press(cell, "Forward").getAttribute("aria-disabled")).toBe("true")
    await press(cell, "Back").click()
    expect(await where(cell)).toBe("Step 17 of 18")
    expect(await slider(cell).inputValue()).toBe("17")
    await press(cell, "First").click()
    expect(await where(cell)).toBe("Step 1 of 18")
    await close()
  })

  it("are gone through by keyboard alone", async () => {
    const { page, cell, close } = await trace()
    await press(cell, "Last").focus()
    await page.keyboard.press("Tab")
    expect(await slider(cell).evaluate((e) => e === document.activeElement)).toBe(true)
    const after: [string, string][] = [
      ["ArrowRight", "Step 2 of 18"],
      ["ArrowRight", "Step 3 of 18"],
      ["ArrowLeft", "Step 2 of 18"],
      ["End", "Step 18 of 18"],
      ["ArrowRight", "Step 18 of 18"],
      [",", "Step 17 of 18"],
      ["Home", "Step 1 of 18"],
      [".", "Step 2 of 18"],
      ["r", "Step 1 of 18"],
    ]
    for (const [key, words] of after) {
      await page.keyboard.press(key)
      expect(await where(cell)).toBe(words)
    }
    expect(await slider(cell).getAttribute("aria-valuetext")).toBe("1 of 18")
    await page.keyboard.press("Space")
    await press(cell, "Pause").waitFor()
    await expect.poll(() => where(cell), SOON).toBe("Step 2 of 18")
    await page.keyboard.press("Space")
    await press(cell, "Play").waitFor()
    expect(await said(cell)).toMatch(/^Step \d+ of 18: /)
    // On a button the arrows go through the steps, too, and the page stays where it is.
    await press(cell, "Back").focus()
    await page.keyboard.press("End")
    expect(await where(cell)).toBe("Step 18 of 18")
    expect(page.url()).toContain("perceptron")
    await close()
  })

  it("have a figure each, in the book and after a run", async () => {
    const { cell, close } = await visit("gradient-descent/", "line-moves")
    const figure = (n: number): Locator =>
      cell.getByRole("img", { name: `Five points and the line after ${n} moves` })
    expect(await figure(0).isVisible()).toBe(true)
    await press(cell, "Forward").click()
    expect(await where(cell)).toBe("Step 2 of 9: after 1 moves")
    expect(await figure(1).isVisible()).toBe(true)
    const book = await cell.locator(".steps-values").innerText()
    await run(cell)
    await until(cell, /computed by you in/)
    expect(await where(cell)).toBe("Step 2 of 9: after 1 moves")
    expect(await cell.locator(".steps-values").innerText()).toBe(book)
    await figure(1).waitFor()
    await press(cell, "Last").click()
    await figure(80).waitFor()
    expect(await cell.getByRole("img").count()).toBe(1)
    await press(cell, "First").click()
    await figure(0).waitFor()
    await close()
  })

  it("play one by one, to the end or until the reader looks elsewhere", async () => {
    const { page, cell, close } = await trace()
    await press(cell, "Last").click()
    await press(cell, "Play").click()
    expect(await where(cell)).toBe("Step 1 of 18")
    await expect.poll(() => where(cell), { timeout: 5000 }).toBe("Step 3 of 18")
    await page.evaluate(() => scrollTo(0, 0))
    await press(cell, "Play").waitFor()
    const there = await where(cell)
    await page.waitForTimeout(1500)
    expect(await where(cell)).toBe(there)
    await slider(cell).fill("17")
    await press(cell, "Play").click()
    await press(cell, "Pause").waitFor()
    await press(cell, "Play").waitFor()
    expect(await said(cell)).toMatch(/^Step 18 of 18: /)
    await close()
  })

  it("do nothing while nothing plays", async () => {
    const { page, cell, close } = await trace()
    await press(cell, "Forward").click()
    await page.waitForTimeout(300)
    const frames = await page.evaluate(async () => {
      let asked = 0
      const [frame, timer] = [window.requestAnimationFrame, window.setTimeout]
      window.requestAnimationFrame = (call) => {
        asked++
        return frame(call)
      }
      window.setTimeout = ((call: () => void, ms?: number) => {
        asked++
        return timer(call, ms)
      }) as typeof window.setTimeout
      await new Promise((done) => timer(done, 1000))
      return asked
    })
    expect(frames).toBe(0)
    await close()
  })

  it("do not become a film for a reader who wants less motion", async () => {
    const { cell, close } = await trace({ reducedMotion: "reduce" })
    await run(cell)
    await until(cell, /computed by you in/)
    await edit(cell, "for (let i = 0; i < 1000; i++) step({ i })")
    await run(cell)
    await until(cell, /computed by you in/)
    await expect.poll(() => where(cell), SOON).toBe("Step 1 of 1000")
    await press(cell, "Play").click()
    await cell.page().waitForTimeout(2000)
    await press(cell, "Pause").click()
    expect(Number(await slider(cell).inputValue())).toBeLessThan(6)
    await close()
  })

  it("keep the reader's place when the cell runs again, as far as there is one", async () => {
    const { cell, close } = await trace()
    const source = (n: number) => `for (let i = 1; i <= ${n}; i++) step({ square: i * i })`
    await edit(cell, source(10))
    await run(cell)
    await expect.poll(() => where(cell), SOON).toBe("Step 1 of 10")
    await press(cell, "Forward").click()
    await press(cell, "Forward").click()
    await edit(cell, source(20))
    await run(cell)
    await expect.poll(() => where(cell), SOON).toBe("Step 3 of 20")
    expect(await value(cell, "square")).toMatch(/^9\s+was 4$/)
    await edit(cell, source(2))
    await run(cell)
    await expect.poll(() => where(cell), SOON).toBe("Step 2 of 2")
    await press(cell, "First").click()
    await edit(cell, source(5))
    await run(cell)
    await expect.poll(() => where(cell), SOON).toBe("Step 1 of 5")
    // The line is marked in the editor, too.
    await press(cell, "Forward").click()
    await cell.locator(".code-step-line").first().waitFor({ state: "attached" })
    await close()
  })

  it("begin at the last one in a cell that is not made for it", async () => {
    const { page, close } = await openPage(browser, "perceptron/")
    const cell = page.locator('nn-cell[data-cell="counts"]')
    await edit(cell, 'for (const s of ["a", "b", "c"]) step("letter " + s, { s })')
    await run(cell)
    await expect.poll(() => where(cell), SOON).toBe("Step 3 of 3: letter c")
    await close()
  })

  it("are there as far as a run came that throws, or that never ends and is stopped", async () => {
    const { cell, close } = await trace()
    await edit(cell, "for (let i = 0; ; i++) {\n  step({ i })\n  if (i === 4) throw new Error('half way')\n}")
    await run(cell)
    await expect.poll(() => where(cell), SOON).toBe("Step 1 of 5")
    await cell.getByText("half way", { exact: true }).waitFor()
    await edit(cell, "for (let i = 0; i < 7; i++) step({ i })\nwhile (true);")
    await run(cell)
    await expect.poll(() => where(cell), SOON).toBe("Step 1 of 7")
    await cell.getByRole("button", { name: "Stop" }).click()
    await until(cell, /stopped/i)
    await press(cell, "Last").click()
    expect(await where(cell)).toBe("Step 7 of 7")
    expect(await value(cell, "i")).toMatch(/^6\s+was 5$/)
    await close()
  })

  it("come ten thousand at a time; what is not kept is said", async () => {
    const { cell, close } = await trace()
    await edit(
      cell,
      "const w = [0, 0]\nfor (let i = 1; i <= 10_000; i++) {\n  w[i % 2] = i\n  step({ i, w })\n}",
    )
    await run(cell)
    await until(cell, /computed by you in/)
    await expect.poll(() => where(cell), SOON).toBe("Step 1 of 10000")
    await cell.getByText("Of 10000 steps the first 2000 and the last are kept.").waitFor()
    await press(cell, "Last").click()
    expect(await where(cell)).toBe("Step 10000 of 10000")
    expect(await value(cell, "w")).toMatch(/^\[10000, 9999\]\s+was \[2000, 1999\]$/)
    await press(cell, "Back").click()
    expect(await where(cell)).toBe("Step 2000 of 10000")
    await cell.getByText("All 2001 steps").click()
    await expect.poll(() => cell.getByRole("row").count()).toBe(2002)
    await close()
  })

  it("show the row of the step, however the reader has sorted the table", async () => {
    const { cell, close } = await trace()
    await cell.getByText("All 18 steps").click()
    await press(cell, "Forward").click()
    const row = cell.locator("tr[aria-current=step]")
    expect(await row.innerText()).toMatch(/^2\s/)
    await cell.getByRole("button", { name: "rows wrong" }).click()
    await press(cell, "Forward").click()
    expect(await row.innerText()).toMatch(/^3\s/)
    expect(await row.count()).toBe(1)
    await close()
  })

  it("are missed in a sentence where a cell is made for them and records none", async () => {
    const { cell, close } = await trace()
    await edit(cell, "1 + 1")
    await run(cell)
    await expect
      .poll(() => cell.locator(".cell-out").innerText(), SOON)
      .toMatch(/recorded no step\. Call step/)
    await close()
  })

  it("come back as the book has them when the cell is reset", async () => {
    const { cell, close } = await trace()
    await edit(cell, "step({ mine: 1 })")
    await run(cell)
    await expect.poll(() => where(cell), SOON).toBe("Step 1 of 1")
    await cell.getByRole("button", { name: "Reset", exact: true }).click()
    await expect.poll(() => where(cell), SOON).toBe("Step 1 of 18")
    await press(cell, "Forward").click()
    expect(await where(cell)).toBe("Step 2 of 18")
    await close()
  })

  it("fit a phone, follow a finger, and give axe nothing to find", async () => {
    for (const [lesson, id] of [
      ["perceptron/", "trace"],
      ["gradient-descent/", "line-moves"],
    ]) {
      const { page, cell, close } = await visit(lesson, id, phone)
      await press(cell, "Forward").tap()
      expect(await where(cell)).toMatch(/^Step 2 of /)
      for (const name of ["First", "Back", "Play", "Forward", "Last"])
        expect((await press(cell, name).boundingBox())?.height).toBeGreaterThanOrEqual(40)
      await slider(cell).tap()
      expect(await where(cell)).not.toMatch(/^Step 2 of /)
      await cell.locator(".output-steps > details > summary").tap()
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      expect(await faultsInBothThemes(page, `nn-cell[data-cell="${id}"]`)).toEqual([])
      await close()
    }
  })

  it("are found and named in the accessibility tree", async () => {
    const { cell, close } = await trace()
    await press(cell, "Forward").click()
    expect(await cell.getByRole("group", { name: "Steps" }).ariaSnapshot()).toBe(
      [
        '- group "Steps":',
        '  - button "First"',
        '  - button "Back"',
        '  - button "Play"',
        '  - button "Forward"',
        '  - button "Last"',
        '  - slider "Step": "2"',
        "  - paragraph: Step 2 of 18",
        "  - term: pass",
        '  - definition: "1"',
        "  - term: sign",
        "  - definition: + was −",
        "  - term: input",
        '  - definition: "[1, 1, 1] was [0, 0, 1]"',
        "  - term: weights",
        '  - definition: "[1, 1, 0] was [0, 0, −1]"',
        "  - term: rows wrong",
        "  - definition: 3 was 1",
        '  - status: "Step 2 of 18: sign = +, input = [1, 1, 1], weights = [1, 1, 0], rows wrong = 3"',
      ].join("\n"),
    )
    await close()
  })
})
