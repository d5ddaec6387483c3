/** @file Firefox on a device with fingers: the light editor, and a page that fits. */
import { afterAll, beforeAll, expect, it } from "vitest"
import { faults } from "../browser/axe.ts"
import { type Firefox, find, keys, openFirefox, openPage } from "./browser.ts"
import { code, editableCells, idOf, output, until } from "./cells.ts"

/** As Firefox counts what a pointer can do: one is coarse and does not hover. */
const COARSE = 1

let firefox: Firefox
beforeAll(async () => {
  firefox = await openFirefox({
    "ui.primaryPointerCapabilities": COARSE,
    "ui.allPointerCapabilities": COARSE,
    "dom.w3c_touch_events.enabled": 1,
  })
})
afterAll(() => firefox?.close())

it("a cell is edited in the light editor and run by fingers, and nothing scrolls sideways", async () => {
  const { page, close } = await openPage(firefox, "gradient-descent/")
  await page.setViewport({ width: 390, height: 844, hasTouch: true })
  expect(await page.evaluate(() => matchMedia("(pointer: coarse)").matches)).toBe(true)
  const [cell] = await editableCells(page)
  await (await find(cell, "button", "Edit")).tap()
  await cell.waitForSelector(".cm-content")
  await page.waitForFunction(
    (one) => one.querySelector(".cell-code")?.contains(document.activeElement),
    {},
    cell,
  )
  await keys(page, "Control+a")
  await page.keyboard.type("6 * 7")
  expect(await code(cell)).toContain("6 * 7")
  await (await find(cell, "button", "Run")).tap()
  await until(cell, /computed by you in/)
  expect(await output(cell)).toContain("42")
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  expect(await faults(page, await idOf(cell))).toEqual([])
  await close()
})
