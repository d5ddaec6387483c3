/** @file Exercises in the page, answered as a reader answers them. */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, openPage, pasteOver, phone } from "./browser.ts"

const lesson = "softmax-and-cross-entropy/"
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const exercise = (page: Page, id: string): Locator => page.locator(`nn-exercise[data-exercise="${id}"]`)

/** A page on which the reader has already typed this answer to `softmax`. */
const typed = (source: string) => ({
  stored: { "exercise:softmax": { answer: { kind: "function", source }, attempts: [], hintsUsed: 0 } },
})

async function check(one: Locator): Promise<string> {
  await one.locator(".exercise-check").click()
  await one.locator(".exercise-verdict:not([data-old])").waitFor()
  await one.getByRole("button", { name: "Check", exact: true }).waitFor()
  return one.locator(".exercise-result").innerText()
}

/** Puts a text in the place of the answer's code, as a reader would: click, select all, paste. */
async function code(one: Locator, text: string): Promise<void> {
  const place = one.locator(".exercise-code")
  await place.click()
  await place.getByRole("textbox").waitFor({ state: "attached" })
  await expect.poll(() => place.getAttribute("aria-busy")).toBe(null)
  await expect.poll(() => place.evaluate((host) => host.contains(document.activeElement))).toBe(true)
  await pasteOver(one.page(), text)
}

