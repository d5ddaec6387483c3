/**
 * @file Every state of a cell, every kind of output, everything that a cell opens: nothing for axe to find, in both themes,
 * with a mouse and on a phone.
 */
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { packCells } from "../../src/notebook/shared-cells.ts"
import { faults } from "./axe.ts"
import { desktop, openBrowser, openPage, phone } from "./browser.ts"
import { until } from "./cells.ts"
import { openPad, padCell } from "./pad.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const press = (host: Locator, name: string | RegExp): Promise<void> =>
  host.getByRole("button", { name, exact: true }).click()

async function menu(cell: Locator, entry: string): Promise<void> {
  await cell.locator(".cell-menu > summary").click()
  await press(cell, entry)
}

/** Opens the editor of the cell, and puts the focus there. */
async function edit(cell: Locator): Promise<void> {
  await press(cell, "Edit")
  await cell.getByRole("textbox", { name: /^Code of/ }).waitFor({ state: "attached" })
  await expect
    .poll(() => cell.locator(".cell-code").getAttribute("aria-busy"), { timeout: 20_000 })
    .toBe(null)
}

/** Everything that is folded, unfolded, until nothing is. */
async function unfold(host: Locator): Promise<void> {
  const summaries = host.locator("details:not([open]) > summary")
  for (let i = 0; i < 40 && (await summaries.count()) > 0; i++) {
    await summaries.first().click()
    // What was inside of it comes after the click.
    await host.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
  }
}

const kinds = {
  text: '"a text"',
  value: 'const deep = { name: "x", list: [1, { y: [2, 3] }], f: Math.sin, none: null }\ndeep',
  tensor: "tensor([[1, -2], [3, NaN]])",
  table: 'table([{ a: 1, b: "x" }, { a: 2.123456789, b: "y" }])',
  figure:
    "Plot.plot({ color: { legend: true }, marks: [Plot.dot([[1, 2], [3, 1]], { fill: ['a', 'b'], tip: true })] })",
  curve:
    'const c = curve("Loss", { x: "step" })\nfor (let i = 0; i < 5; i++) c.push({ loss: 5 - i, other: i })',
  tex: 'tex("\\\\frac{a}{b}")',
  graph: `const w = tensor(3, { requiresGrad: true })
const loss = w.mul(w).add(1)
loss.backward(undefined, { retainGraph: true })
graph(loss, { w, loss })`,
  steps: 'for (let i = 0; i < 9; i++) step("pass " + i, { i, w: [i, -i] }, Plot.dot([[i, i]]))',
  inputs: `input.slider("rate", { value: 0.3, unit: "s" })
input.select("optimizer", ["sgd", "adam"])
input.toggle("momentum")
input.number("epochs", { min: 1, max: 5, value: 2 })
input.text("name", { placeholder: "of the net" })
input.button("Draw again")
input.file("your table")
void input.points("data", { value: [{ x: 0, y: 0 }, { x: 1, y: 1, label: -1 }] })`,
  console: 'console.log("one")\nconsole.warn("two")\nconsole.error("three")',
  long: 'Array.from({ length: 60 }, (_, i) => "line " + i).join("\\n")',
  error: "const broken = ones([2, 3])\nmatmul(broken, broken)",
  foreign: "undefinedName.call()",
  edited: "const edited = 1\nedited",
  below: "edited + 1",
  live: `const live = curve("Live", { x: "step" })
for (let i = 0; i < 5000; i++) {
  progress(i, 5000, "epochs")
  live.push({ loss: 1 / (i + 1) })
  await new Promise((go) => setTimeout(go, 20))
}`,
  waits: "1",
}

const views = [
  ["light", "wide", desktop],
  ["dark", "phone", phone],
  // Each theme and each width once, unless all is asked for.
  ...(process.env.FULL
    ? ([
        ["dark", "wide", desktop],
        ["light", "phone", phone],
      ] as const)
    : []),
] as const

