/**
 * @file What code in a cell can reach in Firefox: nothing but itself. Firefox has other doors than Chromium: it gives
 * workers its storage manager, fonts, web transport and service workers.
 */
import { afterAll, beforeAll, expect, it } from "vitest"
import { openRecorder } from "../browser/recorder.ts"
import { attemptCount, attempts } from "../fixtures/reach-attempts.ts"
import { type Firefox, openFirefox, openPage, press } from "./browser.ts"
import { edit, editableCells, output, run, state, until } from "./cells.ts"

let firefox: Firefox
beforeAll(async () => {
  firefox = await openFirefox()
})
afterAll(() => firefox?.close())

it("lets a cell reach no network, no storage, no page and no other frame", async () => {
  const { page, problems, close } = await openPage(firefox, "gradient-descent/")
  const [first, second] = await editableCells(page)
  const recorder = await openRecorder()
  await page.evaluate(() => {
    const heard: unknown[] = []
    Object.assign(window, { heard })
    addEventListener("message", (event) => {
      if (String(event.data).includes("canary")) heard.push(event.data)
    })
    new BroadcastChannel("canary").onmessage = (event) => heard.push(event.data)
  })
  await edit(first, attempts.replace('"CANARY"', JSON.stringify(recorder.address)))
  await run(first)
  await until(first, /computed by you in/, 60_000)
  const lines = (await output(first)).split("\n").filter((line) => /: (nothing|REACHED)/.test(line))
  expect(lines.length).toBe(attemptCount)
  expect(lines.filter((line) => !line.endsWith(": nothing"))).toEqual([])
  expect(recorder.visits()).toBe(0)
  // The page itself could have reached it.
  await page.evaluate((url) => fetch(url), recorder.address)
  expect(recorder.visits()).toBeGreaterThan(0)
  recorder.close()
  expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([])
  expect(await page.evaluate(() => localStorage.getItem("canary"))).toBe(null)
  expect(await page.evaluate(() => document.cookie)).toBe("")
  expect(await page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name))).toEqual([])
  expect(await page.evaluate(async () => caches.keys())).toEqual([])
  // Firefox reports each refusal in the console; nothing else may stand there.
  const refusals = /Content-Security-Policy|canary|WebTransport|ServiceWorker|NetworkError/i
  expect(problems.splice(0).filter((problem) => !refusals.test(problem))).toEqual([])
  await edit(second, "6 * 7")
  await run(second)
  await until(second, /computed by you in/)
  expect(await output(second)).toContain("42")
  problems.splice(0)
  await close()
})

it("leaves nothing behind in the next worker when it is stopped, whatever it had patched", async () => {
  const { page, close } = await openPage(firefox, "gradient-descent/")
  const [first, second] = await editableCells(page)
  await edit(
    first,
    `Array.prototype.map = () => "spoiled"
Promise.prototype.then = () => "spoiled"
globalThis.spoiled = 1
for (;;);`,
  )
  await edit(
    second,
    "[1, 2, 3].map((x) => x * 2).join() + typeof (globalThis as Record<string, unknown>).spoiled",
  )
  await run(first)
  await until(first, /running/)
  await press(first, "Stop")
  await until(first, /stopped/)
  await run(second)
  await expect.poll(() => output(second)).toContain("2,4,6undefined")
  await close()
})

it("computes on the GPU where Firefox offers one, and else says in a sentence that it does not", async () => {
  const { page, close } = await openPage(firefox, "gradient-descent/")
  const [first, second] = await editableCells(page)
  const there = await page.evaluate(
    async () => "gpu" in navigator && (await (navigator as { gpu: GPU }).gpu.requestAdapter()) !== null,
  )
  await edit(first, `await setDevice("webgpu")\n;[...(await tensor([1, 2]).mul(3).dataAsync())].join(" ")`)
  await run(first)
  await until(first, /computed by you in|^error/)
  if (there) expect(await output(first)).toContain("3 6")
  else expect(`${await state(first)} ${await output(first)}`).toMatch(/graphics processor|GPU/)
  await edit(second, "tensor([1, 2]).sum().item()")
  await run(second)
  await until(second, /computed by you in/)
  expect(await output(second)).toContain("3")
  await close()
})

interface GPU {
  requestAdapter(): Promise<unknown>
}
