/** @file Inputs of cells in the page, by pointer and by key: what follows, what wins, what stays. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, openPage, phone } from "./browser.ts"
import { edit, editableCells, output, run, state, until } from "./cells.ts"

const lesson = "gradient-descent/"
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const SLIDER =
  'const a = input.slider("amount", { min: 0, max: 10, step: 1, value: 3 })\ndisplay("first " + a)'
const amount = (cell: Locator) => cell.getByRole("slider", { name: "amount" })

/** The slider of the book's cell, once it is near and alive. */
async function stepSize(page: Page): Promise<Locator> {
  const slider = page.getByRole("slider", { name: "step size", exact: true })
  await slider.scrollIntoViewIfNeeded()
  await expect.poll(() => slider.isEnabled()).toBe(true)
  return slider
}

/** The first three cells with other texts, the first one run. */
async function withCells(page: Page, sources: string[]): Promise<Locator[]> {
  const cells = (await editableCells(page)).slice(0, sources.length)
  for (const [i, source] of sources.entries()) await edit(cells[i], source)
  for (const cell of cells) {
    await run(cell)
    await until(cell, /computed by you in/)
  }
  return cells
}

describe("a slider of the book", () => {
  it("is there without scripts, with its value, and says when it will work", async () => {
    const { page, close } = await openPage(browser, lesson, { javaScriptEnabled: false })
    const slider = page.getByRole("slider", { name: "step size", exact: true })
    expect(await slider.isDisabled()).toBe(true)
    expect(await slider.inputValue()).toBe("0.05")
    const notes = await page.getByText("This control works once the page’s scripts have loaded.").all()
    expect(notes.length).toBeGreaterThan(0)
    for (const note of notes) expect(await note.isVisible()).toBe(true)
    await close()
  })

  it("opens the sandbox at the first touch, keeps the focus, and its cell follows by itself", async () => {
    const { page, close } = await openPage(browser, lesson)
    const slider = await stepSize(page)
    const cell = page.locator("nn-cell", { has: slider })
    expect(await page.locator("iframe").count()).toBe(0)
    const before = await output(cell)
    await slider.focus()
    await slider.evaluate((e) => e.setAttribute("data-same", ""))
    await page.keyboard.press("ArrowRight")
    await until(cell, /computed by you in/)
    await expect.poll(() => output(cell)).not.toBe(before)
    expect(await slider.inputValue()).toBe("0.055")
    expect(await cell.locator("output").innerText()).toBe("0.055")
    // The very element of the book, with the focus still on it.
    expect(await slider.evaluate((e) => e === document.activeElement && e.hasAttribute("data-same"))).toBe(
      true,
    )
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft")
    await expect.poll(() => slider.inputValue()).toBe("0.03")
    await until(cell, /computed by you in/)
    await close()
  })

  it("goes back to the book's value by a button, which gives the focus back", async () => {
    const { page, close } = await openPage(browser, lesson)
    const slider = await stepSize(page)
    const cell = page.locator("nn-cell", { has: slider })
    const numbers = () => cell.getByRole("table").innerText()
    const book = await numbers()
    await slider.focus()
    await page.keyboard.press("End")
    await until(cell, /computed by you in/)
    expect(await numbers()).not.toBe(book)
    await cell.getByRole("button", { name: "Back to 0.05: step size" }).click()
    await until(cell, /computed by you in/)
    await expect.poll(numbers).toBe(book)
    expect(await slider.evaluate((e) => e === document.activeElement)).toBe(true)
    await close()
  })

  it("keeps its value over a reload, and says that what is shown does not agree with it until it is run", async () => {
    const { page, close } = await openPage(browser, lesson)
    const slider = await stepSize(page)
    const cell = page.locator("nn-cell", { has: slider })
    await slider.focus()
    await page.keyboard.press("End")
    await until(cell, /computed by you in/)
    const mine = await output(cell)
    await page.reload()
    await until(cell, /out of date: “step size” has changed/)
    expect(await slider.inputValue()).toBe("0.16")
    expect(await page.locator("iframe").count()).toBe(0)
    await run(cell)
    await until(cell, /computed by you in/)
    expect(await output(cell)).toBe(mine)
    await close()
  })
})

describe("a saved value", () => {
  it("puts the book's cells that depend on it out of date, before anything has run", async () => {
    const { page, close } = await openPage(browser, lesson, {
      stored: { "input:gradient-descent/fit": { "step size": 0.1 } },
    })
    await until(page.locator('nn-cell[data-cell="fit"]'), /out of date: “step size” has changed/)
    await until(page.locator('nn-cell[data-cell="line-moves"]'), /out of date: “step size” has changed/)
    expect(await state(page.locator('nn-cell[data-cell="line"]'))).toBe("from the book")
    expect(await page.locator("iframe").count()).toBe(0)
    await close()
  })
})

