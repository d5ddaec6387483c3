/** @file Exercises whose answers are put in order, drawn or predicted: by keyboard alone, by touch, as spoken. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import largest from "../../exercises/04-gradients/largest-stable-step.ts"
import { valuesOf } from "../../exercises/lib/variant.ts"
import { faults } from "./axe.ts"
import { openBrowser, openPage, phone } from "./browser.ts"
import { accessibilityTree, one as accessible, words } from "./tree.ts"

const softmax = "softmax-and-cross-entropy/"
const descent = "gradient-descent/"
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser({ gpu: false })
})
afterAll(() => browser?.close())

/** The exercise of this id, once its own script is there. */
async function open(page: Page, id: string): Promise<Locator> {
  const one = page.locator(`nn-exercise[data-exercise="${id}"]`)
  await one.getByRole("button", { name: "Check", exact: true }).waitFor()
  await one.scrollIntoViewIfNeeded()
  if (id === "training-loop") await one.getByRole("group", { name: "Move the chosen block" }).waitFor()
  if (id === "loss-of-a-score" || id === "momentum-lands") await one.getByRole("slider").first().waitFor()
  return one
}

async function check(one: Locator): Promise<string> {
  await one.getByRole("button", { name: "Check", exact: true }).click()
  await one.locator(".exercise-verdict:not([data-old])").waitFor()
  await one.getByRole("button", { name: "Check", exact: true }).waitFor()
  return one.locator(".exercise-result").innerText()
}

async function axe(page: Page, id: string): Promise<void> {
  expect(await faults(page, `nn-exercise[data-exercise="${id}"]`)).toEqual([])
}

const program = (one: Locator) =>
  one
    .getByRole("list", { name: /^Your program/ })
    .getByRole("button")
    .allInnerTexts()
const block = (one: Locator, text: string) => one.locator("[data-block] button", { hasText: text })
const right = ["for (let", "const scores", "crossEntropy(scores, y)", "zeroGrad", "backward", "opt.step", "}"]
const rightOrder = ["for", "scores", "loss", "clear", "backward", "step", "end"]
const stored = (order: string[]) => ({
  stored: { "exercise:training-loop": { answer: { kind: "parsons", order }, attempts: [], hintsUsed: 0 } },
})
const said = (one: Locator) => one.locator(".exercise-parsons [role=status]").innerText()

describe("blocks to be put in order", () => {
  it("are put there by keys alone: lifted, moved, put back, put down, checked", async () => {
    const { page, close } = await openPage(browser, softmax)
    const one = await open(page, "training-loop")
    await axe(page, "training-loop")
    await block(one, "const scores").focus()
    await page.keyboard.press("Enter")
    await axe(page, "training-loop")
    expect(await said(one)).toMatch(/^Lifted: not in your program\. Arrow keys move it/)
    await page.keyboard.press("ArrowRight")
    expect(await said(one)).toBe("Added: const scores = X.matmul(W).add(b), place 1 of 1 in your program.")
    await page.keyboard.press("Space")
    await block(one, "for (let").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    expect(await said(one)).toContain("place 1 of 2")
    await page.keyboard.press("Escape")
    expect(await program(one)).toHaveLength(1)
    expect(await said(one)).toContain("Put back")
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    expect((await program(one)).map((text) => text.trim().slice(0, 5))).toEqual(["for (", "const"])
    // The focus stayed with the block all the way.
    expect(await block(one, "for (let").evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press("Control+Enter")
    await one.locator(".exercise-verdict").waitFor()
    expect(await one.locator(".exercise-result").innerText()).toMatch(
      /Partly right[\s\S]*5 more blocks belong/,
    )
    await close()
  })

  it("are moved by buttons, by mouse and by touch, and kept across a reload", async () => {
    const { page, close } = await openPage(browser, softmax, phone)
    const one = await open(page, "training-loop")
    const press = (name: string) => one.getByRole("button", { name, exact: true }).tap()
    for (const text of right.slice(0, 3)) {
      await block(one, text).first().tap()
      await press("Add")
    }
    await press("Up")
    await press("Up")
    await press("Up")
    expect(await said(one)).toBe("It stands at the top.")
    await press("Down")
    await press("Remove")
    expect(await program(one)).toHaveLength(2)
    // A finger on the grip drags the block into the program.
    const grip = one.locator('[data-block="clear"] .parsons-grip')
    await grip.scrollIntoViewIfNeeded()
    const from = (await grip.boundingBox())!
    const list = (await one.getByRole("list", { name: /^Your program/ }).boundingBox())!
    const client = await page.context().newCDPSession(page)
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number, y: number) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] })
    const [x, y] = [from.x + from.width / 2, from.y + from.height / 2]
    await touch("touchStart", x, y)
    await touch("touchMove", x, y + 12)
    await touch("touchMove", x, list.y + list.height - 4)
    await touch("touchMove", x, list.y + list.height - 4)
    await touch("touchEnd", x, list.y + list.height - 4)
    await expect.poll(() => program(one)).toHaveLength(3)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const before = await program(one)
    await page.waitForTimeout(400)
    await page.reload()
    expect(await program(await open(page, "training-loop"))).toEqual(before)
    await close()
  })

  it("are dragged with the mouse from one list to the other and back", async () => {
    const { page, close } = await openPage(browser, softmax, stored(["for", "step"]))
    const one = await open(page, "training-loop")
    const drag = async (text: string, to: { x: number; y: number }) => {
      const box = (await block(one, text).first().boundingBox())!
      await page.mouse.move(box.x + 60, box.y + 10)
      await page.mouse.down()
      await page.mouse.move(box.x + 70, box.y + 16)
      await page.mouse.move(to.x, to.y, { steps: 4 })
      await page.mouse.up()
    }
    await one.getByRole("list", { name: /^Your program/ }).scrollIntoViewIfNeeded()
    const first = (await block(one, "for (let").boundingBox())!
    await drag("const scores", { x: first.x + 50, y: first.y + first.height + 4 })
    expect((await program(one)).map((text) => text.trim().slice(0, 5))).toEqual(["for (", "const", "opt.s"])
    const pool = (await one.getByRole("list", { name: "Blocks to choose from" }).boundingBox())!
    await drag("opt.step", { x: pool.x + 60, y: pool.y + 20 })
    expect(await program(one)).toHaveLength(2)
    await close()
  })

  it("are right in every order that works, and named where one comes too early", async () => {
    const { page, close } = await openPage(browser, softmax, stored(rightOrder))
    const one = await open(page, "training-loop")
    expect(await check(one)).toContain("✓ Correct")
    await block(one, "backward").focus()
    await one.getByRole("button", { name: "Up", exact: true }).click()
    expect(await check(one)).toContain("You clear the gradients between computing and using them")
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await axe(page, "training-loop")
    }
    const status = one.locator(".exercise-result")
    expect(await status.getAttribute("role")).toBe("status")
    expect(await status.getAttribute("aria-live")).toBe("polite")
    await close()
  })

  it("can be read without scripts, and load their script only when the reader comes near", async () => {
    const still = await openPage(browser, softmax, { javaScriptEnabled: false })
    const text = await still.page.locator('nn-exercise[data-exercise="training-loop"]').innerText()
    expect(text).toContain("Blocks for the training loop, out of order. Not all of them belong.")
    for (const code of right) expect(text).toContain(code)
    await still.close()
    const { page, close } = await openPage(browser, softmax)
    await page.waitForLoadState("networkidle")
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    )
    expect(
      scripts.filter((name) => /parsons|sketch|table-keys|exercise-check|exercise-report/.test(name)),
    ).toEqual([])
    await close()
  })
})

