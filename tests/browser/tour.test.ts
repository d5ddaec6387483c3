/** @file The tour of the engine in a browser: complete without scripts, live with them, by keyboard, on paper. */
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { faults } from "./axe.ts"
import { openBrowser, openPage, phone } from "./browser.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const path = "engine/"
const part = (page: Page, name: string) => page.locator(`[data-part="${name}"]`)
const status = (page: Page) => page.locator("[data-status]").innerText()

/** Waits until the page shows this call. */
async function shows(page: Page, code: string): Promise<void> {
  await expect.poll(() => part(page, "code").innerText(), { timeout: 15_000 }).toContain(code)
}

it("is complete without scripts", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(new URL(path, inject("book")).href)
  const parts = await page
    .locator("[data-part]")
    .evaluateAll((all) =>
      all.map((e) => ({ name: e.dataset.part, height: e.getBoundingClientRect().height })),
    )
  expect(parts.length).toBeGreaterThanOrEqual(12)
  expect(parts.filter(({ height }) => height < 20)).toEqual([])
  expect(await part(page, "graph").locator("svg .tour-box").count()).toBe(6)
  expect(await part(page, "machine").innerText()).toMatch(/f32x4\.\w+/)
  expect(await part(page, "shaders").innerText()).toContain("@compute")
  expect(await part(page, "cache").innerText()).toMatch(/first call compiled 1 program/)
  expect(await page.locator(".tour-controls:visible, [data-do]:visible").count()).toBe(0)
  await context.close()
})

describe("the live tour", () => {
  it("loads no engine before it is touched, then follows the fields and comes back to what was built", async () => {
    const { page, close } = await openPage(browser, path)
    await page.waitForLoadState("networkidle")
    const before: string[] = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    )
    expect(before.filter((name) => /tour-live|inside/.test(name))).toEqual([])
    const names = [
      "code",
      "graph",
      "plan",
      "traffic",
      "machine",
      "values",
      "memory",
      "slope",
      "jit",
      "shaders",
    ]
    const read = () =>
      Promise.all(names.map((name) => part(page, name).evaluate((e) => e.innerHTML.replace(/\s+/g, " "))))
    const built = await read()
    await page.getByLabel("Activation").selectOption("softmax")
    await shows(page, ".softmax()")
    expect(await part(page, "plan").locator(".tour-kernel").count()).toBeGreaterThan(4)
    expect(await part(page, "machine").innerText()).toContain("exp, shared by the kernels")
    expect(await status(page)).toMatch(/nodes, \d+ kernels/)
    await page.getByLabel("with its gradient").check()
    await shows(page, "valueAndGrad")
    await page.getByLabel("with its gradient").uncheck()
    await page.getByLabel("Activation").selectOption("relu")
    await shows(page, "const y = x.matmul(w).add(b).relu()")
    expect(await read()).toEqual(built)
    await close()
  })

  it("marks what another size changes in the form, and says what a size may be", async () => {
    const { page, close } = await openPage(browser, path)
    const batch = page.getByLabel("Batch")
    await batch.fill("7")
    await shows(page, "randn([7, 3])")
    expect(new Set(await part(page, "form").locator("mark").allInnerTexts())).toEqual(new Set(["7"]))
    await batch.fill("0")
    await expect.poll(() => status(page)).toMatch(/whole numbers from 1 to 256/)
    await shows(page, "randn([7, 3])")
    await close()
  })

  it("says the call in its address, and a link leads there", async () => {
    const { page, close } = await openPage(browser, path)
    await page.getByLabel("Fan-out").fill("6")
    await page.getByLabel("Activation").selectOption("tanh")
    await shows(page, ".tanh()")
    await shows(page, "randn([3, 6])")
    await expect.poll(() => page.url()).toContain("fanOut=6")
    const link = page.url()
    await close()
    const other = await openPage(browser, link)
    await shows(other.page, ".tanh()")
    await shows(other.page, "randn([3, 6])")
    expect(await other.page.getByLabel("Fan-out").inputValue()).toBe("6")
    await other.close()
  })

  it("is worked by keyboard alone, and the focus stays in sight", async () => {
    const { page, close } = await openPage(browser, path)
    await page.getByLabel("Batch").focus()
    await page.keyboard.press("ArrowUp")
    await shows(page, "randn([3, 3])")
    for (let i = 0; i < 3; i++) await page.keyboard.press("Tab")
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("activation")
    await page.keyboard.press("ArrowDown")
    await shows(page, ".tanh()")
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("Tab")
      const hidden = await page.evaluate(() => {
        const { activeElement: element } = document
        const box = element?.getBoundingClientRect()
        if (!element || !box || element.closest(".tour-controls")) return false
        const above = document.querySelector(".tour-controls")?.getBoundingClientRect().bottom ?? 0
        return box.bottom < above || box.top > innerHeight
      })
      expect(hidden).toBe(false)
    }
    await close()
  })

  it("measures times, memory and a run on the GPU, whose values agree", async () => {
    const { page, close } = await openPage(browser, path)
    const result = async (kind: string): Promise<string> => {
      await page.locator(`[data-do="${kind}"]`).click()
      const place = page.locator(`[data-result="${kind}"]`)
      await expect.poll(() => place.innerText(), { timeout: 60_000 }).toMatch(/took|median|holds|webgpu/i)
      return place.innerText()
    }
    expect((await result("times")).match(/µs|ms/g)).toHaveLength(5)
    expect(await result("held")).toMatch(/10,000 more calls/)
    expect(await result("gpu")).toMatch(
      /the values (agree|differ from the interpreter’s by at most \S+×10⁻\S+)/,
    )
    await page.getByLabel("Fan-out").fill("5")
    await shows(page, "randn([3, 5])")
    await expect.poll(() => page.locator('[data-result="times"]').innerText()).toMatch(/has changed since/)
    await close()
  })
})

for (const theme of ["light", "dark"] as const)
  it(`gives axe nothing to complain about with a gradient, unfolded, ${theme}`, async () => {
    const { page, close } = await openPage(browser, path, { theme })
    await page.getByLabel("Activation").selectOption("sigmoid")
    await page.getByLabel("with its gradient").check()
    await shows(page, "sigmoid().square()")
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll("details")) fold.open = true
      dispatchEvent(new Event("resize"))
    })
    await page.waitForTimeout(200)
    expect(await faults(page)).toEqual([])
    await close()
  })

it("does not scroll sideways on a phone with the largest graph", async () => {
  const { page, close } = await openPage(browser, path, phone)
  await page.getByLabel("Activation").selectOption("gelu")
  await page.getByLabel("with its gradient").check()
  await shows(page, "gelu().square()")
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true
  })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await close()
})

it("on paper shows whole listings and leaves out what needs a pointer", async () => {
  const { page, close } = await openPage(browser, path)
  await page.emulateMedia({ media: "print" })
  const boxes = await page
    .locator(".tour-code")
    .evaluateAll((all) =>
      all.map((e) => ({ hidden: e.scrollHeight - e.clientHeight, height: e.getBoundingClientRect().height })),
    )
  expect(boxes.length).toBeGreaterThan(5)
  expect(boxes.filter(({ hidden, height }) => hidden > 1 || height === 0)).toEqual([])
  expect(await page.locator(".tour-controls:visible, [data-do]:visible").count()).toBe(0)
  await close()
})
