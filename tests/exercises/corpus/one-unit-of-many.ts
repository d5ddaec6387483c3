/** @file Answers to `one-unit-of-many`, which is 33. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "with decimals": "33.0",
    "a plus sign": "+33",
    "a power of ten": "3.3e1",
    "a fraction": "66/2",
    "spaces around it": " 33 ",
    "two minus signs": "−33/−1",
  },
  wrong: {
    "the negative": "-33",
    "the first unit": "6",
    "one sign lost in a product": "29",
    "the second bias twice": "53",
    "the sum of the weights": "27",
    "a list": "6, 33, 37",
    "a vector": "(33)",
    words: "thirty-three",
    "a third of it": "11",
    "a comma": "33,0",
  },
} satisfies Corpus
