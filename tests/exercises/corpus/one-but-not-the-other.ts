/** @file Answers to `one-but-not-the-other`. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const set = (w1: string, w2: string, theta: string): Answer => ({
  kind: "tune",
  settings: { w1, w2, theta },
})

export default {
  right: {
    "the smallest whole numbers": set("1", "-1", "1"),
    "a threshold in the middle": set("1", "-1", "0.5"),
    "a typographic minus": set("1", "−1", "1"),
    fractions: set("1/2", "-1/2", "1/3"),
    "large weights": set("5", "-5", "5"),
    "a tiny threshold": set("0.1", "-5", "0.05"),
    "a hesitant second weight": set("3", "-.5", "3"),
    "spaces and a plus sign": set(" +2 ", " -3", "2 "),
    "no objection, where the threshold is out of reach of both": set("2", "-0.1", "1.95"),
  },
  wrong: {
    AND: set("1", "1", "2"),
    OR: set("1", "1", "1"),
    "the other one": set("-1", "1", "1"),
    "the second ignored": set("1", "0", "1"),
    "a bias for a threshold": set("1", "-1", "-1"),
    "never fires": set("1", "-1", "3"),
    "a comma": set("1", "-1", "0,5"),
    "out of range": set("10", "-10", "10"),
    words: set("one", "minus one", "one"),
    "a knob missing": { kind: "tune", settings: { w1: "1", w2: "-1" } },
  },
} satisfies Corpus
