/** @file What inputs are set to, in links: made, opened elsewhere, taken or left. Never run unasked. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"
import { output, until } from "./cells.ts"
import { openPad, padCell } from "./pad.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const line = (page: Page): Locator => page.locator('nn-cell[data-cell="fit"]')
const stepSize = (page: Page): Locator => line(page).getByRole("slider", { name: "step size" })
const notice = (page: Page): Locator => page.getByRole("complementary", { name: "Notice" })
const set = { "input:gradient-descent/fit": { "step size": 0.12 } }

it("a link to a cell holds what its inputs are set to, and says so", async () => {
  const made = await openPage(browser, "gradient-descent/", { stored: set })
  await until(line(made.page), /out of date: “step size” has changed/)
  await line(made.page)
    .getByLabel(/^More for/)
    .press("Enter")
  await line(made.page).getByRole("button", { name: "Share or download…" }).press("Enter")
  await line(made.page).getByRole("button", { name: "Link to this cell" }).press("Enter")
  const field = line(made.page).getByRole("textbox", { name: "Link" })
  await field.waitFor()
  const { hash } = new URL(await field.inputValue())
  expect(hash).toMatch(/^#shared=/)
  await expect
    .poll(() => line(made.page).locator(".cell-notice").innerText())
    .toContain("The link holds what the inputs are set to; nothing was sent anywhere.")
  await made.close()

  const { page, close } = await openPage(browser, `gradient-descent/${hash}`)
  await notice(page).getByText("step size: 0.12").waitFor()
  expect(await notice(page).innerText()).toContain("Nothing runs before you press Run.")
  expect(await stepSize(page).inputValue()).toBe("0.05")
  await notice(page).getByRole("button", { name: "Use these values" }).press("Enter")
  await until(line(page), /out of date: “step size” has changed/)
  expect(await stepSize(page).inputValue()).toBe("0.12")
  const before = await output(line(page))
  await line(page).getByRole("button", { name: "Run", exact: true }).press("Enter")
  await until(line(page), /computed by you/)
  expect(await output(line(page))).not.toBe(before)
  await close()

  const mine = { "input:gradient-descent/fit": { "step size": 0.02 } }
  const other = await openPage(browser, `gradient-descent/${hash}`, { stored: mine })
  await notice(other.page).getByText("You have set them otherwise.").waitFor()
  await notice(other.page).getByRole("button", { name: "Keep mine" }).press("Enter")
  expect(await stepSize(other.page).inputValue()).toBe("0.02")
  expect(new URL(other.page.url()).hash).toBe("")
  await other.close()

  const same = await openPage(browser, `gradient-descent/${hash}`, { stored: set })
  await notice(same.page).getByText("is what you have here already").waitFor()
  await same.close()
})

it("a link to a scratchpad holds them, too", async () => {
  const source = 'input.slider("rate", { min: 0, max: 1, step: 0.1, value: 0.3 })'
  const stored = { "input:scratchpad/pad/c1": { rate: 0.8 } }
  const made = await openPad(browser, { "c1 Mine": source }, { stored })
  await made.page.locator("summary", { hasText: "Share or save" }).click()
  await made.page.getByRole("button", { name: /link/i }).press("Enter")
  const field = made.page.getByRole("textbox", { name: "Link" })
  await field.waitFor()
  const { hash } = new URL(await field.inputValue())
  await made.close()

  const { page, close } = await openPage(browser, `scratchpad/${hash}`)
  await page.locator("nn-scratchpad[data-ready]").waitFor()
  const cell = padCell(page, "c1")
  await cell.getByRole("button", { name: "Run", exact: true }).press("Enter")
  await until(cell, /computed by you/)
  expect(await cell.getByRole("slider", { name: "rate" }).inputValue()).toBe("0.8")
  expect(await output(cell)).toMatch(/0\.8/)
  const kept = (): Promise<string[]> =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("descent:input:")))
  expect(await kept()).toEqual([])
  await page.getByRole("button", { name: "Keep it" }).press("Enter")
  await expect.poll(kept).toEqual([expect.stringMatching(/^descent:input:scratchpad\/\w+\/c1$/)])
  await close()
})
