/** @file What code in a cell can reach: nothing but itself. */
import { stripTypeScriptTypes } from "node:module"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { attemptCount, attempts } from "../fixtures/reach-attempts.ts"
import { openBrowser, openPage } from "./browser.ts"
import { edit, editableCells, output, run, until } from "./cells.ts"
import { openRecorder } from "./recorder.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

it("lets a cell reach no network, no storage, no page and no other frame", async () => {
  const { page, problems } = await openPage(browser, "gradient-descent/")
  const [cell] = await editableCells(page)
  const recorder = await openRecorder()
  await page.evaluate(() => {
    const heard: unknown[] = []
    Object.assign(window, { heard })
    addEventListener("message", (event) => {
      if (String(event.data).includes("canary")) heard.push(event.data)
    })
    new BroadcastChannel("canary").onmessage = (event) => heard.push(event.data)
  })
  await edit(cell, attempts.replace('"CANARY"', JSON.stringify(recorder.address)))
  await run(cell)
  await until(cell, /computed by you in/, 60_000)
  const lines = (await output(cell)).split("\n").filter((line) => /: (nothing|REACHED)/.test(line))
  expect(lines.length).toBe(attemptCount)
  expect(lines.filter((line) => !line.endsWith(": nothing"))).toEqual([])
  expect(recorder.visits()).toBe(0)
  // The page itself could have reached it.
  await page.evaluate((url) => fetch(url), recorder.address)
  expect(recorder.visits()).toBeGreaterThan(0)
  recorder.close()
  expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([])
  expect(await page.evaluate(() => localStorage.getItem("canary"))).toBe(null)
  expect(await page.context().cookies()).toEqual([])
  expect(await page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name))).toEqual([])
  // The browser reports each refusal in the console; nothing else may stand there.
  expect(problems.filter((problem) => !/Content Security Policy|canary|Refused|CORS/i.test(problem))).toEqual(
    [],
  )
  await page.context().close()
})

it("would reach nothing either where nothing of the worker's scope were taken away", async () => {
  const { page } = await openPage(browser, "gradient-descent/")
  const [cell] = await editableCells(page)
  await edit(cell, "6 * 7")
  await run(cell)
  await until(cell, /computed by you in/)
  const recorder = await openRecorder()
  const frame = page.frames().find((one) => one !== page.mainFrame())
  const js = stripTypeScriptTypes(attempts.replace('"CANARY"', JSON.stringify(recorder.address)))
  const report = await frame?.evaluate(
    (program) =>
      new Promise<string>((yes) => {
        // The walls of the frame are all that this worker has; attempts post messages, too.
        const worker = new Worker(`data:text/javascript,${encodeURIComponent(program)}`)
        worker.onmessage = ({ data }) => typeof data?.report === "string" && yes(data.report)
        // What fails in a worker inside is told here, too.
        worker.onerror = (event) => event.preventDefault()
      }),
    `(async () => { ${js.replace(/report\.join\("\\n"\)\s*$/, 'postMessage({ report: report.join("\\n") })')} })()`,
  )
  const lines = report?.split("\n") ?? []
  expect(lines.length).toBe(attemptCount)
  expect(lines.filter((line) => !line.endsWith(": nothing"))).toEqual([])
  expect(recorder.visits()).toBe(0)
  recorder.close()
  await page.context().close()
})
