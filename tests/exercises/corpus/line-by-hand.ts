/** @file Answers to `line-by-hand`, which is slope 0.8 and intercept 1.4. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    plain: [["0.8", "1.4"]],
    "more digits": [["0.8000", "1.4000"]],
    "a little below": [["0.791", "1.391"]],
    "a little above": [["0.809", "1.409"]],
    fractions: [["4/5", "7/5"]],
    "no leading zero": [[".8", "1.4"]],
    "plus signs": [["+0.8", "+1.4"]],
    spaces: [[" 0.8 ", " 1.4 "]],
  },
  wrong: {
    "too steep by little": [["0.812", "1.4"]],
    "too flat by little": [["0.788", "1.4"]],
    "too high by little": [["0.8", "1.412"]],
    "too low by little": [["0.8", "1.388"]],
    "through the ends": [["0.75", "1"]],
    exchanged: [["1.4", "0.8"]],
    "the flat line": [["0", "3"]],
    "the intercept forgotten": [["0.8", "0"]],
    downhill: [["-0.8", "1.4"]],
    "only the slope": [["0.8", ""]],
  },
} satisfies Corpus
