/** @file Explorables in Firefox: sliders, handles, time, points, predictions, links, by pointer and by key. */
import type { ElementHandle, Page } from "puppeteer-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { faults } from "../browser/axe.ts"
import { downhill, perceptron, thermostat, type Where } from "../browser/explorables.ts"
import { differences, linkedState } from "../explorables/linked-state.ts"
import { type BookPage, click, type Firefox, find, keys, openFirefox, openPage, press } from "./browser.ts"

let firefox: Firefox
const books: BookPage[] = []
const figures = new Map<string, Figure>()
beforeAll(async () => {
  firefox = await openFirefox()
})
afterEach(() => {
  for (const { problems } of books) expect(problems.splice(0)).toEqual([])
})
afterAll(async () => {
  for (const book of books) await book.close()
  await firefox?.close()
})

type Part = ElementHandle<HTMLElement>
interface Figure {
  page: Page
  figure: Part
}

/** The explorable, live, on a page that the tests of this file share. */
async function visit([lesson, name]: Where): Promise<Figure> {
  let visited = figures.get(name)
  if (!visited) {
    const book = await openPage(firefox, `${lesson}/`)
    books.push(book)
    visited = { page: book.page, figure: await live(book.page, name) }
    figures.set(name, visited)
  }
  await visited.page.bringToFront()
  return visited
}

async function live(page: Page, name: string): Promise<Part> {
  const figure = (await page.waitForSelector(`nn-explorable[data-name="${name}"]`)) as Part
  await figure.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }))
  await page.waitForFunction((one) => one.dataset.live === "", {}, figure)
  return figure
}

/** What axe finds in the figure, once no part of it lies under the page's header. */
async function faultsOf({ page, figure }: Figure): Promise<string[]> {
  await figure.evaluate((one) => one.scrollIntoView({ block: "start", behavior: "instant" }))
  return faults(page, `nn-explorable[data-name="${await figure.evaluate((one) => one.dataset.name)}"]`)
}

const words = (figure: Part, selector: string): Promise<string> =>
  figure.$eval(selector, (one) => (one as HTMLElement).innerText)
const takeaway = (figure: Part) => words(figure, ".ex-takeaway")
const clock = (figure: Part) => words(figure, ".ex-clock > span")
const described = (figure: Part) => words(figure, "[data-describe]")
const value = (part: Part) => part.evaluate((one) => (one as HTMLInputElement).value)

async function middle(part: ElementHandle<Element>): Promise<{ x: number; y: number }> {
  await part.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }))
  const box = await part.boundingBox()
  if (!box) throw new Error("middle: nothing is drawn there.")
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

describe("a slider", () => {
  it("follows keys and typed numbers, and says what its value means", async () => {
    const { page, figure } = await visit(downhill)
    const slider = await find(figure, "slider", "Step size η")
    const field = await find(figure, "spinbutton", "Step size η, as a number")
    await slider.focus()
    for (const [key, to, says] of [
      ["ArrowRight", "0.105", /^0\.105; slow/],
      ["Shift+ArrowLeft", "0.1045", /slow/],
      ["PageUp", "0.1545", /slow/],
      ["End", "0.5", /^0\.5; diverging/],
      ["Home", "0.005", /^0\.005; slow/],
    ] as const) {
      await keys(page, key)
      await expect.poll(() => value(field), { message: key }).toBe(to)
      const spoken = () => slider.evaluate((one) => one.getAttribute("aria-valuetext"))
      await expect.poll(spoken, { message: key }).toMatch(says)
    }
    await field.focus()
    await keys(page, "Control+a")
    await page.keyboard.type("0.3")
    await page.keyboard.press("Enter")
    await expect.poll(() => takeaway(figure)).toMatch(/0\.3 is over the limit 0\.245/)
    expect(await faultsOf({ page, figure })).toEqual([])
  })

  it("says NaN where the naive softmax gives NaN", async () => {
    const { figure } = await visit(thermostat)
    await press(figure, "1000, 1001, 999: naive")
    await expect.poll(() => takeaway(figure)).toMatch(/∞ ÷ ∞ is NaN \(not a number\)/)
  })
})

