/** @file Answers to `theta-shapes`, with layers of 3, 5 and 4. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "with decimals": [
      ["5.0", "4.0"],
      ["4.0", "6.0"],
    ],
    "plus signs": [
      ["+5", "+4"],
      ["+4", "+6"],
    ],
    "spaces around them": [
      [" 5", "4 "],
      [" 4 ", "6"],
    ],
    fractions: [
      ["10/2", "8/2"],
      ["4/1", "12/2"],
    ],
  },
  wrong: {
    exchanged: [
      ["4", "6"],
      ["5", "4"],
    ],
    "a bias in the first only": [
      ["5", "4"],
      ["4", "5"],
    ],
    "a bias in the second only": [
      ["5", "3"],
      ["4", "6"],
    ],
    "two columns for the bias": [
      ["5", "5"],
      ["4", "7"],
    ],
    "the last layer's size twice": [
      ["5", "4"],
      ["4", "4"],
    ],
    "a row empty": [
      ["5", "4"],
      ["", ""],
    ],
    products: [
      ["20", "1"],
      ["24", "1"],
    ],
    "too few rows": [["5", "4"]],
  },
} satisfies Corpus
