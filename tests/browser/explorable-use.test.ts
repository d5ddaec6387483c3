/** @file What a reader does with the explorables: sliders, handles, points, time, chance, predictions, links. */
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openBrowser, phone } from "./browser.ts"
import {
  approach,
  clock,
  described,
  downhill,
  framesAskedFor,
  middle,
  perceptron,
  press,
  spoken,
  takeaway,
  thermostat,
  visit,
} from "./explorables.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const slider = (figure: Locator, name: string) => figure.getByRole("slider", { name, exact: true })
const field = (figure: Locator, name: string) => figure.getByRole("spinbutton", { name })
const meaning = (input: Locator) => input.getAttribute("aria-valuetext")

describe("a slider", () => {
  it("follows the mouse and its headline follows it", async () => {
    const { page, figure, close } = await visit(browser, downhill)
    const track = slider(figure, "Step size η")
    const box = (await track.boundingBox())!
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height / 2)
    await expect
      .poll(async () => Number(await field(figure, "Step size η").inputValue()))
      .toBeCloseTo(0.25, 1)
    await expect.poll(() => takeaway(figure)).toMatch(/limit/)
    await close()
  })

  it("moves by one step, a tenth, ten, and to its ends by key, and says what the value means", async () => {
    const { figure, close } = await visit(browser, downhill)
    const track = slider(figure, "Step size η")
    const value = field(figure, "Step size η")
    const steps: [string, string, RegExp][] = [
      ["ArrowRight", "0.105", /^0\.105; slow, limit 0\.245$/],
      ["Shift+ArrowLeft", "0.1045", /slow/],
      ["PageUp", "0.1545", /slow/],
      ["PageUp", "0.2045", /best/],
      ["End", "0.5", /^0\.5; diverging/],
      ["Home", "0.005", /^0\.005; slow/],
    ]
    for (const [key, to, says] of steps) {
      await track.press(key)
      await expect.poll(() => value.inputValue(), { message: key }).toBe(to)
      expect(await meaning(track)).toMatch(says)
    }
    await close()
  })

  it("on a log scale reaches its ends by key, and says the probability that comes of it", async () => {
    const { figure, close } = await visit(browser, thermostat)
    const track = slider(figure, "Temperature T")
    await track.press("End")
    await expect.poll(() => meaning(track)).toBe("10; car gets 0.4285")
    await track.press("Home")
    await expect.poll(() => meaning(track)).toMatch(/^0\.1; car gets 1\.0000$/)
    await track.press("ArrowRight")
    await expect.poll(() => meaning(track)).toMatch(/^0\.126; /)
    expect(await meaning(slider(figure, "Score of cat"))).toMatch(/^3\.2; cat gets /)
    await close()
  })

  it("takes a typed number, and says its limits when the number is beyond them", async () => {
    const { figure, close } = await visit(browser, downhill)
    const value = field(figure, "Step size η")
    await value.fill("0.3")
    await value.press("Enter")
    await expect.poll(() => takeaway(figure)).toMatch(/0\.3 is over the limit 0\.245/)
    await value.fill("7")
    await value.press("Enter")
    await expect.poll(() => value.inputValue()).toBe("0.5")
    await expect.poll(() => spoken(figure)).toMatch(/^Step size η goes from 0\.005 to 0\.5\./)
    await close()
  })

  it("has choices beside it that follow the arrow keys", async () => {
    const { figure, close } = await visit(browser, thermostat)
    await figure.getByRole("radio", { name: "cat" }).press("ArrowRight")
    await expect.poll(() => figure.getByRole("radio", { name: "car", exact: true }).isChecked()).toBe(true)
    await expect.poll(() => takeaway(figure)).toMatch(/^Car is right and gets 0\.8690/)
    await close()
  })
})

