/** @file Answers to `gathered-shape`, which is [5, 1]. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "in brackets": "[5, 1]",
    "in parentheses": "(5, 1)",
    "with a times sign": "5 × 1",
    bare: "5, 1",
    "a space between": "5 1",
    "no space": "[5,1]",
    "a semicolon": "5; 1",
    "spaces all around": "  [ 5 , 1 ]  ",
  },
  wrong: {
    "a vector": "[5]",
    "one example": "[1, 5]",
    "the weights": "[3, 1]",
    "a scalar": "1",
    "three dimensions": "[5, 1, 1]",
    squared: "[5, 5]",
    words: "five by one",
    ones: "[1, 1]",
  },
} satisfies Corpus