describe("an exercise", () => {
  it("can be read with scripts disabled: prompt, starter, hints and solution", async () => {
    const { page, close } = await openPage(browser, lesson, { javaScriptEnabled: false })
    const one = exercise(page, "softmax")
    expect(await one.innerText()).toContain(softmax.title)
    expect(await one.locator(".exercise-code").innerText()).toContain("function softmax")
    await one.locator(".exercise-hint summary").last().click()
    expect(await one.locator(".exercise-hint").last().locator("div").isVisible()).toBe(true)
    await one.locator(".exercise-solution > summary").click()
    expect(await one.locator(".exercise-book").isVisible()).toBe(true)
    expect(await one.locator("button").count()).toBe(0)
    await close()
  })

  it("loads no exercise and no engine before the first check", async () => {
    const { page, close } = await openPage(browser, lesson)
    await exercise(page, "softmax").locator(".exercise-check").waitFor()
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType("resource").map((entry) => entry.name),
    )
    expect(scripts.filter((name) => /grade-in-page|sandbox|\/softmax\./.test(name))).toEqual([])
    await close()
  })

  it("takes code typed into the editor, and tells that it is right", async () => {
    const { page, close } = await openPage(browser, lesson)
    const one = exercise(page, "softmax")
    await code(one, "const softmax = (s: Tensor) => s.sub(s.logsumexp(-1, { keepDim: true })).exp()")
    expect(await check(one)).toContain("✓ Correct")
    expect(await one.locator(".exercise-state").innerText()).toContain("correct, 1 attempt")
    await page.reload()
    expect(await one.locator(".exercise-state").innerText()).toContain("correct")
    expect(await one.locator(".exercise-code").innerText()).toContain("logsumexp")
    await close()
  })

  it("says what to do without, and refuses it at no cost", async () => {
    const { page, close } = await openPage(
      browser,
      lesson,
      typed("function softmax(s) {\n  return s.softmax(-1)\n}"),
    )
    const one = exercise(page, "softmax")
    expect(await one.locator(".exercise-conventions").innerText()).toContain("without softmax and logSoftmax")
    expect(await check(one)).toMatch(/no attempt counted\s+Your answer uses softmax \(line 2\)/)
    expect(await one.locator(".exercise-state").innerText()).toContain("in progress")
    expect(await one.locator(".code-error-line").innerText()).toContain("s.softmax(-1)")
    await close()
  })

  it("names the misconception, with input, expected and given value", async () => {
    const { page, close } = await openPage(browser, lesson, typed(softmax.misconceptions[0].code))
    const one = exercise(page, "softmax")
    const text = await check(one)
    expect(text).toContain("Partly right")
    expect(text).toContain("Subtract the largest score of each row")
    expect(text).toMatch(/Called with\s+s = \[1000, 1001, 999\]/)
    expect(text).toContain("[NaN, NaN, NaN]")
    // The note was rendered at build: its formula is mathematics.
    expect(await one.locator(".exercise-message .katex").count()).toBeGreaterThan(0)
    expect(await one.locator(".exercise-result").getAttribute("aria-live")).toBe("polite")
    await one.locator(".exercise-solution > summary").click()
    expect(await faultsInBothThemes(page, `nn-exercise[data-exercise="softmax"]`)).toEqual([])
    await close()
  })

  it("says the note in plain words when its file cannot be had, and sets its formula when it can", async () => {
    const { page, problems, close } = await openPage(browser, lesson, typed(softmax.misconceptions[0].code))
    const one = exercise(page, "softmax")
    await page.route("**/notes/softmax.json", (route) => route.abort())
    expect(await check(one)).toContain("Right for small scores, NaN for large ones: e^1000 is infinite")
    expect(await one.locator(".exercise-message .katex").count()).toBe(0)
    expect(problems.splice(0).every((problem) => /ERR_FAILED/.test(problem))).toBe(true)
    await page.unroute("**/notes/softmax.json")
    await check(one)
    await expect.poll(() => one.locator(".exercise-message .katex").count()).toBeGreaterThan(0)
    await close()
  })

  it("stops an endless loop, and grades the next answer as usual", async () => {
    const { page, close } = await openPage(browser, lesson, typed("function softmax(s) { while (true) {} }"))
    const one = exercise(page, "softmax")
    expect(await check(one)).toContain("out of time")
    await code(one, softmax.solution)
    expect(await check(one)).toContain("✓ Correct")
    await close()
  })

  it("says where code threw or cannot be read; the latter costs no attempt", async () => {
    const { page, close } = await openPage(
      browser,
      lesson,
      typed("function softmax(s) {\n  return s.nothing()\n}"),
    )
    const one = exercise(page, "softmax")
    expect(await check(one)).toMatch(/Stopped with an error[\s\S]*line 2/)
    await code(one, "function softmax(s {")
    expect(await check(one)).toMatch(/Not checked, no attempt counted[\s\S]*line 1/)
    expect(await one.locator(".exercise-state").innerText()).toContain("1 attempt")
    await close()
  })

  it("shows messages as text, never as markup", async () => {
    const bomb = `function softmax(s) { throw new Error("<img src=x onerror=alert(1)>") }`
    const { page, close } = await openPage(browser, lesson, typed(bomb))
    const one = exercise(page, "softmax")
    expect(await check(one)).toContain("<img src=x")
    expect(await one.locator("img").count()).toBe(0)
    await close()
  })

  it("opens hints one by one, asks before the solution, and puts it beside the answer after an attempt", async () => {
    const { page, close } = await openPage(browser, lesson, typed(softmax.misconceptions[4].code))
    const one = exercise(page, "softmax")
    const visible = () => one.locator(".exercise-hint:visible").count()
    expect(await visible()).toBe(1)
    await one.locator(".exercise-hint summary").first().click()
    await expect.poll(visible).toBe(2)
    await one.locator(".exercise-solution > summary").click()
    expect(await one.locator(".exercise-ask").innerText()).toContain("You have not tried yet")
    await one.getByRole("button", { name: "Keep trying" }).click()
    expect(await one.locator(".exercise-book").isVisible()).toBe(false)
    await check(one)
    await one.locator(".exercise-solution > summary").click()
    expect(await one.locator(".exercise-mine").innerText()).toContain("s.div(s.sum")
    expect(await one.locator(".exercise-book").isVisible()).toBe(true)
    await close()
  })

  it("can be reset, and the reset undone", async () => {
    const { page, close } = await openPage(browser, lesson, typed("// mine"))
    const one = exercise(page, "softmax")
    await one.getByRole("button", { name: "Reset", exact: true }).click()
    expect(await one.locator(".exercise-code").innerText()).toContain("TODO()")
    await one.getByRole("button", { name: "Undo reset" }).click()
    expect(await one.locator(".exercise-code").innerText()).toContain("// mine")
    await close()
  })

  it("says that it changed since it was solved", async () => {
    const solved = { attempts: [], solved: softmax.revision - 1 }
    const { page, close } = await openPage(browser, lesson, { stored: { "exercise:softmax": solved } })
    await expect
      .poll(() => exercise(page, "softmax").innerText())
      .toContain("has changed since you solved it")
    await close()
  })

  it("survives a damaged store", async () => {
    const { page, close } = await openPage(browser, lesson, {
      stored: { "exercise:softmax": { attempts: 7, answer: { kind: "choice" }, hintsUsed: "x" } },
    })
    expect(await check(exercise(page, "softmax"))).toContain("Not attempted")
    await close()
  })

  it("shows the numbers of its solution: a value, or the table filled in", async () => {
    // A reader whose numbers are those of the file.
    const { page, close } = await openPage(browser, "gradient-descent/", { stored: { variants: 17 } })
    const shown = async (id: string) => {
      const one = exercise(page, id)
      await one.locator(".exercise-solution > summary").click()
      await one.getByRole("button", { name: "Show it" }).click()
      return one.locator(".exercise-beside").innerText()
    }
    expect(await shown("largest-stable-step")).toContain("limit of η: 0.333333")
    expect(await shown("descent-trace")).toMatch(/η = 0.9\s+−3.2\s+2.56\s+−2.048/)
    await close()
  })

  it("gives no answer away when several options are to be chosen and one was", async () => {
    const { page, close } = await openPage(browser, lesson)
    const one = exercise(page, "shift-or-scale")
    await one.locator('input[value="add"]').check()
    const text = await check(one)
    expect(text).toContain("Partly right")
    expect(text).toContain("2 more options are right too")
    expect(await one.locator(".exercise-checks li").count()).toBeLessThan(2)
    await close()
  })

  it("shows whole tables on a phone", async () => {
    const { page, close } = await openPage(browser, "perceptron/", phone)
    const tables = await page.locator(".exercise-table").all()
    expect(tables.length).toBeGreaterThan(0)
    for (const table of tables)
      expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
    await close()
  })
})
