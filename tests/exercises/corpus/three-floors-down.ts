/** @file Answers to `three-floors-down`, which is 0.01118. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "the measured value": "0.0107",
    "two digits": "0.011",
    "all digits": "0.0111803",
    "a power of ten": "1.12e-2",
    "in per cent": "1.12 %",
    "without a leading zero": ".0112",
    "spaces around it": " 0.0112 ",
  },
  wrong: {
    "the negative": "-0.0112",
    "the fourth layer": "0.0025",
    "one digit": "0.01",
    "ten times as much": "0.112",
    "the factor three times": "0.671",
    "nothing is lost": "1",
    zero: "0",
    words: "about a hundredth",
  },
} satisfies Corpus
