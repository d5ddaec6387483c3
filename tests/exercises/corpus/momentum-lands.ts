/** @file Answers to `momentum-lands`, which is (1.5, 0). */
import type { Corpus } from "./corpus.ts"

const set = (...values: string[]) => ({ kind: "sketch" as const, values })

export default {
  right: {
    "a fraction": set("3/2", "0"),
    "a little to the left": set("1.2", "0"),
    "a little to the right": set("1.85", "0.1"),
    "a little above": set("1.5", "0.35"),
    "a little below, with a typeset minus": set("1.5", "−0.3"),
    "minus zero": set("1.5", "-0"),
    "as powers of ten": set("1.5e0", "0e0"),
    spaces: set(" 1.5 ", " 0 "),
    "per cent": set("150%", "0%"),
  },
  wrong: {
    "the start": set("4", "1"),
    "the gradient": set("4", "4"),
    "the new velocity": set("5", "2"),
    "the step": set("2.5", "1"),
    "coordinates exchanged": set("0", "1.5"),
    "the bottom": set("0", "0"),
    "too far along": set("0.5", "0"),
    "not far enough": set("2.2", "0.2"),
    "a whole velocity as the step": set("-1", "-1"),
    "a step of the old velocity's half": set("3", "3.5"),
  },
} satisfies Corpus