describe("a handle", () => {
  const start = (figure: Locator) => figure.locator(".ex-handle")
  const from = async (figure: Locator) => /from (\(.*?\))/.exec(await described(figure))?.[1]

  it("is dragged, and speaks when it is let go", async () => {
    const { page, figure, close } = await visit(browser, downhill)
    const { x, y } = await middle(start(figure))
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 60, y + 60, { steps: 6 })
    await expect.poll(() => from(figure)).not.toBe("(3, 3)")
    expect(await spoken(figure)).toBe("")
    await page.mouse.up()
    await expect.poll(() => spoken(figure)).toContain(await from(figure))
    await close()
  })

  it("moves by key along both of its axes", async () => {
    const { page, figure, close } = await visit(browser, downhill)
    await slider(figure, "Start, horizontal").press("ArrowLeft")
    await expect.poll(() => from(figure)).toBe("(2.9, 3)")
    await page.keyboard.press("Tab")
    await page.keyboard.press("PageDown")
    await expect.poll(() => from(figure)).toBe("(2.9, 2)")
    expect(await meaning(slider(figure, "Start, vertical"))).toMatch(/^2; f = /)
    await close()
  })

  it("moves without any dragging: by its pad, by a click in the plane, by numbers", async () => {
    const { page, figure, close } = await visit(browser, downhill)
    await start(figure).click()
    await press(figure, "left")
    await expect.poll(() => from(figure)).toBe("(2.9, 3)")
    await press(figure, "close")
    expect(await figure.getByRole("group", { name: "Nudge Start" }).count()).toBe(0)
    await figure.locator('[data-view="plane"] > svg').click({ position: { x: 80, y: 200 } })
    await expect.poll(() => from(figure)).not.toBe("(2.9, 3)")
    await field(figure, "Start, horizontal").fill("-1")
    await page.keyboard.press("Enter")
    await expect.poll(() => from(figure)).toMatch(/^\(−1, /)
    await close()
  })

  it("follows a finger without scrolling the page, and opens its pad at a tap", async () => {
    const { page, figure, close } = await visit(browser, downhill, phone)
    await figure.locator('[data-view="plane"]').scrollIntoViewIfNeeded()
    const { x, y } = await middle(start(figure))
    const scrolled = await page.evaluate(() => scrollY)
    const fingers = await page.context().newCDPSession(page)
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", dx = 0, dy = 0) =>
      fingers.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: x + dx, y: y + dy }],
      })
    await touch("touchStart")
    for (let i = 1; i <= 8; i++) await touch("touchMove", -8 * i, 12 * i)
    await touch("touchEnd")
    await expect.poll(() => from(figure)).not.toBe("(3, 3)")
    expect(await page.evaluate(() => scrollY)).toBe(scrolled)
    await start(figure).tap()
    await figure.getByRole("button", { name: "up", exact: true }).tap()
    const box = (await figure.getByRole("group", { name: "Nudge Start" }).boundingBox())!
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(390)
    await close()
  })
})

describe("the points", () => {
  const count = async (figure: Locator) => /^\d+ of (\d+):/.exec(await which(figure))?.[1]
  const which = (figure: Locator) => figure.locator("[data-which]").innerText()

  it("are chosen, flipped, deleted and moved by key", async () => {
    const { page, figure, close } = await visit(browser, perceptron)
    await slider(figure, "Point 1, horizontal").focus()
    await page.keyboard.press("]")
    await expect.poll(() => which(figure)).toBe("2 of 12: −1, orange triangle")
    expect(await spoken(figure)).toBe("point 2 of 12, class −1, orange triangle")
    await page.keyboard.press("Enter")
    await expect.poll(() => which(figure)).toBe("2 of 12: +1, blue disc")
    await page.keyboard.press("ArrowRight")
    await expect.poll(() => slider(figure, "Point 2, horizontal").inputValue()).toBe("0.5")
    await page.keyboard.press("Delete")
    await expect.poll(() => count(figure)).toBe("11")
    expect(
      await figure.evaluate(
        (root) =>
          document.activeElement?.closest(".ex-stage") !== null && root.contains(document.activeElement),
      ),
    ).toBe(true)
    await close()
  })

  it("are added by a click and by a button, dragged, and taken away by a button", async () => {
    const { page, figure, close } = await visit(browser, perceptron)
    await figure.locator('[data-view="data"] > svg').click({ position: { x: 80, y: 60 } })
    await expect.poll(() => count(figure)).toBe("13")
    await press(figure, "Add")
    await expect.poll(() => which(figure)).toMatch(/^14 of 14:/)
    await press(figure, "Flip label")
    await expect.poll(() => which(figure)).toMatch(/: −1, /)
    const chosen = figure.locator(".ex-handle.ex-chosen")
    const { x, y } = await middle(chosen)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 40, y - 30, { steps: 4 })
    await page.mouse.up()
    const moved = await middle(chosen)
    expect(Math.hypot(moved.x - x - 40, moved.y - y + 30)).toBeLessThan(3)
    await press(figure, "Delete")
    await expect.poll(() => count(figure)).toBe("13")
    await close()
  })

  it("may all be deleted, and then the figure says so", async () => {
    const { page, figure, close } = await visit(browser, perceptron)
    await press(figure, "OR")
    await expect.poll(() => count(figure)).toBe("4")
    for (let i = 0; i < 4; i++) await press(figure, "Delete")
    await expect.poll(() => takeaway(figure)).toMatch(/^There are no points/)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Delete")
    await press(figure, "Add")
    await expect.poll(() => count(figure)).toBe("1")
    await close()
  })
})

