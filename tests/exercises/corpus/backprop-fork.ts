/** @file Answers to `backprop-fork`, which is 4. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    plain: "4",
    decimals: "4.00",
    "a plus sign": "+4",
    "a fraction": "8/2",
    "a power of ten": "0.4e1",
    "spaces around": "  4 ",
  },
  wrong: {
    "one path": "3",
    "the plain path": "1",
    negative: "-4",
    "both multiplied": "9",
    "the mean": "3.5",
    "the other gradient": "2",
    nothing: "0",
    words: "four",
  },
} satisfies Corpus
