/**
 * @file A lesson page whose first cell is anybody's and whose second one is the witness: runs a hostile cell, stops it,
 * and says what is wrong afterwards. Speaks to the page by the protocol of the debugger, which outlives a dead frame.
 */
import type { Browser, CDPSession } from "playwright-core"
import type { HostileCell } from "../fixtures/hostile-cells.ts"
import { type BookPage, openPage, phone } from "./browser.ts"
import { edit, editableCells } from "./cells.ts"
import type { Recorder } from "./recorder.ts"

const lesson = "gradient-descent"
/** What a healthy worker says, with the time at which it said so. */
const witness = `[tensor([1, 2, 3]).mul(2).sum().item(), [3, 1, 2].sort().join(""), JSON.stringify({ a: [1] }), typeof [].map((x) => x), Date.now()].join(" ")`
const healthy = /12 123 \{"a":\[1\]\} object (\d+)/
/** A cell that ends by itself does so within this time; one that does not is watched so long. */
const PATIENCE = 20_000
const WATCHED = 350
/** So long a reader waits for the next run before stopping it. */
const LINGERING = 5000

export interface Delays {
  /** From the press on Stop to the witness's value. */
  stop: number[]
}

/** What a function of the page looks at: the two cells. */
const inPage = `
const [first, second] = [...document.querySelectorAll("nn-cell:not([data-static], [data-readonly], [data-error])")].filter((cell) => !cell.querySelector(".cell-fold"))
const state = (cell) => cell.querySelector(".cell-state").textContent
const output = (cell) => cell.querySelector(".cell-out").textContent
const press = (cell, name) => { const button = [...cell.querySelectorAll("button")].find((one) => one.textContent.trim() === name); if (!button) throw new Error("there is no button " + name); button.click() }
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
const until = async (holds, ms) => { const end = Date.now() + ms; while (!holds()) { if (Date.now() > end) return false; await sleep(5) } return true }
const busy = (cell) => /running|queued|waiting/.test(state(cell))
`

export class HostilePage {
  readonly book: BookPage
  readonly #devtools: CDPSession
  readonly #recorder: Recorder

  private constructor(book: BookPage, devtools: CDPSession, recorder: Recorder) {
    this.book = book
    this.#devtools = devtools
    this.#recorder = recorder
  }

  static async open(browser: Browser, recorder: Recorder, code?: string): Promise<HostilePage> {
    const plain = await openPage(browser, `${lesson}/`)
    const cells = await editableCells(plain.page)
    const stored: Record<string, unknown> = {}
    for (const [i, source] of [code ?? "1", witness].entries()) {
      const base = await cells[i].locator("pre code").textContent()
      stored[`edit:${lesson}/${await cells[i].getAttribute("data-cell")}`] = { source, base }
    }
    await plain.close()
    const book = await openPage(browser, `${lesson}/`, { ...phone, stored })
    await editableCells(book.page)
    const devtools = await book.page.context().newCDPSession(book.page)
    const opened = new HostilePage(book, devtools, recorder)
    await opened.ask(`
      window.heard = []
      addEventListener("message", (event) => { if (JSON.stringify(event.data)?.includes("canary")) heard.push("a message: " + JSON.stringify(event.data)) })
      addEventListener("error", (event) => heard.push("an error of the page: " + event.message))
      addEventListener("unhandledrejection", (event) => heard.push("a rejection in the page: " + event.reason))
      new BroadcastChannel("canary").onmessage = (event) => heard.push("a broadcast: " + event.data)
      window.title = document.title
      window.stored = Object.keys(localStorage).length`)
    return opened
  }

