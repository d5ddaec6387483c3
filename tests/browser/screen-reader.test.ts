/**
 * @file The book as a screen reader has it: what the browser's accessibility tree says of cells, and what is announced.
 * Nothing is looked up in the document but what is to be pressed.
 */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openBrowser, openPage, phone } from "./browser.ts"
import { openPad, padCell } from "./pad.ts"
import { accessibilityTree, all, type Heard, one, words } from "./tree.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const patience = { timeout: 30_000 }

/** The cell of this name, as the tree has it now. */
async function cell(page: Page, name: string): Promise<Heard> {
  return one(await accessibilityTree(page), "figure", name)
}

const heard = async (page: Page, name: string): Promise<string> => words(await cell(page, name))

/** What the cell's own live region says. */
const said = async (page: Page, name: string): Promise<string> =>
  words(
    (await cell(page, name)).children.find(({ role }) => role === "status") ??
      one(await cell(page, name), "status"),
  )

const eventually = (page: Page, name: string) => expect.poll(() => heard(page, name), patience)
const announced = (page: Page, name: string) => expect.poll(() => said(page, name), patience)

/** By the name that the tree has, with the keyboard. */
async function press(host: Locator, name: string): Promise<void> {
  await host.getByRole("button", { name, exact: true }).press("Enter")
}

describe("a lesson, heard", () => {
  const title = "The bowl and its gradient at (3, 3)"

  it("has every cell as a figure with a name, its code to be read, its state, and buttons named with it", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    await page.getByRole("button", { name: "Run", exact: true }).first().waitFor()
    const tree = await accessibilityTree(page)
    const cells = all(tree, "figure").filter((figure) => all(figure, "group", /^Actions on/).length > 0)
    expect(cells.length).toBe(await page.locator("nn-cell:not([data-static])").count())
    for (const figure of cells) {
      expect(figure.name).not.toBe("")
      expect(words(figure)).toContain("from the book")
      const actions = one(figure, "group", `Actions on “${figure.name}”`)
      expect(all(actions, "button").map(({ name }) => name)).toEqual(["Run", "Edit", "Copy"])
      one(actions, "DisclosureTriangle", `More for “${figure.name}”`)
      const folded = all(figure, "DisclosureTriangle", "Show the code")
      if (folded.length === 0)
        expect(words(one(figure, "group", `Code of ${figure.name}`)).length).toBeGreaterThan(10)
      else expect(folded[0].properties.expanded).toBe(false)
    }
    expect(new Set(cells.map(({ name }) => name)).size).toBe(cells.length)
    await close()
  })

  it("is found, run by keyboard, says that it finished and what it shows, and how it was computed", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const host = page.getByRole("figure", { name: title })
    await host.getByRole("group", { name: `Code of ${title}` }).focus()
    expect(await said(page, title)).toBe("")
    await page.keyboard.press("Control+Enter")
    await announced(page, title).toMatch(
      new RegExp(`^“${title.replace(/[()]/g, "\\$&")}”: finished in .+ m?s\\. .{5,}`),
    )
    await eventually(page, title).toMatch(/computed by you in .+ m?s/)
    await close()
  })

  it("tells why a result no longer holds", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/", {
      stored: { "input:gradient-descent/fit": { "step size": 0.1 } },
    })
    await eventually(page, "A line by gradient descent, from scratch").toContain(
      "out of date: “step size” has changed",
    )
    await close()
  })

  it("has its figures as pictures with words, and as tables of their numbers", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const name = "The walks on their curve"
    await page.getByRole("figure", { name }).getByText("Data table").click()
    const figure = await cell(page, name)
    expect(one(figure, "image").name.split(" ").length).toBeGreaterThan(3)
    const table = one(figure, "table")
    expect(all(table, "columnheader").length).toBeGreaterThan(1)
    expect(all(table, "row").length).toBeGreaterThan(5)
    expect(words(one(figure, "Figcaption"))).toMatch(/^Figure \d+\.\d+\..{20,}/)
    await close()
  })
})

