/** @file The page that grades a class: the command line's grades to the byte, by keyboard, on a phone, without a request. */
import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { type Attempt, FORMAT, type Submission } from "../../exercises/lib/submission.ts"
import { loadExercises, ROOT } from "../../scripts/grading/exercises.ts"
import { sampleClass } from "../../scripts/grading/sample-class.ts"
import { faults } from "./axe.ts"
import { openBrowser, openPage, phone } from "./browser.ts"

const HOSTILE = '=HYPERLINK("x")<img src=x onerror="document.title=1">\u202e'
let browser: Browser
let folder = ""
const inFolder = (...names: string[]): string => join(folder, ...names)

const attempt = (source: string): Attempt => ({
  exercise: "softmax",
  revision: 1,
  seed: 7,
  answer: { kind: "function", source },
  report: { verdict: "correct", score: 1, note: "ok" },
  hintsUsed: 0,
  at: "2026-03-01T10:02:11Z",
})

function submit(file: string, name: string, id: string, made: string, source: string): void {
  const submission: Submission = {
    format: FORMAT,
    book: "0.1.0",
    grader: "1",
    engine: "0.1.0",
    learner: { name, id },
    made,
    attempts: [attempt(source)],
  }
  writeFileSync(inFolder("class", file), JSON.stringify(submission))
}

