/** @file Answers to `hinge-facts`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in another order": ["all-right", "range", "double"],
    "one twice": ["range", "double", "all-right", "range"],
  },
  wrong: {
    everything: ["range", "double", "scale", "right-is-free", "all-right", "probability"],
    "only the range": ["range"],
    "the right ones and the scale": ["range", "double", "all-right", "scale"],
    "two of three": ["range", "all-right"],
    "all false ones": ["scale", "right-is-free", "probability"],
    "an option that is not there": ["no-such-option"],
    nothing: [],
  },
} satisfies Corpus
