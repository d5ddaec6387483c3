/** @file What a page may weigh before the reader touches it. Bytes are gzip -9. */
import { gzipSync } from "node:zlib"
import type { Browser, BrowserContext } from "playwright-core"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { openBrowser } from "./browser.ts"
import { pages } from "./pages.ts"

const kB = 1000
const budget = { html: 45 * kB, css: 20 * kB, js: 20 * kB }
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
