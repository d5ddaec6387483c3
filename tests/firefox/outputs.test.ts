/** @file Outputs and inputs of cells in Firefox: live, pointed at, sorted, dragged, taken away. */
import { writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "puppeteer-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { faults } from "../browser/axe.ts"
import {
  type BookPage,
  click,
  type Firefox,
  find,
  isFocused,
  keys,
  openFirefox,
  openPage,
  press,
} from "./browser.ts"
import { type Cell, edit, editableCells, idOf, output, run, until, withCells } from "./cells.ts"

let firefox: Firefox
let book: BookPage
let page: Page
beforeAll(async () => {
  firefox = await openFirefox()
  book = await openPage(firefox, "gradient-descent/", { ways: "scratch" })
  page = book.page
})
afterEach(() => expect(book.problems.splice(0)).toEqual([]))
afterAll(async () => {
  await book?.close()
  await firefox?.close()
})

describe("a live curve", () => {
  it("moves while its loop trains and the page scrolls, and becomes a figure", async () => {
    const [cell] = await editableCells(page)
    await edit(
      cell,
      `const loss = curve("Loss", { x: "step", y: "loss" })
for (let i = 0; i < 150; i++) {
  loss.push({ loss: 1 / (i + 1) })
  progress(i + 1, 150, "training")
  await new Promise((resolve) => setTimeout(resolve, 20))
}`,
    )
    await run(cell)
    const canvas = await cell.waitForSelector(".cell-out canvas")
    if (!canvas) throw new Error("there is no live curve")
    const picture = () => canvas.evaluate((one) => (one as HTMLCanvasElement).toDataURL())
    const before = await picture()
    await page.mouse.wheel({ deltaY: 200 })
    await expect.poll(picture).not.toBe(before)
    await until(cell, /computed by you in/)
    await cell.waitForSelector(".drawing svg")
    await find(cell, "button", "Download CSV")
  })
})

const FIGURE =
  'Plot.plot({ title: "Squares", color: { legend: true }, marks: [Plot.dot([{ x: 1, y: 1, k: "odd" }, { x: 2, y: 4, k: "even" }, { x: 3, y: 9.5, k: "odd" }], { x: "x", y: "y", fill: "k", tip: true })] })'

describe("a figure", () => {
  it("shows a tip where the mouse points", async () => {
    const [cell] = await withCells(page, [FIGURE])
    const dot = await cell.waitForSelector(".drawing svg circle:last-of-type")
    await dot?.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }))
    await dot?.hover()
    await expect
      .poll(() => cell.$$eval("[aria-label=tip] text", (all) => all.map((t) => t.textContent).join()))
      .toMatch(/9\.5/)
    expect(await faults(page, await idOf(cell))).toEqual([])
  })

  it("is taken away as SVG that stands alone, as PNG, and its data as CSV", async () => {
    const [cell] = await editableCells(page)
    const svg = (await firefox.download(() => press(cell, "Download SVG"))).bytes.toString()
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    expect(svg).not.toMatch(/var\(--|class=/)
    for (const words of ["Squares", "odd", "even"]) expect(svg).toContain(`>${words}</text>`)
    const png = (await firefox.download(() => press(cell, "Download PNG"))).bytes
    expect(png.subarray(1, 4).toString()).toBe("PNG")
    expect(await colours(page, png)).toBeGreaterThan(8)
    const { name, bytes } = await firefox.download(() => press(cell, "Download CSV"))
    expect(name).toMatch(/^[\w-]+\.csv$/)
    expect(bytes.toString()).toContain("3,9.5,")
  })
})

/** How many colours a picture has. */
function colours(on: Page, png: Buffer): Promise<number> {
  return on.evaluate(
    async (url) => {
      const image = new Image()
      image.src = url
      await image.decode()
      const canvas = document.createElement("canvas")
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext("2d")
      context?.drawImage(image, 0, 0)
      const data = context?.getImageData(0, 0, image.width, image.height).data
      return new Set(data && new Uint32Array(data.buffer)).size
    },
    `data:image/png;base64,${png.toString("base64")}`,
  )
}

