/**
 * @file The panel about devices: what there is, where cells compute, memory, CPU against GPU; with a GPU, without one, and
 * with one that is lost. The GPU of these browsers is a program.
 */
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, openPage, phone } from "./browser.ts"
import { edit, editableCells, output, run, state, until } from "./cells.ts"

const lesson = "gradient-descent/"
const withGpu = { stored: { "device:gradient-descent": "webgpu" } }
const PATIENCE = 120_000

let browser: Browser
let poor: Browser
beforeAll(async () => {
  browser = await openBrowser()
  poor = await openBrowser({ gpu: false })
})
afterAll(async () => {
  await browser?.close()
  await poor?.close()
})

const button = (page: Page): Locator => page.getByRole("button", { name: /^Device: / })
const panel = (page: Page): Locator => page.getByRole("dialog", { name: "Where the cells compute" })
const comparing = (page: Page): Locator => panel(page).getByRole("button", { name: "Compare CPU and GPU" })
const radio = (page: Page, name: "CPU" | "GPU"): Locator => panel(page).getByRole("radio", { name })
const scripts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => /device-panel|device-lab|sandbox/.test(name)),
  )

/** Opens the panel and waits until it has looked. */
async function open(page: Page): Promise<void> {
  await button(page).click()
  await panel(page).waitFor()
  await expect.poll(() => panel(page).innerText(), { timeout: PATIENCE }).not.toContain("Looking…")
}

async function close(page: Page): Promise<void> {
  await panel(page).getByRole("button", { name: "Close" }).click()
  await expect.poll(() => panel(page).isVisible()).toBe(false)
}

/** Compares, to the end. Returns what stands beside the button and in the table's rows. */
async function compare(page: Page): Promise<{ words: string; rows: string[][] }> {
  await comparing(page).click()
  await panel(page).getByRole("button", { name: "Stop comparing" }).waitFor()
  await comparing(page).waitFor({ timeout: PATIENCE })
  const table = panel(page).getByRole("table", { name: /Measured just now/ })
  const rows = await table.locator("tr").all()
  return {
    words: await panel(page).getByRole("status").last().innerText(),
    rows: await Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts())),
  }
}

const ACTIVE = `const name = (await devices()).find(({ active }) => active).name
const sum = await tensor([0.1, 0.2, 0.3]).mul(2).sum().itemAsync()
;[name, sum.toFixed(4)].join(" ")`

describe("the button", () => {
  it("names the device, and loads nothing before it is pressed", async () => {
    const { page, close: end } = await openPage(browser, lesson)
    await expect.poll(() => button(page).innerText(), { timeout: 30_000 }).toBe("Device: CPU")
    await page.waitForLoadState("networkidle")
    expect(await scripts(page)).toEqual([])
    await open(page)
    expect((await scripts(page)).join(" ")).toContain("device-panel")
    await end()
  })

  it("opens the panel by key, and Escape leads back to it; a cell's menu opens it, too", async () => {
    const { page, close: end } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    await button(page).focus()
    await page.keyboard.press("Enter")
    await panel(page).waitFor()
    await page.keyboard.press("Escape")
    await expect.poll(() => panel(page).isVisible()).toBe(false)
    expect(await button(page).evaluate((one) => one === document.activeElement)).toBe(true)
    await cell.getByLabel(/^More for/).click()
    await cell.getByRole("button", { name: "Device and memory…" }).click()
    await panel(page).waitFor()
    await end()
  })
})

it("is on the scratchpad, too, and remembers for each", async () => {
  const { page, close: end } = await openPage(browser, "scratchpad/")
  await expect.poll(() => button(page).innerText(), { timeout: 30_000 }).toBe("Device: CPU")
  const cell = page.locator("nn-cell").first()
  await cell.getByRole("button", { name: "Run", exact: true }).waitFor()
  await open(page)
  await radio(page, "GPU").check()
  await close(page)
  await edit(cell, ACTIVE)
  await run(cell)
  await until(cell, /computed by you in/, PATIENCE)
  expect(await output(cell)).toContain("webgpu 1.2000")
  await page.reload()
  await expect.poll(() => button(page).innerText(), { timeout: 30_000 }).toBe("Device: GPU")
  await page.goto(new URL("../gradient-descent/", page.url()).href)
  await expect.poll(() => button(page).innerText(), { timeout: 30_000 }).toBe("Device: CPU")
  await end()
}, 240_000)

