/** @file Explorables and the cells beside them: a control and an input that move together, a cell that sets a figure. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"
import { code, edit, output, run, state, until } from "./cells.ts"
import { approach, described, press, spoken } from "./explorables.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const lesson = "softmax-and-cross-entropy/"
const figureOf = (page: Page, name: string): Locator => page.locator(`nn-explorable[data-name="${name}"]`)
const thermostat = (page: Page): Locator => figureOf(page, "softmax-thermostat")
const perplexity = (page: Page): Locator => page.locator('nn-cell[data-cell="perplexity"]')
const inCell = (page: Page): Locator => perplexity(page).getByRole("slider", { name: "Temperature T" })
const inFigure = (page: Page): Locator =>
  thermostat(page).getByRole("slider", { name: "Temperature T", exact: true })
const shown = (page: Page): Promise<string> =>
  thermostat(page).getByRole("spinbutton", { name: "Temperature T" }).inputValue()

/** The first digits of what the cell shows. */
function perplexityAt(T: number): string {
  const parts = [3.2, 5.1, -1.7].map((score) => Math.exp(score / T))
  const sum = parts.reduce((a, b) => a + b)
  const entropy = parts.reduce((h, part) => h - (part / sum) * Math.log(part / sum), 0)
  return Math.exp(entropy).toFixed(3)
}

it("a control and an input move together, and the cell follows with the newest value", async () => {
  const { page, close } = await openPage(browser, lesson)
  await approach(thermostat(page))
  expect(await shown(page)).toBe("1")
  await expect.poll(() => inCell(page).inputValue()).toBe("1")
  expect(await state(perplexity(page))).toBe("from the book")
  await inFigure(page).press("End")
  await until(perplexity(page), /computed by you/)
  await expect.poll(() => output(perplexity(page))).toContain(perplexityAt(10))
  await inCell(page).scrollIntoViewIfNeeded()
  await expect.poll(() => inCell(page).inputValue()).toBe("10")
  await inCell(page).focus()
  await page.keyboard.press("Home")
  await expect.poll(() => shown(page)).toBe("0.1")
  await expect.poll(() => output(perplexity(page))).toMatch(/\b0\.1\b[\s\S]*\b1\b/)
  expect(await described(thermostat(page))).toMatch(/0\.1/)
  await expect.poll(() => spoken(thermostat(page))).not.toBe("")
  await perplexity(page).getByRole("button", { name: "Back to 1: Temperature T" }).click()
  await expect.poll(() => shown(page)).toBe("1")

  await page.keyboard.press("ArrowRight")
  await expect.poll(() => shown(page)).toBe("1.1")
  await expect.poll(() => page.url()).toContain("temperature:1.1")
  await page.reload()
  await approach(thermostat(page))
  expect(await shown(page)).toBe("1.1")
  await until(perplexity(page), /out of date: “Temperature T” has changed/)
  await close()
})

it("a link to a state sets the input too, and runs nothing", async () => {
  const { page, close } = await openPage(browser, `${lesson}#ex.softmax-thermostat=1~temperature:2`)
  await until(perplexity(page), /out of date: “Temperature T” has changed/)
  expect(await shown(page)).toBe("2")
  await perplexity(page).scrollIntoViewIfNeeded()
  await expect.poll(() => inCell(page).inputValue()).toBe("2")
  await run(perplexity(page))
  await until(perplexity(page), /computed by you/)
  expect(await output(perplexity(page))).toContain(perplexityAt(2).slice(0, -1))
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(":input:")))
  expect(kept).toEqual([])
  await close()
})

