/** @file In Firefox, too, what is well off the screen rests while a cell computes, stays where it is, and is reached. */
import { afterAll, beforeAll, expect, it } from "vitest"
import { type BookPage, type Firefox, openFirefox, openPage, press } from "./browser.ts"
import { edit, editableCells, run } from "./cells.ts"

let firefox: Firefox
let book: BookPage
beforeAll(async () => {
  firefox = await openFirefox()
  book = await openPage(firefox, "perceptron/")
})
afterAll(async () => {
  await book?.close()
  await firefox?.close()
})

it("rests without a change of place, is reached by a link, and wakes when the run is over", async () => {
  const { page } = book
  const resting = () => page.evaluate(() => document.querySelectorAll(".far").length)
  /** Top and height of every block of the second half, from the top of its first heading. */
  const layout = () =>
    page.evaluate(() => {
      const half = ".prose > h2:nth-of-type(n + 6)"
      const blocks = [...document.querySelectorAll(`${half}, ${half} ~ :not(script)`)]
      const shown = blocks.map((block) => block.getBoundingClientRect())
      return shown.flatMap(({ top, height }) => [Math.round(top - shown[0].top), Math.round(height)])
    })
  const [cell] = await editableCells(page)
  await edit(cell, "await new Promise((done) => setTimeout(done, 600_000))")
  const before = await layout()
  await run(cell)
  await expect.poll(resting).toBeGreaterThan(30)
  expect(await layout()).toEqual(before)

  const top = await page.evaluate(() => {
    const last = [...document.querySelectorAll(".far [id], .far[id]")].at(-1)
    location.hash = last?.id ?? ""
    return last?.getBoundingClientRect().top
  })
  expect(top).toBeGreaterThanOrEqual(0)
  expect(top).toBeLessThan(900)
  await cell.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }))
  await expect.poll(() => cell.evaluate((one) => one.closest(".far") === null)).toBe(true)
  await press(cell, "Stop")
  await expect.poll(resting).toBe(0)
})
