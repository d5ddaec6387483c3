/** @file Cold starts: from navigation, with nothing in the cache, to the loss of the first training step. Node only. */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { sentBytes, serve } from "./browser.ts"
import { pageOf, placeTfjsFiles } from "./bundle.ts"
import type { ColdStart } from "./results.ts"
import { median, quantile } from "./statistics.ts"
import { bundleForWeb } from "./web-bundle.ts"

const pages = [
  { id: "ours", title: "Descent" },
  { id: "reference", title: "Hand-written SIMD" },
  { id: "tfjs-cpu", title: "TensorFlow.js, JS" },
  { id: "tfjs-wasm", title: "TensorFlow.js, Wasm" },
  { id: "jax-wasm", title: "jax-js" },
]

declare global {
  interface Window {
    /** Milliseconds since navigation, and the loss, when the step is done. */
    started?: { ms: number; loss: number }
  }
}

const homeOf = (folder: string, id: string): string => join(folder, "cold", id)

/** Builds the pages. */
export async function bundleCold(folder: string, reference: Uint8Array): Promise<void> {
  for (const { id } of pages) {
    const home = homeOf(folder, id)
    mkdirSync(home, { recursive: true })
    const [script] = await bundleForWeb(`import "./cold/${id}.ts"`, { later: false })
    writeFileSync(join(home, "main.js"), script.code)
    writeFileSync(join(home, "index.html"), pageOf("Cold start", "main.js"))
    if (id === "tfjs-wasm") placeTfjsFiles(home)
    if (id === "reference") writeFileSync(join(home, "reference.wasm"), reference)
  }
}

/** One fresh browser context for each start; engines take turns. */
export async function coldStarts(browser: Browser, folder: string, starts: number): Promise<ColdStart[]> {
  const measured = []
  for (const page of pages) {
    const loaded = new Set<string>()
    const server = await serve(homeOf(folder, page.id), (file) => {
      if (!file.endsWith("index.html")) loaded.add(file)
    })
    measured.push({ page, server, loaded, ms: [] as number[] })
  }
  for (let round = 0; round < starts; round++)
    for (let i = 0; i < measured.length; i++) {
      const entry = measured[(i + round) % measured.length]
      entry.ms.push(await start(browser, entry.server.url))
    }
  for (const { server } of measured) await server.close()
  return measured.map(({ page, ms, loaded }) => ({
    ...page,
    ms: median(ms),
    quartiles: [quantile(ms, 0.25), quantile(ms, 0.75)],
    starts: ms.length,
    bytes: [...loaded].map(sentBytes).reduce((a, b) => a + b, 0),
    files: loaded.size,
  }))
}

async function start(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(url, { waitUntil: "commit" })
    await page.waitForFunction(() => window.started !== undefined, null, { timeout: 30_000, polling: 20 })
    const started = await page.evaluate(() => window.started)
    if (!started || !Number.isFinite(started.loss)) throw new Error(`cold start: no loss came from ${url}.`)
    return started.ms
  } finally {
    await context.close()
  }
}
