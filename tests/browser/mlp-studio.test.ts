/** @file MLP studio in the page: a click adds a point to both planes at once, a click on the network changes it. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { faults } from "./axe.ts"
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

it("a weight is chosen in the picture and set in its field, a line is turned by key, and the tree sets what it shows", async () => {
  const { page, figure, close } = await visit(browser, ["dense-layers", "mlp-studio"])
  const says = (words: RegExp) =>
    expect.poll(() => figure.locator('[data-control="weight"] .ex-which').innerText()).toMatch(words)
  const changes = () => page.evaluate(() => decodeURIComponent(location.hash))

  // Half way along the connection that ends at the first unit of the last hidden layer.
  const network = figure.locator('[data-view="network"] > svg')
  await figure.locator('[data-set="focus"]').nth(2).click()
  await says(/^bias of unit 3 of layer 1/)
  const field = figure.getByRole("spinbutton", { name: "Weight or bias" })
  await field.fill("-2.5")
  await field.press("Enter")
  await expect.poll(changes).toContain("edits:150 b1.3 -2.5")
  await figure.getByRole("slider", { name: "Weight or bias" }).press("Shift+ArrowRight")
  await expect.poll(changes).toContain("edits:150 b1.3 -2.49")

  await figure.getByRole("slider", { name: "Its line: turn, horizontal" }).press("ArrowRight")
  await expect.poll(changes).toMatch(/150 w1\.3\.1 .*150 w1\.3\.2 .*150 b1\.3/)
  await network.getByText("undo").click()

  await figure.locator("[data-tree] > summary").click()
  const rows = figure.getByRole("row")
  await figure.getByRole("row", { name: "Inputs: x₁, x₂" }).press("End")
  await page.keyboard.press("ArrowRight")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowRight")
  await page.keyboard.press("End")
  expect(await rows.last().evaluate((row) => [row.ariaLevel, row === document.activeElement])).toEqual([
    "3",
    true,
  ])
  await page.keyboard.press("Enter")
  await page.keyboard.type("0.75")
  await page.keyboard.press("Escape")
  await expect.poll(changes).toContain("150 w3.1.2 0.75")
  expect(await faults(page, "[data-tree]", ".ex-controls")).toEqual([])
  await close()
})
