/** @file Answers to `multiply-adds`, which is 154100. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a power of ten": "1.541e5",
    "with decimals": "154100.0",
    "a plus sign": "+154100",
    "a fraction": "308200/2",
    "spaces around it": " 154100 ",
  },
  wrong: {
    "the negative": "-154100",
    rounded: "154000",
    "one more": "154101",
    "the second layer alone": "500",
    "the parameters of the first layer": "153650",
    "additions counted as well": "308200",
    "ten times as many": "1541000",
    "the sum of the sizes": "3132",
    words: "about 150 thousand",
    "an expression": "3072*50+50*10",
  },
} satisfies Corpus
