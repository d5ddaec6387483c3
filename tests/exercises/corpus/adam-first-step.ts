/** @file Answers to `adam-first-step`, which is 0.003. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a decimal": "0.003",
    "no leading zero": ".003",
    "a power of ten": "3e-3",
    "a fraction": "3/1000",
    "per cent": "0.3%",
    "trailing zeros": "0.003000",
    spaces: " 0.003 ",
    "a plus sign": "+0.003",
  },
  wrong: {
    negative: "-0.003",
    "the gradient": "40",
    "a hundredth": "0.03",
    zero: "0",
    one: "1",
    "the third": "1/3",
    "a word": "eta",
    "a comma": "0,003",
    "the sum": "40.003",
    "a power without a base": "e-3",
  },
} satisfies Corpus
