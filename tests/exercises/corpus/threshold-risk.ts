/** @file Answers to `threshold-risk`, which is 1/3. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "a fraction": "1/3",
    "three digits": "0.333",
    "no leading zero": ".3333",
    "a per cent value": "33.3%",
    "a fraction with spaces": " 1 / 3 ",
    "a fraction not reduced": "2/6",
    "a power of ten": "3.333e-1",
    "a plus sign": "+0.3333",
  },
  wrong: {
    "one half": "0.5",
    "one digit": "0.3",
    "a per cent without its sign": "33.3",
    "the threshold": "0.05",
    "no mistakes": "0",
    "all wrong": "3/3",
    negative: "-1/3",
    words: "one third",
    "a decimal comma": "0,333",
  },
} satisfies Corpus
