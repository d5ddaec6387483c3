/** @file Answers to `stuck-on-the-ridge`, which is 0. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    zero: "0",
    "zero with decimals": "0.000",
    "minus zero": "-0",
    "minus zero as typeset": "−0",
    "zero as a power of ten": "0e0",
    "zero as a fraction": "0/5",
    "zero per cent": "0%",
    spaces: " 0 ",
  },
  wrong: {
    "nearly zero": "0.001",
    "minus one": "-1",
    "minus infinity": "−∞",
    large: "1e39",
    "negative and large": "-1e39",
    "a blank and a minus": " - ",
    "the step": "0.2",
    "a word": "zero",
  },
} satisfies Corpus
