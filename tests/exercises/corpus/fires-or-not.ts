/** @file Answers to `fires-or-not`. */
import type { Corpus } from "./corpus.ts"

const right = [
  ["2", "1"],
  ["1", "0"],
  ["-1", "1"],
  ["2", "0"],
  ["0", "1"],
]
const with_ = (row: number, cells: string[]): string[][] => right.map((line, i) => (i === row ? cells : line))
const each = (f: (cell: string) => string): string[][] => right.map((line) => line.map(f))

export default {
  right: {
    "as typed": right,
    decimals: each((cell) => `${cell}.0`),
    "typographic minus signs": each((cell) => cell.replace("-", "−")),
    "plus signs": each((cell) => (cell.startsWith("-") ? cell : `+${cell}`)),
    spaces: each((cell) => `  ${cell} `),
    "minus zero": each((cell) => (cell === "0" ? "-0" : cell)),
    "powers of ten": each((cell) => `${cell}e0`),
    fractions: each((cell) => `${cell}/1`),
  },
  wrong: {
    "only case a silent": with_(0, ["2", "0"]),
    "case c silent and its sum positive": with_(2, ["1", "0"]),
    "case d fires": with_(3, ["2", "1"]),
    "case b with 3": with_(1, ["3", "0"]),
    "sums less the thresholds": [
      ["0", "1"],
      ["-1", "0"],
      ["0", "1"],
      ["-1", "0"],
      ["0", "1"],
    ],
    "columns exchanged": right.map(([sum, fires]) => [fires, sum]),
    "everything fires": right.map(([sum]) => [sum, "1"]),
    "nothing fires": right.map(([sum]) => [sum, "0"]),
    "one cell blank": with_(4, ["0", ""]),
    words: each(() => "yes"),
  },
} satisfies Corpus
