/** @file Cold starts: from navigation, with nothing in the cache, to the loss of the first training step. Node only. */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { build } from "esbuild"
import type { Browser } from "playwright-core"
import { serve } from "./browser.ts"
import { forBrowser, pageOf, placeTfjsFiles } from "./bundle.ts"
import type { ColdStart } from "./results.ts"
import { median, quantile } from "./statistics.ts"

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

/** One fresh browser context for each start; engines take turns. */
export async function coldStarts(
  browser: Browser,
  folder: string,
  reference: Uint8Array,
  starts: number,
): Promise<ColdStart[]> {
  const measured = await Promise.all(
    pages.map(async (page) => ({ page, ms: [] as number[], loaded: new Map<string, number>(), url: "" })),
  )
  const servers = []
  for (const entry of measured) {
    const home = join(folder, "cold", entry.page.id)
    mkdirSync(home, { recursive: true })
    await build({ ...forBrowser, entryPoints: { main: `bench/cold/${entry.page.id}.ts` }, outdir: home })
    writeFileSync(join(home, "index.html"), pageOf("Cold start", "main.js"))
    if (entry.page.id === "tfjs-wasm") placeTfjsFiles(home)
    if (entry.page.id === "reference") writeFileSync(join(home, "reference.wasm"), reference)
    const server = await serve(home, (path, bytes) => {
      if (path !== "/") entry.loaded.set(path, bytes)
    })
    servers.push(server)
    entry.url = server.url
  }
  for (let round = 0; round < starts; round++)
    for (let i = 0; i < measured.length; i++) {
      const entry = measured[(i + round) % measured.length]
      entry.ms.push(await start(browser, entry.url))
    }
  for (const server of servers) await server.close()
  return measured.map(({ page, ms, loaded }) => ({
    ...page,
    ms: median(ms),
    quartiles: [quantile(ms, 0.25), quantile(ms, 0.75)],
    starts: ms.length,
    bytes: [...loaded.values()].reduce((a, b) => a + b, 0),
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
