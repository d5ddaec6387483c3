/** @file Answers to `perceptron-xor`, which is 100. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "the number": "100",
    "a decimal point": "100.0",
    "a power of ten": "1e2",
    "a power of ten as typeset": "10^2",
    spaces: " 100 ",
    "a plus sign": "+100",
    "a fraction": "200/2",
    "a full stop": "100.",
  },
  wrong: {
    "one more": "101",
    "one less": "99",
    "for ever": "infinity",
    "in one pass": "4 ",
    "three in a pass": "75",
    "a hundredth": "1",
    "half of it": "50",
    "a word": "a hundred",
    "near, but no whole number": "100.3",
    negative: "-100",
  },
} satisfies Corpus
