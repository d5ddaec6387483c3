/** @file Answers to `first-loss`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["scale", "scale"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["scale", "no-such-option"],
    nothing: [],
    "normal and rate": ["normal", "rate"],
    "thousand and scale": ["thousand", "scale"],
  },
} satisfies Corpus
