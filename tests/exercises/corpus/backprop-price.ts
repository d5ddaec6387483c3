/** @file Answers to `backprop-price`, which is 24. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    plain: "24",
    decimals: "24.0",
    "with spaces": " 24 ",
    "a fraction": "48/2",
    "a power of ten": "2.4e1",
    "a plus sign": "+24",
  },
  wrong: {
    "twice in all": "16",
    "the forward pass": "8",
    "a nudge for each": "8000000",
    "four times": "32",
    seconds: "0.024",
    negative: "-24",
    nothing: "0",
  },
} satisfies Corpus
