/** @file Answers to `bias-gradient`. */
import type { Corpus } from "./corpus.ts"

export default {
  right: { "chosen twice": ["sum", "sum"] },
  wrong: {
    "an option that is not there": ["no-such-option"],
    "the right one and one that is not there": ["sum", "no-such-option"],
    nothing: [],
    "sum and both": ["sum", "both"],
    "mean and units": ["mean", "units"],
  },
} satisfies Corpus