describe("time", () => {
  it("steps on, back, by strides and to the start again, with buttons and with keys", async () => {
    const { page, figure, close } = await visit(browser, downhill)
    const at = (n: number) => expect.poll(() => clock(figure)).toBe(`update ${n} of 150`)
    await press(figure, "Step")
    await at(6)
    await press(figure, "Back")
    await press(figure, "Back")
    await at(4)
    await figure.getByLabel("by").selectOption("10 updates")
    await press(figure, "Step")
    await at(14)
    await press(figure, "Reset")
    await at(0)
    await page.keyboard.press(".")
    await at(10)
    await page.keyboard.press(",")
    await at(0)
    await figure.getByRole("slider", { name: "update" }).press("End")
    await at(150)
    await page.keyboard.press("r")
    await at(0)
    expect(await spoken(figure)).toMatch(/After 0 updates/)
    await close()
  })

  it("plays, says nothing while it plays, and rests at a pause", async () => {
    const { page, figure, close } = await visit(browser, downhill)
    await figure.getByLabel("speed").selectOption("fast")
    await press(figure, "Reset")
    await expect.poll(() => spoken(figure)).toMatch(/After 0 updates/)
    await press(figure, "Play")
    await expect.poll(async () => Number.parseInt((await clock(figure)).slice(7), 10)).toBeGreaterThan(5)
    expect(await spoken(figure)).toMatch(/After 0 updates/)
    await page.keyboard.press(" ")
    // A frame that was asked for before the key may still come; what is said afterwards is where it rests.
    await expect.poll(() => spoken(figure)).not.toMatch(/After 0 updates/)
    const paused = await clock(figure)
    expect(await framesAskedFor(page)).toBe(0)
    expect(await clock(figure)).toBe(paused)
    await close()
  })

  it("stops when the figure has left the screen", async () => {
    const { page, figure, close } = await visit(browser, downhill)
    await press(figure, "Play")
    await page.evaluate(() => scrollTo(0, 0))
    await expect.poll(() => figure.locator(".ex-play").innerText()).toBe("Play")
    expect(await framesAskedFor(page)).toBe(0)
    await close()
  })

  it("becomes a strip of frames for those who want less motion", async () => {
    const { page, figure, close } = await visit(browser, downhill, { reducedMotion: "reduce" })
    await press(figure, "Run to end")
    await expect.poll(() => clock(figure)).toBe("update 150 of 150")
    await expect.poll(() => figure.locator(".ex-frame").count()).toBe(5)
    expect(await framesAskedFor(page)).toBe(0)
    await press(figure, "Reset")
    await expect.poll(() => figure.locator(".ex-frame").count()).toBe(0)
    await close()
  })

  it("repeats with the same seed, and a new seed is offered only where chance plays a part", async () => {
    const { page, figure, close } = await visit(browser, perceptron)
    const seed = figure.getByRole("button", { name: "New seed" })
    expect(await seed.isVisible()).toBe(false)
    await figure.getByRole("radio", { name: "shuffled" }).check()
    await seed.waitFor()
    const end = async () => {
      await press(figure, "Reset")
      await figure.getByRole("slider", { name: "example" }).press("End")
      await expect.poll(() => clock(figure)).toMatch(/^example (\d+) of \1$/)
      return described(figure)
    }
    const first = await end()
    expect(await end()).toBe(first)
    await seed.click()
    await expect.poll(() => spoken(figure)).toMatch(/^Seed 1\./)
    expect(await clock(figure)).toMatch(/^example 0 /)
    expect(await end()).not.toBe(first)
    await page.keyboard.press("n")
    await expect.poll(() => spoken(figure)).toMatch(/^Seed 2\./)
    await close()
  })
})

