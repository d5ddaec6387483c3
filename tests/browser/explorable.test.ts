/** @file What every explorable of the book does in its lesson: alive, still, readable, reachable, light. */
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { differences, linkedState } from "../explorables/linked-state.ts"
import { faultsInBothThemes } from "./axe.ts"
import { openBrowser, phone } from "./browser.ts"
import {
  approach,
  described,
  everywhere,
  framesAskedFor,
  openLesson,
  press,
  spoken,
  takeaway,
  type Visit,
  visit,
} from "./explorables.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Where every part of the figure lies in it. */
const places = (figure: Locator) =>
  figure.evaluate((root) => {
    const { left, top } = root.getBoundingClientRect()
    return [
      root,
      ...root.querySelectorAll("*:not(svg *, option, .ex-handle, .ex-handle *, .ex-targets, .ex-targets *)"),
    ]
      .filter((part) => part.checkVisibility())
      .map((part) => {
        const box = part.getBoundingClientRect()
        const place = [box.left - left, box.top - top, box.width, box.height].map((v) => v.toFixed(1))
        return `${part.tagName} ${part.className}: ${place}`
      })
  })

/** Everything that can be seen of the figure, in all the states in which a reader leaves it. */
async function openEverything(figure: Locator): Promise<void> {
  await press(figure, "Keys")
  await figure.locator(".ex-predict input").first().check()
  await press(figure, "Check")
  const closed = figure.locator("details:not([open]) > summary:visible").first()
  while ((await closed.count()) > 0) await closed.click()
}

describe.each(everywhere)("in the lesson on %s, the explorable %s", (...where) => {
  let shared: Visit
  beforeAll(async () => {
    shared = await openLesson(browser, where)
  })
  afterAll(() => shared?.close())

  it("comes alive near the screen without moving a pixel", async () => {
    const { page, figure } = shared
    await page.evaluate(() => document.fonts.ready)
    expect(await figure.getAttribute("data-live")).toBe(null)
    const before = await places(figure)
    await approach(figure)
    await page.evaluate(() => document.fonts.ready)
    const after = await places(figure)
    expect(after).toEqual(before)
  })

  it("lets the question be skipped and asked again", async () => {
    const { figure } = shared
    const options = figure.locator(".ex-predict .ex-options")
    expect(await options.isVisible()).toBe(true)
    await press(figure, "Skip")
    expect(await options.isVisible()).toBe(false)
    await press(figure, "Ask me")
    expect(await options.isVisible()).toBe(true)
    await press(figure, "Check")
    await expect.poll(() => spoken(figure)).toBe("Choose an answer first, or skip.")
  })

  it("asks for no animation frame while nobody touches it", async () => {
    const { page, figure } = shared
    await expect.poll(() => framesAskedFor(page)).toBe(0)
    await press(figure, "Skip")
    await figure.locator(".ex-presets button").last().click()
    await expect.poll(() => framesAskedFor(page)).toBe(0)
  })

  it("has presets that change headline, description and what is spoken", async () => {
    const { figure } = shared
    const choose = async (preset: Locator) => {
      await preset.click()
      await expect.poll(() => preset.getAttribute("aria-pressed")).toBe("true")
    }
    await choose(figure.locator(".ex-presets button").first())
    const before = [await takeaway(figure), await described(figure)]
    await choose(figure.locator(".ex-presets button").last())
    expect(await takeaway(figure)).not.toBe(before[0])
    expect(await described(figure)).not.toBe(before[1])
    const said = await spoken(figure)
    expect(said).not.toBe("")
    expect(await described(figure)).toContain(said)
  })

  it("can be walked through with Tab, in the order of the screen, and left with Escape", async () => {
    const { page, figure } = shared
    const stops = await figure.evaluate((root) => {
      const all = [...root.querySelectorAll<HTMLElement>("button, input, select, summary, [tabindex='0']")]
      const shown = all.filter((e) => e.checkVisibility() && e.tabIndex >= 0 && !e.matches("pre, .ex-scroll"))
      // Of the radio buttons of one group only one is a stop.
      const groups = new Set<string>()
      return shown.filter((e) => {
        if (!(e instanceof HTMLInputElement) || e.type !== "radio") return true
        const first = !groups.has(e.name)
        groups.add(e.name)
        return first
      }).length
    })
    await figure.getByRole("button", { name: "Keys", exact: true }).focus()
    const inside = () => figure.evaluate((root) => root.contains(document.activeElement))
    let walked = 1
    for (; walked < 100; walked++) {
      await page.keyboard.press("Tab")
      if (!(await inside())) break
    }
    expect(walked).toBe(stops)
    await figure.getByRole("button", { name: "Copy link" }).focus()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    expect(await inside()).toBe(false)
  })

  it("shows its data as a table and the code of the present state, and keeps both up to date", async () => {
    const { page, figure } = shared
    const fold = (name: string) => figure.locator("summary", { hasText: name })
    await fold("Table").click()
    await fold("Code").click()
    const text = () => figure.locator("table, pre").allInnerTexts()
    await expect.poll(() => figure.getByRole("columnheader").count()).toBeGreaterThan(3)
    const before = await text()
    await figure.locator(".ex-presets button").nth(1).click()
    await expect.poll(async () => (await text())[0]).not.toBe(before[0])
    expect((await text())[1]).not.toBe(before[1])
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
    await press(figure, "Copy")
    await expect.poll(() => spoken(figure)).toBe("The code is copied.")
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toBe(await figure.locator("pre").textContent())
  })

  it("comes from a link to the very state that is computed outside of the browser", async () => {
    const { page, figure } = shared
    const { link, drawn } = linkedState(where[1])
    // The address follows a moment after what was chosen last, and the same address again is no change.
    await expect.poll(() => page.evaluate(() => location.hash.slice(1))).not.toBe(link)
    await page.evaluate((fragment) => {
      location.hash = fragment
    }, link)
    await expect.poll(() => figure.evaluate(differences, drawn)).toEqual([])
  })

  it("takes the focus to its description when asked for it", async () => {
    const { page, figure } = shared
    await press(figure, "Describe")
    const focused = () => page.evaluate(() => document.activeElement?.hasAttribute("data-describe"))
    expect(await focused()).toBe(true)
  })
})

