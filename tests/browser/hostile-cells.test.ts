/**
 * @file Hostile cells in a lesson page: none survives Stop, none reaches anything, the next run is normal. A seeded
 * sixtieth of them by default, all with FULL=1.
 */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { hostileCells } from "../fixtures/hostile-cells.ts"
import { openBrowser } from "./browser.ts"
import { type Delays, HostilePage } from "./hostile.ts"
import { openRecorder, type Recorder } from "./recorder.ts"

const isFull = process.env.FULL === "1"
const seed = Number(process.env.SEED ?? 1)
const chosen = <T>(list: readonly T[]): T[] => list.filter((_, i) => isFull || i % 60 === seed % 60)

let browser: Browser
let recorder: Recorder
const delays: Delays = { stop: [] }

beforeAll(async () => {
  browser = await openBrowser()
  recorder = await openRecorder()
})
afterAll(async () => {
  recorder?.close()
  await browser?.close()
  const sorted = delays.stop.toSorted((a, b) => a - b)
  if (sorted.length > 0)
    console.log(
      `From Stop to the value of the next run: median ${sorted[sorted.length >> 1].toFixed(0)} ms, ` +
        `slowest ${sorted[sorted.length - 1].toFixed(0)} ms, of ${sorted.length}.`,
    )
})

it("are at least two hundred, all different", () => {
  const all = Object.values(hostileCells).flat()
  expect(new Set(all.map((cell) => cell.code)).size).toBeGreaterThanOrEqual(200)
  expect(new Set(all.map((cell) => cell.code)).size).toBe(all.length)
})

describe("a page withstands", () => {
  const { "the death of the process": deadly, ...others } = hostileCells
  for (const [kind, cells] of Object.entries(others))
    it(
      kind,
      async () => {
        const wrong: string[] = []
        const page = await HostilePage.open(browser, recorder)
        for (const cell of chosen(cells)) {
          await page.type(cell.code)
          wrong.push(...(await page.withstands(cell, delays)))
        }
        await page.close()
        expect(wrong).toEqual([])
      },
      isFull ? 600_000 : 240_000,
    )
})
