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
/** What has not happened by then will not happen. */
const PATIENCE = 30_000

const hostileCell = (page: Page) => page.locator(CELLS).nth(1)

/** The same promise, which fails in words when it takes too long. */
function soon<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(new Error(`recovery: ${what} took more than ${PATIENCE / 1000} s.`))
    }, PATIENCE)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

interface AuthorsCell {
  id: string | null
  base: string | null | undefined
}

/** The second cell of the lesson as the author wrote it: an edit is kept beside that. */
async function authorsCell(browser: Browser, url: string): Promise<AuthorsCell> {
  const page = await browser.newPage()
  await page.goto(`${url}${LESSON}`)
  const found = await hostileCell(page).evaluate((cell) => ({
    id: cell.getAttribute("data-cell"),
    base: cell.querySelector("pre code")?.textContent,
  }))
  await page.close()
  return found
}

/** The lesson with this code in its second cell, as if a reader had typed it, and at work; its first one has run. */
async function openAtWork(
  context: BrowserContext,
  url: string,
  cell: AuthorsCell,
  code: string,
): Promise<Page> {
  await context.addInitScript(
    ([key, edit]) => {
      // The frame of the code itself has no storage.
      if (self.origin !== "null") localStorage.setItem(key, edit)
    },
    [`descent:edit:${LESSON}${cell.id}`, JSON.stringify({ source: code, base: cell.base })] as const,
  )
  const page = await context.newPage()
  await page.goto(`${url}${LESSON}`)
  await page.locator(CELLS).first().locator(".cell-run").waitFor()
  await pressAndWait(page, [0])
  await hostileCell(page).locator(".cell-run").dispatchEvent("click")
  await page.locator('nn-cell[data-state="running"]').waitFor()
  await page.waitForTimeout(AT_WORK)
  const state = await hostileCell(page).getAttribute("data-state")
  if (state !== "running") throw new Error(`recovery: ${code} has ended by itself (${state}).`)
  return page
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

/** From the end of the process to the page’s word of it, and to the output of the next run. */
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
  try {
    const cell = await soon(authorsCell(browser, server.url), "opening the lesson")
    const within = async (code: string, measure: (page: Page) => Promise<void>): Promise<void> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
      context.setDefaultTimeout(PATIENCE)
      try {
        const page = await soon(openAtWork(context, server.url, cell, code), `starting ${code}`)
        await soon(measure(page), `the run after ${code}`)
      } finally {
        await soon(context.close(), `closing the page of ${code}`)
      }
    }
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
      "Death of the process, to the page’s word of it",
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
