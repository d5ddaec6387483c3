/** @file Answers to `adaptive-true`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in the opposite order": ["rescale", "stall"],
    "each chosen twice": ["stall", "rescale", "stall", "rescale"],
  },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right ones and one that is not there": ["stall", "rescale", "no-such-option"],
    nothing: [],
    "one of the right ones": ["stall"],
    "stall, rescale and second": ["stall", "rescale", "second"],
    "variance and no-rate": ["variance", "no-rate"],
  },
} satisfies Corpus
