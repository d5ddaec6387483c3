/** @file Exercises in Firefox: answered wrongly, without end and rightly, by keyboard and by pointer. */
import type { ElementHandle } from "puppeteer-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { faults } from "../browser/axe.ts"
import {
  type BookPage,
  click,
  type Firefox,
  isFocused,
  openFirefox,
  openPage,
  pasteOver,
  press,
} from "./browser.ts"

let firefox: Firefox
let book: BookPage
beforeAll(async () => {
  firefox = await openFirefox()
  book = await openPage(firefox, "softmax-and-cross-entropy/")
})
afterAll(async () => {
  await book?.close()
  await firefox?.close()
})

type Part = ElementHandle<HTMLElement>

const one = async (): Promise<Part> => {
  await book.page.waitForSelector('nn-exercise[data-exercise="softmax"] .exercise-check')
  return (await book.page.$('nn-exercise[data-exercise="softmax"]')) as Part
}

/** Puts a text in the place of the answer's code, and checks it. */
async function answer(exercise: Part, source: string): Promise<string> {
  const { page } = book
  const place = (await exercise.$(".exercise-code")) as Part
  await click(place)
  await page.waitForFunction(
    (host) =>
      !host.hasAttribute("aria-busy") &&
      host.querySelector("textarea") &&
      host.contains(document.activeElement),
    {},
    place,
  )
  await pasteOver(page, source)
  await press(exercise, "Check")
  await exercise.waitForSelector(".exercise-verdict:not([data-old])")
  await exercise.waitForSelector('::-p-aria([role="button"][name="Check"])')
  return exercise.$eval(".exercise-result", (result) => (result as HTMLElement).innerText)
}

it("says what is wrong, with input, expected and given value, and sets the note's formula", async () => {
  const exercise = await one()
  const text = await answer(exercise, softmax.misconceptions[0].code)
  expect(text).toContain("Partly right")
  expect(text).toContain("Subtract the largest score of each row")
  expect(text).toMatch(/Called with\s+s = \[1000, 1001, 999\]/)
  expect(text).toContain("[NaN, NaN, NaN]")
  await exercise.waitForSelector(".exercise-message .katex")
  expect(await faults(book.page, 'nn-exercise[data-exercise="softmax"]')).toEqual([])
})

it("ends an answer without end, says where code threw, and grades the right answer", async () => {
  const exercise = await one()
  expect(await answer(exercise, "function softmax(s: Tensor) { while (true) {} }")).toContain("out of time")
  expect(await answer(exercise, "function softmax(s) {\n  return s.nothing()\n}")).toMatch(
    /Stopped with an error[\s\S]*line 2/,
  )
  expect(await answer(exercise, softmax.solution)).toContain("✓ Correct")
  await book.page.reload()
  const again = await one()
  await expect
    .poll(() => again.$eval(".exercise-state", (state) => (state as HTMLElement).innerText))
    .toContain("correct")
})

it("of the other kinds are answered by keyboard alone", async () => {
  const { page } = book
  const box = (await page.$('nn-exercise:is([data-kind="number"], [data-kind="predict"])')) as Part
  await (await box.$("input"))?.focus()
  await page.keyboard.type("0,5")
  await page.keyboard.press("Enter")
  const said = (part: Part) => part.$eval(".exercise-result", (result) => (result as HTMLElement).innerText)
  await expect.poll(() => said(box)).toContain("comma")
  const choice = (await page.$('nn-exercise[data-kind="choice"]')) as Part
  const first = (await choice.$("input")) as Part
  await first.focus()
  await page.keyboard.press(" ")
  expect(await isFocused(first)).toBe(true)
  await press(choice, "Check")
  await choice.waitForSelector(".exercise-verdict:not([data-old])")
  expect((await said(choice)).length).toBeGreaterThan(10)
})
