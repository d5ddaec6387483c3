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

it("pictures are the same again when another network was drawn between", async () => {
  const { figure } = shared
  const groups = "[data-view] svg > g"
  const before = await figure.evaluateHandle(
    (root, groups) => [...root.querySelectorAll(groups)].map((group) => group.cloneNode(true)),
    groups,
  )
  for (const [preset, says] of [
    ["spiral, 20 units", "of the spiral"],
    ["regression: bumps", "of the bumps"],
    ["two layers", "of the circle"],
  ]) {
    await figure.getByRole("button", { name: preset }).click()
    await expect.poll(() => takeaway(figure)).toContain(says)
  }
  const changed = await figure.evaluate(
    (root, { groups, before }) =>
      [...root.querySelectorAll(groups)].filter((group, i) => !group.isEqualNode(before[i] ?? null)).length,
    { groups, before },
  )
  expect(changed).toBe(0)
})

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

it("a regression is chosen and its function typed by keyboard alone; what belongs to classes is gone", async () => {
  const { page, figure } = shared
  await figure.getByRole("radio", { name: "classification" }).focus()
  await page.keyboard.press("ArrowDown")
  await expect.poll(() => takeaway(figure)).toContain("training values of the plane")
  expect(await figure.getByRole("radio", { name: "spiral" }).isVisible()).toBe(false)
  await figure.getByRole("radio", { name: "plane" }).focus()
  await page.keyboard.press("ArrowLeft")
  const field = figure.getByRole("textbox", { name: "Value at x, y" })
  await field.fill("cos(2x")
  await expect
    .poll(() => figure.locator('[data-control="height"] .ex-which').innerText())
    .toMatch(/never closed/)
  await field.fill("cos(2x) y")
  await expect
    .poll(() => figure.locator('[data-control="height"] .ex-which').innerText())
    .toMatch(/divided by/)
  expect(await takeaway(figure)).toContain("your function")
  expect(await faults(page, '[data-view="output"]', '[data-group="Data"]')).toEqual([])
})