describe("a sketch", () => {
  it("is drawn by keys alone, says its heights, and shows the truth once it is checked", async () => {
    const { page, close } = await openPage(browser, softmax)
    const one = await open(page, "loss-of-a-score")
    expect(await check(one)).toContain("Not attempted")
    await axe(page, "loss-of-a-score")
    const handle = one.getByRole("slider", { name: "At score of the cat = 0, vertical" })
    expect(await handle.getAttribute("aria-valuetext")).toContain("not set yet")
    await handle.focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowUp")
    expect(await handle.getAttribute("aria-valuetext")).toBe("5; loss (nats)")
    expect(await one.getByRole("textbox", { name: "at score of the cat = 0" }).inputValue()).toBe("5")
    expect(await check(one)).toMatch(/no attempt counted[\s\S]*6 of 7 places are still empty/)
    const rest: [number, string][] = [
      [2, "3.1"],
      [4, "1.3"],
      [5, "0.7"],
      [6, "1/3"],
      [8, "0"],
      [10, "0"],
    ] // prettier-ignore
    for (const [at, height] of rest)
      await one.getByRole("textbox", { name: `at score of the cat = ${at}`, exact: true }).fill(height)
    await page.keyboard.press("Enter")
    await expect.poll(() => one.locator(".exercise-result").innerText()).toContain("✓ Correct")
    expect(await one.locator(".exercise-result").innerText()).toContain("5.11 at 0")
    expect(await one.locator(".sketch-truth path").count()).toBe(1)
    await axe(page, "loss-of-a-score")
    await close()
  })

  it("takes a tap on the plot, remembers it, and recognises a mistake", async () => {
    const { page, close } = await openPage(browser, softmax, phone)
    const one = await open(page, "loss-of-a-score")
    const plot = one.locator(".sketch-stage svg")
    await plot.scrollIntoViewIfNeeded()
    const box = (await plot.boundingBox())!
    const heights: [number, number][] = [
      [0, 0.99],
      [2, 0.96],
      [4, 0.75],
      [5, 0.52],
      [6, 0.3],
      [8, 0.05],
      [10, 0.01],
    ] // prettier-ignore
    for (const [x, y] of heights)
      await page.touchscreen.tap(
        box.x + (box.width * (40 + (x / 10) * 268)) / 320,
        box.y + (box.height * (200 - (y / 8) * 170)) / 240,
      )
    expect(await check(one)).toContain("You drew")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.reload()
    const again = await open(page, "loss-of-a-score")
    expect(await again.locator(".sketch-mine circle").count()).toBe(7)
    await again.getByRole("button", { name: "Reset", exact: true }).click()
    expect(await again.locator(".sketch-mine circle").count()).toBe(0)
    await close()
  })
})

