/** @file Answers to `backward-products`, which is 64000. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    plain: "64000",
    "a power of ten": "6.4e4",
    decimals: "64000.0",
    "a fraction": "128000/2",
    "a plus sign": "+64000",
    "spaces around": " 64000 ",
  },
  wrong: {
    "one product": "32000",
    "three products": "96000",
    "one example": "2000",
    "the weights": "1000",
    "the sides added": "284",
    nothing: "0",
    negative: "-64000",
  },
} satisfies Corpus
