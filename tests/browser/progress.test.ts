/** @file The reader's progress: the page of it, the review, two tabs, new revisions, damage. Driven as a reader drives it. */
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import lossAtHalf from "../../exercises/03-what-good-means/loss-at-half.ts"
import { faults } from "./axe.ts"
import { closeStorage, openBrowser, openPage, phone, refuseStorage } from "./browser.ts"

const lesson = "softmax-and-cross-entropy/"
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const patient = { timeout: 20_000 }
const attempt = (exercise: string, answer: object, verdict: string, note: string, day: number) => ({
  exercise,
  revision: 1,
  seed: 1,
  answer,
  report: { verdict, score: verdict === "correct" ? 1 : 0, note },
  hintsUsed: 0,
  at: `2026-11-${String(day).padStart(2, "0")}T10:00:00.000Z`,
})
const half = { kind: "number", text: "0.30103" }
const rate = { kind: "choice", chosen: ["rate"] }
/** Two that were wrong, one begun, one solved. */
const stored = {
  "exercise:loss-at-half": {
    answer: half,
    attempts: [attempt("loss-at-half", half, "wrong", "ce.log-base", 9)],
  },
  "exercise:first-loss": { answer: rate, attempts: [attempt("first-loss", rate, "wrong", "rate", 3)] },
  "exercise:perceptron-promises": {
    answer: { kind: "choice", chosen: ["order"] },
    answeredAt: "2026-11-10T10:00:00.000Z",
  },
  "exercise:perceptron-update": {
    attempts: [attempt("perceptron-update", { kind: "function", source: "1" }, "correct", "ok", 2)],
    solved: 1,
  },
}

const item = (page: Page, id: string) => page.locator(`nn-progress [data-exercise="${id}"]`)
const exercise = (page: Page, id: string) => page.locator(`nn-exercise[data-exercise="${id}"]`)
const kept = (page: Page, id: string): Promise<Record<string, unknown>> =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(`descent:${key}`) ?? "null"), `exercise:${id}`)
const atHalf = (page: Page) => exercise(page, "loss-at-half").getByRole("textbox")

