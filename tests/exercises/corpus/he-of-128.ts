/** @file Answers to `he-of-128`, which is 0.125. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a fraction": "1/8",
    "a power of ten": "1.25e-1",
    "with more decimals": "0.12500",
    "without a leading zero": ".125",
    "in per cent": "12.5 %",
    "spaces around it": " 0.125 ",
  },
  wrong: {
    "the negative": "-0.125",
    "turned over": "8",
    "two digits": "0.13",
    "the number of units halved": "0.25",
    "a fraction of the sizes": "50/128",
    zero: "0",
    words: "an eighth",
    "a formula": "sqrt(2/128)",
  },
} satisfies Corpus
