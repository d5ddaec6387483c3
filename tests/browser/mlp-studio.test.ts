/** @file MLP studio in the page: what is clicked, typed and pressed there changes the network, in the same frame. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { faults } from "./axe.ts"
import { openBrowser } from "./browser.ts"
import { takeaway, type Visit, visit } from "./explorables.ts"

let browser: Browser
let shared: Visit
beforeAll(async () => {
  browser = await openBrowser()
  shared = await visit(browser, ["dense-layers", "mlp-studio"])
})
afterAll(() => browser?.close())

it("S02: a click adds a point to both planes in the same frame, and a plus widens a layer", async () => {
  const { figure } = shared
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
})

it("a number is chosen in the picture and set in its field, a line is turned by key, and the tree sets what it shows", async () => {
  const { page, figure } = shared
  const changes = () => page.evaluate(() => decodeURIComponent(location.hash))

  await figure.locator('[data-set="focus"]').nth(2).click()
  await expect
    .poll(() => figure.locator('[data-control="weight"] .ex-which').innerText())
    .toMatch(/^bias of unit 3 of layer 1/)
  const field = figure.getByRole("spinbutton", { name: "Weight or bias" })
  await field.fill("-2.5")
  await field.press("Enter")
  await figure.getByRole("slider", { name: "Weight or bias" }).press("Shift+ArrowRight")
  await expect.poll(changes).toContain("edits:150 b1.3 -2.49")

  await figure.getByRole("slider", { name: "Its line: turn, horizontal" }).press("ArrowRight")
  await expect.poll(changes).toMatch(/150 w1\.3\.1 .*150 w1\.3\.2 .*150 b1\.3/)
  await figure.locator('[data-view="network"] > svg').getByText("undo").click()

  await figure.locator("[data-tree] > summary").click()
  await figure.getByRole("row", { name: "Inputs: x₁, x₂" }).press("End")
  for (const key of ["ArrowRight", "ArrowDown", "ArrowRight", "End", "Enter"]) await page.keyboard.press(key)
  await page.keyboard.type("0.75")
  await page.keyboard.press("Enter")
  const last = figure.getByRole("row").last()
  expect(await last.evaluate((row) => [row.ariaLevel, row === document.activeElement])).toEqual(["3", true])
  await expect.poll(changes).toContain("150 w3.1.2 0.75")
  expect(await faults(page, "[data-tree]")).toEqual([])
})
