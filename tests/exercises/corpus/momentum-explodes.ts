/** @file Answers to `momentum-explodes`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["lower", "lower"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and one that is not there": ["lower", "no-such-option"],
    nothing: [],
    "lower and one": ["lower", "one"],
    "higher and sign": ["higher", "sign"],
  },
} satisfies Corpus
