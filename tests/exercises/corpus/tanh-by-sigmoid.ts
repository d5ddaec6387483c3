/** @file Answers to `tanh-by-sigmoid`, which is 0.6044. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "three digits": "0.604",
    "without the zero": ".6044",
    "all digits": "0.6043677771",
    "a power of ten": "6.044e-1",
    "a per cent value": "60.4 %",
    "a fraction": "0.6044/1",
    "a plus sign": "+0.6044",
    "spaces around it": "  0.6044 ",
  },
  wrong: {
    "the negative": "-0.6044",
    "one digit": "0.6",
    "the table's value": "0.6682",
    "twice the sigmoid of z": "1.3364",
    "the sigmoid of 2z less 1": "-0.1978",
    "half of it": "0.3022",
    "its square": "0.3653",
    "its slope": "0.6347",
    "a comma": "0,6044",
    words: "tanh 0.7",
  },
} satisfies Corpus
