/**
 * @file A real Chromium for the tests, and pages that report whatever the browser complains about. Knows no feature of
 * the book.
 */
import { existsSync } from "node:fs"
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core"
import { expect, inject } from "vitest"

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
]

/** How each browser can be started again. */
const starts = new WeakMap<Browser, () => Promise<Browser>>()
const heirs = new WeakMap<Browser, Promise<Browser>>()

/** Starts the browser of `$CHROMIUM`, or an installed one; its GPU is a program, or none. */
export async function openBrowser({ gpu = true } = {}): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place))
  if (!executablePath)
    throw new Error(
      "No Chromium was found: run “sudo apt-get install chromium”, or set CHROMIUM to its path.",
    )
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--headless=new",
      ...(gpu ? ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"] : []),
      "--disable-background-networking",
    ],
  })
  starts.set(browser, () => openBrowser({ gpu }))
  return browser
}

/** The browser, or, where it has died in a test before, another one: that test has failed, the next need not. */
async function living(browser: Browser): Promise<Browser> {
  const start = starts.get(browser)
  if (browser.isConnected() || !start) return browser
  const heir = heirs.get(browser) ?? start()
  heirs.set(browser, heir)
  return living(await heir)
}

export interface PageOptions extends BrowserContextOptions {
  theme?: "light" | "dark"
  /**
   * What the reader's storage holds before the page is opened: keys without `descent:`. On a lesson it holds that all ways
   * of seeing an algorithm are wanted, unless said otherwise, so that every cell is in sight.
   */
  stored?: Record<string, unknown>
  /** Whether the editor checks types, which takes seconds of a core on each page where something is edited. */
  types?: boolean
}

export interface BookPage {
  page: Page
  /** What the console and the page complained about so far. */
  problems: string[]
  /** Closes the page, and fails if the browser had anything to complain about. */
  close(): Promise<void>
}

export const desktop = { viewport: { width: 1280, height: 900 } }
export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
}

/** For `addInitScript`: the worker that checks types never answers. */
function checkNoTypes(): void {
  const Original = window.Worker
  window.Worker = class extends Original {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(/\/cell-types\.worker/.test(String(address)) ? "data:text/javascript,0" : address, options)
    }
  }
}

/** Windows that no test uses at present: to open another takes longer than to open a page. */
const free = new WeakMap<Browser, Map<string, BrowserContext[]>>()

function shelf(browser: Browser, options: PageOptions): BrowserContext[] {
  const shelves = free.get(browser) ?? new Map<string, BrowserContext[]>()
  free.set(browser, shelves)
  const key = JSON.stringify(options)
  const found = shelves.get(key) ?? []
  shelves.set(key, found)
  return found
}

async function openWindow(
  browser: Browser,
  { theme = "light", types = false, ...options }: PageOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext({ ...desktop, colorScheme: theme, ...options })
  context.setDefaultTimeout(20_000)
  if (!types) await context.addInitScript(checkNoTypes)
  // Keeps the window open while there is no other page in it.
  await context.newPage()
  return context
}

/**
 * Opens a page of the book, in a window where no page is open and nothing is stored but what is asked for: `path` is
 * relative to the home page.
 */
export async function openPage(given: Browser, path: string, options: PageOptions = {}): Promise<BookPage> {
  const browser = await living(given)
  const { stored: asked = {}, ...look } = options
  const stored = /^(your-work|$)/.test(path) ? asked : { ways: "all", ...asked }
  const unused = shelf(browser, look)
  const context = unused.pop() ?? (await openWindow(browser, look))
  const [blank] = context.pages()
  const page = await context.newPage()
  await page.addInitScript((entries: Record<string, unknown>) => {
    // Once, so that a reload finds what the reader left.
    if (window !== window.top || location.origin === "null" || sessionStorage.getItem("opened")) return
    sessionStorage.setItem("opened", "yes")
    localStorage.clear()
    for (const [key, value] of Object.entries(entries))
      localStorage.setItem(`descent:${key}`, JSON.stringify(value))
  }, stored)
  const problems: string[] = []
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`)
  })
  page.on("pageerror", (error) => problems.push(`page error: ${error.stack ?? error.message}`))
  page.on("requestfailed", (request) => {
    // What was still loading when the page was left is no failure.
    const reason = request.failure()?.errorText ?? ""
    if (reason !== "net::ERR_ABORTED") problems.push(`request failed (${reason}): ${request.url()}`)
  })
  await page.goto(new URL(path, inject("book")).href)
  return {
    page,
    problems,
    close: async () => {
      for (const one of context.pages()) if (one !== blank) await one.close()
      await context.clearPermissions()
      unused.push(context)
      expect(problems).toEqual([])
    },
  }
}

/** Replaces the text of the editor that has the focus, as a reader does who pastes: an editor indents what is typed. */
export async function pasteOver(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
  await page.evaluate((source) => navigator.clipboard.writeText(source), text)
  await page.keyboard.press("ControlOrMeta+A")
  await page.keyboard.press("ControlOrMeta+V")
}

/** Changes the colours of the reader's system, which the page follows. */
export async function recolour(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.locator(`html[data-theme=${colorScheme}]`).waitFor({ state: "attached" })
}

/** For `page.addInitScript`: the browser has no storage for this page, as where the reader forbids it. */
export function closeStorage(): void {
  Object.defineProperty(window, "localStorage", {
    get: () => {
      throw new DOMException("no", "SecurityError")
    },
  })
}

/** For `page.evaluate` and `addInitScript`: from now on nothing can be kept. */
export function refuseStorage(error: "QuotaExceededError" | "SecurityError"): void {
  Storage.prototype.setItem = () => {
    throw new DOMException("no", error)
  }
}
