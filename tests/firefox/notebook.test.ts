/** @file The rest of the notebook in Firefox: recorded steps, the panel about devices without WebGPU, a scratchpad kept. */
import type { ElementHandle, Page } from "puppeteer-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { faults } from "../browser/axe.ts"
import {
  type BookPage,
  click,
  type Firefox,
  find,
  keys,
  openFirefox,
  openPage,
  press,
  textOf,
} from "./browser.ts"
import { type Cell, code, edit, output, run, state, until } from "./cells.ts"

let firefox: Firefox
let book: BookPage
let page: Page
beforeAll(async () => {
  firefox = await openFirefox({ "dom.webgpu.enabled": false })
  book = await openPage(firefox, "perceptron/")
  page = book.page
})
afterAll(async () => {
  await book?.close()
  await firefox?.close()
})

it("steps go forward and back by button and key, say what was there before, and point at their line", async () => {
  const cell = (await page.waitForSelector('nn-cell[data-cell="trace"]')) as Cell
  await cell.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }))
  const steps = (await cell.waitForSelector(".steps-bar:not([hidden])")) as ElementHandle<Element>
  const where = () => cell.$eval(".steps-where", (one) => (one as HTMLElement).innerText)
  expect(await where()).toBe("Step 1 of 18")
  await press(steps, "Forward")
  expect(await where()).toBe("Step 2 of 18")
  expect(await cell.$eval(".steps-values", (one) => (one as HTMLElement).innerText)).toMatch(
    /\[1, 1, 0\]\s+was \[0, 0, −1\]/,
  )
  expect(await cell.$$eval(".code-step-line", (all) => (all.at(-1) as HTMLElement).innerText)).toMatch(
    /^\s*step\(\{/,
  )
  const slider = await find(steps, "slider", "Step")
  await slider.focus()
  for (const [key, words] of [
    ["ArrowRight", "Step 3 of 18"],
    ["End", "Step 18 of 18"],
    ["Home", "Step 1 of 18"],
  ]) {
    await keys(page, key)
    expect(await where()).toBe(words)
  }
})

it("the panel about devices says that there is no WebGPU, offers the CPU, and gives the focus back", async () => {
  // To look for a name in the whole tree of so long a page takes Firefox many seconds.
  const button = (await page.waitForSelector("nn-device button")) as ElementHandle<HTMLElement>
  expect(await textOf(button)).toBe("Device: CPU")
  await click(button)
  const panel = (await page.waitForSelector("dialog[open]")) as ElementHandle<HTMLElement>
  expect(
    await panel.evaluate(
      (one) => document.getElementById(one.getAttribute("aria-labelledby") ?? "")?.textContent,
    ),
  ).toBe("Where the cells compute")
  await expect.poll(() => textOf(panel), { timeout: 20_000 }).toContain("None: this browser has no WebGPU")
  const choices = await panel.$$eval("input[type=radio]", (all) =>
    (all as HTMLInputElement[]).map(({ checked, disabled }) => ({ checked, disabled })),
  )
  expect(choices).toEqual([
    { checked: true, disabled: false },
    { checked: false, disabled: true },
  ])
  expect(await faults(page, "dialog[open]")).toEqual([])
  await keys(page, "Escape")
  await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true)
})

it("a scratchpad keeps its code over a reload, and computes it again when it is asked to", async () => {
  const scratch = async (): Promise<Cell> => {
    await page.waitForSelector("nn-scratchpad[data-ready]")
    return (await page.waitForSelector("nn-cell")) as Cell
  }
  await page.goto(new URL("../scratchpad/", page.url()).href)
  const cell = await scratch()
  await edit(cell, 'const x = tensor([1, 2, 3])\nx.sum().item() + " in all"')
  await keys(page, "Control+Enter")
  await until(cell, /computed by you in/)
  expect(await output(cell)).toContain("6 in all")
  await page.reload()
  const again = await scratch()
  await expect.poll(() => code(again)).toContain("tensor([1, 2, 3])")
  expect(await state(again)).not.toMatch(/computed by you/)
  await run(again)
  await until(again, /computed by you in/)
  expect(await output(again)).toContain("6 in all")
})