const outputs = {
  "value A value": 'const a = [{ x: 1, y: ["deep", 2] }]\na',
  "tensor A tensor": "tensor([[1, 2], [3, NaN]])",
  "figure A figure": "Plot.lineY([1, 3, 2]).plot()",
  "curve A curve":
    'const c = curve("Loss", { x: "epoch" })\nfor (let i = 0; i < 5; i++) c.push({ loss: 5 - i })',
  "graph A graph": `const w = tensor(3, { requiresGrad: true })
const loss = w.mul(w).add(1)
loss.backward(undefined, { retainGraph: true })
graph(loss, { w, loss })`,
  "lines Lines": 'console.log("one")\nconsole.warn("two")\n"three"',
  "fails Fails": "const b = 1\nmatmul(ones([2, 3]), ones([2, 3]))",
  "formula A formula": 'tex("x^2")',
}

describe("outputs, heard", () => {
  it("are announced by their first words, and read in the tree with names, tables and numbers", async () => {
    const { page, close } = await openPad(browser, outputs)
    await page.getByRole("button", { name: "Run all", exact: true }).press("Enter")
    const finished = (name: string, words: string) =>
      announced(page, name).toMatch(new RegExp(`^“.*”: finished in \\d+ ms\\. ${words}$`))
    await finished("value A value", "\\[\\{ x: 1, y: \\[deep, 2\\] \\}\\]")
    await finished("tensor A tensor", "Tensor \\[2, 2\\] float32 1 2 3 NaN; and 1 more output")
    await finished("figure A figure", "Figure: Figure with line; 3 data, y from 1 to 3\\.")
    await finished("curve A curve", "Curve Loss: by epoch; loss from 5 to 1\\.")
    await finished("graph A graph", "Computational graph: 4 values")
    await finished("lines Lines", "one; and 2 more outputs")
    await finished("formula A formula", "Formula: x\\^2")
    await announced(page, "fails Fails").toMatch(
      /^“Fails”: ShapeError in line 2: matmul: inner sizes differ, \[2, 3\] · \[2, 3\]/,
    )

    const tensor = await cell(page, "tensor A tensor")
    expect(all(one(tensor, "table"), "cell").map(({ name }) => name)).toEqual(["1", "2", "3", "NaN"])
    expect(words(tensor)).toContain("1 NaN or infinite")

    for (const [name, alt] of [
      ["figure A figure", /^Figure with line; 3 data/],
      ["curve A curve", /^Loss: by epoch; loss from 5 to 1/],
      ["graph A graph", /^Computational graph: 4 values, 1 parameter, result loss = 10, with gradients/],
    ] as const) {
      const host = page.getByRole("figure", { name, exact: true })
      await expect.poll(async () => all(await cell(page, name), "image", alt).length, patience).toBe(1)
      await host.getByText("Data table").click()
      const table = one(await cell(page, name), "table")
      expect(all(table, "columnheader").length).toBeGreaterThan(0)
      expect(all(table, "row").length).toBeGreaterThan(1)
    }
    const graph = one(await cell(page, "graph A graph"), "table")
    expect(all(graph, "columnheader").map(({ name }) => name)).toContain("gradient")

    const fold = one(await cell(page, "value A value"), "DisclosureTriangle", /^Array \(1\)/)
    expect(fold.properties.expanded).toBe(false)
    await padCell(page, "value").getByText("Array (1)").click()
    await padCell(page, "value").getByText("{", { exact: false }).last().click()
    await eventually(page, "value A value").toMatch(/deep/)

    const lines = one(await accessibilityTree(page), "figure", "lines Lines")
    expect(words(lines)).toMatch(/one warning two three/)
    const fails = await cell(page, "fails Fails")
    expect(words(fails)).toMatch(/error in \d+ ms ShapeError line 2 matmul: inner sizes differ/)
    expect(words(fails)).toContain("transpose")
    one(fails, "button", "line 2")
    expect(all(await cell(page, "formula A formula"), "MathMLMath").length).toBe(1)
    await close()
  })
})

