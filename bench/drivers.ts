/** @file Where an order of the bench is carried out: a fresh page of a browser, or a fresh process of Node. Node only. */
import { execFile } from "node:child_process"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { promisify } from "node:util"
import type { Browser } from "playwright-core"
import type { Order, Report } from "./session.ts"

/** Carries out one order, in a place that nothing ran in before. Throws: Error with the engine's words. */
export type Driver = (order: Omit<Order, "assets">) => Promise<Report>

const minutes = 60_000

export function inBrowser(browser: Browser, url: string): Driver {
  return async (order) => {
    const page = await browser.newPage()
    try {
      const complaints: string[] = []
      page.on("pageerror", (error) => complaints.push(error.message))
      await page.goto(`${url}?order=${encodeURIComponent(JSON.stringify(order))}`)
      await page
        .waitForFunction(() => window.report !== undefined, null, { timeout: 4 * minutes, polling: 250 })
        .catch((error: Error) => {
          throw new Error([error.message.split("\n")[0], ...complaints].join(" "))
        })
      return reported(await page.evaluate(() => window.report))
    } finally {
      await page.close()
    }
  }
}

export function inNode(folder: string): Driver {
  const run = promisify(execFile)
  const assets = `${pathToFileURL(folder).href}/`
  return async (order) => {
    const { stdout } = await run(
      process.execPath,
      [join(folder, "node", "child.mjs"), JSON.stringify({ ...order, assets })],
      { timeout: 4 * minutes, maxBuffer: 1 << 26 },
    )
    const line = stdout.trim().split("\n").at(-1) ?? ""
    return reported(JSON.parse(line))
  }
}

function reported(report: Report | { error: string } | undefined): Report {
  if (!report) throw new Error("The page has nothing to report.")
  if ("error" in report) throw new Error(report.error)
  return report
}
