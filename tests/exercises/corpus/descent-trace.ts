/** @file Answers to `descent-trace`. */
import type { Corpus } from "./corpus.ts"

const near = ["3.2", "2.56", "2.048"]

export default {
  right: {
    "typed minus signs": [near, ["-3.2", "2.56", "-2.048"]],
    "typographic minus signs": [near, ["−3.2", "2.56", "−2.048"]],
    "en dashes": [near, ["–3.2", "2.56", "–2.048"]],
    "trailing zeros": [
      ["3.200", "2.560", "2.0480"],
      ["-3.200", "2.560", "-2.0480"],
    ],
    "four digits": [
      ["3.2", "2.56", "2.048"],
      ["-3.20", "2.56", "-2.048"],
    ],
    fractions: [
      ["16/5", "64/25", "256/125"],
      ["-16/5", "64/25", "-256/125"],
    ],
    "powers of ten": [
      ["3.2e0", "25.6e-1", "2.048"],
      ["-32e-1", "2.56", "-2.048e0"],
    ],
    "spaces and plus signs": [
      [" +3.2", "+2.56 ", " +2.048 "],
      ["-3.2 ", " +2.56", " -2.048"],
    ],
  },
  wrong: {
    "no signs": [near, near],
    "all negative": [near, ["-3.2", "-2.56", "-2.048"]],
    "rows exchanged": [["-3.2", "2.56", "-2.048"], near],
    "columns shifted: the start counted": [
      ["4", "3.2", "2.56"],
      ["4", "-3.2", "2.56"],
    ],
    "rounded to one digit": [
      ["3", "3", "2"],
      ["-3", "3", "-2"],
    ],
    "two digits in the last column": [
      ["3.2", "2.6", "2.0"],
      ["-3.2", "2.6", "-2.0"],
    ],
    "minus 0.8 each time": [
      ["3.2", "2.4", "1.6"],
      ["-3.2", "-10.4", "-17.6"],
    ],
    "the second row empty": [near, ["", "", ""]],
    "a comma": [near, ["-3,2", "2,56", "-2,048"]],
    "too few rows": [near],
  },
} satisfies Corpus
