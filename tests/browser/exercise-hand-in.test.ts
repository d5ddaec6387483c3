/** @file From an answer in the page to the row of `npm run grade`: the form at the end of a lesson, and its file. */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { ROOT } from "../../scripts/grading/exercises.ts"
import type { Grades } from "../../src/notebook/class-grades.ts"
import { faults } from "./axe.ts"
import { openBrowser, openPage, phone } from "./browser.ts"

const lesson = "softmax-and-cross-entropy/"
const overflow = softmax.misconceptions[0]
const stored = { "exercise:softmax": { answer: { kind: "function", source: overflow.code }, attempts: [] } }

let browser: Browser
let folder = ""
beforeAll(async () => {
  browser = await openBrowser()
  folder = mkdtempSync(join(tmpdir(), "descent-hand-in-"))
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

const form = (page: Page) => page.locator("nn-hand-in")
const save = (page: Page) => form(page).getByRole("button", { name: "Save my answers to a file" })
const field = (page: Page, name: string) => form(page).getByRole("textbox", { name })

async function check(page: Page, id: string): Promise<string> {
  const one = page.locator(`nn-exercise[data-exercise="${id}"]`)
  await one.getByRole("button", { name: "Check", exact: true }).click()
  await one.locator(".exercise-verdict:not([data-old])").waitFor()
  return one.locator(".exercise-word").innerText()
}

describe("the form to hand in", () => {
  it("saves a file that `npm run grade` reads, and that gets the verdicts of the page", async () => {
    const { page, close } = await openPage(browser, lesson, { stored })
    expect(await check(page, "softmax")).toContain("Partly right")
    await page.locator('nn-exercise[data-exercise="loss-at-half"] input').fill("0.693")
    expect(await check(page, "loss-at-half")).toContain("Correct")
    await page.locator('nn-exercise[data-exercise="first-loss"] input[value="rate"]').check()
    expect(await check(page, "first-loss")).toContain("Not yet")

    await field(page, "Name").fill("Grace Hopper")
    await field(page, "Number or address").fill("gh/1906")
    const [download] = await Promise.all([page.waitForEvent("download"), save(page).click()])
    expect(download.suggestedFilename()).toBe("descent-gh-1906.json")
    expect(await form(page).getByRole("status").innerText()).toBe(
      "Saved a file with 3 attempts at 3 exercises.",
    )
    await download.saveAs(join(folder, download.suggestedFilename()))

    await page.reload()
    await expect.poll(() => field(page, "Name").inputValue()).toBe("Grace Hopper")
    expect(await field(page, "Number or address").inputValue()).toBe("gh/1906")
    await close()

    const out = join(folder, "rows.out")
    await promisify(execFile)(process.execPath, ["scripts/grade.ts", folder, "--json", out], { cwd: ROOT })
    const { rows } = JSON.parse(readFileSync(out, "utf8")) as Grades
    const who = { learner: "Grace Hopper", id: "gh/1906", changed: false, attempts: 1 }
    expect(rows).toMatchObject([
      { ...who, exercise: "softmax", verdict: "partial", claimed: "partial", note: overflow.id },
      { ...who, exercise: "loss-at-half", verdict: "correct", claimed: "correct", note: "ok", score: 1 },
      { ...who, exercise: "first-loss", verdict: "wrong", claimed: "wrong", note: "rate" },
    ])
  })

  it("says that there is nothing to hand in before the first check, and saves nothing", async () => {
    const { page, close } = await openPage(browser, lesson)
    let saved = 0
    page.on("download", () => saved++)
    await save(page).click()
    await expect.poll(() => form(page).getByRole("status").innerText()).toContain("nothing to hand in yet")
    expect(saved).toBe(0)
    await close()
  })

  it("is sent with Enter, and is a sentence without scripts", async () => {
    const { page, close } = await openPage(browser, lesson)
    await field(page, "Name").focus()
    await page.keyboard.press("Enter")
    await expect.poll(() => form(page).getByRole("status").innerText()).not.toBe("")
    await close()
    const still = await openPage(browser, lesson, { javaScriptEnabled: false })
    expect(await form(still.page).innerText()).toContain("Saving needs JavaScript")
    expect(await still.page.locator("nn-hand-in form").isVisible()).toBe(false)
    await still.close()
  })

  it.each(["light", "dark"] as const)("fits a phone, with nothing for axe to find (%s)", async (theme) => {
    const { page, close } = await openPage(browser, lesson, { ...phone, theme })
    await save(page).tap()
    const right = await form(page).evaluate((host) =>
      Math.max(
        ...[...host.querySelectorAll("input, button")].map((item) => item.getBoundingClientRect().right),
      ),
    )
    expect(right).toBeLessThanOrEqual(390)
    expect(await faults(page, "nn-hand-in")).toEqual([])
    await close()
  })
})
