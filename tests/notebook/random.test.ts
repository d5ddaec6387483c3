/**
 * @file The law of the notebook: whatever a reader writes and does, what is on screen is what running everything from the
 * top would show, or it is marked. Random notebooks, seeded; `FULL=1` plays many more.
 */
import { describe, expect, it } from "vitest"
import { Dice } from "./random-dice.ts"
import { noTally, play } from "./random-play.ts"
import { shrink } from "./random-shrink.ts"
import { printStory, story } from "./random-story.ts"

const full = process.env.FULL !== undefined
const EDITS = full ? 50_000 : 2_000
const FIRST = Number(process.env.SEED ?? 1)
const ACTS = 30

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
      const share = tally.fresh / tally.shown
      console.log({ ...tally, share })
      expect(share).toBeGreaterThan(0.5)
    },
    full ? 3_600_000 : 120_000,
  )
})