describe("a table", () => {
  it("is sorted by its headings and taken away in that order", async () => {
    const source =
      'table([{ name: "b", loss: 0.123456789 }, { name: "a", loss: -12.5 }, { name: "c", loss: NaN }, { name: "d", loss: 3 }])'
    const [cell] = await withCells(page, [source])
    const names = () =>
      cell.$$eval("tbody tr td:nth-child(1)", (all) => all.map((td) => td.textContent).join(""))
    const heading = await find(cell, "columnheader", "loss")
    await (await find(heading, "button")).focus()
    await page.keyboard.press("Enter")
    expect(await heading.evaluate((one) => one.getAttribute("aria-sort"))).toBe("ascending")
    expect(await names()).toBe("abdc")
    await page.keyboard.press(" ")
    expect(await names()).toBe("dbac")
    await click(await find(await find(cell, "columnheader", "name"), "button"))
    expect(await names()).toBe("abcd")
    const { bytes } = await firefox.download(() => press(cell, "Download CSV"))
    expect(bytes.toString()).toBe("name,loss\r\na,-12.5\r\nb,0.123456789\r\nc,NaN\r\nd,3\r\n")
  })
})

describe("values, formulas and what a cell says of a mistake", () => {
  it("unfold by key, are set, and name the operation where NaN began", async () => {
    const [cell] = await withCells(page, [
      `display({ net: { layers: [{ name: "first" }] } })
tex("\\\\frac{\\\\mu_{\\\\max}}{2}")
const p = tensor([1, -1])
const l = p.log()
l.mean()`,
    ])
    for (const start of ["Object {net", "Object {layers", "Array (1)", "Object {name"]) {
      await page.waitForFunction(
        (one, words) => {
          const all = [...one.querySelectorAll<HTMLElement>(".cell-out summary")]
          const fold = all.find((summary) => summary.innerText.trim().startsWith(words))
          fold?.focus()
          return fold !== undefined
        },
        {},
        cell,
        start,
      )
      await page.keyboard.press("Enter")
    }
    await expect.poll(() => output(cell)).toContain('"first"')
    await cell.waitForSelector(".katex mfrac > msub")
    await expect.poll(() => output(cell)).toMatch(/line 4: NaN first comes from log of −1 at \[1\]/)
  })
})

