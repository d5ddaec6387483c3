/** @file Answers to `level-backwards`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["out", "out"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and one that is not there": ["out", "no-such-option"],
    nothing: [],
    "out and in": ["out", "in"],
    "both and never": ["both", "never"],
  },
} satisfies Corpus