describe.each(views)("in the %s theme, %s", (theme, _, device) => {
  it("outputs of every kind, unfolded, beside cells that run, wait, failed, stopped and are out of date", async () => {
    const { page, close } = await openPad(browser, kinds, { theme, ...device })
    expect(await faults(page, "main")).toEqual([])
    await press(page.locator("main"), "Run all")
    await until(padCell(page, "live"), /running \d/, 60_000)
    await until(padCell(page, "waits"), /waiting to run/)
    await until(padCell(page, "error"), /^error/)
    for (const kind of Object.keys(kinds).slice(0, -4))
      await expect
        .poll(() => padCell(page, kind).locator(".output").count(), { timeout: 20_000 })
        .toBeGreaterThan(0)
    for (const kind of ["value", "tensor", "figure", "curve", "graph", "steps", "long", "error", "foreign"])
      await unfold(padCell(page, kind).locator(".cell-out"))
    await padCell(page, "table").locator(".cell-out").click()
    await padCell(page, "table").getByRole("button", { name: /CSV/ }).waitFor()
    await expect.poll(() => padCell(page, "value").innerText()).toMatch(/y:?\s*Array \(2\)/)
    expect(await padCell(page, "error").innerText()).toContain("transpose")
    expect(await faults(page, "main")).toEqual([])

    await press(padCell(page, "live"), "Stop")
    await until(padCell(page, "live"), /^stopped$/)
    await edit(padCell(page, "edited"))
    await page.keyboard.insertText("// mine\n")
    await until(padCell(page, "edited"), /out of date: the code was edited/)
    await until(padCell(page, "below"), /out of date: the code of/)
    await edit(padCell(page, "error"))
    expect(await faults(page, "main")).toEqual([])
    await close()
  }, 240_000)

  it("texts of the reader's, of the author's and of somebody else's, and what the menus open", async () => {
    const place = "gradient-descent/"
    const plain = await openPage(browser, place, { javaScriptEnabled: false })
    const text = (id: string): Promise<string> =>
      plain.page.locator(`nn-cell[data-cell="${id}"] pre code`).first().innerText()
    const mine = { source: "const mine = 1\nmine", base: await text("race") }
    await plain.close()
    const stored = {
      "edit:gradient-descent/race": mine,
      "edit:gradient-descent/bowl": { source: "const old = 1", base: "an older text" },
      "history:gradient-descent/race": [{ at: 1, why: "run", source: "const before = 0" }],
    }
    const shared = await packCells({
      lesson: "gradient-descent",
      cells: { walks: "const theirs = 2\ntheirs", gone: "of a cell that is no more" },
    })
    const { page, close } = await openPage(browser, `${place}#${shared}`, { theme, ...device, stored })
    const cell = (id: string): Locator => page.locator(`nn-cell[data-cell="${id}"]`)
    await cell("walks").getByText("Shared with you: shown, not run").first().waitFor()
    await cell("bowl").getByText("The author changed this cell").first().waitFor()
    await press(cell("bowl"), "Compare")
    await press(cell("walks"), "Compare")
    await cell("race").getByText("your edit", { exact: true }).waitFor()
    await menu(cell("race"), "Versions of this cell…")
    await cell("race").getByRole("combobox", { name: "Version" }).waitFor()
    await menu(cell("line"), "Share or download…")
    await press(cell("line"), "Link to this cell")
    await cell("line").getByRole("textbox", { name: "Link" }).waitFor()
    await press(cell("race"), "Copy")
    await cell("fit").locator(".cell-menu > summary").click()
    await cell("fit").getByRole("button", { name: "Run all above" }).waitFor()
    expect(await page.locator(".page-notice").innerText()).toContain("a cell that this lesson does not have")
    const touched = ["walks", "bowl", "race", "line", "fit"].map((id) => `nn-cell[data-cell="${id}"]`)
    expect(await faults(page, ".page-notice", ...touched)).toEqual([])

    await press(cell("fit"), "Device and memory…")
    await page.getByRole("dialog").waitFor()
    expect(await faults(page, "dialog")).toEqual([])
    await close()
  }, 240_000)

  it("inputs that somebody has shared: asked for, taken, and out of date until they are run", async () => {
    const shared = await packCells({
      lesson: "gradient-descent",
      cells: {},
      inputs: { fit: { "step size": 0.12 } },
    })
    const { page, close } = await openPage(browser, `gradient-descent/#${shared}`, { theme, ...device })
    const notice = page.getByRole("complementary", { name: "Notice" })
    await notice.getByText(/step size: 0\.12/).waitFor()
    expect(await faults(page, ".page-notice")).toEqual([])
    await press(notice, "Use these values")
    const fit = page.locator('nn-cell[data-cell="fit"]')
    await until(fit, /out of date: “step size” has changed/)
    expect(await fit.getByRole("slider", { name: "step size" }).inputValue()).toBe("0.12")
    expect(await page.locator("iframe").count()).toBe(0)
    expect(new URL(page.url()).hash).toBe("")
    expect(await faults(page, 'nn-cell[data-cell="fit"]')).toEqual([])
    await close()
  }, 240_000)
})
