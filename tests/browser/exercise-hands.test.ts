/**
 * @file Exercises that are typed, chosen, tuned or mended, on one page: by keyboard alone, and by fingers alone. As heard, and
 * as axe sees them when each is in another state. What is put in order or drawn is in exercise-kinds.test.ts.
 */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import stoppingRule from "../../exercises/04-gradients/stopping-rule.ts"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, openPage, pasteOver, phone } from "./browser.ts"
import { accessibilityTree, all, words } from "./tree.ts"

const lesson = "gradient-descent/"
/** A reader whose numbers are those of the files. */
const stored = { variants: 17 }
const IDS =
  "descent-trace largest-stable-step tune-the-step zigzag-direction stopping-rule stuck-on-the-ridge"
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser({ gpu: false })
})
afterAll(() => browser?.close())

const named = (page: Page, id: string): Locator => page.locator(`nn-exercise[data-exercise="${id}"]`)
const box = (exercise: Locator, name: string): Locator => exercise.getByRole("textbox", { name, exact: true })

async function says(exercise: Locator, what: RegExp): Promise<void> {
  await expect.poll(() => exercise.locator(".exercise-result").innerText(), { timeout: 20_000 }).toMatch(what)
  await exercise.getByRole("button", { name: "Check", exact: true }).waitFor()
}

/** What a screen reader says of each verdict, by the exercise's title: every one stands in a polite live region. */
async function heard(page: Page): Promise<Record<string, string>> {
  const regions = all(await accessibilityTree(page), "region").filter(
    (region) => all(region, "button", "Check").length === 1,
  )
  return Object.fromEntries(
    regions.flatMap((region) => {
      const [status, ...more] = all(region, "status").filter((live) => words(live) !== "")
      if (!status) return []
      expect(more).toEqual([])
      expect(status.properties.live).toBe("polite")
      return [[region.name, words(status)]]
    }),
  )
}

const inEveryState = (page: Page): Promise<string[]> =>
  faultsInBothThemes(page, ...IDS.split(" ").map((id) => `nn-exercise[data-exercise="${id}"]`))

it("are answered by keyboard alone, aloud", async () => {
  const { page, close } = await openPage(browser, lesson, { stored })
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const over = async (text: string) => {
    await press("Control+a")
    await page.keyboard.type(text)
  }

  const table = named(page, "descent-trace")
  await box(table, "η = 0.1, x₁").focus()
  const hasFocus = (label: string) => box(table, label).evaluate((cell) => cell === document.activeElement)
  // Its keys are loaded as the reader comes near.
  await expect
    .poll(async () => {
      await press("ArrowRight")
      return hasFocus("η = 0.1, x₂")
    })
    .toBe(true)
  await press("ArrowLeft")
  // Once around, with the steps of whoever forgot the 2 in the slope.
  for (const [number, ...keys] of [
    ["3.6", "ArrowRight"],
    ["3.24", "ArrowRight"],
    ["2.916", "Enter"],
    ["0.004", "Home", "ArrowLeft"],
    ["0.04", "Home", "ArrowLeft"],
    ["0.4", "ArrowUp", "ArrowDown"],
  ]) {
    await page.keyboard.type(number)
    await press(...keys)
  }
  expect(await hasFocus("η = 0.9, x₁")).toBe(true)
  await press("Control+Enter")
  await says(table, /^✗ Not yet\s+Your slope is half of the right one/)

  const number = named(page, "largest-stable-step")
  await box(number, "limit of η").focus()
  await over("0,5")
  await press("Enter")
  await says(number, /no attempt counted[\s\S]*comma/)
  await over("1/3")
  await press("Enter")
  await says(number, /^✓ Correct/)

  const tuned = named(page, "tune-the-step")
  await tuned.getByRole("textbox", { name: /step size η/ }).focus()
  await over("7")
  await press("Enter")
  await says(tuned, /7 is out of range/)
  await over("0.2")
  await press("Enter")
  await says(tuned, /Spend more on the flat direction/)
  await over("0.3")
  await press("Enter")
  await says(tuned, /in 5 of 5 runs/)
  const picture = tuned.getByRole("img", { name: /Run 1: from .* goal reached.*In grey, the attempt before/ })
  expect(await picture.locator("path").count()).toBe(10)

  const choice = named(page, "zigzag-direction")
  await choice.getByRole("radio").first().focus()
  await press("Space")
  const right = choice.locator('input[value="steep"]')
  for (let i = 0; i < 4 && !(await right.isChecked()); i++) await press("ArrowDown")
  await press("ArrowDown", "Enter")
  await says(choice, /^✗ Not yet/)
  await choice.locator(".exercise-hint summary").first().focus()
  await press("Enter")
  await expect.poll(() => choice.locator(".exercise-hint:visible").count()).toBe(2)

  const prediction = named(page, "stuck-on-the-ridge")
  await prediction.locator(".exercise-solution > summary").focus()
  await press("Enter")
  expect(await prediction.locator(".exercise-ask").innerText()).toContain("You have not tried yet")
  // Show it, or go on: the second of the two.
  await press("Tab", "Enter")
  expect(await box(prediction, "y after 500 steps").evaluate((it) => it === document.activeElement)).toBe(
    true,
  )
  await over("1")
  await press("Enter")
  await says(prediction, /^✗ Not yet\s+That is the start of/)
  await prediction.locator(".exercise-solution > summary").press("Enter")

  const debug = named(page, "stopping-rule")
  await debug.locator(".exercise-code pre").press("Enter")
  await debug.locator(".exercise-code").getByRole("textbox").waitFor({ state: "attached" })
  await expect.poll(() => debug.locator(".exercise-code").getAttribute("aria-busy")).toBe(null)
  await pasteOver(page, `${stoppingRule.starter}\n// nothing mended`)
  await press("Control+Enter")
  await says(debug, /^◐ Partly right[\s\S]*The test still looks at the signed change/)
  await pasteOver(page, stoppingRule.solution)
  await debug.locator(".exercise-verdict[data-old]").waitFor()

  expect(await heard(page)).toEqual({
    "Three steps by hand": expect.stringMatching(/^Not yet Your slope is half of the right one/),
    "The largest stable step": expect.stringMatching(/^Correct/),
    "Thirty steps to the bottom": expect.stringMatching(/^Correct.* in 5 of 5 runs/),
    "Why does it zigzag along x₂?": expect.stringMatching(/^Not yet/),
    "On the ridge": expect.stringMatching(/^Not yet That is the start of/),
    "It stops too soon": expect.stringMatching(/^Partly right .*still looks at the signed change/),
  })
  expect(await inEveryState(page)).toEqual([])
  await close()
})

