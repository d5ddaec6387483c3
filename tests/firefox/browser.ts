/**
 * @file A real Firefox for the tests, over WebDriver BiDi: pages that report whatever it complains about, things found
 * by role and name, downloads. Knows no feature of the book.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import puppeteer, { type Browser, type ElementHandle, type KeyInput, type Page } from "puppeteer-core"
import { expect, inject } from "vitest"

const places = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
]

export interface Firefox {
  /** The browser, or, where it has died in a test before, another one: that test has failed, the next need not. */
  living(): Promise<Browser>
  /** What the page saves while `act` runs: the file's name and bytes. */
  download(act: () => Promise<unknown>): Promise<{ name: string; path: string; bytes: Buffer }>
  close(): Promise<void>
}

/** Starts the browser of `$FIREFOX`, or an installed one, with these preferences. */
export async function openFirefox(preferences: Record<string, unknown> = {}): Promise<Firefox> {
  const executablePath = process.env.FIREFOX ?? places.find((place) => existsSync(place))
  if (!executablePath)
    throw new Error(
      "No Firefox was found: run “sudo apt-get install firefox-esr”, or set FIREFOX to its path.",
    )
  const folder = mkdtempSync(join(tmpdir(), "descent-firefox-"))
  const start = () =>
    puppeteer.launch({
      browser: "firefox",
      executablePath,
      headless: true,
      extraPrefsFirefox: {
        "browser.download.folderList": 2,
        "browser.download.dir": folder,
        "browser.download.useDownloadDir": true,
        "browser.download.alwaysOpenPanel": false,
        // A test may fill the clipboard without a click of its own.
        "dom.events.testing.asyncClipboard": true,
        ...preferences,
      },
    })
  let browser = await start()
  return {
    living: async () => {
      if (!browser.connected) browser = await start()
      return browser
    },
    download: async (act) => {
      const before = new Set(readdirSync(folder))
      await act()
      let name = ""
      const arrived = () => {
        const files = readdirSync(folder).filter((file) => !before.has(file))
        name = files.find((file) => !file.endsWith(".part")) ?? ""
        return files.length === 1 && name !== "" && readFileSync(join(folder, name)).length > 0
      }
      await expect.poll(arrived, { timeout: 15_000, message: "a file is saved" }).toBe(true)
      const path = join(folder, name)
      return { name, path, bytes: readFileSync(path) }
    },
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface BookPage {
  page: Page
  /** What the console and the page complained about so far. */
  problems: string[]
  /** Closes the page, and fails if the browser had anything to complain about. */
  close(): Promise<void>
}

/** What Firefox says of a typeface that was still loading when the page was left: NS_BINDING_ABORTED. */
const LEFT_FONT = `status=${0x804b0002}`

/** Opens a page of the book as a reader who has never been here: `path` is relative to its home page. */
export async function openPage(
  firefox: Firefox,
  path: string,
  stored: Record<string, unknown> = {},
): Promise<BookPage> {
  const context = await (await firefox.living()).createBrowserContext()
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.setViewport({ width: 1280, height: 900 })
  const problems: string[] = []
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`)
  })
  // What the browser itself has to say of markup, styles and policies arrives here, too.
  page.on("pageerror", (error) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (!text.includes(LEFT_FONT)) problems.push(`page error: ${text}`)
  })
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? ""
    // What was still loading when the page was left is no failure.
    if (!reason.includes("ABORT")) problems.push(`request failed (${reason}): ${request.url()}`)
  })
  const address = new URL(path, inject("book")).href
  if (Object.keys(stored).length > 0) {
    await page.goto(new URL("404.html", inject("book")).href)
    await page.evaluate((entries) => {
      for (const [key, value] of Object.entries(entries))
        localStorage.setItem(`descent:${key}`, JSON.stringify(value))
    }, stored)
  }
  await page.goto(address)
  return {
    page,
    problems,
    close: async () => {
      await context.close()
      expect(problems).toEqual([])
    },
  }
}

/** A place where things are looked for: the whole page, or one thing on it. */
export type Scope = Page | ElementHandle<Element>

/** The first thing in sight with this role and this whole name. */
export async function find(scope: Scope, role: string, name?: string): Promise<ElementHandle<HTMLElement>> {
  const called = name === undefined ? "" : `[name="${name.replaceAll('"', '\\"')}"]`
  const found = await scope.waitForSelector(`::-p-aria([role="${role}"]${called})`, { visible: true })
  if (!found) throw new Error(`There is no ${role} called “${name}”.`)
  return found as ElementHandle<HTMLElement>
}

/** Whether there is such a thing in sight now. */
export async function has(scope: Scope, role: string, name: string): Promise<boolean> {
  const all = await scope.$$(`::-p-aria([role="${role}"][name="${name}"])`)
  const visible = await Promise.all(all.map((one) => one.isVisible()))
  return visible.includes(true)
}

/** Clicks where a reader would: what lies under the page's header is brought to the middle first. */
export async function click(thing: ElementHandle<Element>): Promise<void> {
  await thing.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }))
  await thing.click()
}

export const press = async (scope: Scope, name: string): Promise<void> =>
  click(await find(scope, "button", name))

/** Presses keys together, as in `Control+Enter`. */
export async function keys(page: Page, chord: string): Promise<void> {
  const all = chord.split("+") as KeyInput[]
  const last = all[all.length - 1]
  const held = all.slice(0, -1)
  for (const key of held) await page.keyboard.down(key)
  await page.keyboard.press(last)
  for (const key of held.reverse()) await page.keyboard.up(key)
}

/** The key of shortcuts on this system. */
export const COMMAND = process.platform === "darwin" ? "Meta" : "Control"

/** Replaces the text of the editor that has the focus, as a reader does who pastes: an editor indents what is typed. */
export async function pasteOver(page: Page, text: string): Promise<void> {
  await page.evaluate((source) => navigator.clipboard.writeText(source), text)
  await keys(page, `${COMMAND}+a`)
  await keys(page, `${COMMAND}+v`)
}

export const textOf = (thing: ElementHandle<Element>): Promise<string> =>
  thing.evaluate((element) => (element as HTMLElement).innerText)

export const isFocused = (thing: ElementHandle<Element>): Promise<boolean> =>
  thing.evaluate((element) => element === document.activeElement)