beforeAll(async () => {
  browser = await openBrowser()
  folder = mkdtempSync(join(tmpdir(), "descent-class-"))
  mkdirSync(inFolder("class", "late"), { recursive: true })
  for await (const { name, text } of sampleClass(await loadExercises(), {
    learners: 3,
    exercises: 10,
    endless: 0,
    seed: 5,
  }))
    writeFileSync(inFolder("class", name), text)
  const right =
    "const softmax = (s) => { const e = s.sub(s.max(-1, { keepDim: true })).exp(); return e.div(e.sum(-1, { keepDim: true })) }"
  submit("hostile.json", HOSTILE, "666", "2026-03-01T11:00:00Z", "function softmax(s) { return fetch('/') }")
  submit("ada.json", "Ada", "12", "2026-03-01T11:00:00Z", "function softmax(s) { return s.mul(0) }")
  submit("late/ada.json", "Ada", "12", "2026-03-02T11:00:00Z", right)
  submit("other.json", "Eve", "12", "2026-03-03T11:00:00Z", right)
  writeFileSync(inFolder("class", "broken.json"), "{")
  writeFileSync(inFolder("class", "notes.txt"), "no submission")
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

const status = (page: Page) => page.locator("nn-class-grading [role=status]")
const table = (page: Page) => page.getByRole("region", { name: "Every answer" }).getByRole("table")
const standing = (page: Page) => page.getByRole("region", { name: "How the class fared" }).getByRole("table")
const column = (page: Page, n: number) => table(page).locator(`tbody tr > :nth-child(${n})`).allInnerTexts()

async function gradeFolder(page: Page, path = inFolder("class")): Promise<void> {
  await page.getByLabel("A folder").setInputFiles(path)
  await status(page).getByText("graded in").waitFor({ timeout: 90_000 })
}

async function saved(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent("download")
  await page.getByRole("button", { name: button }).click()
  return readFileSync(await (await download).path(), "utf8")
}

describe("the page that grades a class", () => {
  it("gives the grades of the command line to the byte, and asks nobody for anything meanwhile", async () => {
    const { page, close } = await openPage(browser, "")
    await page.getByRole("contentinfo").getByRole("link", { name: "Grade a class" }).click()
    const asked: string[] = []
    const meanwhile: string[] = []
    page.on("request", (request) => {
      asked.push(`${request.method()} ${new URL(request.url()).origin}`)
    })
    await page.getByLabel("A folder").setInputFiles(inFolder("class"))
    await page.locator("nn-class-grading[data-prepared]").waitFor({ timeout: 60_000 })
    page.on("request", (request) => {
      if (!/^(data|blob|about):/.test(request.url())) meanwhile.push(request.url())
    })
    await status(page).getByText("graded in").waitFor({ timeout: 90_000 })
    expect(meanwhile).toEqual([])
    expect(new Set(asked.filter((one) => !one.endsWith("null")))).toEqual(
      new Set([`GET ${new URL(inject("book")).origin}`]),
    )
    const csv = await saved(page, "Save all as CSV")
    const json = await saved(page, "Save all as JSON")
    await close()

    const args = [
      "scripts/grade.ts",
      inFolder("class"),
      "--csv",
      inFolder("out.csv"),
      "--json",
      inFolder("out.json"),
    ]
    await new Promise((done) => execFile(process.execPath, args, { cwd: ROOT }, done))
    expect(csv).toBe(readFileSync(inFolder("out.csv"), "utf8"))
    expect(json).toBe(readFileSync(inFolder("out.json"), "utf8"))
    expect(csv.split("\r\n").length).toBeGreaterThan(30)
  })

  it("shows names as text, says what to look at, sorts and filters by keyboard", async () => {
    const { page, close } = await openPage(browser, "grade/")
    await gradeFolder(page)
    expect(await page.title()).toContain("Grade a class")
    expect((await column(page, 1)).filter((name) => name.includes("<img"))).toHaveLength(1)
    const look = page.getByRole("region", { name: "To look at" })
    for (const text of [
      "damaged: broken.json: the file is not JSON",
      "not counted: ada.json: late/ada.json of the same learner is newer and counts",
      "The number 12 stands in files of different names",
      "1 file was left out: only files that end in .json are submissions.",
    ])
      expect(await look.getByRole("listitem").filter({ hasText: text }).count()).toBe(1)

    const score = table(page).getByRole("columnheader", { name: "Score" })
    await score.getByRole("button").focus()
    await page.keyboard.press("Enter")
    expect(await score.getAttribute("aria-sort")).toBe("ascending")
    const up = (await column(page, 4)).filter(Boolean).map(Number)
    expect(up).toEqual([...up].sort((a, b) => a - b))
    await page.keyboard.press("Enter")
    expect(await score.getAttribute("aria-sort")).toBe("descending")
    expect((await column(page, 4)).filter(Boolean).map(Number)).toEqual([...up].reverse())

    const count = page.getByText(/^\d+ of \d+ rows/)
    await page.getByLabel("Verdict", { exact: true }).selectOption("damaged")
    expect(await column(page, 1)).toEqual(["broken.json"])
    await page.getByLabel("Verdict", { exact: true }).selectOption("not as claimed")
    const [given, claimed] = [await column(page, 3), await column(page, 8)]
    expect(given.length).toBeGreaterThan(0)
    expect(given.filter((verdict, i) => verdict === claimed[i])).toEqual([])
    await page.getByLabel("Verdict", { exact: true }).selectOption("")
    await page.getByLabel("Exercise", { exact: true }).selectOption("softmax")
    expect(new Set(await column(page, 2))).toEqual(new Set(["softmax"]))
    await page.getByLabel("Learner, note or message").fill("ÀDA 12")
    expect(new Set(await column(page, 1))).toEqual(new Set(["Ada (12)"]))
    expect(await count.innerText()).toMatch(/^1 of \d+ rows, by score, descending\.$/)

    const heading = standing(page).getByRole("columnheader", { name: "Correct" })
    await heading.getByRole("button").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    expect(await heading.getAttribute("aria-sort")).toBe("descending")
    const shares = (await standing(page).locator("tbody td:nth-child(3)").allInnerTexts()).map((text) =>
      Number(/\((\d+) %\)/.exec(text)?.[1]),
    )
    expect(shares).toEqual([...shares].sort((a, b) => b - a))
    // Sorted and filtered on the screen, whole and in order in the file.
    const lines = (await saved(page, "Save all as CSV")).split("\r\n").slice(1, -1)
    const files = lines.map((line) => line.split(",")[0])
    expect(files).toEqual([...files].sort())
    expect(new Set(files)).toContain("broken.json")
    await close()
  })

  it("compares with earlier grades", async () => {
    const { page, close } = await openPage(browser, "grade/")
    await gradeFolder(page)
    const now = await saved(page, "Save all as JSON")
    writeFileSync(
      inFolder("then.json"),
      now.replace(/("learner":"Eve".*?"verdict":)"correct","score":1/, '$1"wrong","score":0'),
    )
    await page.getByLabel("Earlier grades", { exact: true }).setInputFiles(inFolder("then.json"))
    await page.getByText("Eve (12), softmax: wrong → correct").waitFor()
    await page.getByLabel("Earlier grades", { exact: true }).setInputFiles(inFolder("class", "broken.json"))
    await status(page).getByText("broken.json cannot be compared with: the file is not JSON").waitFor()
    await close()
  })

  it("stops when it is told to, and shows what it has", async () => {
    const endless = "function softmax(s) { while (true) {} }"
    mkdirSync(inFolder("endless"))
    for (const n of [1, 2, 3])
      writeFileSync(
        inFolder("endless", `${n}.json`),
        JSON.stringify({
          format: FORMAT,
          learner: { name: `${n}`, id: "" },
          made: "",
          attempts: [attempt(endless)],
        }),
      )
    const { page, close } = await openPage(browser, "grade/")
    await page.getByLabel("A folder").setInputFiles(inFolder("endless"))
    await page.getByText("1 of 3").waitFor({ timeout: 60_000 })
    await page.getByRole("button", { name: "Stop" }).focus()
    await page.keyboard.press("Enter")
    await status(page).getByText("Stopped: 1 answer in 3 files").waitFor({ timeout: 30_000 })
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("status")
    expect(await column(page, 3)).toEqual(["timeout"])
    await page.getByText("Grading was stopped; these are not all answers.").waitFor()
    await close()
  })

  it("takes files that are dropped on it, and says when there is none", async () => {
    const { page, close } = await openPage(browser, "grade/")
    const text = readFileSync(inFolder("class", "other.json"), "utf8")
    const drop = async (name: string): Promise<void> => {
      const transfer = await page.evaluateHandle(
        ([name, text]) => {
          const made = new DataTransfer()
          made.items.add(new File([text], name))
          return made
        },
        [name, text],
      )
      await page.getByRole("region", { name: "Files" }).dispatchEvent("drop", { dataTransfer: transfer })
    }
    await drop("essay.pdf")
    await status(page).getByText("There is no submission among these").waitFor()
    await drop("other.json")
    await status(page).getByText("1 answer in 1 file, graded in").waitFor({ timeout: 60_000 })
    await close()
  })

  it.each(["light", "dark"] as const)("fits a phone, with nothing for axe to find (%s)", async (theme) => {
    const { page, close } = await openPage(browser, "grade/", { ...phone, theme })
    expect(await faults(page, "main")).toEqual([])
    // A phone has no folders to choose.
    await page
      .getByLabel("Some files")
      .setInputFiles(["ada.json", "broken.json", "hostile.json"].map((name) => inFolder("class", name)))
    await status(page).getByText("graded in").waitFor({ timeout: 90_000 })
    expect(await faults(page, "main")).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await close()
  })

  it("says without scripts what is needed", async () => {
    const { page, close } = await openPage(browser, "grade/", { javaScriptEnabled: false })
    const needed = await page.locator("main noscript").innerText()
    expect(needed).toContain("This page needs JavaScript")
    expect(needed).toContain("npm run grade -- folder")
    expect(await page.getByLabel("A folder").isVisible()).toBe(false)
    await close()
  })
})

describe("the page that says how good the grader is", () => {
  it("has tables that sort by keyboard, aloud, and keep what is no number at the end", async () => {
    const { page, close } = await openPage(browser, "grader/", phone)
    const each = page.locator(".grader-each")
    const heading = each.getByRole("columnheader", { name: "Changed solutions, accepted" })
    const cells = () => each.locator("tbody td:nth-child(5)").allInnerTexts()
    const before = await cells()
    await heading.getByRole("button").press("Enter")
    expect(await heading.getAttribute("aria-sort")).toBe("ascending")
    await heading.getByRole("button").press("Enter")
    expect(await heading.getAttribute("aria-sort")).toBe("descending")
    await page.getByRole("status").getByText("Sorted by Changed solutions, accepted, descending.").waitFor()
    const counts = (await cells()).map((text) => Number(/\/ (\d+)/.exec(text)?.[1] ?? -1))
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    expect(counts.at(-1)).toBe(-1)
    await heading.getByRole("button").press("Enter")
    expect(await cells()).toEqual(before)
    await close()
  })
})
