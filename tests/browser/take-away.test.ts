/** @file A lesson is downloaded as a reader does it, unpacked and run. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Ipynb } from "../../src/notebook/export-ipynb.ts"
import { openBrowser, openPage } from "./browser.ts"
import { edit, editableCells } from "./cells.ts"
import { lessons } from "./pages.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

async function download(cell: Locator, entry: string): Promise<string> {
  await cell.locator(".cell-menu > summary").click()
  await cell.getByRole("button", { name: "Share or download…" }).click()
  const file = cell.page().waitForEvent("download")
  await cell.getByRole("button", { name: entry }).click()
  return (await file).path()
}

/** Unpacks with whatever there is; returns the lesson's folder. */
function unpacked(path: string, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "descent-taken-"))
  execFileSync("python3", ["-m", "zipfile", "-e", path, folder])
  return join(folder, name)
}

/** A third of the lessons, unless all are asked for: all of them run as programs in tests/state/take-away.test.ts. */
const some = lessons.filter((_, i) => process.env.FULL || i % 3 === 0)

describe.each(some)("the lesson /$path", ({ path }) => {
  const id = path.replace(/\/$/, "")

  it("is downloaded with the reader's text as a program that runs in Node", async () => {
    const { page, close } = await openPage(browser, path)
    const [first] = await editableCells(page)
    const title = await first.getAttribute("data-title")
    await edit(
      first,
      `${await first.locator(".cell-code").evaluate((e) => e.closest("nn-cell")?.id.length)}\nconsole.log("taken away")`,
    )
    const cells = await page.locator("nn-cell").count()
    const folder = unpacked(await download(first, "Lesson as a program (.zip)"), id)
    expect(await first.getByRole("status").innerText()).toMatch(/^Saved as .*\.zip\. Unpack it and run: node/)
    const program = readFileSync(join(folder, `${id}.ts`), "utf8")
    expect(program).toContain('console.log("taken away")')
    expect(program).toContain("with your text in 1 cell")
    expect(program.match(/^cell_?\.begin\(/gm)?.length).toBe(cells)
    const notebook = JSON.parse(readFileSync(join(folder, `${id}.ipynb`), "utf8")) as Ipynb
    expect(notebook.cells.filter(({ metadata }) => "descent" in metadata).length).toBe(cells)
    // The later cells may need what the first one no longer declares: the program runs as far as the lesson would.
    let printed: string
    try {
      printed = execFileSync(process.execPath, [`${id}.ts`], { cwd: folder, encoding: "utf8", stdio: "pipe" })
    } catch (error) {
      printed = String((error as { stdout: string }).stdout)
    }
    expect(printed).toContain(`── ${title} ──\ntaken away`)
    await close()
  })

  it("is downloaded as the author wrote it, and runs to its end", async () => {
    const { page, close } = await openPage(browser, path)
    const [first] = await editableCells(page)
    const titles = await page
      .locator("nn-cell:not([data-static])")
      .evaluateAll((all) =>
        all.map((one) => (one as HTMLElement).dataset.title ?? (one as HTMLElement).dataset.cell),
      )
    const folder = unpacked(await download(first, "Lesson as a program (.zip)"), id)
    const printed = execFileSync(process.execPath, [`${id}.ts`], { cwd: folder, encoding: "utf8" })
    for (const one of titles) expect(printed).toContain(`── ${one} ──`)
    await close()
  })

  it("is downloaded as a notebook with its prose, formulas, figures and outputs", async () => {
    const { page, close } = await openPage(browser, path)
    const [first] = await editableCells(page)
    const file = readFileSync(await download(first, "Lesson as a notebook (.ipynb)"), "utf8")
    const { cells } = JSON.parse(file) as Ipynb
    const text = cells.map(({ source }) => source.join("")).join("\n\n")
    for (const heading of await page
      .locator(".prose:not(.after) h2")
      .evaluateAll((all) => all.map((h) => h.firstChild?.textContent ?? "")))
      expect(text).toContain(`## ${heading}`)
    const paragraph = await page.locator(".prose > p").first().innerText()
    expect(text.replaceAll("*", "").replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")).toContain(paragraph.slice(0, 40))
    expect(text).toMatch(/\$\$[^$]+\\\w+[^$]+\$\$/)
    expect(text).toMatch(/\*\*Exercise \d+\.\d+: .*\[Do it in the book\]\(http/)
    const prose = cells.filter((cell) => cell.cell_type === "markdown").map(({ source }) => source.join(""))
    expect(prose.join("\n")).not.toMatch(/<\w+[ >]/)
    const outputs = cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    expect(outputs.length).toBeGreaterThan(3)
    for (const { data } of outputs) expect([data["text/plain"]].flat().join("")).not.toMatch(/Download|CSV/)
    const figures = outputs.flatMap(({ data }) =>
      "image/svg+xml" in data ? [[data["image/svg+xml"]].flat().join("")] : [],
    )
    expect(figures.length).toBeGreaterThan(0)
    for (const svg of figures) expect(svg).not.toMatch(/var\(--/)
    expect(text).toMatch(/import \{[^}]+\} from "http:\/\/localhost:\d+\/.*download\/descent\.js"/)
    await close()
  })
})
