/** @file Answers to `certain-and-wrong`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["infinite", "infinite"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and another": ["infinite", "hundred"],
    nothing: [],
    "one and zero": ["one", "zero"],
  },
} satisfies Corpus
