/** @file Answers to `zigzag-direction`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["steep", "steep"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["steep", "no-such-option"],
    nothing: [],
    "flat and steep": ["flat", "steep"],
    "start and noise": ["start", "noise"],
  },
} satisfies Corpus