describe("controls, heard", () => {
  it("have names, values, ranges and units, and say what they are set to", async () => {
    const source = `input.slider("rate", { min: 0, max: 1, step: 0.1, value: 0.3, unit: "s" })
input.slider("share", { min: 0, max: 1, step: 0.1, value: 0.3 })
input.select("optimizer", ["sgd", "adam"])
input.toggle("momentum")
input.number("epochs", { min: 1, max: 5, value: 2 })
input.text("name", { value: "net" })
input.button("Draw again")
input.file("your table")
input.points("data", { value: [{ x: 0, y: 0.5, label: -1 }] })
"all"`
    const { page, close } = await openPad(browser, { "c1 Controls": source })
    await press(padCell(page, "c1"), "Run")
    await announced(page, "c1 Controls").toMatch(/finished in .* ms\. "?all"?$/)
    const find = async (role: string, name: string): Promise<Heard> =>
      one(await cell(page, "c1 Controls"), role, name)
    const rate = await find("slider", "rate")
    expect(rate.properties).toMatchObject({ valuemin: 0, valuemax: 1, valuetext: "0.3" })
    expect((await find("slider", "share")).properties).toMatchObject({ valuetext: "0.3" })
    expect((await find("combobox", "optimizer")).value).toBe("sgd")
    expect((await find("checkbox", "momentum")).properties.checked).toBe("false")
    const epochs = await find("spinbutton", "epochs")
    expect(epochs.value).toBe("2")
    expect(epochs.properties).toMatchObject({ valuemin: 1, valuemax: 5 })
    expect((await find("textbox", "name")).value).toBe("net")
    await find("button", "Draw again")
    await find("button", "your table")
    // What moves points is loaded when the first field of them is there.
    const sliders = async () => all(await find("group", "data"), "slider", "Point 1, vertical").length
    await expect.poll(sliders, patience).toBe(1)
    const points = await find("group", "data")
    one(points, "image", "data: (0, 0.5), class −1, orange triangle")
    expect(one(points, "slider", "Point 1, vertical").properties.valuemax).toBe(3)
    expect(words(points)).toContain("Point 1 of 1: (0, 0.5), class −1, orange triangle")
    await page.getByRole("slider", { name: "rate" }).press("ArrowRight")
    await expect.poll(async () => (await find("slider", "rate")).properties.valuetext, patience).toBe("0.4")
    await find("button", "Back to 0.3 s: rate")
    expect(await page.getByRole("slider", { name: "rate" }).getAttribute("aria-valuetext")).toBe("0.4 s")
    expect(await heard(page, "c1 Controls")).toMatch(/rate 0\.4 s /)
    await close()
  })

  it("of a table of steps are buttons and a slider, and the state is said as it changes", async () => {
    const source = 'for (let i = 0; i < 3; i++) step("pass " + i, { i, w: [i, -i] })'
    const { page, close } = await openPad(browser, { "c1 Steps": source })
    await press(padCell(page, "c1"), "Run")
    await announced(page, "c1 Steps").toMatch(/finished in .* ms\. 3 steps$/)
    await padCell(page, "c1").getByText("Step 3 of 3").waitFor()
    await press(padCell(page, "c1"), "Back")
    const steps = async (): Promise<Heard> => one(await cell(page, "c1 Steps"), "group", "Steps")
    await expect
      .poll(async () => words(one(await steps(), "status")), patience)
      .toMatch(/^Step 2 of 3: pass 1/)
    const slider = one(await steps(), "slider", "Step")
    expect(slider.value).toBe("2")
    expect(slider.properties).toMatchObject({ valuemin: 1, valuemax: 3 })
    expect(all(await steps(), "term").map(words)).toEqual(["i", "w"])
    expect(all(await steps(), "definition").map(words)[0]).toMatch(/^1 was 0$/)
    await close()
  })
})

