/** @file The reader's right answer to an exercise takes the place of the book's code in a later lesson, and leaves it again. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, openPage } from "./browser.ts"
import { code, output, run, until } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const source = "function dense(X, W, b) {\n  // mine\n  return X.matmul(W.transpose()).add(b)\n}"
const attempt = {
  exercise: "dense-layer",
  revision: 1,
  seed: 1,
  answer: { kind: "function", source },
  report: { verdict: "correct", score: 1, note: "ok" },
  hintsUsed: 0,
  at: "2026-01-01T00:00:00.000Z",
}
const solved = { answer: attempt.answer, attempts: [attempt], hintsUsed: 0, revealed: false, solved: 1 }

it("a network of the reader's own parts is trained with their code, and with the book's again", async () => {
  const stored = { "exercise:dense-layer": solved }
  const { page, close } = await openPage(browser, "backprop-mlp/", { stored })
  const cell = (id: string) => page.locator(`nn-cell[data-cell="${id}"]`)
  const dense = cell("own-dense")
  await dense.scrollIntoViewIfNeeded()
  await dense.getByText("You have solved Exercise").waitFor()
  expect(await cell("own-softmax").innerText()).toContain("Once it is solved")
  const books = await code(dense)

  await dense.getByRole("button", { name: "Use my code" }).press("Enter")
  await expect.poll(() => code(dense)).toContain("// mine")
  await dense.getByText("This is your own code").waitFor()
  expect(await faultsInBothThemes(page, 'nn-cell[data-cell="own-dense"]')).toEqual([])
  await run(cell("own-network"))
  await until(cell("own-network"), /computed by you/, 60_000)
  await until(dense, /computed by you/)
  expect(Number.parseFloat((await output(cell("own-network"))).split("\n").at(-1) ?? "")).toBeGreaterThan(0.9)

  await dense.getByRole("button", { name: "Take the book’s" }).press("Enter")
  await expect.poll(() => code(dense)).toBe(books)
  await dense.getByText("You have solved").waitFor()
  await close()
})