describe("inputs", () => {
  it("drive the cells that depend on them, while they are dragged, too", async () => {
    const source =
      'const a = input.slider("amount", { min: 0, max: 10, step: 1, value: 3 })\ndisplay("first " + a)'
    const [first, second] = await withCells(page, [source, "a * 2"])
    const slider = await find(first, "slider", "amount")
    await slider.focus()
    await page.keyboard.press("ArrowRight")
    await expect.poll(() => output(second)).toContain("8")
    expect(await isFocused(slider)).toBe(true)
    await slider.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }))
    const box = await slider.boundingBox()
    if (!box) throw new Error("the slider has no place")
    const y = box.y + box.height / 2
    await page.mouse.move(box.x + box.width * 0.4, y)
    await page.mouse.down()
    for (const at of [0.5, 0.6, 0.7, 0.8, 0.9]) await page.mouse.move(box.x + box.width * at, y, { steps: 3 })
    const value = Number(await slider.evaluate((one) => (one as HTMLInputElement).value))
    expect(value).toBeGreaterThan(7)
    // Still held: the cells follow all the same.
    await expect.poll(() => output(second)).toContain(`${value * 2}`)
    await page.mouse.move(box.x + box.width * 0.999, y, { steps: 3 })
    await page.mouse.up()
    await expect.poll(() => output(second)).toContain("20")
    await until(first, /computed by you in/)
    expect(await faults(page, await idOf(first))).toEqual([])
  })

  it("win with their newest value over a run without end that they have overtaken", async () => {
    const source = 'const a = input.slider("amount", { min: 0, max: 10, step: 1, value: 3 })'
    const [first, second] = await withCells(page, [source, "while (a === 1);\n'past ' + a"])
    const slider = await find(first, "slider", "amount")
    await slider.focus()
    await page.keyboard.press("Home")
    await expect.poll(() => output(second)).toContain("past 0")
    await page.keyboard.press("ArrowRight")
    await until(second, /running/)
    await page.keyboard.press("ArrowRight")
    await expect.poll(() => output(second), { timeout: 20_000 }).toContain("past 2")
    await until(second, /computed by you in/)
  })

  it("are native controls of each kind", async () => {
    const [cell] = await withCells(page, [
      `const kind = input.select("optimizer", ["sgd", "adam"])
const on = input.toggle("momentum")
const n = input.number("epochs", { min: 1, max: 50, value: 5 })
const name = input.text("name", { value: "net" })
const times = input.button("Draw again")
const file = input.file("your table")
const table = file && csv(file)
;[kind, on, n, name, times, table?.x.tolist()].join(" | ")`,
    ])
    await (await find(cell, "combobox", "optimizer")).focus()
    await page.keyboard.press("ArrowDown")
    await click(await find(cell, "checkbox", "momentum"))
    await (await find(cell, "spinbutton", "epochs")).focus()
    await keys(page, "Control+a")
    await page.keyboard.type("70")
    await (await find(cell, "textbox", "name")).focus()
    await keys(page, "Control+a")
    await page.keyboard.type("mine")
    await press(cell, "Draw again")
    await press(cell, "Draw again")
    const file = await cell.$('input[type="file"]')
    const path = join(tmpdir(), "two.csv")
    writeFileSync(path, "u,v\n1,2\n3,4\n")
    await (file as Awaited<ReturnType<typeof page.$<"input">>>)?.uploadFile(path)
    await expect.poll(() => output(cell)).toContain("adam | true | 50 | mine | 2 | 1,2,3,4")
  })

  it("let points be moved by key and by mouse, added, flipped and deleted", async () => {
    const [cell] = await withCells(page, [
      `const points = input.points("data", { value: [{ x: 0, y: 0 }, { x: 1, y: 1, label: -1 }], step: 0.5 })
points.map(({ x, y, label }) => [x, y, label].join(",")).join(" ")`,
    ])
    await (await find(cell, "slider", "Point 1, horizontal")).focus()
    await page.keyboard.press("ArrowRight")
    await expect.poll(() => output(cell)).toContain("0.5,0,1 1,1,-1")
    await page.keyboard.press("Enter")
    await expect.poll(() => output(cell)).toContain("0.5,0,-1 1,1,-1")
    await page.keyboard.type("]")
    await page.keyboard.press("Delete")
    await expect.poll(() => output(cell)).toMatch(/0\.5,0,-1\s*"?$/m)
    await press(cell, "Add")
    await expect.poll(() => output(cell)).toContain("0.5,0,-1 0,0,-1")
    const box = await (await find(cell, "group", "Point 2")).boundingBox()
    if (!box) throw new Error("the point has no place")
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 60, y, { steps: 6 })
    await page.mouse.up()
    await expect.poll(() => output(cell)).toMatch(/0\.5,0,-1 -[01]\.\d+,0,-1/)
  })

  it("of the book keep their value over a reload, and what is shown says that it is out of date", async () => {
    const { page: fresh, close } = await openPage(firefox, "gradient-descent/", { ways: "scratch" })
    const cellOfFit = async () =>
      (await fresh.waitForSelector('nn-cell[data-cell="fit"]:has(.cell-run)')) as Cell
    const cell = await cellOfFit()
    const slider = await cell.waitForSelector('input[type="range"]')
    await slider?.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }))
    await cell.waitForSelector('input[type="range"]:enabled')
    await slider?.focus()
    await fresh.keyboard.press("End")
    await until(cell, /computed by you in/)
    await fresh.reload()
    const again = await cellOfFit()
    await until(again, /out of date: “step size” has changed/)
    expect(await fresh.$("iframe")).toBe(null)
    await close()
  })
})

describe("a computational graph", () => {
  it("looks as it was built when it is run here, is made larger, and moved by the mouse", async () => {
    await page.goto(page.url().replace("gradient-descent", "softmax-and-cross-entropy"))
    await page.waitForSelector("nn-cell .cell-run")
    const cell = (await page.$("nn-cell:has([data-graph])")) as Cell
    const svg = () => cell.$eval("[data-graph] svg", (one) => one.innerHTML)
    const before = await svg()
    await run(cell)
    await until(cell, /computed by you in/)
    expect(await svg()).toBe(before)
    const box = await find(cell, "group", "Computational graph")
    const width = () => cell.$eval("[data-graph] svg", (one) => one.getBoundingClientRect().width)
    const first = await width()
    for (let i = 0; i < 4; i++) await press(cell, "Larger")
    expect(await width()).toBeGreaterThan(first * 2)
    await box.evaluate((one) => {
      one.scrollTo(0, 0)
      one.scrollIntoView({ block: "center", behavior: "instant" })
    })
    const on = await box.boundingBox()
    if (!on) throw new Error("the graph has no place")
    await page.mouse.move(on.x + 200, on.y + 200)
    await page.mouse.down()
    await page.mouse.move(on.x + 140, on.y + 120, { steps: 4 })
    await page.mouse.up()
    expect(await box.evaluate((one) => one.scrollTop)).toBeGreaterThan(50)
    await press(cell, "Whole graph")
    expect(await box.evaluate((one) => one.scrollHeight - one.clientHeight)).toBeLessThanOrEqual(1)
    expect(await faults(page, await idOf(cell))).toEqual([])
  })
})
