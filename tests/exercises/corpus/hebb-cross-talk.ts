/** @file Answers to `hebb-cross-talk`, which is 1. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "the number": "1",
    "a plus sign": "+1",
    "a decimal point": "1.0",
    "a power of ten": "1e0",
    "a fraction": "5/5",
    spaces: " 1 ",
    "a full stop": "1.",
  },
  wrong: {
    zero: "0",
    "minus one": "-1",
    "a fifth": "1/5",
    "the sign": "+",
    "two less": "−1.0",
    "c with the other sign": "3",
    "b with the other sign and c too": "9",
    "a word": "one",
    "a comma": "1,0",
    "in between": "1.5",
  },
} satisfies Corpus
