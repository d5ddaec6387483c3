/** @file The WebGPU backend in a real browser: the ops of the engine in a worker, and values that are read at once. */
import { build } from "esbuild"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** What a worker answers that runs this file of the tests. */
async function answerOf<T>(file: string): Promise<T> {
  const entry = new URL(file, import.meta.url).pathname
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "iife", write: false })
  const { page, close } = await openPage(browser, "")
  const answer = await page.evaluate(
    (code) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })))
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage("begin")
      }),
    outputFiles[0].text,
  )
  await close()
  return answer as T
}

it("every op gives on WebGPU what the interpreter gives, and so do its derivatives", async () => {
  const { judged, complaints } = await answerOf<{ judged: number; complaints: string[] }>("webgpu-worker.ts")
  expect(complaints).toEqual([])
  expect(judged).toBeGreaterThan(65)
}, 300_000)

it("a value that is read at once in a worker is right, or the error says how to wait for it", async () => {
  const { wrong } = await answerOf<{ wrong: string[] }>("webgpu-reading.ts")
  expect(wrong).toEqual([])
})
