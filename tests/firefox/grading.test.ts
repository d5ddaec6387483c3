/** @file Teaching and progress in Firefox: a class graded in the page, its table and CSV; what was done, taken along. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ElementHandle } from "puppeteer-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { FORMAT } from "../../exercises/lib/submission.ts"
import { zip } from "../../src/notebook/export-zip.ts"
import { faults } from "../browser/axe.ts"
import { type Firefox, find, openFirefox, openPage, press, textOf } from "./browser.ts"

let firefox: Firefox
let folder = ""
beforeAll(async () => {
  firefox = await openFirefox()
  folder = mkdtempSync(join(tmpdir(), "descent-class-"))
})
afterAll(async () => {
  await firefox?.close()
  rmSync(folder, { recursive: true, force: true })
})

type Field = ElementHandle<HTMLInputElement>
const attempt = (text: string, verdict: string, note: string) => ({
  exercise: "loss-at-half",
  revision: 1,
  seed: 1,
  answer: { kind: "number", text },
  report: { verdict, score: Number(verdict === "correct"), note },
  hintsUsed: 0,
  at: "2026-03-01T10:02:11Z",
})
const submission = (name: string, text: string, claimed: string): string =>
  JSON.stringify({
    format: FORMAT,
    learner: { name, id: "" },
    made: "2026-03-01T11:00:00Z",
    attempts: [attempt(text, claimed, "ok")],
  })

it("grades files and archives that are dropped or chosen, sorts and filters them, and saves the CSV", async () => {
  const { page, close } = await openPage(firefox, "grade/")
  const archive = join(folder, "class.zip")
  const content = await zip(
    [
      { name: "class/ada.json", content: submission("Ada", "0.693", "correct") },
      { name: "class/bo.json", content: submission("Bo", "0.30103", "correct") },
      { name: "class/broken.json", content: "{" },
    ],
    new Date(0),
  )
  writeFileSync(archive, content)
  await ((await page.waitForSelector("#class-files")) as Field).uploadFile(archive)
  const status = await page.waitForSelector("nn-class-grading [role=status]")
  await expect.poll(() => textOf(status!)).toMatch(/^2 answers in 3 files, graded in/)
  const rows = () =>
    page.$$eval(".class-rows tbody tr", (all) =>
      all.map(({ cells }) => [0, 2, 4].map((i) => cells[i].innerText)),
    )
  expect(await rows()).toEqual([
    ["Ada", "correct", "ok"],
    ["Bo", "wrong", "ce.log-base"],
    ["class.zip/class/broken.json", "damaged", "damaged"],
  ])
  await (await find(page, "button", "Verdict")).focus()
  await page.keyboard.press("Enter")
  await page.keyboard.press("Enter")
  expect((await rows()).map(([, verdict]) => verdict)).toEqual(["wrong", "damaged", "correct"])
  await (await find(page, "searchbox", "Learner, note or message")).type("log-base")
  expect((await rows()).map(([name]) => name)).toEqual(["Bo"])
  expect(await faults(page, "main")).toEqual([])
  const { name, bytes } = await firefox.download(() => press(page, "Save all as CSV"))
  expect(name).toBe("grades.csv")
  expect(bytes.toString().match(/class\/\w+\.json/g)).toEqual(
    ["ada", "bo", "broken"].map((who) => `class/${who}.json`),
  )
  await page.$eval(
    ".class-drop",
    (zone, text) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([text], "eve.json"))
      zone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }))
    },
    submission("Eve", "ln 2", "correct"),
  )
  await expect.poll(() => textOf(status!)).toMatch(/^1 answer in 1 file, graded in/)
  await close()
})

it("shows what is to do, tried and solved, and the same in another browser that a file was brought to", async () => {
  const stored = {
    "exercise:loss-at-half": { attempts: [attempt("0.3", "wrong", "ce.log-base")] },
    "exercise:first-loss": {
      attempts: [{ ...attempt("1", "correct", "ok"), exercise: "first-loss" }],
      solved: 1,
    },
  }
  const sum = /^1 of \d+ solved, 2 tried, \d+ still to do\./
  const here = await openPage(firefox, "progress/", stored)
  const said = async (page: typeof here.page) => textOf((await page.waitForSelector(".progress-sum"))!)
  await expect.poll(() => said(here.page)).toMatch(sum)
  await (await find(here.page, "radio", "not yet (1)")).click()
  const shown = () =>
    here.page.$$eval("[data-exercise]:not([hidden])", (all) =>
      all.map((one) => one.getAttribute("data-exercise")),
    )
  expect(await shown()).toEqual(["loss-at-half"])
  await here.page.goto(new URL("../your-work/", here.page.url()).href)
  const { path } = await firefox.download(() => press(here.page, "Save everything to a file"))
  await here.close()

  const there = await openPage(firefox, "your-work/")
  await ((await there.page.waitForSelector('nn-your-work input[type="file"]')) as Field).uploadFile(path)
  const status = await there.page.waitForSelector("nn-your-work [role=status]")
  await expect.poll(() => textOf(status!)).toMatch(/2 exercises were brought up to date/)
  await there.page.goto(new URL("../progress/", there.page.url()).href)
  await expect.poll(() => said(there.page)).toMatch(sum)
  await there.close()
})