  /** The value of statements in the page that end in \`return\`. */
  async ask<T>(statements: string): Promise<T> {
    const { result, exceptionDetails } = await this.#devtools.send("Runtime.evaluate", {
      expression: `(async () => { ${inPage}; ${statements} })()`,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  /** Types the code, as a reader would. */
  async type(code: string): Promise<void> {
    const { page } = this.book
    const [first] = await editableCells(page)
    if ((await first.getByRole("textbox").count()) === 0) await edit(first, "1")
    await first.getByRole("textbox").click()
    await page.keyboard.press("ControlOrMeta+A")
    await page.keyboard.insertText(code.replaceAll("CANARY", this.#recorder.address))
  }

  /** Runs what the first cell holds, then the witness. Returns what is wrong; adds the delays. */
  async withstands(cell: HostileCell, delays: Delays): Promise<string[]> {
    const wrong: string[] = []
    const mayStop = cell.ends.includes("stop")
    const watched = cell.ends.length === 1 && mayStop ? WATCHED : mayStop ? 3000 : PATIENCE
    const ran = await this.ask<{ ended: boolean; state: string; output: string }>(`
      await until(() => /edited/.test(state(first)), 5000)
      const before = state(first)
      press(first, "Run")
      await until(() => state(first) !== before, 3000)
      // The worker may still be on its way.
      await until(() => !/waiting/.test(state(first)), 20000)
      const ended = await until(() => !busy(first), ${watched})
      return { ended, state: state(first), output: output(first).slice(0, 2000) }`)
    const ending = !ran.ended ? "stop" : /^error|^stopped/.test(ran.state) ? "error" : "done"
    if (!cell.ends.includes(ending))
      wrong.push(`ended with ${ending} (${ran.state}): ${ran.output.slice(0, 200)}`)
    if (/REACHED/.test(ran.output)) wrong.push(`got out: ${ran.output.slice(0, 200)}`)
    const { ms, stopped, wrong: more } = await this.next(!ran.ended)
    if (!ran.ended && !stopped.startsWith("stopped")) wrong.push(`Stop left it ${stopped}`)
    if (!ran.ended && more.length === 0) delays.stop.push(ms)
    return [...wrong, ...more].map((what) => `${cell.name}: ${what}`)
  }

  /** Stops what runs, if asked to, and runs the witness: what is wrong with it, and what the page has heard meanwhile. */
  async next(isToStop = false): Promise<{ ms: number; stopped: string; wrong: string[] }> {
    const wrong: string[] = []
    const after = await this.ask<{
      stopped: string
      said: string
      state: string
      ms: number
      heard: string[]
    }>(`
      const from = performance.now()
      const began = Date.now()
      let stopped = ""
      if (${isToStop}) {
        await until(() => [...first.querySelectorAll("button")].some((b) => b.textContent.trim() === "Stop"), 1000)
        press(first, "Stop")
        await until(() => !busy(first), 2000)
        stopped = state(first)
      }
      const before = state(second)
      press(second, "Run")
      await until(() => state(second) !== before, 3000)
      const isHealthy = () => Number(${healthy}.exec(output(second))?.[1] ?? 0) >= began
      const isThrough = () => isHealthy() || (!busy(second) && /^error|^stopped/.test(state(second)))
      if (!(await until(isThrough, ${LINGERING}))) {
        // Something that the cell has left behind keeps the worker: a reader would stop it.
        if (!busy(second)) throw new Error("the next run has not ended, and does not run: " + state(second) + output(second))
        press(second, "Stop")
        await sleep(20)
        press(second, "Run")
        await until(isThrough, 12000)
      }
      const ms = performance.now() - from
      if (!isHealthy() && busy(second)) { press(second, "Stop"); await sleep(50) }
      const heard = window.heard.splice(0)
      if (document.title !== window.title) heard.push("the title: " + document.title)
      document.title = window.title
      const odd = Object.keys(localStorage).filter((key) => !key.startsWith("descent:"))
      if (odd.length || document.cookie) heard.push("storage: " + odd + document.cookie)
      for (const key of odd) localStorage.removeItem(key)
      const bases = (await indexedDB.databases()).map((one) => one.name)
      if (bases.length) heard.push("databases: " + bases)
      return { stopped, said: isHealthy() ? "healthy" : output(second).slice(0, 300), state: state(second), ms, heard }`)
    if (after.said !== "healthy") wrong.push(`the next run is not normal (${after.state}): ${after.said}`)
    wrong.push(...after.heard)
    if (this.#recorder.visits() > 0) wrong.push("the server was visited")
    return { ms: after.ms, stopped: after.stopped, wrong }
  }

  close(): Promise<void> {
    return this.book.page.context().close()
  }
}
