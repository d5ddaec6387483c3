/** @file What a page may weigh before the reader touches it, and what the first Run of a cell loads. Bytes are gzip -9. */
import { gzipSync } from "node:zlib"
import type { Browser, BrowserContext } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { openBrowser } from "./browser.ts"
import { pages } from "./pages.ts"

const kB = 1000
const budget = { html: 45 * kB, css: 20 * kB, js: 20 * kB, run: 109 * kB, cells: 16.5 * kB }
/** Parts that a cell loads when it is edited, draws, fails or is graded. */
const unneeded = /(parser|figure|rich-outputs|explain-error|run-probe|watch|draw-here)\.[^/]*js$/
const weight = (bytes: Uint8Array | string) => gzipSync(bytes, { level: 9 }).length

interface Loaded {
  css: number
  js: number
  other: string[]
}

let browser: Browser
let context: BrowserContext
const loads = new Map<string, Loaded>()
beforeAll(async () => {
  browser = await openBrowser()
  context = await browser.newContext()
  // A page counts as loaded when it has been quiet for a while: others load meanwhile.
  const waiting = pages.map(({ path }) => path)
  const lane = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) loads.set(path, await load(path))
  }
  await Promise.all(Array.from({ length: 4 }, lane))
})
afterAll(() => browser.close())

/** Milliseconds after which what a scroll or a run asks for has been asked for. */
const QUIET = 700

interface Run {
  /** Of everything but the lesson's own cells, as the build has parsed them. */
  code: number
  cells: number
  files: string[]
}

/** What a reader loads who presses the button of such a cell. */
async function firstRun(path: string): Promise<Run> {
  // Nothing that another lesson has loaded is there.
  const reader = await browser.newContext()
  try {
    const page = await reader.newPage()
    await page.goto(new URL(path, inject("book")).href, { waitUntil: "networkidle" })
    const cell = page
      .locator(
        "nn-cell:not([data-static], [data-readonly], [data-error]):not(:has(.cell-fold)):not([hidden] *)",
      )
      .filter({ has: page.locator(".output-text, .output-value, .output-tensor, .output-table") })
      .filter({ hasNot: page.locator(rich) })
      .first()
    await cell.scrollIntoViewIfNeeded()
    await page.waitForTimeout(QUIET)
    const loaded = new Map<string, Promise<Buffer>>()
    page.on("response", (response) => {
      if (response.url().startsWith("http")) loaded.set(new URL(response.url()).pathname, response.body())
    })
    await cell.getByRole("button", { name: "Run", exact: true }).click()
    await expect.poll(() => cell.getAttribute("data-state"), { timeout: 20_000 }).toBe("ok")
    await page.waitForTimeout(QUIET)
    const run: Run = { code: 0, cells: 0, files: [...loaded.keys()] }
    for (const [file, body] of loaded) run[file.endsWith(".json") ? "cells" : "code"] += weight(await body)
    return run
  } finally {
    await reader.close()
  }
}

const rich = ["figure", "curve", "tex", "graph", "steps", "input", "explorable"]
  .map((kind) => `.output-${kind}`)
  .join()

/** What the page loads by itself, by kind, while nobody touches it. */
async function load(path: string): Promise<Loaded> {
  const page = await context.newPage()
  const home = inject("book")
  const loaded: Loaded = { css: 0, js: 0, other: [] }
  const pending: Promise<void>[] = []
  page.on("response", (response) => {
    const { pathname, origin } = new URL(response.url())
    if (/^(data|blob|about):/.test(response.url())) return
    if (origin !== new URL(home).origin) loaded.other.push(response.url())
    const kind = pathname.endsWith(".css") ? "css" : pathname.endsWith(".js") ? "js" : undefined
    if (kind)
      pending.push(
        response.body().then((body) => {
          loaded[kind] += weight(body)
        }),
      )
  })
  await page.goto(new URL(path, home).href, { waitUntil: "networkidle" })
  // What comes while others are read is waited for, too; a page that is closed gives no bodies.
  while (pending.length > 0) await Promise.all(pending.splice(0))
  page.removeAllListeners("response")
  await page.close()
  return loaded
}

describe.each(pages)("the page /$path", ({ path, html }) => {
  it("has HTML, styles and scripts within the budget, and asks nobody else", () => {
    const inline = [
      ...html.matchAll(/<script(?![^>]*\b(?:src|type="application))[^>]*>([\s\S]*?)<\/script>/g),
    ]
    const { css, js, other } = loads.get(path)!
    const scripts = js + weight(inline.map(([, code]) => code).join(""))
    console.log(
      `/${path}: HTML ${(weight(html) / kB).toFixed(1)} kB, CSS ${(css / kB).toFixed(1)} kB, scripts ${(scripts / kB).toFixed(1)} kB`,
    )
    expect(weight(html)).toBeLessThanOrEqual(budget.html)
    expect(css).toBeLessThanOrEqual(budget.css)
    expect(scripts).toBeLessThanOrEqual(budget.js)
    expect(other).toEqual([])
  })
})

describe("the first Run of a cell that shows text, numbers or a table", () => {
  it.each(["backprop-mlp/", "dense-layers/", "gradient-descent/", "perceptron/"])(
    "loads the engine and what runs a cell, and nothing else: /%s",
    async (path) => {
      const { code, cells, files } = await firstRun(path)
      const all = `${(code / kB).toFixed(1)} kB of code, ${(cells / kB).toFixed(1)} kB of parsed cells`
      console.log(`/${path}: the first Run loads ${all} in ${files.length} files`)
      expect(files.filter((file) => unneeded.test(file))).toEqual([])
      expect(code).toBeLessThanOrEqual(budget.run)
      expect(cells).toBeLessThanOrEqual(budget.cells)
    },
  )
})