describe("the page of your progress", () => {
  it("is linked from the foot of every page and from “Your work”, and begins at the beginning", async () => {
    const { page, close } = await openPage(browser, "your-work/")
    await page.getByRole("main").getByRole("link", { name: "Your progress" }).waitFor()
    await page.getByRole("contentinfo").getByRole("link", { name: "Your progress" }).click()
    await page.getByText(/^0 of \d+ solved, 0 tried, \d+ still to do\.$/).waitFor()
    await page.getByText("Nothing to review.").waitFor()
    expect(await page.getByRole("link", { name: "Begin the review" }).isVisible()).toBe(false)
    await page.getByRole("link", { name: /^Begin: exercise 3\.1/ }).click()
    await page.waitForURL(/mcculloch-pitts\/#ex-/)
    await close()
  })

  it("says of each exercise what became of it, and what was said about the last mistake", async () => {
    const { page, close } = await openPage(browser, "progress/", { stored })
    await page.getByText(/^1 of \d+ solved, 3 tried,/).waitFor()
    expect(await item(page, "perceptron-update").innerText()).toMatch(/✓ solved, 1 attempt/)
    expect(await item(page, "perceptron-promises").innerText()).toMatch(/in progress/)
    expect(await item(page, "pocket").innerText()).toMatch(/to do/)
    expect(await item(page, "loss-at-half").innerText()).toMatch(
      /✗ not yet, 1 attempt\s+Last time: Not yet\./,
    )
    await expect
      .poll(() => item(page, "loss-at-half").innerText(), patient)
      .toMatch(/the logarithm to base 10/)
    await page
      .getByRole("link", { name: /^Continue where you left off: exercise 5\.\d What it promises/ })
      .waitFor()
    await close()
  })

  it("shows those of one state by keyboard, and says how many", async () => {
    const { page, close } = await openPage(browser, "progress/", { stored })
    await page.getByRole("radio", { name: /^all/ }).focus()
    for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowRight")
    expect(await page.getByRole("radio", { name: "not yet (2)" }).isChecked()).toBe(true)
    expect(await page.locator("nn-progress li:visible").count()).toBe(2)
    expect(await page.locator("nn-progress .progress-lesson:visible").count()).toBe(1)
    expect(await page.getByRole("status").filter({ hasText: "2 shown." }).count()).toBe(1)
    await close()
  })

  it("follows what happens in another tab", async () => {
    const { page, close } = await openPage(browser, "progress/", { stored })
    await page.getByText(/^1 of \d+ solved,/).waitFor()
    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.evaluate(
      (entry) => localStorage.setItem("descent:exercise:pocket", entry),
      JSON.stringify({ attempts: [], solved: 9 }),
    )
    await page.getByText(/^2 of \d+ solved,/).waitFor()
    await close()
  })

  it("without scripts is the list of all exercises", async () => {
    const { page, close } = await openPage(browser, "progress/", { javaScriptEnabled: false })
    expect(await page.getByRole("main").innerText()).toContain("Without JavaScript nothing is kept")
    expect(await page.getByRole("link", { name: /^12\.\d/ }).count()).toBeGreaterThan(5)
    expect(await page.getByRole("radio").count()).toBe(0)
    await close()
  })

  it.each(["light", "dark"] as const)("fits a phone, with nothing for axe to find (%s)", async (theme) => {
    const { page, close } = await openPage(browser, "progress/", { ...phone, theme, stored })
    await page.getByText(/^1 of \d+ solved,/).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    expect(await faults(page, "main")).toEqual([])
    await close()
  })
})

describe("the review", () => {
  it("leads from one exercise to the next across reloads, the oldest first, and back to the page", async () => {
    const { page, close } = await openPage(browser, "progress/", { stored })
    await page.getByText(/^2 exercises come back/).waitFor()
    await page.getByRole("link", { name: "Begin the review" }).focus()
    await page.keyboard.press("Enter")
    await page.waitForURL(/#ex-first-loss$/)
    const bar = page.getByRole("navigation", { name: "Review" })
    await bar.getByText("Review: exercise 1 of 2").waitFor()
    expect(await faults(page, ".review-bar")).toEqual([])
    await page.reload()
    await bar.getByText("Review: exercise 1 of 2").waitFor()
    await bar.getByRole("link", { name: "Next exercise" }).focus()
    await page.keyboard.press("Enter")
    await bar.getByText("Review: exercise 2 of 2").waitFor()
    expect(page.url()).toMatch(/#ex-loss-at-half$/)
    await page.keyboard.press("Tab")
    expect(await exercise(page, "loss-at-half").evaluate((one) => one.contains(document.activeElement))).toBe(
      true,
    )
    await expect
      .poll(() => exercise(page, "loss-at-half").evaluate((one) => one.getBoundingClientRect().top), patient)
      .toBeLessThan(400)
    await bar.getByRole("link", { name: "Finish review" }).click()
    await page.waitForURL(/progress\/$/)
    await close()
  })

  it("does not show on a lesson that is only read", async () => {
    const { page, close } = await openPage(browser, `${lesson}?review=nonsense`)
    await exercise(page, "softmax").getByRole("button", { name: "Check", exact: true }).waitFor()
    expect(await page.getByRole("navigation", { name: "Review" }).count()).toBe(0)
    await close()
  })
})

describe("an exercise in two tabs", () => {
  it("shows what is answered and checked in the other; the newer wins, aloud, and the older can be had back", async () => {
    const { page, close } = await openPage(browser, lesson)
    const other = await page.context().newPage()
    await other.goto(page.url())
    await atHalf(other).waitFor()
    await atHalf(page).fill("0.30")
    await expect.poll(() => atHalf(other).inputValue(), patient).toBe("0.30")
    expect(await exercise(other, "loss-at-half").getByRole("status").innerText()).toMatch(
      /Another tab changed/,
    )

    await atHalf(other).fill("0.693")
    await expect.poll(() => atHalf(page).inputValue(), patient).toBe("0.693")
    const one = exercise(page, "loss-at-half")
    await one.getByText("There is another answer").waitFor()
    expect(await faults(page, 'nn-exercise[data-exercise="loss-at-half"]')).toEqual([])
    await atHalf(other).press("Enter")
    await expect
      .poll(() => one.locator(".exercise-state").innerText(), patient)
      .toContain("correct, 1 attempt")

    await one.getByRole("button", { name: "Show the other" }).click()
    expect(await atHalf(page).inputValue()).toBe("0.30")
    await expect.poll(() => atHalf(other).inputValue(), patient).toBe("0.30")
    await atHalf(page).press("Enter")
    await one.getByText("Not yet").waitFor()
    expect(await one.getByText("There is another answer").count()).toBe(1)
    await page.reload()
    expect(await atHalf(page).inputValue()).toBe("0.30")
    await one.getByRole("button", { name: "Show the other" }).click()
    expect(await atHalf(page).inputValue()).toBe("0.693")
    await one.getByRole("button", { name: "Keep what I see" }).click()
    expect(await one.getByText("There is another answer").count()).toBe(0)
    expect(await kept(page, "loss-at-half")).toMatchObject({
      answer: { text: "0.693" },
      attempts: [{}, {}],
      solved: 1,
    })
    await close()
  })
})

describe("an exercise that has changed since it was solved", () => {
  it("says so, and checks the answer that solved it again when it is asked to", async () => {
    const right = { kind: "number", text: "0.693147" }
    const solved = lossAtHalf.revision - 1
    const { page, close } = await openPage(browser, lesson, {
      stored: {
        "exercise:loss-at-half": {
          answer: { kind: "number", text: "played on" },
          attempts: [{ ...attempt("loss-at-half", right, "correct", "ok", 1), revision: solved }],
          solved,
        },
      },
    })
    const one = exercise(page, "loss-at-half")
    await one.getByText("This exercise has changed since you solved it").waitFor()
    expect(await one.locator(".exercise-state").innerText()).toContain("changed, 1 attempt")
    expect((await kept(page, "loss-at-half")).solved).toBe(solved)
    await one.getByRole("button", { name: "Check that answer again" }).click()
    await expect.poll(() => one.getByRole("status").innerText(), patient).toContain("✓ Correct")
    expect(await atHalf(page).inputValue()).toBe("0.693147")
    expect(await kept(page, "loss-at-half")).toMatchObject({ solved: lossAtHalf.revision })
    await page.reload()
    await one.getByRole("button", { name: "Show the other" }).click()
    expect(await atHalf(page).inputValue()).toBe("played on")
    await close()
  })
})

describe("what the browser keeps", () => {
  it("of an exercise is there again when the tab has died", async () => {
    const { page, close } = await openPage(browser, lesson)
    await atHalf(page).fill("0.5")
    await page.keyboard.press("Enter")
    await expect
      .poll(() => exercise(page, "loss-at-half").getByRole("status").innerText(), patient)
      .toMatch(/Not yet/)
    await atHalf(page).fill("0.6")
    await expect.poll(() => kept(page, "loss-at-half"), patient).toMatchObject({ answer: { text: "0.6" } })
    const address = page.url()
    const again = await page.context().newPage()
    await page.goto("chrome://crash").catch(() => undefined)
    await again.goto(address)
    expect(await atHalf(again).inputValue()).toBe("0.6")
    expect(await exercise(again, "loss-at-half").locator(".exercise-state").innerText()).toContain(
      "1 attempt",
    )
    await close()
  })

  it("damaged is put aside with a sentence, and the exercise works", async () => {
    const { page, close } = await openPage(browser, lesson, { stored })
    await page.evaluate(() =>
      localStorage.setItem("descent:exercise:loss-at-half", '{"answer": {"kind": "num'),
    )
    await page.reload()
    const notice = page.locator(".page-notice")
    await expect
      .poll(() => notice.getByRole("status").innerText(), patient)
      .toMatch(/damaged and cannot be read: the answer to “loss-at-half”/)
    expect(await faults(page, ".page-notice")).toEqual([])
    expect(await page.evaluate(() => localStorage.getItem("descent:damaged:exercise:loss-at-half"))).toBe(
      JSON.stringify('{"answer": {"kind": "num'),
    )
    await atHalf(page).fill("0.693")
    await page.keyboard.press("Enter")
    await expect
      .poll(() => exercise(page, "loss-at-half").locator(".exercise-state").innerText(), patient)
      .toContain("correct, 1 attempt")
    expect((await kept(page, "first-loss")).attempts).toEqual(stored["exercise:first-loss"].attempts)
    await page.reload()
    expect(await notice.count()).toBe(0)
    await close()
  })

  it("no more of, because the storage is full, is said; what was kept before stays", async () => {
    const { page, close } = await openPage(browser, lesson, { stored })
    await atHalf(page).waitFor()
    await page.evaluate(refuseStorage, "QuotaExceededError" as const)
    const one = exercise(page, "loss-at-half")
    await atHalf(page).fill("0.693")
    await page.keyboard.press("Enter")
    await expect
      .poll(() => one.getByRole("status").innerText(), patient)
      .toMatch(/✓ Correct[\s\S]*Your browser does not keep this/)
    expect(await one.locator(".exercise-state").innerText()).toContain("correct, 2 attempts")
    await page.locator(".page-notice").getByText("its storage is full").waitFor()
    expect(await kept(page, "loss-at-half")).toEqual(stored["exercise:loss-at-half"])
    await page.reload()
    expect(await atHalf(page).inputValue()).toBe("0.30103")
    await close()
  })

  it("not at all, because there is no storage, is said, on the progress page too", async () => {
    const { page, close } = await openPage(browser, lesson)
    await page.addInitScript(closeStorage)
    await page.reload()
    await atHalf(page).fill("0.693")
    await page.keyboard.press("Enter")
    await expect
      .poll(() => exercise(page, "loss-at-half").getByRole("status").innerText(), patient)
      .toMatch(/✓ Correct[\s\S]*Your browser does not keep this/)
    await page.locator(".page-notice").getByText("does not keep your work").waitFor()
    await page.goto(new URL("../progress/", page.url()).href)
    await page.getByText("This browser does not let the book keep anything").waitFor()
    await close()
  })
})