describe("a prediction", () => {
  it("is answered once, shows the gap, and is remembered after a reload", async () => {
    const { page, figure, close } = await visit(browser, downhill)
    await figure.getByRole("radio", { name: "close to the minimum" }).check()
    await press(figure, "Check")
    const answer = figure.locator(".ex-answer")
    await expect
      .poll(() => answer.innerText())
      .toMatch(/^You said: close to the minimum\. ✗ It is: farther away/)
    expect(await spoken(figure)).toBe(await answer.innerText())
    expect(await clock(figure)).toBe("update 20 of 150")
    await page.goto(page.url().replace(/#.*/, ""))
    await page.reload()
    await approach(figure)
    expect(await answer.innerText()).toBe("You predicted: close to the minimum.")
    await press(figure, "Ask me")
    expect(await figure.getByRole("radio", { name: "close to the minimum" }).isChecked()).toBe(true)
    await close()
  })

  it("is asked before each of five examples, by keyboard alone, and then counted", async () => {
    const { page, figure, close } = await visit(browser, perceptron)
    await press(figure, "Keys")
    await page.keyboard.press("p")
    const answer = figure.locator(".ex-answer")
    for (let i = 1; i <= 5; i++) {
      await figure.getByRole("radio", { name: /^It stays/ }).focus()
      await page.keyboard.press("Space")
      await page.keyboard.press("Enter")
      await expect
        .poll(() => answer.innerText())
        .toMatch(new RegExp(`^Example ${10 + i}\\. You said: It stays`))
      await expect
        .poll(() => answer.innerText())
        .toMatch(i < 5 ? `of ${i} right` : /You were right \d of 5 times/)
    }
    expect(await figure.locator(".ex-predict .ex-options").isVisible()).toBe(false)
    await close()
  })
})

describe("the link", () => {
  it("brings the state back in another tab", async () => {
    const { page, figure, close } = await visit(browser, perceptron)
    await press(figure, "XOR")
    await figure.getByRole("radio", { name: "shuffled" }).check()
    await press(figure, "New seed")
    for (let i = 0; i < 3; i++) await press(figure, "Step")
    await expect.poll(() => clock(figure)).toMatch(/^example 3 /)
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
    await press(figure, "Copy link")
    await expect.poll(() => spoken(figure)).toBe("The link to this state is copied.")
    const tab = await page.context().newPage()
    await tab.goto(await page.evaluate(() => navigator.clipboard.readText()))
    const there = tab.locator("nn-explorable")
    await expect.poll(() => there.getAttribute("data-live")).toBe("")
    expect(await described(there)).toBe(await described(figure))
    expect(await takeaway(there)).toBe(await takeaway(figure))
    expect(await clock(there)).toBe(await clock(figure))
    expect(await there.getByRole("radio", { name: "shuffled" }).isChecked()).toBe(true)
    expect(await there.getByRole("button", { name: "XOR" }).getAttribute("aria-pressed")).toBe("true")
    await close()
  })
})

describe("the thermostat", () => {
  it("says NaN where the naive softmax gives NaN, in the pictures, in words and in the table", async () => {
    const { figure, close } = await visit(browser, thermostat)
    await press(figure, "1000, 1001, 999: naive")
    await expect.poll(() => takeaway(figure)).toMatch(/∞ ÷ ∞ is NaN \(not a number\)/)
    expect(await figure.locator('[data-view="shares"] text', { hasText: /^NaN$/ }).count()).toBe(3)
    await figure.locator("summary", { hasText: "Table" }).click()
    await expect.poll(() => figure.getByRole("cell", { name: "NaN" }).count()).toBeGreaterThan(5)
    await close()
  })

  it("names the rows of its table by their class, at the left", async () => {
    const { figure, close } = await visit(browser, thermostat)
    await figure.locator("summary", { hasText: "Table" }).click()
    const headers = () => figure.getByRole("rowheader").allInnerTexts()
    await expect.poll(headers).toEqual(["cat, true", "car", "frog", "sum"])
    const align = await figure
      .getByRole("rowheader")
      .first()
      .evaluate((th) => getComputedStyle(th).textAlign)
    expect(align).toBe("start")
    await close()
  })
})
