/** @file Answers to `hebb-trace`. */
import type { Corpus } from "./corpus.ts"

const right = [
  ["-1", "-1", "-1"],
  ["-2", "0", "-2"],
  ["-1", "-1", "-3"],
  ["-2", "-2", "-2"],
]
const with_ = (row: number, cells: string[]): string[][] => right.map((line, i) => (i === row ? cells : line))
const each = (f: (cell: string) => string): string[][] => right.map((line) => line.map(f))

export default {
  right: {
    "as typed": right,
    decimals: each((cell) => `${cell}.0`),
    "typographic minus signs": each((cell) => cell.replace("-", "−")),
    "full-width minus signs": each((cell) => cell.replace("-", "\uff0d")),
    spaces: each((cell) => ` ${cell}\u00a0`),
    "minus zero": each((cell) => (cell === "0" ? "−0" : cell)),
    "powers of ten": each((cell) => `${cell}e0`),
    fractions: each((cell) => `${cell}/1`),
  },
  wrong: {
    "AND instead of NOR": [
      ["1", "1", "1"],
      ["0", "2", "0"],
      ["1", "1", "-1"],
      ["2", "2", "-2"],
    ],
    "all signs turned": each((cell) =>
      cell.startsWith("-") ? cell.slice(1) : cell === "0" ? "0" : `-${cell}`,
    ),
    "a half step": each((cell) => String(Number(cell) / 2)),
    "one cell off by one": with_(2, ["-1", "-1", "-2"]),
    "the last row not moved": with_(3, ["-1", "-1", "-3"]),
    "rows 2 and 3 exchanged": [right[0], right[2], right[1], right[3]],
    "w₁ and w₂ exchanged": right.map(([a, b, c]) => [b, a, c]),
    "one cell blank": with_(1, ["-2", "", "-2"]),
    "all zero": each(() => "0"),
    "only the last row": right.map((line, i) => (i === 3 ? line : ["", "", ""])),
    words: each(() => "minus"),
  },
} satisfies Corpus
