/** @file Answers to `perceptron-trace`. */
import type { Corpus } from "./corpus.ts"

const right = [
  ["0", "0", "-1"],
  ["0", "0", "-1"],
  ["0", "0", "-1"],
  ["1", "1", "0"],
  ["1", "1", "-1"],
  ["1", "0", "-2"],
  ["1", "0", "-2"],
  ["2", "1", "-1"],
]
const with_ = (row: number, cells: string[]): string[][] => right.map((line, i) => (i === row ? cells : line))
const each = (f: (cell: string) => string): string[][] => right.map((line) => line.map(f))

export default {
  right: {
    "as typed": right,
    decimals: each((cell) => `${cell}.00`),
    "typographic minus signs": each((cell) => cell.replace("-", "−")),
    "full-width minus signs": each((cell) => cell.replace("-", "\uff0d")),
    spaces: each((cell) => ` ${cell}\u00a0`),
    "what was filled in left blank": with_(0, ["", "", ""]),
    "what was filled in typed over": with_(0, ["9", "9", "9"]),
    "minus zero": each((cell) => (cell === "0" ? "−0" : cell)),
  },
  wrong: {
    "the last row not moved": with_(7, ["1", "0", "-2"]),
    "the bias of row 5 missed": with_(4, ["1", "1", "0"]),
    "one pass twice": right.map((_, i) => right[i % 4]),
    "the bias always −1": right.map(([a, b]) => [a, b, "-1"]),
    "weights always 1": right.map(([, , b]) => ["1", "1", b]),
    "the weights before each row": right.map((_, i) => right[i - 1] ?? ["0", "0", "0"]),
    "w₁ and w₂ exchanged": right.map(([a, b, c]) => [b, a, c]),
    "only the first row": right.map((line, i) => (i === 0 ? line : ["", "", ""])),
    "one cell off by one": with_(6, ["1", "1", "-2"]),
    "every sign turned": each((cell) => (cell.startsWith("-") ? cell.slice(1) : `-${cell}`)),
  },
} satisfies Corpus
