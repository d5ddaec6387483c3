/**
 * @file The page and `npm run grade` say the same of every answer: the module that a press of Check loads, in the page
 * that holds the exercise, against the command on files of submissions.
 */
import { execFile } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, inject, it } from "vitest"
import type { Answer, Report } from "../../exercises/lib/exercise.ts"
import { type Attempt, FORMAT, GRADER, type Submission } from "../../exercises/lib/submission.ts"
import { loadExercises, ROOT } from "../../scripts/grading/exercises.ts"
import type { Grades } from "../../src/notebook/class-grades.ts"
import { spreadOf } from "../exercises/answers.ts"
import { openBrowser, openPage } from "./browser.ts"
import { dist } from "./pages.ts"

interface Case {
  id: string
  /** Which answer it is. */
  name: string
  answer: Answer
  seed: number
}
type Said = Pick<Report, "verdict" | "note" | "score" | "message">

const SEEDS = process.env.FULL ? 5 : 1
/** Of every second exercise the first answer, of all others one in so many; the whole corpus is compared elsewhere. */
const EVERY = process.env.FULL ? 1 : 40
const FIRST = process.env.FULL ? 1 : 2
/** As many answers at a time as the command has lanes on a small machine. */
const LANES = 2

const cases: Case[] = []
let browser: Browser
let folder = ""
beforeAll(async () => {
  browser = await openBrowser()
  folder = mkdtempSync(join(tmpdir(), "descent-parity-"))
  let met = 0
  for (const [n, [id, exercise]] of [...(await loadExercises())].entries())
    for (const [k, [name, answer]] of Object.entries(await spreadOf(exercise)).entries())
      for (let i = 0; i < SEEDS && (k === 0 ? n % FIRST === 0 : met++ % EVERY === 0); i++)
        cases.push({ id, name, answer, seed: 2 ** 31 + 977 * cases.length })
  const endless = { kind: "function", source: "function softmax(s) { while (true) {} }" } as const
  cases.push({ id: "softmax", name: "endless", answer: endless, seed: 1 })
  const throws = { kind: "function", source: "function softmax(s) { throw new Error(s.shape) }" } as const
  cases.push({ id: "softmax", name: "throws", answer: throws, seed: 1 })
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The chunk that a press of Check loads. */
function graderChunk(): string {
  const [name, ...more] = readdirSync(join(dist, "_astro")).filter((file) =>
    /^grade-in-page\..*js$/.test(file),
  )
  expect(more).toEqual([])
  return new URL(`_astro/${name}`, inject("book")).href
}

async function inPage(): Promise<Said[]> {
  const { page, close } = await openPage(browser, "softmax-and-cross-entropy/")
  // What other chunks import from this one has short names; the function is known by what it says.
  const content = `import * as chunk from "${graderChunk()}"
window.gradeInPage = Object.values(chunk).find((f) => String(f).includes("there is no exercise"))`
  await page.addScriptTag({ type: "module", content })
  await page.waitForFunction(() => "gradeInPage" in window)
  const said = await page.evaluate(
    async ({ cases, lanes }) => {
      type Grader = { gradeInPage(id: string, answer: Answer, seed: number): Promise<Report> }
      const { gradeInPage } = window as unknown as Grader
      const reports: Report[] = []
      let next = 0
      const lane = async () => {
        for (let i = next++; i < cases.length; i = next++)
          reports[i] = await gradeInPage(cases[i].id, cases[i].answer, cases[i].seed)
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      return reports.map(({ verdict, note, score, message }) => ({ verdict, note, score, message }))
    },
    { cases, lanes: LANES },
  )
  await close()
  return said
}

/** The command counts one attempt for each exercise of a file, so each answer goes into the first file without one. */
async function byCommand(): Promise<Said[]> {
  const files: Attempt[][] = []
  const fileOf = cases.map(({ id, answer, seed }) => {
    let file = files.findIndex((attempts) => attempts.every((attempt) => attempt.exercise !== id))
    if (file < 0) file = files.push([]) - 1
    const report = { verdict: "wrong", score: 0, note: "" } as const
    files[file].push({
      exercise: id,
      revision: 1,
      seed,
      answer,
      report,
      hintsUsed: 0,
      at: "2026-03-01T10:00:00Z",
    })
    return file
  })
  files.forEach((attempts, i) => {
    const learner = { name: `${i}`, id: "" }
    const submission: Submission = {
      format: FORMAT,
      book: "",
      grader: GRADER,
      engine: "",
      learner,
      made: "",
      attempts,
    }
    writeFileSync(join(folder, `${i}.json`), JSON.stringify(submission))
  })
  const args = ["scripts/grade.ts", folder, "--json", join(folder, "rows.out")]
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, maxBuffer: 2 ** 26 })
  const { rows } = JSON.parse(readFileSync(join(folder, "rows.out"), "utf8")) as Grades
  return cases.map(({ id }, i) => {
    const row = rows.find(({ learner, exercise }) => learner === `${fileOf[i]}` && exercise === id)!
    const { verdict, note, score, message } = row
    return { verdict: verdict as Said["verdict"], note, score, message }
  })
}

it("gives the same verdict, note, score and message in the page and on the command line", async () => {
  const start = performance.now()
  const [page, command] = await Promise.all([inPage(), byCommand()])
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  // A row holds four decimals of a score.
  const rounded = (score: number) => Math.round(score * 1e4) / 1e4
  const named = (said: Said[]) =>
    cases.map(({ id, name, seed }, i) => ({ id, name, seed, ...said[i], score: rounded(said[i].score) }))
  expect(named(page)).toEqual(named(command))
  const exercises = new Set(cases.map(({ id }) => id)).size
  console.log(`n = ${cases.length} answers to ${exercises} exercises, all alike, in ${seconds} s`)
  expect(page).not.toContainEqual(expect.objectContaining({ verdict: "grader-error" }))
  expect(new Set(page.map(({ verdict }) => verdict))).toEqual(
    new Set(["correct", "partial", "wrong", "invalid", "not-attempted", "threw", "timeout"]),
  )
}, 180_000)
