/** @file Answers to `perceptron-update`. */
import type { Corpus } from "./corpus.ts"

const right = [
  ["0", "0", "1"],
  ["1", "-3", "0"],
  ["2", "1", "-1"],
  ["-1", "-3", "-1"],
]
const with_ = (row: number, cells: string[]): string[][] => right.map((line, i) => (i === row ? cells : line))
const each = (f: (cell: string) => string): string[][] => right.map((line) => line.map(f))

export default {
  right: {
    "as typed": right,
    decimals: each((cell) => `${cell}.0`),
    "typographic minus signs": each((cell) => cell.replace("-", "−")),
    "hyphens of other fonts": each((cell) => cell.replace("-", "\u2011")),
    "plus signs": each((cell) => (cell.startsWith("-") ? cell : `+${cell}`)),
    spaces: each((cell) => `  ${cell} `),
    "powers of ten": each((cell) => `${cell}e0`),
    "minus zero": each((cell) => (cell === "0" ? "-0" : cell)),
    fractions: each((cell) => `${cell}/1`),
  },
  wrong: {
    "case a with the sign of x": with_(0, ["2", "2", "1"]),
    "case b left alone": with_(1, ["2", "-1", "1"]),
    "case c moved too": with_(2, ["5", "0", "0"]),
    "case d left alone and case a wrong": with_(3, ["1", "-2", "0"]).with(0, ["1", "1", "0"]),
    "only the changes": [
      ["-1", "-1", "1"],
      ["-1", "-2", "-1"],
      ["0", "0", "0"],
      ["-2", "-1", "-1"],
    ],
    "half a step": with_(1, ["1.5", "-2", "0.5"]),
    "rows rolled by one": [right[3], right[0], right[1], right[2]],
    "one cell off by one": with_(3, ["-1", "-3", "0"]),
    "one cell blank": with_(3, ["-1", "-3", ""]),
    "all zero": each(() => "0"),
    words: each(() => "w"),
  },
} satisfies Corpus