it("are answered by fingers alone on a phone, with nothing that scrolls sideways", async () => {
  const { page, close } = await openPage(browser, lesson, { ...phone, stored })
  const check = (exercise: Locator) => exercise.getByRole("button", { name: "Check", exact: true }).tap()
  const type = async (place: Locator, text: string) => {
    await place.tap()
    await page.keyboard.press("Control+a")
    await page.keyboard.insertText(text)
  }
  const write = async (exercise: Locator, source: string) => {
    await exercise.locator(".exercise-code").tap()
    await exercise.locator(".cm-content").waitFor()
    await expect.poll(() => exercise.evaluate((host) => host.contains(document.activeElement))).toBe(true)
    await page.keyboard.press("Control+a")
    await page.keyboard.insertText(source)
  }

  const table = named(page, "descent-trace")
  await check(table)
  await says(table, /Not attempted/)
  for (const [name, value] of Object.entries({ "0.1, x₁": "3.2", "0.1, x₂": "2.56", "0.1, x₃": "2.048" }))
    await type(box(table, `η = ${name}`), value)
  await check(table)
  await says(table, /no attempt counted[\s\S]*3 of 6 cells are still empty/)
  for (const name of ["x₁", "x₂", "x₃"]) await type(box(table, `η = 0.9, ${name}`), "1")
  await check(table)
  await says(table, /^◐ Partly right \(50 %\)/)
  const grid = table.locator(".exercise-table")
  expect(await grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)

  const number = named(page, "largest-stable-step")
  await type(box(number, "limit of η"), "2/3")
  await check(number)
  await says(number, /^✗ Not yet\s+You divided by the 3/)

  const tuned = named(page, "tune-the-step")
  await type(tuned.getByRole("textbox", { name: /step size η/ }), "0.45")
  await check(tuned)
  await says(tuned, /Your walks climb/)

  const choice = named(page, "zigzag-direction")
  await choice.locator("label", { hasText: "Its curvature is the larger one" }).tap()
  await check(choice)
  await says(choice, /^✓ Correct/)
  await choice.locator(".exercise-hint summary").first().tap()

  const prediction = named(page, "stuck-on-the-ridge")
  await prediction.locator(".exercise-solution > summary").tap()
  await prediction.getByRole("button", { name: "Show it" }).tap()
  await prediction.locator(".exercise-value").waitFor()
  await expect.poll(() => prediction.locator(".exercise-state").innerText()).toContain("revealed")

  const debug = named(page, "stopping-rule")
  await write(debug, stoppingRule.solution)
  await check(debug)
  await says(debug, /^✓ Correct/)

  const code = named(page, "fit-line")
  await write(code, "function fitLine(x, y) {\n  return x.nothing()\n}")
  await check(code)
  await says(code, /Stopped with an error[\s\S]*line 2/)

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await inEveryState(page)).toEqual([])

  await page.reload()
  await named(page, "fit-line").getByText("x.nothing()").waitFor()
  await debug.getByText("Math.abs(change)", { exact: false }).first().waitFor()
  expect(await box(table, "η = 0.1, x₃").inputValue()).toBe("2.048")
  expect(await box(number, "limit of η").inputValue()).toBe("2/3")
  expect(await tuned.getByRole("textbox", { name: /step size η/ }).inputValue()).toBe("0.45")
  expect(await choice.locator('input[value="steep"]').isChecked()).toBe(true)
  await expect.poll(() => prediction.locator(".exercise-state").innerText()).toContain("revealed")
  await close()
})
