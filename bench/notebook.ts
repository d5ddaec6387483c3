/**
 * @file How long a reader waits for a cell: the book's own beside a Python cell of Pyodide, on pages from this machine.
 * From a click to what it brings on screen, each time in a fresh browser context. Node only.
 */
import { cpSync, mkdirSync, readdirSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Browser, Page } from "playwright-core"
import { bookOf } from "./book.ts"
import { type Server, sentBytes, serve } from "./browser.ts"
import type { NotebookRow, NotebookStage, Waiting } from "./results.ts"
import { median, quantile } from "./statistics.ts"

const root = resolve(import.meta.dirname, "..")
export const LESSON = "perceptron/"
/** The cells that a reader sees and can run and change, as they stand on the page. */
export const CELLS =
  "nn-cell:not([data-static], [data-readonly], [data-error]):not(:has(.cell-fold)):not([hidden] *)"
const ENDLESS = "while (true) {}"
const WARM_RUNS = 9
/** Long enough for a loop to run, and for a spare worker to be ready. */
const SETTLE = 1500

const pythonOf = (folder: string): string => join(folder, "pyodide")

/** The page with a Python cell. */
export function bundlePython(folder: string): void {
  mkdirSync(pythonOf(folder), { recursive: true })
  cpSync(join(root, "bench/pyodide"), pythonOf(folder), { recursive: true })
  const library = join(root, "node_modules/pyodide")
  for (const file of readdirSync(library))
    if (/^pyodide(\.asm|-lock)?\.(mjs|wasm|json)$|^python_stdlib\.zip$/.test(file))
      cpSync(join(library, file), join(pythonOf(folder), file))
}

/** What one visit took, in milliseconds. */
interface Visit {
  cold: number
  warm: number[]
  recovery: number
  editor?: number
  editorAgain?: number
}

/** Clicks `.cell-run` of these cells in turn, and waits until the last one shows what the reader's run has brought. */
export function pressAndWait(page: Page, presses: readonly number[]): Promise<number> {
  return page.evaluate(
    ([selector, ...order]) =>
      new Promise<number>((done) => {
        const all = [...document.querySelectorAll<HTMLElement>(String(selector))]
        const cell = all[Number(order.at(-1))]
        const from = performance.now()
        let began = false
        const observer = new MutationObserver(() => {
          const { state } = cell.dataset
          if (state === "queued" || state === "running") began = true
          if (!began || state !== "ok") return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)))
        })
        observer.observe(cell, { attributes: true, attributeFilter: ["data-state"] })
        for (const n of order) all[Number(n)].querySelector<HTMLElement>(".cell-run")?.click()
      }),
    [CELLS, ...presses],
  )
}

/** From the click on Edit until the editor has the focus and shows the code. */
function openEditor(page: Page, n: number): Promise<number> {
  return page.evaluate(
    ([selector, at]) =>
      new Promise<number>((done) => {
        const cell = document.querySelectorAll<HTMLElement>(String(selector))[Number(at)]
        const from = performance.now()
        const look = (): void => {
          const ready =
            cell.querySelector(".monaco-editor .view-line span span") && cell.contains(document.activeElement)
          if (ready) requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)))
          else requestAnimationFrame(look)
        }
        for (const button of cell.querySelectorAll<HTMLElement>(".cell-tools button"))
          if (button.textContent === "Edit") button.click()
        look()
      }),
    [CELLS, n],
  )
}

async function type(page: Page, code: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+A")
  await page.keyboard.insertText(code)
}

async function visitBook(page: Page, url: string): Promise<Visit> {
  await page.goto(`${url}${LESSON}`, { waitUntil: "networkidle" })
  const cold = await pressAndWait(page, [0])
  const warm: number[] = []
  for (let run = 0; run < WARM_RUNS; run++) warm.push(await pressAndWait(page, [0]))
  const editor = await openEditor(page, 1)
  await type(page, ENDLESS)
  const editorAgain = await openEditor(page, 2)
  await page.evaluate(
    ([selector, at]) => {
      const cells = document.querySelectorAll(String(selector))
      cells[Number(at)].querySelector<HTMLElement>(".cell-run")?.click()
    },
    [CELLS, 1],
  )
  await page.locator('nn-cell[data-state="running"]').waitFor()
  await page.waitForTimeout(SETTLE)
  // The same button is Stop by now.
  const recovery = await pressAndWait(page, [1, 0])
  return { cold, warm, recovery, editor, editorAgain }
}

declare global {
  /** Of the page with the Python cell. */
  var startPython: (code: string) => void
  var endPython: () => void
}

