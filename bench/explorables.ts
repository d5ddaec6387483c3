/**
 * @file What a frame costs the page while an explorable plays, and while one of its controls is dragged: the time of the
 * main thread from the beginning of the frame to behind its painting. Node only.
 */
import type { Browser, Page } from "playwright-core"
import { type BookExplorable, bookOf, explorablesOf } from "./book.ts"
import { serve } from "./browser.ts"
import type { ExplorableRow, Frames } from "./results.ts"
import { median, quantile } from "./statistics.ts"

/** What a screen of 60 Hz leaves to a frame, and what a reader begins to feel. */
export const FRAME = 1000 / 60
export const FELT = 50

type Motion = "play" | "drag"

/** What one watch has seen, in milliseconds. */
interface Watched {
  work: number[]
  longTasks: number[]
  seconds: number
}

/** Every explorable of the built book, each in a page of its own. `ms`: how long each is watched, twice. */
export async function explorableFrames(
  browser: Browser,
  folder: string,
  ms: number,
): Promise<ExplorableRow[]> {
  const book = bookOf(folder)
  const server = await serve(book)
  try {
    const rows: ExplorableRow[] = []
    for (const one of explorablesOf(book)) rows.push(await framesOf(browser, server.url, one, ms))
    return rows
  } finally {
    await server.close()
  }
}

async function framesOf(
  browser: Browser,
  url: string,
  { name, lesson }: BookExplorable,
  ms: number,
): Promise<ExplorableRow> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    const page = await context.newPage()
    await page.goto(url + lesson, { waitUntil: "networkidle" })
    const figure = page.locator(`nn-explorable[data-name="${name}"]`)
    await figure.scrollIntoViewIfNeeded()
    await page.locator(`nn-explorable[data-name="${name}"][data-live]`).waitFor()
    const label = await figure.locator(".ex-label").innerText()
    const title = label.replace(/^.*Explorable: /, "")
    const dragged = framesFrom(await watch(page, name, "drag", ms))
    const played = framesFrom(await watch(page, name, "play", ms))
    return { name, lesson, title, ...(played && { played }), ...(dragged && { dragged }) }
  } finally {
    await context.close()
  }
}

/**
 * Sets the explorable in motion and measures every frame; nothing where it cannot move so. Played fast, and again from
 * the start as often as it ends; dragged to and fro with one new place in each frame.
 */
function watch(page: Page, name: string, motion: Motion, ms: number): Promise<Watched | undefined> {
  return page.evaluate(
    async ([name, motion, ms]) => {
      const figure = document.querySelector(`nn-explorable[data-name="${name}"]`) as HTMLElement
      const button = figure.querySelector<HTMLButtonElement>('[data-action="play"]')
      const shown = (e: HTMLElement): boolean => e.checkVisibility()
      const track = [
        ...figure.querySelectorAll<HTMLInputElement>(
          '.ex-control:not([hidden]) input[type="range"], .ex-handle input[type="range"]',
        ),
      ].find(shown)
      if (motion === "play" ? !button : !track) return undefined
      const speed = figure.querySelector<HTMLSelectElement>("[data-speed]")
      if (speed) speed.value = [...speed.options].at(-1)?.value ?? speed.value
      const longTasks: number[] = []
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasks.push(duration)
      })
      observer.observe({ type: "longtask" })
      const work: number[] = []
      const behindPaint = new MessageChannel()
      const from = performance.now()
      await new Promise<void>((done) => {
        let began = 0
        behindPaint.port1.onmessage = () => work.push(performance.now() - began)
        // Asked for before the figure asks, it comes first in every frame.
        const frame = (now: number): void => {
          if (now - from > Number(ms)) {
            done()
            return
          }
          requestAnimationFrame(frame)
          began = performance.now()
          behindPaint.port2.postMessage(0)
          if (motion === "play" && button?.textContent === "Play") button.click()
          if (motion === "drag" && track) {
            const [low, high] = [Number(track.min), Number(track.max)]
            const at = (1 + Math.sin((now - from) / 300)) / 2
            track.value = String(low + (0.1 + 0.8 * at) * (high - low))
            track.dispatchEvent(new Event("input", { bubbles: true }))
          }
        }
        requestAnimationFrame(frame)
      })
      if (motion === "play" && button?.textContent === "Pause") button.click()
      if (motion === "drag") track?.dispatchEvent(new Event("change", { bubbles: true }))
      await new Promise((rest) => setTimeout(rest, 300))
      observer.disconnect()
      return { work, longTasks, seconds: (performance.now() - from) / 1000 }
    },
    [name, motion, ms] as const,
  )
}

function framesFrom(watched: Watched | undefined): Frames | undefined {
  if (!watched || watched.work.length === 0) return undefined
  const { work, longTasks } = watched
  const over = (limit: number): number => work.filter((ms) => ms > limit).length / work.length
  return {
    frames: work.length,
    ms: median(work),
    usual: quantile(work, 0.95),
    worst: Math.max(...work),
    late: over(FRAME),
    felt: over(FELT),
    longTasks: longTasks.length,
  }
}