describe("a prediction", () => {
  it("tells what the code really gives only once it was made", async () => {
    const { page, close } = await openPage(browser, softmax)
    const one = await open(page, "gathered-shape")
    expect(await one.innerText()).not.toContain("What the code really gives")
    const box = one.getByRole("textbox", { name: "shape of own" })
    await box.focus()
    await page.keyboard.type("5")
    await page.keyboard.press("Enter")
    await expect
      .poll(() => one.locator(".exercise-result").innerText())
      .toContain("does not drop the dimension")
    await one.getByText("What the code really gives").click()
    expect(await one.locator(".exercise-console pre").innerText()).toBe("[5, 1]")
    await axe(page, "gathered-shape")
    await box.fill("5 × 1")
    expect(await check(one)).toContain("✓ Correct")
    await close()
  })
})

describe("what a program prints", () => {
  it("is written line by line, judged whatever the commas, and told only afterwards", async () => {
    const { page, close } = await openPage(browser, "mcculloch-pitts/", phone)
    const one = await open(page, "unit-that-remembers")
    const box = one.getByRole("textbox", { name: "printed" })
    await box.focus()
    await page.keyboard.type("0 0")
    await page.keyboard.press("Enter")
    await page.keyboard.type("1 1\n2 1\n3 1")
    expect(await one.locator(".exercise-verdict").count()).toBe(0)
    await page.keyboard.press("Control+Enter")
    await expect
      .poll(() => one.locator(".exercise-result").innerText())
      .toContain("Line 4 of 5 is the first that is not right.")
    // As it is announced: sign and word of the verdict, and the message.
    const region = accessible(await accessibilityTree(page), "region", "A unit that listens to itself")
    const status = accessible(region, "status")
    expect(status.properties.live).toBe("polite")
    expect(words(status)).toMatch(/^Not yet\s+Line 4 of 5 is the first that is not right\./)
    await axe(page, "unit-that-remembers")
    await box.fill("0: 0\n1: 1\n2: 1\n3: 0\n4: −0")
    expect(await check(one)).toContain("✓ Correct")
    expect(await one.locator(".exercise-console pre").innerText()).toBe("0 0\n1 1\n2 1\n3 0\n4 0")
    await page.reload()
    expect(await (await open(page, "unit-that-remembers")).getByRole("textbox").inputValue()).toContain(
      "4: −0",
    )
    await close()
  })
})

describe("a point to be set", () => {
  it("is set by keys or by a tap anywhere, and the truth is a ring over it", async () => {
    const { page, close } = await openPage(browser, "momentum/", phone)
    const one = await open(page, "momentum-lands")
    await one.getByRole("slider", { name: "Your point, horizontal" }).focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft")
    await one.getByRole("slider", { name: "Your point, vertical" }).focus()
    for (let i = 0; i < 2; i++) await page.keyboard.press("ArrowDown")
    expect(await check(one)).toContain("That is plain gradient descent.")
    expect(await one.locator(".sketch-truth circle").count()).toBe(1)
    await axe(page, "momentum-lands")
    const plot = one.locator(".sketch-stage svg")
    await plot.scrollIntoViewIfNeeded()
    const box = (await plot.boundingBox())!
    await page.touchscreen.tap(
      box.x + (box.width * (40 + (1.5 / 8) * 268)) / 320,
      box.y + (box.height * (200 - 0.5 * 170)) / 240,
    )
    await expect.poll(() => one.getByRole("textbox", { name: "y", exact: true }).inputValue()).toBe("0")
    expect(await check(one)).toContain("✓ Correct")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await close()
  })
})

describe("an exercise with variants", () => {
  it("has the same numbers after a reload, is judged by them, and says so in the attempt", async () => {
    const { page, close } = await openPage(browser, descent, { stored: { variants: 20 } })
    const one = await open(page, "largest-stable-step")
    const c = () => one.locator(".exercise-prompt [data-given=c]").innerText()
    await expect.poll(c).not.toBe("3")
    const mine = Number(await c())
    await one.getByRole("textbox", { name: "limit of η" }).fill(`2/${mine}`)
    expect(await check(one)).toContain(`You divided by the ${mine} in front`)
    await one.getByRole("textbox", { name: "limit of η" }).fill(`1/${mine}`)
    expect(await check(one)).toContain("✓ Correct")
    const kept = await page.evaluate(() =>
      JSON.parse(localStorage.getItem("descent:exercise:largest-stable-step")!),
    )
    expect(valuesOf(largest, kept.attempts.at(-1).variant)).toEqual({ c: mine })
    await page.reload()
    await open(page, "largest-stable-step")
    await expect.poll(c).toBe(String(mine))
    await close()
  })
})
