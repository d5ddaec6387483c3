/** @file Answers to `hinge-of-the-car`. */
import type { Corpus } from "./corpus.ts"

const right = [
  ["0", "0", "0"],
  ["0", "0.5", "0.5"],
  ["1.3", "2", "3.3"],
]
const with_ = (row: number, cells: string[]): string[][] => right.map((line, i) => (i === row ? cells : line))
const each = (f: (cell: string) => string): string[][] => right.map((line) => line.map(f))

export default {
  right: {
    "as typed": right,
    "two decimals": each((cell) => Number(cell).toFixed(2)),
    "a fraction": with_(1, ["0", "1/2", "1/2"]),
    spaces: each((cell) => `\u00a0${cell} `),
    "what was filled in left blank": with_(0, ["", "0", "0"]),
    "what was filled in typed over": with_(0, ["7", "0", "0"]),
    "no leading zero": with_(1, ["0", ".5", ".5"]),
    "minus zero": with_(0, ["0", "−0", "−0"]),
  },
  wrong: {
    "the first row pays the margin": with_(0, ["0", "0", "1"]),
    "the last row without the cat": with_(2, ["0", "2", "2"]),
    "the mean of the two": with_(2, ["1.3", "2", "1.65"]),
    "a margin of two": with_(1, ["0.8", "1.5", "2.3"]),
    squared: with_(2, ["1.69", "4", "5.69"]),
    "columns exchanged": right.map(([a, b, c]) => [b, a, c]),
    "rows reversed": right.toReversed(),
    "only the last row": right.map((line, i) => (i === 2 ? line : ["", "", ""])),
    "all zero": each(() => "0"),
    "all negative": each((cell) => `−${cell}`),
  },
} satisfies Corpus
