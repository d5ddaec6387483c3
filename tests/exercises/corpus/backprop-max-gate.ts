/** @file Answers to `backprop-max-gate`, which is [0, 2, 4]. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in brackets": "[0, 2, 4]",
    "in parentheses": "(0, 2, 4)",
    bare: "0, 2, 4",
    "no spaces": "0,2,4",
    decimals: "[0.0, 2.0, 4.0]",
    "spaces all around": "  [ 0 , 2 , 4 ]  ",
  },
  wrong: {
    "both get it": "[2, 2, 4]",
    "no upstream": "[0, 1, 4]",
    "the loser gets it": "[2, 0, 4]",
    "in the opposite order": "[4, 2, 0]",
    "only two": "[0, 2]",
    "the values": "[1, 4, 2]",
    "the result": "8",
    negative: "[0, -2, -4]",
  },
} satisfies Corpus
