/** @file Answers to `margin-prices`. */
import type { Corpus } from "./corpus.ts"

const right = [
  ["2", "1.313", "4"],
  ["1", "0.693", "1"],
  ["0.5", "0.474", "0.25"],
  ["0", "0.0486", "4"],
]
const with_ = (row: number, cells: string[]): string[][] => right.map((line, i) => (i === row ? cells : line))
const each = (f: (cell: string) => string): string[][] => right.map((line) => line.map(f))

export default {
  right: {
    "three digits": right,
    "more digits": with_(3, ["0.000", "0.04858735", "4.000"]),
    spaces: each((cell) => ` ${cell}\u00a0`),
    "plus signs": each((cell) => `+${cell}`),
    "a fraction": with_(2, ["1/2", "", "1/4"]),
    "a power of ten": with_(3, ["0", "4.86e-2", "4e0"]),
    "what was filled in typed over": with_(0, ["2", "9", "4"]),
    "minus zero": with_(3, ["−0", "0.0486", "4"]),
  },
  wrong: {
    "the last row free": with_(3, ["0", "0", "0"]),
    "the last row of hinge": with_(3, ["2", "0.0486", "4"]),
    "two digits": with_(3, ["0", "0.05", "4"]),
    "a margin of 0 is free": with_(1, ["0", "0.693", "0"]),
    "the price of a mistake": with_(1, ["1", "1", "1"]),
    "rows reversed": right.toReversed(),
    "columns exchanged": right.map(([a, b, c]) => [c, b, a]),
    "only the first row": right.map((line, i) => (i === 0 ? line : ["", "", ""])),
    "a half for a quarter": with_(2, ["0.5", "0.474", "0.5"]),
    "all negative": each((cell) => `−${cell}`),
  },
} satisfies Corpus