describe("a run, heard", () => {
  it("has a bar with its value and range, says which cells wait, and what Stop did", async () => {
    const { page, close } = await openPad(browser, {
      "bar Training":
        'for (let i = 0; i <= 2000; i++) {\n  progress(i, 2000, "epochs")\n  await new Promise((go) => setTimeout(go, 20))\n}',
      "next Afterwards": "1 + 1",
    })
    await page.getByRole("button", { name: "Run all", exact: true }).press("Enter")
    await eventually(page, "bar Training").toMatch(/running \d.* epochs \d+ %, \d+ of 2000/)
    const bar = one(await cell(page, "bar Training"), "progressbar", "epochs")
    expect(Number(bar.value)).toBeGreaterThan(0)
    expect(bar.properties).toMatchObject({ valuemax: 2000 })
    await eventually(page, "next Afterwards").toContain("waiting to run")
    const actions = one(await cell(page, "bar Training"), "group", "Actions on “Training”")
    expect(all(actions, "button").map(({ name }) => name)).toEqual(["Stop", "Edit", "Copy"])
    await press(padCell(page, "bar"), "Stop")
    await announced(page, "bar Training").toBe("“Training”: stopped")
    await eventually(page, "bar Training").toMatch(/ stopped /)
    await eventually(page, "next Afterwards").toContain("not run yet")
    await close()
  })

  it("tells what is out of date and why, after a change above", async () => {
    const { page, close } = await openPad(browser, { "a Above": "const x = 1\nx", "b Below": "x + 1" })
    await page.getByRole("button", { name: "Run all", exact: true }).press("Enter")
    await announced(page, "b Below").toMatch(/finished in .* ms\. 2$/)
    await padCell(page, "a").getByRole("group", { name: "Code of Above" }).press("Enter")
    await padCell(page, "a")
      .getByRole("textbox", { name: /^Code of “Above”/ })
      .waitFor({ state: "attached" })
    await expect
      .poll(() => padCell(page, "a").locator(".cell-code").getAttribute("aria-busy"), patience)
      .toBe(null)
    await page.keyboard.press("ControlOrMeta+Home")
    await page.keyboard.insertText("// changed\n")
    await eventually(page, "a Above").toContain("out of date: the code was edited")
    await eventually(page, "b Below").toMatch(/out of date: .*“?Above”?.* changed/)
    await close()
  })
})

describe("the editor, heard", () => {
  it.each([
    ["large", {}],
    ["light", phone],
  ] as const)("says whose code it is and how it is left: the %s one", async (_, device) => {
    const { page, close } = await openPad(browser, { "c1 Mine": "const x = 1\nx" }, device)
    await press(padCell(page, "c1"), "Edit")
    await padCell(page, "c1").locator(".editor").waitFor()
    const editor = async (): Promise<Heard> => one(await cell(page, "c1 Mine"), "textbox", /^Code of/)
    await expect.poll(async () => (await editor()).properties.focused, patience).toBe(true)
    const { name } = await editor()
    expect(name).toMatch(/^Code of “Mine”\. .*Escape/)
    await close()
  })

  it("has versions in a region of its own, with what would be added and removed in words", async () => {
    const { page, close } = await openPad(browser, { "c1 Mine": "const x = 1\nx" })
    const host = padCell(page, "c1")
    await press(host, "Run")
    await announced(page, "c1 Mine").toMatch(/finished/)
    await host.getByLabel("More for “Mine”").press("Enter")
    await press(host, "Versions of this cell…")
    await expect.poll(async () => all(await cell(page, "c1 Mine"), "region").length, patience).toBe(1)
    const panel = one(await cell(page, "c1 Mine"), "region", "Versions of “Mine”")
    const choice = one(panel, "combobox", "Version")
    expect(choice.properties.focused).toBe(true)
    expect(all(panel, "button").map(({ name }) => name)).toEqual([
      "Older",
      "Newer",
      "Restore this version",
      "Close",
    ])
    expect(all(panel, "deletion").map(words).join(" ")).toMatch(/removed: const x = 1/)
    expect(await said(page, "c1 Mine")).toMatch(/What Restore would change: .* removed/)
    await page.keyboard.press("Escape")
    const more = one(await cell(page, "c1 Mine"), "DisclosureTriangle", "More for “Mine”")
    expect(more.properties.focused).toBe(true)
    await close()
  })
})
