/** @file Answers to `relu-twenty-floors`, which is 1/1024 for twenty layers. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a fraction": "1/1024",
    "a power of ten": "9.77e-4",
    "two digits": "0.00098",
    "in per cent": "0.0977 %",
    "all digits": "0.0009765625",
    "spaces around it": " 1/1024 ",
  },
  wrong: {
    "the negative": "-1/1024",
    "a round thousandth": "0.0011",
    "nothing is lost": "1",
    "nineteen layers": "0.00138",
    "five halvings": "1/32",
    zero: "0",
    words: "a thousandth",
    "as a power": "2^-10",
  },
} satisfies Corpus
