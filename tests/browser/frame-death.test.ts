/**
 * @file The process that runs the cells dies, unattended: by a bomb, by the system, while something runs and while nothing
 * does. The page says so and goes on.
 */
import type { Browser, CDPSession } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { hostileCells } from "../fixtures/hostile-cells.ts"
import { openBrowser } from "./browser.ts"
import { HostilePage } from "./hostile.ts"
import { openRecorder, type Recorder } from "./recorder.ts"

const isFull = process.env.FULL === "1"
const seed = Number(process.env.SEED ?? 1)

let browser: Browser
let recorder: Recorder
let devtools: CDPSession
const report: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
  recorder = await openRecorder()
  devtools = await browser.newBrowserCDPSession()
})
afterAll(async () => {
  console.log(report.join("\n"))
  recorder?.close()
  await browser?.close()
})

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** The renderer that has worked most while `act` went on. */
async function busiest(act: () => Promise<unknown>): Promise<number> {
  const times = async (): Promise<Map<number, number>> => {
    const { processInfo } = await devtools.send("SystemInfo.getProcessInfo")
    return new Map(
      processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime]),
    )
  }
  const before = await times()
  await act()
  const after = [...(await times())].map(([id, time]) => [id, time - (before.get(id) ?? 0)])
  return after.sort(([, a], [, b]) => b - a)[0][0]
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch {
    return false
  }
}

/** Waits until the cell says that its process was ended; milliseconds since `from`. */
async function told(page: HostilePage, from: number, patience: number): Promise<number> {
  const at = await page.ask<number>(`
    const said = () => /The browser ended the process/.test(output(first)) && /^stopped/.test(state(first))
    return (await until(said, ${patience})) ? Date.now() : 0`)
  expect(at, await page.ask<string>("return state(first) + output(first).slice(0, 300)")).toBeGreaterThan(0)
  return at - from
}

it("a frame has a process of its own, and the spare is in it: both die, the page says so, the next run is normal", async () => {
  const page = await HostilePage.open(browser, recorder, "while (true) {}")
  const own = await busiest(() => page.ask("const end = Date.now() + 700; while (Date.now() < end);"))
  await page.ask(`press(first, "Run"); await until(() => state(first).startsWith("running"), 20000)`)
  const victim = await busiest(() => sleep(700))
  expect(victim).not.toBe(own)
  const from = Date.now()
  process.kill(victim, "SIGKILL")
  report.push(
    `From the death of a frame's process to the message: ${await told(page, from, 20_000)} ms (killed).`,
  )
  expect((await page.next()).wrong).toEqual([])
  await page.close()
})

it("a process that dies while nothing runs spoils no run that follows", async () => {
  const page = await HostilePage.open(
    browser,
    recorder,
    "for (const end = Date.now() + 1500; Date.now() < end; );",
  )
  const victim = await busiest(() =>
    page.ask(`press(first, "Run"); await until(() => /computed by you/.test(state(first)), 20000)`),
  )
  process.kill(victim, "SIGKILL")
  // A heartbeat goes on while nothing runs, seldom; at the second that is missed the frame is given up.
  await sleep(10_000)
  expect((await page.next()).wrong).toEqual([])
  await page.close()
})

it("what an earlier cell has left behind, and keeps the worker, is ended, and the page says so", async () => {
  const page = await HostilePage.open(browser, recorder, "setTimeout(() => { while (true) {} }, 100)\n1")
  const said = await page.ask<string>(`
    press(first, "Run")
    await until(() => /computed by you/.test(state(first)), 20000)
    await sleep(300)
    press(second, "Run")
    await until(() => /^stopped/.test(state(second)), 20000)
    return output(second)`)
  expect(said).toMatch(/an earlier cell left behind.*run the cell again/)
  expect((await page.next()).wrong).toEqual([])
  await page.close()
})

it("a synchronous loop of many seconds is not taken for dead", async () => {
  const page = await HostilePage.open(
    browser,
    recorder,
    "for (const end = Date.now() + 8000; Date.now() < end; );\n42",
  )
  expect(
    await page.ask<string>(
      `press(first, "Run"); await until(() => /computed|stopped/.test(state(first)), 30000); return output(first)`,
    ),
  ).toContain("42")
  await page.close()
})

const deadly = hostileCells["the death of the process"].filter((_, i) => isFull || i === seed % 6)
for (const { name, code } of deadly)
  it(`an unattended bomb is noticed, and the page recovers: ${name}`, async () => {
    const page = await HostilePage.open(browser, recorder, code)
    await page.ask(`press(first, "Run"); await until(() => state(first).startsWith("running"), 20000)`)
    const began = Date.now()
    const victim = await busiest(() => sleep(300))
    let died = 0
    const watch = setInterval(() => {
      died ||= isAlive(victim) ? 0 : Date.now()
    }, 20)
    const message = began + (await told(page, began, 100_000))
    clearInterval(watch)
    report.push(
      died > 0
        ? `${name}: the process died after ${died - began} ms, the message came ${message - died} ms later.`
        : `${name}: the message came after ${message - began} ms.`,
    )
    expect((await page.next()).wrong).toEqual([])
    await page.close()
  }, 150_000)