/** Runs Python, and waits until its value is on screen. With `stopped`, what runs is ended first. */
function runPython(page: Page, code: string, stopped = false): Promise<number> {
  return page.evaluate(
    ([text, ends]) =>
      new Promise<number>((done) => {
        const out = document.querySelector("pre") as HTMLElement
        out.textContent = ""
        const from = performance.now()
        const observer = new MutationObserver(() => {
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)))
        })
        observer.observe(out, { childList: true })
        if (ends) globalThis.endPython()
        globalThis.startPython(String(text))
      }),
    [code, stopped] as const,
  )
}

async function visitPython(page: Page, url: string): Promise<Visit> {
  const code = "sum(i * i for i in range(1000))"
  await page.goto(url, { waitUntil: "networkidle" })
  const cold = await runPython(page, code)
  const warm: number[] = []
  for (let run = 0; run < WARM_RUNS; run++) warm.push(await runPython(page, code))
  await page.evaluate(() => globalThis.startPython("while True: pass"))
  await page.waitForTimeout(SETTLE)
  const recovery = await runPython(page, code, true)
  return { cold, warm, recovery }
}

/** What is sent at each stage of a reader's visit. */
async function stagesOf(browser: Browser, folder: string): Promise<NotebookStage[]> {
  let asked = new Set<string>()
  const server = await serve(bookOf(folder), (file) => asked.add(file))
  const context = await browser.newContext()
  const seen = new Set<string>()
  const stages: NotebookStage[] = []
  const stage = async (title: string, page: Page): Promise<void> => {
    // Quiet is when nothing has been asked for during a while: it does not hang on what the browser calls idle.
    for (let before = -1; before !== asked.size; ) {
      before = asked.size
      await page.waitForTimeout(SETTLE)
    }
    const fresh = [...asked].filter((file) => !seen.has(file))
    for (const file of fresh) seen.add(file)
    asked = new Set()
    stages.push({ title, files: fresh.length, bytes: fresh.map(sentBytes).reduce((a, b) => a + b, 0) })
  }
  try {
    const page = await context.newPage()
    await page.goto(`${server.url}${LESSON}`, { waitUntil: "networkidle" })
    await stage("the lesson", page)
    await pressAndWait(page, [0])
    await stage("the first run", page)
    await openEditor(page, 1)
    await stage("the editor", page)
    await type(page, "Plot.lineY([1, 4, 9]).plot()")
    await pressAndWait(page, [1])
    await stage("the first edited cell, with a figure", page)
    return stages
  } finally {
    await context.close()
    await server.close()
  }
}

async function bytesOfPython(browser: Browser, folder: string): Promise<NotebookStage[]> {
  const asked = new Set<string>()
  const server = await serve(pythonOf(folder), (file) => asked.add(file))
  const context = await browser.newContext()
  try {
    await visitPython(await context.newPage(), server.url)
    return [
      {
        title: "the first run",
        files: asked.size,
        bytes: [...asked].map(sentBytes).reduce((a, b) => a + b, 0),
      },
    ]
  } finally {
    await context.close()
    await server.close()
  }
}

const waiting = (ms: readonly number[]): Waiting => ({
  ms: median(ms),
  quartiles: [quantile(ms, 0.25), quantile(ms, 0.75)],
  times: ms.length,
})

/** Both notebooks in turn, each visit in a fresh context. */
export async function notebooks(browser: Browser, folder: string, visits: number): Promise<NotebookRow[]> {
  const all: { id: string; title: string; server: Server; visit: typeof visitBook; seen: Visit[] }[] = []
  all.push({
    id: "ours",
    title: "Descent",
    server: await serve(bookOf(folder)),
    visit: visitBook,
    seen: [],
  })
  all.push({
    id: "pyodide",
    title: "Pyodide",
    server: await serve(pythonOf(folder)),
    visit: visitPython,
    seen: [],
  })
  try {
    for (let round = 0; round < visits; round++)
      for (let i = 0; i < all.length; i++) {
        const { server, visit, seen } = all[(i + round) % all.length]
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
        try {
          seen.push(await visit(await context.newPage(), server.url))
        } finally {
          await context.close()
        }
      }
  } finally {
    for (const { server } of all) await server.close()
  }
  const stages: Record<string, NotebookStage[]> = {
    ours: await stagesOf(browser, folder),
    pyodide: await bytesOfPython(browser, folder),
  }
  return all.map(({ id, title, seen }) => {
    const editor = seen.flatMap((visit) => visit.editor ?? [])
    const editorAgain = seen.flatMap((visit) => visit.editorAgain ?? [])
    return {
      id,
      title,
      cold: waiting(seen.map((visit) => visit.cold)),
      warm: waiting(seen.flatMap((visit) => visit.warm)),
      recovery: waiting(seen.map((visit) => visit.recovery)),
      ...(editor.length > 0 && { editor: waiting(editor) }),
      ...(editorAgain.length > 0 && { editorAgain: waiting(editorAgain) }),
      stages: stages[id],
    }
  })
}
