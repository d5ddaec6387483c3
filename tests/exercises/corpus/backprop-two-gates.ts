/** @file Answers to `backprop-two-gates`. */
import type { Corpus } from "./corpus.ts"

const sheet = (q: string, f: string, ...g: string[]) => [
  ["3", g[0]],
  ["4", g[1]],
  ["-5", g[2]],
  [q, g[3]],
  [f, g[4]],
]

export default {
  right: {
    "typed minus signs": sheet("7", "-35", "-5", "-5", "7", "-5", "1"),
    "typographic minus signs": sheet("7", "−35", "−5", "−5", "7", "−5", "1"),
    decimals: sheet("7.0", "-35.00", "-5.0", "-5.0", "7.0", "-5.0", "1.0"),
    fractions: sheet("14/2", "-70/2", "-10/2", "-5", "7", "-5", "2/2"),
    "powers of ten": sheet("70e-1", "-3.5e1", "-5", "-5e0", "7", "-5", "1"),
    "spaces and plus signs": sheet(" +7", "-35 ", "-5", " -5", "+7", "-5 ", "+1"),
  },
  wrong: {
    "no signs": sheet("7", "35", "5", "5", "7", "5", "1"),
    "rows exchanged": sheet("7", "-35", "7", "7", "-5", "-5", "1"),
    "the values again": sheet("7", "-35", "3", "4", "-5", "7", "-35"),
    "zero at the end": sheet("7", "-35", "-5", "-5", "7", "-5", "0"),
    "a wrong sum": sheet("1", "-5", "-5", "-5", "1", "-5", "1"),
    "the end empty": sheet("7", "-35", "-5", "-5", "7", "-5", ""),
    "sum and factor mixed": sheet("7", "-35", "-5", "7", "-5", "-5", "1"),
  },
} satisfies Corpus
