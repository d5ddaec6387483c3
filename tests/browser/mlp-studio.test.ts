/** @file MLP studio in the page: a click adds a point to both planes at once, a click on the network changes it. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openBrowser } from "./browser.ts"
import { takeaway, visit } from "./explorables.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

it("S02: a click adds a point to both planes in the same frame, and a plus widens a layer", async () => {
  const { figure, close } = await visit(browser, ["dense-layers", "mlp-studio"])
  const seen = await figure.evaluate(async (root) => {
    const discs = () =>
      ["output", "space"].map(
        (view) =>
          root.querySelector(`[data-view="${view}"] svg`)!.innerHTML.split("a3.5 3.5 0 1 0 7 0").length,
      )
    const before = discs()
    const plane = root.querySelector('[data-view="output"] svg')!
    const { left, top, width, height } = plane.getBoundingClientRect()
    const at = { clientX: left + 0.8 * width, clientY: top + 0.2 * height, bubbles: true }
    plane.dispatchEvent(new MouseEvent("click", at))
    await new Promise((drawn) => requestAnimationFrame(drawn))
    return { before, after: discs() }
  })
  expect(seen.after).toEqual(seen.before.map((n) => n + 1))
  await figure.locator('[data-set="net"]').nth(1).click()
  await expect.poll(() => takeaway(figure)).toContain("5 and 2 tanh units")
  await close()
})