/** Half of them, unless all are asked for: to look at everything on a phone takes longer than all else. */
const onPhone = everywhere.filter((_, i) => process.env.FULL || i % 2 === 0)

describe.each(onPhone)("in the lesson on %s, the explorable %s, on a phone", (...where) => {
  it("fits, has targets that a finger hits, and gives axe nothing to complain about with everything open", async () => {
    const { page, figure, close } = await visit(browser, where, phone)
    await openEverything(figure)
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 })
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      const wide = await figure.evaluate((root) => {
        const edge = root.getBoundingClientRect().right
        return [
          ...root.querySelectorAll(
            "*:not(svg *, .ex-scroll *, pre *, .ex-pictures *, .ex-presets *, .ex-live)",
          ),
        ]
          .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > edge + 0.5)
          .map((e) => e.outerHTML.slice(0, 120))
      })
      expect(wide, `${width} pixels`).toEqual([])
    }
    // The picture stays in sight, above the control that is last.
    const control = figure.locator(".ex-controls :is(input, summary):visible").last()
    await control.focus()
    const picture = (await figure.locator(".ex-stage").first().boundingBox())!
    expect(picture.y).toBeGreaterThan(0)
    expect(picture.y + picture.height).toBeLessThan((await control.boundingBox())!.y + 1)
    const small = await figure.evaluate((root) =>
      [...root.querySelectorAll("button, select, summary, .ex-option, .ex-handle, input[type=number]")]
        .filter((e) => e.checkVisibility())
        .map((e) => ({ what: e.outerHTML.slice(0, 80), height: e.getBoundingClientRect().height }))
        .filter(({ height }) => height < 43.5),
    )
    expect(small).toEqual([])
    // What lies under the page's header is no target.
    await figure.evaluate((root) => root.scrollIntoView({ block: "start", behavior: "instant" }))
    expect(await faultsInBothThemes(page, `nn-explorable[data-name="${where[1]}"]`)).toEqual([])
    await close()
  })
})