describe("a handle", () => {
  it("is dragged by the mouse and moved by key", async () => {
    const { page, figure } = await visit(downhill)
    const from = async () => /from (\(.*?\))/.exec(await described(figure))?.[1]
    const before = await from()
    const { x, y } = await middle((await figure.$(".ex-handle")) as Part)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 60, y + 60, { steps: 6 })
    await expect.poll(from).not.toBe(before)
    await page.mouse.up()
    const dragged = await from()
    await (await find(figure, "slider", "Start, horizontal")).focus()
    await page.keyboard.press("ArrowLeft")
    await expect.poll(from).not.toBe(dragged)
  })
})

describe("time", () => {
  it("steps on and back, plays, rests at a pause, and goes to its ends, with buttons and keys", async () => {
    const { page, figure } = await visit(downhill)
    await press(figure, "Reset")
    await expect.poll(() => clock(figure)).toMatch(/^update 0 of/)
    await press(figure, "Step")
    await press(figure, "Step")
    await press(figure, "Back")
    await expect.poll(() => clock(figure)).toMatch(/^update 1 of/)
    await page.keyboard.type(".")
    await expect.poll(() => clock(figure)).toMatch(/^update 2 of/)
    await page.keyboard.type(",")
    await expect.poll(() => clock(figure)).toMatch(/^update 1 of/)
    await press(figure, "Play")
    await expect.poll(async () => Number.parseInt((await clock(figure)).slice(7), 10)).toBeGreaterThan(3)
    await page.keyboard.press(" ")
    await find(figure, "button", "Play")
    const paused = await clock(figure)
    await new Promise((then) => setTimeout(then, 300))
    expect(await clock(figure)).toBe(paused)
    await page.keyboard.type("r")
    await expect.poll(() => clock(figure)).toMatch(/^update 0 of/)
  })

  it("stops when the figure has left the screen", async () => {
    const { page, figure } = await visit(downhill)
    await press(figure, "Play")
    await page.evaluate(() => scrollTo(0, 0))
    await expect.poll(() => words(figure, ".ex-play")).toBe("Play")
  })
})

describe("the points", () => {
  it("are chosen, flipped, deleted and moved by key, added by a click and by a button", async () => {
    const { page, figure } = await visit(perceptron)
    const which = () => words(figure, "[data-which]")
    await (await find(figure, "slider", "Point 1, horizontal")).focus()
    await page.keyboard.type("]")
    await expect.poll(which).toBe("2 of 12: −1, orange triangle")
    await page.keyboard.press("Enter")
    await expect.poll(which).toBe("2 of 12: +1, blue disc")
    await page.keyboard.press("Delete")
    await expect.poll(which).toMatch(/of 11:/)
    const plane = (await figure.$('[data-view="data"] > svg')) as ElementHandle<Element>
    await plane.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }))
    const box = await plane.boundingBox()
    if (!box) throw new Error("the plane has no place")
    await page.mouse.click(box.x + 80, box.y + 60)
    await expect.poll(which).toMatch(/of 12:/)
    await press(figure, "Add")
    await expect.poll(which).toMatch(/^13 of 13:/)
    expect(await faultsOf({ page, figure })).toEqual([])
  })
})

describe("a prediction and a link", () => {
  it("are answered and remembered, and bring the state back in another tab", async () => {
    const { page, figure } = await visit(downhill)
    await click(await find(figure, "radio", "close to the minimum"))
    await press(figure, "Check")
    await expect.poll(() => words(figure, ".ex-answer")).toMatch(/^You said: close to the minimum\./)
    await press(figure, "Copy link")
    await expect.poll(() => words(figure, "[role=status]")).toBe("The link to this state is copied.")
    const tab = await page.browserContext().newPage()
    await tab.setViewport({ width: 1280, height: 900 })
    await tab.goto(await page.evaluate(() => navigator.clipboard.readText()))
    const there = await live(tab, "downhill")
    expect(await described(there)).toBe(await described(figure))
    expect(await clock(there)).toBe(await clock(figure))
    expect(await words(there, ".ex-answer")).toMatch(/You predicted: close to the minimum/)
    await tab.close()
  })
})

describe.each([downhill, perceptron, thermostat])("in the lesson on %s, %s", (...where) => {
  it("comes from a link to the very state that another engine of JavaScript computes", async () => {
    const { page, figure } = await visit(where)
    const { link, drawn } = linkedState(where[1])
    await expect.poll(() => page.evaluate(() => location.hash.slice(1))).not.toBe(link)
    await page.evaluate((fragment) => {
      location.hash = fragment
    }, link)
    await expect.poll(() => figure.evaluate(differences, drawn)).toEqual([])
  })
})
