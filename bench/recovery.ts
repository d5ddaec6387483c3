/**
 * @file How long a reader waits after code that means harm: from Stop, and from the death of the process in which it ran,
 * to what the next run brings on screen. Node only.
 */
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core"
import { bookOf } from "./book.ts"
import { serve } from "./browser.ts"
import { CELLS, LESSON, pressAndWait } from "./notebook.ts"
import type { RecoveryRow } from "./results.ts"
import { median, quantile } from "./statistics.ts"

/** None of them comes to an end. */
const hostile = [
  "while (true) {}",
  "const again = (): unknown => Promise.resolve().then(again)\nawait again()",
  "const o = { get x() { for (;;) {} } }\no.x",
  "while (true) console.log(Math.random())",
  'while (true) display("flood")',
  "const kept = []\nwhile (true) { try { kept.push(new Float64Array(1e7)) } catch {} }",
  `/^(a+)+$/.test("${"a".repeat(60)}b")`,
]
/** Long enough for the code to be at work, and for a spare worker to be ready. */
const AT_WORK = 1500
const WATCHED = 500

/** The lesson with this code in its second cell, as if a reader had typed it; its first one has run. */
async function openWith(context: BrowserContext, url: string, code: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}${LESSON}`, { waitUntil: "networkidle" })
  const [id, base] = await page
    .locator(CELLS)
    .nth(1)
    .evaluate((cell) => [cell.getAttribute("data-cell"), cell.querySelector("pre code")?.textContent])
  // Before the page looks: on its way out it writes what it has itself.
  await context.addInitScript(
    ([key, edit]) => {
      // The frame of the code itself has no storage.
      if (self.origin !== "null") localStorage.setItem(key, edit)
    },
    [`descent:edit:${LESSON}${id}`, JSON.stringify({ source: code, base })] as const,
  )
  await page.reload({ waitUntil: "networkidle" })
  await pressAndWait(page, [0])
  return page
}

async function setToWork(page: Page): Promise<void> {
  await page.locator(CELLS).nth(1).locator(".cell-run").dispatchEvent("click")
  await page.locator('nn-cell[data-state="running"]').waitFor()
  await page.waitForTimeout(AT_WORK)
}

/** The process that draws pages or runs their code and worked most in the last half second. */
async function busiest(devtools: CDPSession): Promise<number> {
  const times = async (): Promise<Map<number, number>> => {
    const { processInfo } = await devtools.send("SystemInfo.getProcessInfo")
    return new Map(
      processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime]),
    )
  }
  const before = await times()
  await new Promise((done) => setTimeout(done, WATCHED))
  const since = [...(await times())].map(([id, time]) => [id, time - (before.get(id) ?? 0)])
  return since.sort(([, a], [, b]) => b - a)[0][0]
}

/** From the end of the process to the page's word of it, and to the output of the next run. */
async function afterDeath(page: Page, devtools: CDPSession): Promise<[told: number, next: number]> {
  // Playwright's own way into a page waits for frames that are gone.
  const inPage = await page.context().newCDPSession(page)
  const answer = inPage.send("Runtime.evaluate", {
    expression: `(async () => {
      const [first, second] = document.querySelectorAll(${JSON.stringify(CELLS)})
      const until = async (holds) => { while (!holds()) await new Promise((done) => setTimeout(done, 5)) }
      await until(() => second.dataset.state === "stopped")
      const told = Date.now()
      first.querySelector(".cell-run").click()
      await until(() => /queued|running/.test(first.dataset.state))
      await until(() => first.dataset.state === "ok")
      return [told, Date.now()]
    })()`,
    awaitPromise: true,
    returnByValue: true,
  })
  const victim = await busiest(devtools)
  const from = Date.now()
  process.kill(victim, "SIGKILL")
  const { result } = await answer
  return result.value.map((at: number) => at - from)
}

const rowOf = (id: string, title: string, aim: number, ms: readonly number[]): RecoveryRow => ({
  id,
  title,
  aim,
  ms: median(ms),
  quartiles: [quantile(ms, 0.25), quantile(ms, 0.75)],
  times: ms.length,
  worst: Math.max(...ms),
})

/** Every kind of code is stopped once a round; the process dies once a round. */
export async function recoveries(browser: Browser, folder: string, rounds: number): Promise<RecoveryRow[]> {
  const server = await serve(bookOf(folder))
  const devtools = await browser.newBrowserCDPSession()
  const stopped: number[] = []
  const deaths: [told: number, next: number][] = []
  const within = async (code: string, measure: (page: Page) => Promise<void>): Promise<void> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    try {
      const page = await openWith(context, server.url, code)
      await setToWork(page)
      await measure(page)
    } finally {
      await context.close()
    }
  }
  try {
    for (let round = 0; round < rounds; round++) {
      // The same button is Stop by now.
      for (const code of hostile)
        await within(code, async (page) => void stopped.push(await pressAndWait(page, [1, 0])))
      await within(hostile[0], async (page) => void deaths.push(await afterDeath(page, devtools)))
    }
  } finally {
    await server.close()
  }
  return [
    rowOf("stop", "Stop of hostile code, to the next output", 500, stopped),
    rowOf(
      "told",
      "Death of the process, to the page's word of it",
      3000,
      deaths.map(([told]) => told),
    ),
    rowOf(
      "death",
      "Death of the process, to the next output",
      3000,
      deaths.map(([, next]) => next),
    ),
  ]
}
