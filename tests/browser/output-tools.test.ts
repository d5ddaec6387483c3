/** @file What a reader does with outputs in the page: sort, take away, follow an error or a piece of advice to its line. */
import { readFile } from "node:fs/promises"
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faultsInBothThemes } from "./axe.ts"
import { type BookPage, openBrowser, openPage, phone } from "./browser.ts"
import { edit, editableCells, output, run, until } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

interface Opened extends BookPage {
  cell: Locator
}

/** The first cell of a lesson with another text, which has run. */
async function withCell(source: string, options = {}, ended = /computed by you in|error/i): Promise<Opened> {
  const opened = await openPage(browser, "gradient-descent/", options)
  const [cell] = await editableCells(opened.page)
  await edit(cell, source)
  await run(cell)
  await until(cell, ended)
  return { ...opened, cell }
}

async function download(page: Page, button: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

const column = (cell: Locator, n: number) => cell.locator(`tbody tr td:nth-child(${n})`).allInnerTexts()
const TABLE =
  'table([{ name: "b", loss: 0.123456789 }, { name: "a", loss: -12.5 }, { name: "c", loss: NaN }, { name: "d", loss: 3 }])'

describe("a table", () => {
  it("sorts by its headings, by key and by pointer, and says which way", async () => {
    const { page, cell, close } = await withCell(TABLE)
    const heading = cell.getByRole("columnheader", { name: "loss" })
    const button = heading.getByRole("button")
    await button.focus()
    await page.keyboard.press("Enter")
    expect(await heading.getAttribute("aria-sort")).toBe("ascending")
    expect(await column(cell, 1)).toEqual(["a", "b", "d", "c"])
    await page.keyboard.press("Space")
    expect(await heading.getAttribute("aria-sort")).toBe("descending")
    expect(await column(cell, 1)).toEqual(["d", "b", "a", "c"])
    await button.click()
    expect(await heading.getAttribute("aria-sort")).toBe(null)
    expect(await column(cell, 1)).toEqual(["b", "a", "c", "d"])
    await cell.getByRole("columnheader", { name: "name" }).getByRole("button").click()
    expect(await column(cell, 1)).toEqual(["a", "b", "c", "d"])
    await close()
  })

  it("is taken away as CSV with whole numbers, in the order in which it stands there", async () => {
    const { page, cell, close } = await withCell(TABLE)
    await cell.getByRole("columnheader", { name: "name" }).getByRole("button").click()
    const { name, bytes } = await download(page, cell.getByRole("button", { name: "Download CSV" }))
    expect(name).toMatch(/^[\w-]+\.csv$/)
    expect(bytes.toString()).toBe("name,loss\r\na,-12.5\r\nb,0.123456789\r\nc,NaN\r\nd,3\r\n")
    await close()
  })
})

const FIGURE =
  'Plot.plot({ title: "Squares", color: { legend: true }, marks: [Plot.dot([{ x: 1, y: 1, k: "odd" }, { x: 2, y: 4, k: "even" }, { x: 3, y: 9.5, k: "odd" }], { x: "x", y: "y", fill: "k", tip: true })] })'

describe("a figure", () => {
  it("shows a tip where the mouse points, and is taken away as SVG that stands alone, as PNG, and its data as CSV", async () => {
    const { page, cell, close } = await withCell(FIGURE)
    await cell.locator(".drawing svg circle").last().hover()
    const tip = cell.locator("[aria-label=tip]")
    await expect.poll(() => tip.textContent()).toMatch(/k\s*odd.*x\s*3.*y\s*9\.5/s)
    await page.mouse.move(0, 0)
    await expect.poll(() => tip.textContent()).toBe("")
    const svg = (await download(page, cell.getByRole("button", { name: "Download SVG" }))).bytes.toString()
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    expect(svg).not.toMatch(/var\(--|class=/)
    // Title and legend are text of the page around the drawing.
    for (const words of ["Squares", "odd", "even"]) expect(svg).toContain(`>${words}</text>`)
    const png = (await download(page, cell.getByRole("button", { name: "Download PNG" }))).bytes
    expect(png.subarray(1, 4).toString()).toBe("PNG")
    const size = await cell.locator(".drawing").boundingBox()
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(2 * Math.floor(size?.width ?? 0))
    expect(await colours(page, png)).toBeGreaterThan(8)
    const csv = (await download(page, cell.getByRole("button", { name: "Download CSV" }))).bytes.toString()
    expect(csv).toMatch(/^x,y,/)
    expect(csv).toContain("3,9.5,")
    await close()
  })

  it("of a loop is taken away with every point of its curve", async () => {
    const { page, cell, close } = await withCell(
      'const c = curve("Loss")\nfor (let i = 0; i < 3; i++) c.push({ loss: 1 / (i + 3) })',
    )
    await cell.locator(".drawing svg").first().waitFor()
    const { bytes } = await download(page, cell.getByRole("button", { name: "Download CSV" }))
    expect(bytes.toString()).toBe(`step,loss\r\n0,${1 / 3}\r\n1,0.25\r\n2,0.2\r\n`)
    await close()
  })

  it("that calls a function while it is drawn is drawn where the cell runs, and brings nothing but shapes and texts", async () => {
    const { page, cell, close } = await withCell(
      "Plot.plot({ x: { tickFormat: (d) => d + ' eggs' }, marks: [Plot.lineY([1, 4, 9])] })",
    )
    await cell.locator(".drawing svg").getByText("1.0 eggs").or(cell.getByText("1 eggs")).first().waitFor()
    expect(await cell.locator(".output-note").innerText()).toMatch(/drawn where the cell runs.*no tips/)
    const { bytes } = await download(page, cell.getByRole("button", { name: "Download SVG" }))
    expect(bytes.toString()).toContain("eggs</text>")
    await edit(
      cell,
      `const figure = Plot.dot([1]).plot()
figure.spec = undefined
figure.svg = \`<svg class="plot prose" onload="document.title = 'reached'" style="position:fixed"><script>document.title = 'reached'</script>
<a href="javascript:0"><text>x</text></a><image href="https://example.org/x.png"></image><image href="data:image/svg+xml,x"></image>
<foreignObject><iframe srcdoc="x"></iframe></foreignObject><use href="#y"></use><rect fill="url(https://example.org/y)" width="5"/>
<text onclick="1">words</text></svg><img src=x onerror="document.title = 'reached'"><form><button>Go</button></form>\`
figure`,
    )
    await run(cell)
    const drawing = cell.locator(".drawing")
    await drawing.getByText("words").waitFor()
    expect(await drawing.locator("svg > rect, svg > image").count()).toBe(3)
    expect(await drawing.innerHTML()).not.toMatch(
      /script|<a|foreign|iframe|use|form|button|img|style|class=|href|url|on\w+=|example|reached/,
    )
    expect(await page.title()).not.toContain("reached")
    await close()
  })

  it("of the book gets its buttons when the reader first comes to its cell by key, and nothing moves before", async () => {
    const { page, close } = await openPage(browser, "gradient-descent/")
    const cell = page.locator("nn-cell", { has: page.locator(".drawing svg") }).first()
    expect(await cell.getByRole("button", { name: "Download SVG" }).count()).toBe(0)
    await cell.getByRole("button", { name: "Run", exact: true }).focus()
    const { bytes } = await download(page, cell.getByRole("button", { name: "Download SVG" }).first())
    expect(bytes.toString()).toMatch(/<(path|circle|line)/)
    await close()
  })
})

/** How many colours a picture has. */
function colours(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(
    async (url) => {
      const image = new Image()
      image.src = url
      await image.decode()
      const canvas = document.createElement("canvas")
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext("2d")!
      context.drawImage(image, 0, 0)
      return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size
    },
    `data:image/png;base64,${png.toString("base64")}`,
  )
}

describe("a deep value", () => {
  it("unfolds level by level, by key", async () => {
    const { page, cell, close } = await withCell('({ net: { layers: [{ name: "first", sizes: [2, 3] }] } })')
    for (const line of [/^Object \{net/, /^Object \{layers/, /^Array \(1\)/, /^Object \{name/]) {
      const fold = cell.locator("summary", { hasText: line })
      expect(await cell.locator(".cell-out").getByText('"first"', { exact: true }).count()).toBe(0)
      await fold.focus()
      await page.keyboard.press("Enter")
    }
    await expect
      .poll(() => cell.locator(".cell-out").getByText('"first"', { exact: true }).isVisible())
      .toBe(true)
    await close()
  })
})

describe("what a cell says of a mistake", () => {
  it("leads to the line of a piece of advice, by key", async () => {
    const { page, cell, close } = await withCell("const a = tensor([1, 2])\nconst b = a + a\nb.length")
    expect(await output(cell)).toMatch(/\+ writes tensors one behind the other as text/)
    await cell.getByRole("button", { name: "line 2" }).focus()
    await page.keyboard.press("Enter")
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest(".cell-code") !== null))
      .toBe(true)
    await close()
  })

  it("keeps the original error behind, folded", async () => {
    const { cell, close } = await withCell("tensor([1]).matmull(2)")
    expect(await output(cell)).toMatch(/has no method `matmull`/)
    const original = cell.getByText("TypeError: tensor(...).matmull is not a function")
    expect(await original.isVisible()).toBe(false)
    await cell.getByText("In JavaScript’s words").click()
    expect(await original.isVisible()).toBe(true)
    await close()
  })

  it("says where NaN began", async () => {
    const { cell, close } = await withCell("const p = tensor([1, -1])\nconst l = p.log()\nl.mean()")
    await expect.poll(() => output(cell)).toMatch(/line 2: NaN first comes from log of −1 at \[1\]/)
    await close()
  })
})

describe("on a phone", () => {
  it("all of it fits, with nothing for axe to find", async () => {
    const source = `${TABLE}\ndisplay(${FIGURE})\nconst t = tensor([1, -1]).log()\ndisplay(t)\nconst s = t + 1`
    const { page, cell, close } = await withCell(source, phone)
    await cell.locator(".drawing svg").first().waitFor()
    await cell.getByRole("button", { name: "Download PNG" }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await faultsInBothThemes(page, "nn-cell .cell-out")).toEqual([])
    await close()
  })
})
