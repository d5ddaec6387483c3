/** @file Answers to `layer-shapes`, with N = 32, D = 784, H = 128, C = 10. */
import type { Corpus } from "./corpus.ts"

const [x, w1, h, w2, s] = [
  ["32", "784"],
  ["128", "784"],
  ["32", "128"],
  ["10", "128"],
  ["32", "10"],
]

export default {
  right: {
    "with decimals": [x, w1, h, w2, ["32.0", "10.0"]],
    "plus signs": [x, w1, h, w2, ["+32", "+10"]],
    "spaces around them": [[" 32", "784 "], w1, h, w2, s],
    "a power of ten": [x, w1, h, w2, ["32", "1e1"]],
    fractions: [x, w1, ["64/2", "256/2"], w2, s],
  },
  wrong: {
    "the layers exchanged": [x, w2, h, w1, s],
    "the first weight in × out": [x, ["784", "128"], h, w2, s],
    "the second weight in × out": [x, w1, h, ["128", "10"], s],
    "scores of one example": [x, w1, h, w2, ["1", "10"]],
    "H as wide as the scores": [x, w1, ["32", "10"], w2, s],
    "the pixels as a square": [["28", "28"], w1, h, w2, s],
    "products in the place of shapes": [["25088", "1"], w1, h, w2, s],
    "a row empty": [x, w1, h, w2, ["", ""]],
    "times signs in the cells": [["32 × 784", "784"], w1, h, w2, s],
    "too few rows": [x, w1],
  },
} satisfies Corpus
