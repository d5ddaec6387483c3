/** @file Answers to `dense-gradient-shape`, which is [50, 3072]. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in brackets": "[50, 3072]",
    "in parentheses": "(50, 3072)",
    "with a times sign": "50 × 3072",
    bare: "50, 3072",
    "a space between": "50 3072",
    "no space": "[50,3072]",
    "spaces all around": "  [ 50 , 3072 ]  ",
  },
  wrong: {
    transposed: "[3072, 50]",
    "the batch": "[32, 3072]",
    "the error": "[32, 50]",
    "the inputs only": "[3072]",
    "all three": "[50, 32, 3072]",
    words: "fifty by 3072",
    "with the bias": "[50, 3073]",
  },
} satisfies Corpus
