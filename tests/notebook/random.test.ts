/**
 * @file The law of the notebook: whatever a reader writes and does, what is on screen is what running everything from the
 * top would show, or it is marked. Random notebooks, seeded; `FULL=1` plays many more.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Dice } from "./random-dice.ts"
import { noTally, play } from "./random-play.ts"
import { shrink } from "./random-shrink.ts"
import { printStory, story } from "./random-story.ts"

const full = process.env.FULL !== undefined
const EDITS = full ? 50_000 : 2_000
const FIRST = Number(process.env.SEED ?? 1)
const ACTS = 30

/** A program that is made up may forget a promise: a page hears of what becomes of it, this test does not. */
const forgotten = (): void => {}
const listeners = process.listeners("unhandledRejection")
beforeAll(() => {
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", forgotten)
})
afterAll(() => {
  process.off("unhandledRejection", forgotten)
  for (const listener of listeners) process.on("unhandledRejection", listener)
})

describe("whatever is written, renamed, reordered and run", () => {
  it(
    "the outputs on screen are those of a plain run of everything, or marked stale",
    async () => {
      const tally = { ...noTally }
      for (let seed = FIRST; tally.edits < EDITS; seed++) {
        const made = story(new Dice(seed), ACTS)
        const wrong = await play(made, tally)
        if (!wrong) continue
        const cut = { ...made, acts: made.acts.slice(0, wrong.after + 1) }
        const small = await shrink(cut, async (s) => (await play(s, { ...noTally })) !== undefined)
        const { what } = (await play(small, { ...noTally })) ?? wrong
        expect.fail(`Seed ${seed}: ${what}\n${printStory(small)}`)
      }
      const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`
      const { edits, acts, shown, fresh, failed, runs } = tally
      console.log(
        `${edits} edits among ${acts} acts, ${runs} runs of cells; outputs of the reader's looked at ${shown} times: ` +
          `${percent(fresh, shown)} claimed to hold, ${percent(failed, fresh)} of these errors`,
      )
      // Whoever marks everything is always right.
      expect(fresh / shown).toBeGreaterThan(0.5)
      expect(failed / fresh).toBeLessThan(0.5)
    },
    full ? 10_800_000 : 300_000,
  )
})