describe("an input of a reader's cell", () => {
  it("leaves no cell that looks fresh behind when what it drives is stopped", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second, third] = await withCells(page, [SLIDER, "const b = a\nwhile (a > 3);", "b + 1"])
    await amount(first).focus()
    await page.keyboard.press("ArrowRight")
    await second.getByRole("button", { name: "Stop", exact: true }).click()
    await until(second, /stopped/)
    await until(third, /out of date: it waited to run when you stopped/)
    await page.keyboard.press("Tab")
    await amount(first).focus()
    await page.keyboard.press("ArrowLeft")
    await until(third, /computed by you in/)
    expect(await output(third)).toContain("4")
    await close()
  })

  it("drives the cells that depend on it while it is dragged, and no others", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second, third] = await withCells(page, [SLIDER, "a * 2", "performance.now()"])
    const other = await output(third)
    await amount(first).scrollIntoViewIfNeeded()
    const box = await amount(first).boundingBox()
    if (!box) throw new Error("the slider has no place")
    const y = box.y + box.height / 2
    await page.mouse.move(box.x + box.width * 0.3, y)
    await page.mouse.down()
    for (const at of [0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
      await page.mouse.move(box.x + box.width * at, y, { steps: 3 })
    const value = Number(await amount(first).inputValue())
    expect(value).toBeGreaterThan(7)
    // Still held: the cells follow all the same, and the control is the one that is held.
    await expect.poll(() => output(second)).toContain(`${value * 2}`)
    await page.mouse.move(box.x + box.width * 0.999, y, { steps: 3 })
    await page.mouse.up()
    await expect.poll(() => output(second)).toContain("20")
    await expect.poll(() => output(first)).toContain("first 10")
    expect(await amount(first).inputValue()).toBe("10")
    expect(await output(third)).toBe(other)
    await close()
  })

  it("wins with its newest value over a dependent that is slow, in a few runs", async () => {
    const { page, close } = await openPage(browser, lesson)
    const busy = "const until = performance.now() + 1500\nwhile (performance.now() < until);\n'slow ' + a"
    const [first, second] = await withCells(page, [SLIDER, busy])
    await amount(first).focus()
    const began = Date.now()
    for (let i = 0; i < 7; i++) {
      await page.keyboard.press("ArrowRight")
      await new Promise((then) => setTimeout(then, 80))
    }
    await until(second, /running|waiting/)
    await expect.poll(() => output(second), { timeout: 15_000 }).toContain("slow 10")
    await until(second, /computed by you in/)
    // Seven runs one after the other would take 10.5 s.
    expect(Date.now() - began).toBeLessThan(7000)
    expect(await amount(first).evaluate((e) => e === document.activeElement)).toBe(true)
    await close()
  })

  it("ends a dependent without end that it has overtaken", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second] = await withCells(page, [SLIDER, "while (a === 5);\n'past ' + a"])
    await amount(first).focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await until(second, /running/)
    await page.keyboard.press("ArrowRight")
    await expect.poll(() => output(second), { timeout: 15_000 }).toContain("past 6")
    await until(second, /computed by you in/)
    await close()
  })

  it("leaves what further down comes later under the reader’s hand, however often runs are overtaken", async () => {
    const { page, close } = await openPage(browser, lesson)
    const slow = `${SLIDER}
const until = performance.now() + 700
while (performance.now() < until);
input.button("Draw again")`
    const [cell] = await withCells(page, [slow])
    await cell.getByRole("button", { name: "Draw again" }).evaluate((e) => e.setAttribute("data-same", ""))
    await amount(cell).focus()
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press("ArrowRight")
      await expect.poll(() => output(cell)).toContain(`first ${4 + i}`)
      expect(await cell.locator("[data-same]").count()).toBe(1)
    }
    await until(cell, /computed by you in/)
    expect(await cell.locator("button[data-same]").count()).toBe(1)
    await close()
  })

  it("is not forgotten where another input ends the run that it drives", async () => {
    const { page, close } = await openPage(browser, lesson)
    const busy =
      "const until = performance.now() + 1200\nwhile (performance.now() < until);\n'slow ' + a + ' ' + b"
    const [first, second, third] = await withCells(page, [
      SLIDER,
      SLIDER.replace("a =", "b =").replace("+ a", "+ b"),
      busy,
    ])
    await amount(first).focus()
    await page.keyboard.press("ArrowRight")
    await until(third, /running/)
    await amount(second).focus()
    await page.keyboard.press("End")
    await expect.poll(() => output(third), { timeout: 15_000 }).toContain("slow 4 10")
    for (const cell of [first, second, third]) await until(cell, /computed by you in/)
    await close()
  })

  it("is a native control of each kind, by name and by role", async () => {
    const { page, close } = await openPage(browser, lesson)
    const source = `const kind = input.select("optimizer", ["sgd", "adam"])
const on = input.toggle("momentum")
const n = input.number("epochs", { min: 1, max: 50, value: 5 })
const name = input.text("name", { value: "net" })
const times = input.button("Draw again")
const file = input.file("your table")
const table = file && csv(file)
;[kind, on, n, name, times, table?.x.tolist()].join(" | ")`
    const [cell] = await withCells(page, [source])
    await cell.getByRole("combobox", { name: "optimizer" }).selectOption("adam")
    await cell.getByRole("checkbox", { name: "momentum" }).check()
    await cell.getByRole("spinbutton", { name: "epochs" }).fill("70")
    await cell.getByRole("textbox", { name: "name", exact: true }).fill("mine")
    await cell.getByRole("button", { name: "Draw again" }).click()
    await cell.getByRole("button", { name: "Draw again" }).click()
    await cell
      .getByLabel("your table", { exact: true })
      .setInputFiles({ name: "two.csv", mimeType: "text/csv", buffer: Buffer.from("u,v\n1,2\n3,4\n") })
    await expect.poll(() => output(cell)).toContain("adam | true | 50 | mine | 2 | 1,2,3,4")
    await cell.getByRole("spinbutton", { name: "epochs" }).blur()
    expect(await cell.getByRole("spinbutton", { name: "epochs" }).inputValue()).toBe("50")
    expect(await cell.getByText("two.csv").isVisible()).toBe(true)
    await close()
  })

  it("lets points be dragged, moved by key, added, flipped and deleted", async () => {
    const { page, close } = await openPage(browser, lesson)
    const source = `const points = input.points("data", { value: [{ x: 0, y: 0 }, { x: 1, y: 1, label: -1 }], step: 0.5 })
points.map(({ x, y, label }) => [x, y, label].join(",")).join(" ")`
    const [cell] = await withCells(page, [source])
    const first = cell.getByRole("slider", { name: "Point 1, horizontal" })
    await first.focus()
    await page.keyboard.press("ArrowRight")
    await expect.poll(() => output(cell)).toContain("0.5,0,1 1,1,-1")
    expect(await first.evaluate((e) => e === document.activeElement)).toBe(true)
    await page.keyboard.press("Enter")
    await expect.poll(() => output(cell)).toContain("0.5,0,-1 1,1,-1")
    await page.keyboard.press("]")
    await page.keyboard.press("Delete")
    await expect.poll(() => output(cell)).toMatch(/0\.5,0,-1\s*"?$/m)
    await cell.getByRole("button", { name: "Add" }).click()
    await expect.poll(() => output(cell)).toContain("0.5,0,-1 0,0,-1")
    const mark = await cell.getByRole("group", { name: "Point 2" }).boundingBox()
    if (!mark) throw new Error("the point has no place")
    const [x, y] = [mark.x + mark.width / 2, mark.y + mark.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 60, y, { steps: 6 })
    await page.mouse.up()
    await expect.poll(() => output(cell)).toMatch(/0\.5,0,-1 -[01]\.\d+,0,-1/)
    await cell.getByRole("button", { name: "Back to the start: data" }).click()
    await expect.poll(() => output(cell)).toContain("0,0,1 1,1,-1")
    await close()
  })

  it("never runs a restored edit by itself, which says that it is out of date", async () => {
    const { page, close } = await openPage(browser, lesson)
    const [first, second] = await withCells(page, [SLIDER, "a * 2"])
    await edit(second, "a * 3")
    await until(second, /out of date/)
    await page.reload()
    await run(first)
    await until(first, /computed by you in/)
    await amount(first).focus()
    await page.keyboard.press("ArrowRight")
    await expect.poll(() => output(first)).toContain("first 4")
    await until(second, /out of date/)
    expect(await output(second)).not.toContain("12")
    await close()
  })
})

describe("a page with inputs", () => {
  it("has no accessibility fault, and fits a phone", async () => {
    const { page, close } = await openPage(browser, lesson, phone)
    const slider = await stepSize(page)
    await slider.focus()
    await page.keyboard.press("ArrowRight")
    await until(page.locator("nn-cell", { has: slider }), /computed by you in/)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    expect(await faultsInBothThemes(page, "nn-cell:has(.input)")).toEqual([])
    await close()
  })
})
