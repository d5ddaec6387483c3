/** @file Answers to `largest-stable-step`, which is a third. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a fraction": "1/3",
    "the fraction as it was computed": "2/6",
    "three digits": ".333",
    "four digits and a zero": "0.3333",
    "a power of ten": "3.33e-1",
    "a per cent value": "33.3 %",
    "a fraction with spaces": "1 / 3",
    "decimals in a fraction": "0.5/1.5",
    "two minus signs": "−1/−3",
    "a plus sign": "+.3333",
  },
  wrong: {
    "the negative, with a typographic minus": "−1/3",
    "a quarter": "1/4",
    "two digits": "0.3",
    "an inequality": "< 1/3",
    twice: "2/3 ",
    "the curvature": "6",
    "one tenth of it": "0.0333",
    "a division by zero": "1/0",
    "two fractions": "1/3/1",
    "a comma": "0,333",
  },
} satisfies Corpus