describe("the panel", () => {
  it("says what there is, fits a phone, and gives axe nothing to find", async () => {
    const { page, close: end } = await openPage(browser, lesson, phone)
    await open(page)
    const words = await panel(page).innerText()
    expect(words).toMatch(/WebAssembly, four numbers at a time, with(out)? relaxed SIMD/)
    expect(words).toMatch(/swiftshader, by WebGPU\. Arrays of up to .* It is no graphics processor/s)
    expect(words).toContain("to within 10⁻⁵")
    expect(words).toContain("No cell has run here on the CPU yet.")
    const { rows } = await compare(page)
    expect(rows.length).toBeGreaterThan(5)
    expect(await panel(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    expect(await faultsInBothThemes(page, "dialog.devices")).toEqual([])
    await end()
  }, 240_000)
})

describe("the reader's choice", () => {
  it("moves the cells: a new worker, old outputs out of date and why, the same numbers, memory of both", async () => {
    const { page, close: end } = await openPage(browser, lesson)
    const [first, second] = await editableCells(page)
    await edit(first, ACTIVE)
    await run(first)
    await until(first, /computed by you in/)
    expect(await output(first)).toContain("cpu 1.2000")
    const untouched = await state(second)
    await open(page)
    const memory = panel(page).getByRole("table", { name: /Tensors of the cells/ })
    expect(await memory.getByRole("row").nth(1).innerText()).toMatch(/^CPU\s+[\d.]+ \w+\s+[\d.]+ \w+$/)
    await radio(page, "GPU").check()
    await expect
      .poll(() => panel(page).getByRole("status").first().innerText())
      .toBe("The cells of this page compute on the GPU from now on.")
    expect(await panel(page).innerText()).toContain("No cell has run here on the GPU yet.")
    await close(page)
    expect(await state(first)).toBe("out of date: the cells of this page compute on the GPU now")
    expect(await state(second)).toBe(untouched)
    expect(await button(page).innerText()).toBe("Device: GPU")
    await run(first)
    await until(first, /computed by you in/, PATIENCE)
    expect(await output(first)).toContain("webgpu 1.2000")
    await open(page)
    expect(await memory.getByRole("row").allInnerTexts()).toEqual([
      expect.anything(),
      expect.stringMatching(/^CPU/),
      expect.stringMatching(/^GPU\s+[1-9]/),
    ])
    await end()
  }, 240_000)

  it("is there after a reload, and can be taken back", async () => {
    const { page, close: end } = await openPage(browser, lesson, withGpu)
    await expect.poll(() => button(page).innerText(), { timeout: 30_000 }).toBe("Device: GPU")
    await page.reload()
    await expect.poll(() => button(page).innerText(), { timeout: 30_000 }).toBe("Device: GPU")
    await open(page)
    expect(await radio(page, "GPU").isChecked()).toBe(true)
    await radio(page, "CPU").check()
    await close(page)
    await page.reload()
    await expect.poll(() => button(page).innerText(), { timeout: 30_000 }).toBe("Device: CPU")
    await end()
  }, 120_000)

  it("is told which cells chose another device themselves", async () => {
    const { page, close: end } = await openPage(browser, lesson)
    const [cell] = await editableCells(page)
    await edit(cell, `await setDevice("reference")\n1`)
    await run(cell)
    await until(cell, /computed by you in/)
    await open(page)
    expect(await panel(page).innerText()).toMatch(/The cell “.+” chose “reference” itself\./)
    await end()
  })
})

describe("the comparison", () => {
  it("measures both devices and says what follows, while the page's cells keep their values", async () => {
    const { page, close: end } = await openPage(browser, lesson)
    const [first, second] = await editableCells(page)
    await edit(first, "const kept = { runs: Math.random() }\nkept.runs")
    await run(first)
    await until(first, /computed by you in/)
    await open(page)
    const { words, rows } = await compare(page)
    expect(rows[0]).toEqual(["", "CPU", "GPU", "Faster"])
    const add = rows.find(([title]) => title === "One addition of two numbers")!
    expect(add.slice(1)).toEqual([
      expect.stringMatching(/^[\d.]+ (µs|ms|s)$/),
      expect.stringMatching(/^[\d.]+ (µs|ms|s)$/),
      expect.stringMatching(/^even$|^[CG]PU, [\d,.]+×$/),
    ])
    expect(words).toMatch(/Asking the GPU for one addition takes|so long to get ready/)
    await close(page)
    await edit(second, "kept.runs")
    await run(second)
    await until(second, /computed by you in/)
    expect(await output(second)).toBe(await output(first))
    await end()
  }, 240_000)

  it("is stopped at once by the same button, and by closing the panel", async () => {
    const { page, close: end } = await openPage(browser, lesson)
    await open(page)
    await comparing(page).click()
    await panel(page).getByRole("button", { name: "Stop comparing" }).click()
    await comparing(page).waitFor()
    expect(await panel(page).getByRole("status").last().innerText()).toContain("Stopped.")
    await comparing(page).click()
    await page.keyboard.press("Escape")
    await open(page)
    await comparing(page).waitFor()
    await end()
  })
})

describe("a GPU that nobody can wait for", () => {
  it("is told of in the panel where a cell that reads at once ends with an error, and only there", async () => {
    const { page, close: end } = await openPage(browser, lesson, withGpu)
    const [cell] = await editableCells(page)
    await edit(cell, "tensor([1, 2]).sum().item()")
    await run(cell)
    await until(cell, /computed by you in|^error/, PATIENCE)
    const failed = (await state(cell)).startsWith("error")
    await open(page)
    expect((await panel(page).innerText()).includes("This browser lets no program wait for it")).toBe(failed)
    await end()
  })
})

describe("a browser without a GPU", () => {
  it("says why there is none, offers the CPU alone, and measures it alone", async () => {
    const { page, close: end } = await openPage(poor, lesson)
    await open(page)
    expect(await panel(page).innerText()).toContain(
      "None: this browser has WebGPU but offers no graphics processor.",
    )
    expect(await radio(page, "GPU").isDisabled()).toBe(true)
    expect(await radio(page, "CPU").isChecked()).toBe(true)
    const { words, rows } = await compare(page)
    expect(rows[0]).toEqual(["", "CPU"])
    expect(words).toContain("Only the CPU was measured, since there is no GPU here.")
    await end()
  }, 240_000)

  it("computes on the CPU what was set to the GPU, says so at the cell and in the panel, and lets go of it", async () => {
    const { page, close: end } = await openPage(poor, lesson, withGpu)
    const [cell] = await editableCells(page)
    await edit(cell, ACTIVE)
    await run(cell)
    await until(cell, /computed by you in/)
    expect(await output(cell)).toContain("cpu 1.2000")
    expect(await output(cell)).toMatch(
      /set to the GPU, and there is none .* has WebGPU, but no GPU .*on the CPU instead/,
    )
    await open(page)
    expect(await panel(page).innerText()).toContain(
      "The GPU could not be opened: the last run was on the CPU.",
    )
    await radio(page, "CPU").check()
    await close(page)
    expect(await button(page).innerText()).toBe("Device: CPU")
    await end()
  })
})

describe("a GPU that is lost while a cell runs", () => {
  it("ends that run with a message; the CPU, chosen in the panel, computes the same cell", async () => {
    const { page, close: end } = await openPage(browser, lesson, withGpu)
    const [first, second] = await editableCells(page)
    await edit(
      first,
      `let device
const make = GPUDevice.prototype.createCommandEncoder
GPUDevice.prototype.createCommandEncoder = function (...rest) {
  device = this
  return make.apply(this, rest)
}
await ones([4]).add(1).dataAsync()
device.destroy()
await device.lost
ones([4]).add(2).sum().item()`,
    )
    await run(first)
    await until(first, /^error/, PATIENCE)
    expect(await output(first)).toMatch(
      /the GPU was lost.*run the cell again, or continue on setDevice\("cpu"\)/s,
    )
    await edit(second, ACTIVE)
    await open(page)
    await radio(page, "CPU").check()
    await close(page)
    await run(second)
    await until(second, /computed by you in/)
    expect(await output(second)).toContain("cpu 1.2000")
    await end()
  }, 240_000)
})
