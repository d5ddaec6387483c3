/** @file What a reader does with an explorable, for the tests: find it, come near, read what it says. Knows no model. */
import type { Browser, Locator, Page } from "playwright-core"
import { openPage, type PageOptions } from "./browser.ts"
import { lessons } from "./pages.ts"

/** The page of a lesson and the name of its explorable. */
export type Where = readonly [lesson: string, name: string]
export const downhill: Where = ["gradient-descent", "downhill"]
export const perceptron: Where = ["perceptron", "perceptron-mistakes"]
export const thermostat: Where = ["softmax-and-cross-entropy", "softmax-thermostat"]

export interface Visit {
  page: Page
  figure: Locator
  close(): Promise<void>
}

/** Every explorable of the book, in the first lesson that has it. */
export const everywhere: Where[] = lessons
  .flatMap(({ path, html }) =>
    [...html.matchAll(/<nn-explorable[^>]* data-name="([^"]+)"/g)].map(
      ([, name]) => [path.replace(/\/$/, ""), name] as const,
    ),
  )
  .filter(([, name], i, all) => all.findIndex((other) => other[1] === name) === i)

/** Opens the lesson at its top, where the figure is still the one of the build. */
export async function openLesson(
  browser: Browser,
  [lesson, name]: Where,
  options?: PageOptions,
): Promise<Visit> {
  const { page, close } = await openPage(browser, `${lesson}/`, options)
  return { page, figure: page.locator(`nn-explorable[data-name="${name}"]`), close }
}

/** Opens the lesson and scrolls until the figure has come alive. */
export async function visit(browser: Browser, where: Where, options?: PageOptions): Promise<Visit> {
  const opened = await openLesson(browser, where, options)
  await approach(opened.figure)
  return opened
}

export async function approach(figure: Locator): Promise<void> {
  await figure.scrollIntoViewIfNeeded()
  await figure.and(figure.page().locator("[data-live]")).waitFor({ state: "attached" })
}

export const takeaway = (figure: Locator) => figure.locator(".ex-takeaway").innerText()
export const described = (figure: Locator) => figure.locator("[data-describe]").innerText()
export const spoken = (figure: Locator) => figure.getByRole("status").innerText()
export const clock = (figure: Locator) => figure.locator(".ex-clock > span").innerText()
export const press = (figure: Locator, name: string) =>
  figure.getByRole("button", { name, exact: true }).click()

/** Where the middle of something is on the screen. */
export async function middle(thing: Locator): Promise<{ x: number; y: number }> {
  const box = await thing.boundingBox()
  if (!box) throw new Error("middle: nothing is drawn there.")
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** How many animation frames the page asks for within half a second. */
export async function framesAskedFor(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let asked = 0
    const original = window.requestAnimationFrame
    window.requestAnimationFrame = (draw) => {
      asked++
      return original.call(window, draw)
    }
    await new Promise((done) => setTimeout(done, 500))
    window.requestAnimationFrame = original
    return asked
  })
}