it("a cell sets an explorable, however far that is, and says where; its code goes on in a scratchpad", async () => {
  const { page, close } = await openPage(browser, "initialisation/")
  const figure = figureOf(page, "thirty-floors")
  const cell = page.locator('nn-cell[data-cell="own-weights"]')
  const floors = page.locator('nn-cell[data-cell="floors"]')
  expect(await cell.getByRole("link", { name: "Show it there" }).getAttribute("href")).toMatch(
    /^#ex\.thirty-floors=1~scheme:own~t:30$/,
  )
  await run(cell)
  await until(cell, /computed by you/)
  await expect.poll(() => output(cell)).toMatch(/Shown in Figure 22\.\d+ above: Units ReLU, Weights my own\./)
  expect(await figure.getByRole("radio", { name: "my own" }).isChecked()).toBe(true)
  await figure.getByRole("spinbutton", { name: "Gain" }).fill("1.414")
  await page.keyboard.press("Enter")
  await expect.poll(() => output(floors)).toMatch(/0\.99/)
  // What moves with the gain leaves the other controls as they are.
  await press(figure, "linear, 1.1")
  await expect.poll(() => output(floors)).toMatch(/0\.605/)
  expect(await figure.getByRole("radio", { name: "linear" }).isChecked()).toBe(true)

  const shown = figure.locator("pre")
  const built = await shown.textContent()
  await figure.locator("summary", { hasText: "Code" }).click()
  await expect.poll(() => shown.textContent()).not.toBe(built)
  const source = await shown.innerText()
  await figure.getByRole("button", { name: "Open in a scratchpad" }).click()
  const taken = page.locator('nn-scratchpad[data-ready] nn-cell[data-cell="c1"]')
  await taken.waitFor()
  expect(await code(taken)).toBe(source.trim())
  await run(taken)
  await until(taken, /computed by you/)
  await close()
})

/** A figure, and a cell whose input can move with it. */
async function visitFloors() {
  const { page, close } = await openPage(browser, "initialisation/")
  const figure = figureOf(page, "thirty-floors")
  const units = (name: string): Promise<boolean> =>
    figure.getByRole("radio", { name, exact: true }).isChecked()
  return { figure, cell: page.locator('nn-cell[data-cell="floors"]'), units, close }
}

it("a run that is asked for while the cell follows its figure sets the figure, too, and is heard", async () => {
  const { figure, cell, units, close } = await visitFloors()
  const heard = (): Promise<string> => cell.locator(".cell-live").innerText()
  await edit(
    cell,
    `const gain = input.slider("Gain", { min: 0.1, max: 10, step: 0.01, value: 0.5, explorable: "thirty-floors.gain" })
for (const end = performance.now() + 1500; performance.now() < end; );
explorable("thirty-floors", { g: "relu", scheme: "own" })
gain + 100`,
  )
  await run(cell)
  await expect.poll(() => output(cell)).toContain("100.5")
  await press(figure, "linear, 1.1")
  await until(cell, /^running/)
  // Stop has taken the place of Run.
  await cell.getByRole("textbox").press("Control+Enter")
  await expect.poll(() => output(cell)).toMatch(/For Figure 22\.\d+ above: Units ReLU, Weights my own\./)
  expect(await units("linear")).toBe(true)
  await expect.poll(() => units("ReLU")).toBe(true)
  await expect.poll(heard).toMatch(/finished/)
  await close()
})

it("a cell that moves with a figure and sets it does so when it is run, not when the figure has moved it", async () => {
  const { figure, cell, units, close } = await visitFloors()
  await edit(
    cell,
    `const gain = input.slider("Gain", { min: 0.1, max: 10, step: 0.01, value: 0.5, explorable: "thirty-floors.gain" })
explorable("thirty-floors", { g: "relu", scheme: "own" })
gain + 100`,
  )
  await run(cell)
  await expect.poll(() => output(cell)).toMatch(/Shown in Figure 22\.\d+ above: Units ReLU, Weights my own\./)
  expect(await units("ReLU")).toBe(true)

  await press(figure, "linear, 1.1")
  await expect.poll(() => output(cell)).toContain("101.1")
  await expect.poll(() => output(cell)).toMatch(/For Figure 22\.\d+ above: Units ReLU, Weights my own\./)
  expect(await units("linear")).toBe(true)
  await cell.getByRole("slider", { name: "Gain" }).press("ArrowRight")
  await expect.poll(() => output(cell)).toContain("101.11")
  expect(await units("linear")).toBe(true)

  await cell.getByRole("link", { name: "Show it there" }).click()
  await expect.poll(() => units("ReLU")).toBe(true)
  await press(figure, "linear, 1.1")
  await expect.poll(() => units("linear")).toBe(true)
  await run(cell)
  await expect.poll(() => units("ReLU")).toBe(true)
  await expect.poll(() => output(cell)).toContain("Shown in")
  await close()
})
