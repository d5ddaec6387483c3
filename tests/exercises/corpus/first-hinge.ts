/** @file Answers to `first-hinge`, which is 9 where nothing is varied. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a whole number": "9",
    decimals: "9.00",
    "a power of ten": "9e0",
    "a fraction": "18/2",
    spaces: " 9 ",
    "a plus sign": "+9",
    "nearly, as it is at the start": "9.001",
    "no sign and a point": "9.",
  },
  wrong: {
    "one class more": "11",
    "the two classes of a pair": "2",
    "ten squared": "100",
    negative: "−9",
    "an expression": "10 - 1",
    words: "nine",
    "the mean over classes": "0.9",
    "a tenth too much": "9.9",
    infinity: "∞",
  },
} satisfies Corpus
