/** @file The scratchpad and its cells, used as a reader uses them: keys, pointer, touch, reload. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, openPage, pasteOver, phone } from "./browser.ts"
import { code, output, run, state, until } from "./cells.ts"
import {
  cell,
  chain,
  edit,
  eventually,
  focused,
  fold,
  kept,
  name,
  openScratchpad,
  order,
  press,
  ready,
  reload,
  status,
  stored,
  write,
} from "./scratch-page.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe("the scratchpad", () => {
  it("is linked from every page, and begins with one empty cell and nothing kept", async () => {
    const { page, close } = await openPage(browser, "")
    await page.getByRole("banner").getByRole("link", { name: "Scratchpad" }).click()
    await ready(page)
    expect(await order(page)).toEqual(["c1"])
    expect(await state(cell(page, "c1"))).toBe("not run yet")
    expect(Object.keys(await kept(page))).toEqual([])
    await close()
  })

  it("needs scripts, and says so without", async () => {
    const { page, close } = await openPage(browser, "scratchpad/", { javaScriptEnabled: false })
    expect(await page.locator("main noscript").innerText()).toContain("This page needs JavaScript")
    expect(await page.getByRole("button", { name: "Run all" }).count()).toBe(0)
    await close()
  })

  it("is written in and run by keyboard alone, each Shift+Enter a cell further", async () => {
    const { page, close } = await openScratchpad(browser)
    await page.getByRole("group", { name: "Code of c1" }).focus()
    await page.keyboard.press("Enter")
    await cell(page, "c1")
      .getByRole("textbox", { name: /^Code of cell c1/ })
      .waitFor({ state: "attached" })
    await eventually(() => focused(page)).toMatch(/^Code of cell c1/)
    await pasteOver(page, "const x = tensor([1, 2, 3])\nx.sum()")
    await page.keyboard.press("Shift+Enter")
    await eventually(() => focused(page)).toMatch(/^Code of cell c2/)
    await pasteOver(page, "x.mul(2)")
    await page.keyboard.press("Control+Enter")
    await until(cell(page, "c2"), /computed by you in/)
    await eventually(() => output(cell(page, "c1"))).toContain("6")
    await eventually(() => output(cell(page, "c2"))).toMatch(/2\s+4\s+6/)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    expect(await focused(page)).not.toMatch(/^Code of/)
    await close()
  })

  it("keeps texts, titles, order and name over a reload, and computes when asked", async () => {
    const { page, close } = await openScratchpad(browser)
    await edit(cell(page, "c1"), "const x = 4\nx")
    await press(page, "Add cell below c1")
    await eventually(() => focused(page)).toMatch(/^Code of cell c2/)
    await pasteOver(page, "x * x")
    await page.getByRole("textbox", { name: "Title of cell c2" }).fill("Square")
    await name(page).fill("My trials")
    await press(page, "Add cell at the top")
    await eventually(() => order(page)).toEqual(["c3", "c1", "c2"])
    await reload(page)
    expect(await order(page)).toEqual(["c3", "c1", "c2"])
    expect(await name(page).inputValue()).toBe("My trials")
    expect(await page.title()).toMatch(/^My trials · Scratchpad/)
    await expect.poll(() => code(cell(page, "c2"))).toBe("x * x")
    expect(await page.getByRole("textbox", { name: "Title of cell c2" }).inputValue()).toBe("Square")
    await press(page, "Run all")
    await until(cell(page, "c2"), /computed by you in/)
    expect(await output(cell(page, "c2"))).toContain("16")
    await close()
  })

  it("shows errors with the title of the cell that they lead to, and versions with what they change", async () => {
    const { page, close } = await openScratchpad(browser, {
      stored: stored("err001", "Errors", { c1: "later + 1", c2: "const later = 1" }),
    })
    await page.getByRole("textbox", { name: "Title of cell c2" }).fill("Declared here")
    await page.keyboard.press("Tab")
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /error/)
    expect(await output(cell(page, "c1"))).toContain("cell “Declared here”, further down")
    await edit(cell(page, "c1"), "1 + 1")
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /computed by you/)
    await cell(page, "c1").locator(".cell-menu > summary").click()
    await press(page, "Versions of this cell…")
    const versions = page.getByRole("region", { name: /^Versions of/ })
    await versions.getByRole("figure").waitFor()
    expect(await versions.getByRole("combobox", { name: "Version" }).innerText()).toContain(
      "Empty, as it began",
    )
    await close()
  })
})

describe("the cells of a scratchpad", () => {
  it("move and say where they are; what no longer holds says why; the keyboard stays at the button", async () => {
    const { page, close } = await openScratchpad(browser, { stored: chain })
    await press(page, "Run all")
    await until(cell(page, "c3"), /computed by you/)
    const up = page.getByRole("button", { name: "Move c2 up" })
    await up.focus()
    await page.keyboard.press("Enter")
    expect(await order(page)).toEqual(["c2", "c1", "c3"])
    await eventually(() => status(page).innerText()).toBe("Cell c2 is now number 1 of 3")
    await until(cell(page, "c2"), /out of date: what it uses now comes from another cell/)
    await until(cell(page, "c3"), /out of date/)
    expect(await state(cell(page, "c1"))).toMatch(/computed by you/)
    // There is no further up.
    expect(await focused(page)).toBe("Move c2 down")
    await page.keyboard.press("Enter")
    expect(await order(page)).toEqual(["c1", "c2", "c3"])
    await until(cell(page, "c2"), /computed by you/)
    await close()
  })

  it("are copied with their text and deleted; undo takes no question and no pointer", async () => {
    const { page, close } = await openScratchpad(browser, { stored: chain })
    await press(page, "Run all")
    await until(cell(page, "c3"), /computed by you/)
    await press(page, "Duplicate c2")
    expect(await order(page)).toEqual(["c1", "c2", "c4", "c3"])
    await eventually(() => focused(page)).toMatch(/^Code of cell c4/)
    await expect.poll(() => code(cell(page, "c4"))).toBe("const y = x * 10\ny")
    await page.getByRole("button", { name: "Delete c2" }).focus()
    await page.keyboard.press("Enter")
    expect(await order(page)).toEqual(["c1", "c4", "c3"])
    await until(cell(page, "c3"), /out of date: `y` comes from cell “c4”, which has not run/)
    expect(await status(page).innerText()).toBe("Cell c2 was deleted. Undo brings it back.")
    expect(await focused(page)).toBe("Undo: bring cell c2 back")
    await page.keyboard.press("Enter")
    expect(await order(page)).toEqual(["c1", "c2", "c4", "c3"])
    await until(cell(page, "c2"), /out of date: it was taken away for a while/)
    expect(await output(cell(page, "c2"))).toContain("20")
    await eventually(() => focused(page)).toMatch(/^Code of cell c2/)
    await close()
  })

  it("can be brought back after a reload, too", async () => {
    const { page, close } = await openScratchpad(browser, { stored: chain })
    await press(page, "Delete c2")
    await reload(page)
    expect(await order(page)).toEqual(["c1", "c3"])
    await fold(page, /^Deleted cells \(1\)/)
    await press(page, "Bring back c2")
    expect(await order(page)).toEqual(["c1", "c2", "c3"])
    await run(cell(page, "c3"))
    await until(cell(page, "c3"), /computed by you/)
    expect(await output(cell(page, "c3"))).toContain("21")
    await close()
  })

  it("see the names of the cells above in the editor, wherever they have moved", async () => {
    const { page, close } = await openScratchpad(browser, {
      types: true,
      stored: stored("types1", "Types", { c1: "const x = 2", c2: "x.toFixed()" }),
    })
    await write(cell(page, "c2"))
    await page.waitForTimeout(3000)
    expect(await page.locator(".squiggly-warning").count()).toBe(0)
    await press(page, "Move c2 up")
    await edit(cell(page, "c2"), "x.toFixed(1)")
    await page.locator(".squiggly-warning").first().waitFor({ state: "attached", timeout: 60_000 })
    await close()
  })

  it("end with Stop, and forget with Restart what is then out of date", async () => {
    const { page, close } = await openScratchpad(browser, {
      stored: stored("loop01", "Loop", { c1: "1 + 1", c2: "while (true);" }),
    })
    const stop = page.getByRole("group", { name: "All cells" }).getByRole("button", { name: "Stop" })
    expect(await stop.isDisabled()).toBe(true)
    await press(page, "Run all")
    await until(cell(page, "c2"), /^running/)
    await stop.click()
    await until(cell(page, "c2"), /^stopped/)
    expect(await state(cell(page, "c1"))).toMatch(/computed by you/)
    await press(page, "Delete c2")
    await until(cell(page, "c1"), /out of date: cells have come, gone or moved since/)
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /computed by you/)
    await press(page, "Restart")
    await until(cell(page, "c1"), /out of date: its values were forgotten when you restarted/)
    expect(await output(cell(page, "c1"))).toContain("2")
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /computed by you/)
    await close()
  })

  it("that run are stopped when they are deleted", async () => {
    const { page, close } = await openScratchpad(browser, {
      stored: stored("loop02", "Loop", { c1: "while (true);", c2: "2 + 2" }),
    })
    await run(cell(page, "c1"))
    await until(cell(page, "c1"), /^running/)
    await press(page, "Delete c1")
    await run(cell(page, "c2"))
    await until(cell(page, "c2"), /computed by you/)
    expect(await output(cell(page, "c2"))).toContain("4")
    await close()
  })

  it("have inputs that drive what depends on them, also over a reload", async () => {
    const texts = { c1: 'const n = input.slider("n", { min: 0, max: 10, step: 1, value: 3 })', c2: "n * n" }
    const { page, close } = await openScratchpad(browser, { stored: stored("input1", "Inputs", texts) })
    await press(page, "Run all")
    await until(cell(page, "c2"), /computed by you/)
    const slider = page.getByRole("slider", { name: "n" })
    await slider.focus()
    await page.keyboard.press("ArrowRight")
    await eventually(() => output(cell(page, "c2"))).toContain("16")
    await reload(page)
    await press(page, "Run all")
    await eventually(() => output(cell(page, "c2"))).toContain("16")
    await close()
  })
})

describe("on a phone", () => {
  it("cells are written, run, moved and deleted by touch, and nothing is wider than the screen", async () => {
    const { page, close } = await openScratchpad(browser, { ...phone, stored: chain })
    await cell(page, "c3").getByRole("button", { name: "Edit", exact: true }).tap()
    await cell(page, "c3").locator(".cm-editor").waitFor()
    await pasteOver(page, "y + 2")
    await cell(page, "c3").getByRole("button", { name: "Run", exact: true }).tap()
    await until(cell(page, "c3"), /computed by you/)
    expect(await output(cell(page, "c3"))).toContain("22")
    await page.getByRole("button", { name: "Move c3 up" }).tap()
    expect(await order(page)).toEqual(["c1", "c3", "c2"])
    await page.getByRole("button", { name: "Delete c3" }).tap()
    await page.getByRole("button", { name: "Undo: bring cell c3 back" }).tap()
    await fold(page, /^My scratchpads/)
    await fold(page, /^Share or save/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await close()
  })
})

it("axe finds nothing to mend in any state", async () => {
  const { page, close } = await openScratchpad(browser, {
    stored: stored("states", "States", { c1: "const a = 1\na", c2: "b", c3: "a" }),
  })
  expect(await faultsInBothThemes(page, "main")).toEqual([])
  await press(page, "Run all")
  await until(cell(page, "c3"), /computed by you/)
  await edit(cell(page, "c1"), "const a = 2\na")
  await until(cell(page, "c3"), /out of date/)
  await fold(page, /^My scratchpads/)
  await fold(page, /^Share or save/)
  await press(page, "Delete c2")
  await fold(page, /^Deleted cells/)
  await press(page, "Add cell below c3")
  await eventually(() => focused(page)).toMatch(/^Code of cell c4/)
  expect(await faultsInBothThemes(page, "main")).toEqual([])
  await press(page, "Delete this one")
  expect(await faultsInBothThemes(page, "main")).toEqual([])
  await close()
})
