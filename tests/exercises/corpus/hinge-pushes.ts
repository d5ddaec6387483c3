/** @file Answers to `hinge-pushes`, which is [0, 1, 0, −2, 1]. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in brackets": "[0, 1, 0, -2, 1]",
    "in parentheses": "(0, 1, 0, −2, 1)",
    bare: "0, 1, 0, -2, 1",
    "spaces only": "0 1 0 -2 1",
    decimals: "[0.0, 1.0, 0.0, -2.0, 1.0]",
    "no spaces": "[0,1,0,-2,1]",
    semicolons: "0; 1; 0; -2; 1",
    "minus zero": "[-0, 1, -0, -2, 1]",
  },
  wrong: {
    "divided by the number of classes": "[0, 0.2, 0, -0.4, 0.2]",
    "the largest alone": "[0, 2, 0, -2, 0]",
    "all zero": "[0, 0, 0, 0, 0]",
    "the scores": "[2.5, 4, -1, 3.8, 3.2]",
    "four numbers": "[0, 1, -2, 1]",
    "the right class third": "[0, 1, -2, 0, 1]",
    "too many": "[0, 1, 0, -2, 1, 0]",
    words: "zero one zero minus two one",
    "the sum": "0",
  },
} satisfies Corpus
